import { type FragmentType, readFragment, useAction } from "@/graphql";
import type { IdeaVoteMutation as Data, IdeaState } from "@/graphql/generated/graphql";
import { useFormat, useTranslation } from "@/i18n";
import { Badge, type BadgeTone, Button, cx, Icon } from "@/ui";
import { postDialogs } from "../dialogs/store";
import { IdeaParts } from "../fragments";
import { IdeaVoteMutation } from "../mutations";
import styles from "./Kinds.module.css";

const payloadOf = (data: Data) => data.ideaVote;

const tones: Record<IdeaState, BadgeTone> = {
  OPEN: "info",
  PLANNED: "idea",
  DONE: "success",
  DECLINED: "neutral",
};

type Props = {
  postId: string;
  idea: FragmentType<typeof IdeaParts>;
  canVote: boolean;
  canSetState: boolean;
};

/** An idea's votes and what became of it. */
export function Idea({ postId, idea, canVote, canSetState }: Props) {
  const { t } = useTranslation("posts");
  const { formatNumber } = useFormat();
  const { run } = useAction(IdeaVoteMutation, payloadOf);
  const { state, stateReason, voteCount, viewerVoted } = readFragment(IdeaParts, idea);
  return (
    <div className={styles.idea}>
      <button
        type="button"
        className={cx(styles.ideaVote, viewerVoted && styles.ideaVoted)}
        aria-pressed={viewerVoted}
        aria-label={t("idea.vote", { count: voteCount })}
        disabled={!canVote}
        onClick={() => void run({ input: { postId, voted: !viewerVoted } })}
      >
        <Icon name="arrow-up" size={18} />
        <span aria-hidden="true">{formatNumber(voteCount, "compact")}</span>
      </button>
      <div className={styles.ideaText}>
        <span className={styles.row}>
          <Badge tone={tones[state]} icon={state === "DONE" ? "check" : undefined}>
            {t(`idea.state.${state}`)}
          </Badge>
          {canSetState && (
            <Button
              size="s"
              variant="quiet"
              onPress={() => postDialogs.open({ kind: "ideaState", postId, state, stateReason })}
            >
              {t("idea.setState")}
            </Button>
          )}
        </span>
        {stateReason && <span className={styles.reason}>{stateReason}</span>}
        {!stateReason && <span className={styles.hint}>{t(`idea.hint.${state}`)}</span>}
      </div>
    </div>
  );
}
