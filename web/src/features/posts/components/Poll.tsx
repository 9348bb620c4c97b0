import { lazy, Suspense, useState } from "react";
import { type FragmentType, readFragment, useAction } from "@/graphql";
import type { PollVoteMutation as Data } from "@/graphql/generated/graphql";
import { useFormat, useTranslation } from "@/i18n";
import { cx, Icon } from "@/ui";
import { PollParts } from "../fragments";
import { PollVoteMutation } from "../mutations";
import styles from "./Kinds.module.css";
import { areResultsVisible, pollResults } from "./poll";

// Choices bring the machinery of form fields, which the first posts shall not wait for.
const PollChoices = lazy(() =>
  import("./PollChoices").then((module) => ({ default: module.PollChoices })),
);
const payloadOf = (data: Data) => data.pollVote;

type Props = { postId: string; poll: FragmentType<typeof PollParts>; canVote: boolean };

/** A poll: choices for whoever may vote, bars once one has voted or it is closed. */
export function Poll({ postId, poll, canVote }: Props) {
  const { t } = useTranslation("posts");
  const { formatDate } = useFormat();
  const shown = readFragment(PollParts, poll);
  const { run } = useAction(PollVoteMutation, payloadOf);
  const [isChanging, setChanging] = useState(false);
  const chosen = shown.options.filter(({ viewerChose }) => viewerChose).map(({ id }) => id);
  const isVoting = canVote && !shown.isClosed && (!shown.viewerHasVoted || isChanging);
  const mayChange = canVote && shown.viewerHasVoted && !shown.isAnonymous && !shown.isClosed;
  const facts = [
    t("poll.voters", { count: shown.voterCount }),
    shown.isMultipleChoice && t("poll.multiple"),
    shown.isAnonymous && t("poll.anonymous"),
    shown.isClosed
      ? t("poll.closed")
      : shown.closesAt && t("poll.closes", { time: formatDate(shown.closesAt) }),
  ].filter((fact) => typeof fact === "string");

  async function vote(optionIds: string[]) {
    setChanging(false);
    await run({ input: { postId, optionIds } });
  }

  return (
    <div className={styles.poll}>
      {isVoting ? (
        <Suspense fallback={<Results poll={shown} />}>
          <PollChoices
            key={chosen.join()}
            options={shown.options}
            isMultiple={shown.isMultipleChoice}
            isFinal={shown.isAnonymous}
            initial={chosen}
            onVote={(ids) => void vote(ids)}
            onCancel={isChanging ? () => setChanging(false) : undefined}
          />
        </Suspense>
      ) : (
        <Results poll={shown} />
      )}
      <p className={styles.facts}>
        <span>{facts.join(" · ")}</span>
        {mayChange && !isVoting && (
          <button type="button" className={styles.textButton} onClick={() => setChanging(true)}>
            {t("poll.change")}
          </button>
        )}
      </p>
    </div>
  );
}

type Shown = Parameters<typeof pollResults>[0];

function Results({ poll }: { poll: Shown }) {
  const { t } = useTranslation("posts");
  const { formatNumber } = useFormat();
  const areVisible = areResultsVisible(poll);
  return (
    <ul className={styles.results}>
      {pollResults(poll).map(({ id, text, isChosen, votes, part, isLeading }) => (
        <li key={id} className={cx(styles.result, isLeading && styles.leading)}>
          {areVisible && (
            <svg className={styles.bar} preserveAspectRatio="none" aria-hidden="true">
              <rect width={`${part * 100}%`} height="100%" />
            </svg>
          )}
          <span className={styles.resultText}>
            {text}
            {isChosen && <Icon name="check-circle" size={16} label={t("poll.yours")} />}
          </span>
          {votes !== null && (
            <span className={styles.resultPart}>
              <span className={styles.votes}>{t("poll.votes", { count: votes })}</span>
              {formatNumber(part, "percent")}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
