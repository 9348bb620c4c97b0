import { Link, useParams } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { Page } from "@/app/shell";
import { PersonLine, PersonParts } from "@/features/people";
import { readFragment, useAction, useErrorText } from "@/graphql";
import type { DispatchPartsFragment } from "@/graphql/generated/graphql";
import { currentLocale, useFormat, useTranslation } from "@/i18n";

import {
  Badge,
  Banner,
  buttonClass,
  Card,
  EmptyState,
  ErrorState,
  Icon,
  Markdown,
  Section,
  Select,
  SkeletonList,
} from "@/ui";
import { Acknowledge } from "../components/Acknowledge";
import { Answers } from "../components/Answers";
import { Changes } from "../components/Changes";
import styles from "../components/Dispatches.module.css";
import { Duty } from "../components/Duty";
import { ExchangeLog, WriteForm } from "../components/Exchange";
import { Progress } from "../components/Progress";
import { Recipients } from "../components/Recipients";
import { SenderActions } from "../components/SenderActions";
import {
  DispatchAnswerMutation,
  DispatchMarkSeenMutation,
  DispatchMarkThreadReadMutation,
  DutyParts,
  ExchangeParts,
} from "../queries";
import { inLanguage } from "../texts";
import { useDispatch } from "../useDispatch";

/** One dispatch: to be read and confirmed, or with its progress and answers, by how one stands to it. */
export function DispatchPage() {
  const { t } = useTranslation("dispatches");
  const { stateOf } = useErrorText();
  const { dispatchId } = useParams({ from: "/app/dispatches/$dispatchId" });
  const { dispatch, error, reload } = useDispatch(dispatchId);
  if (dispatch) return <Known key={dispatch.id} dispatch={dispatch} reload={reload} />;
  return (
    <Page title={t("title")} hideTitle>
      {error ? (
        <ErrorState {...stateOf(error)} onRetry={reload} />
      ) : dispatch === null ? (
        <EmptyState
          icon="megaphone"
          title={t("unknown")}
          text={t("unknownText")}
          actions={
            <Link to="/dispatches" className={buttonClass({ variant: "primary" })}>
              {t("toList")}
            </Link>
          }
        />
      ) : (
        <SkeletonList count={5} />
      )}
    </Page>
  );
}

type KnownProps = { dispatch: DispatchPartsFragment; reload: () => void };

function Known({ dispatch, reload }: KnownProps) {
  const { t } = useTranslation("dispatches");
  const [language, setLanguage] = useState(currentLocale() as string);
  const text = inLanguage(dispatch.texts, language, dispatch.language);
  const duty = readFragment(DutyParts, dispatch.viewerDuty);
  const { viewerRelation: relation } = dispatch;
  const isSent = dispatch.sentAt !== null;
  useSeen(dispatch, text?.language, duty?.seenVersion ?? null);

  // What one had confirmed, or else opened, before the newest version came.
  const [before] = useState(duty?.acknowledgedVersion ?? duty?.seenVersion ?? null);
  const readsAnswers = relation.isSender || relation.isHelper;
  const withDuty = { ...dispatch, viewerDuty: duty ?? null };
  const points = inLanguage(dispatch.talkingPoints, language, dispatch.language);
  return (
    <Page title={text?.title || t("untitled")} hideTitle>
      <div className={styles.stack}>
        <Card className={styles.letter}>
          <div className={styles.marks}>
            {dispatch.isUrgent && <Badge tone="danger">{t("urgent")}</Badge>}
            {dispatch.isMustRead && <Badge tone="accent">{t("mustRead")}</Badge>}
            <Duty dispatch={withDuty} />
            {dispatch.version > 1 && <Badge>{t("version", { number: dispatch.version })}</Badge>}
            {dispatch.texts.length > 1 && (
              <Select
                label={t("write.language")}
                hideLabel
                size="s"
                value={text?.language ?? dispatch.language}
                onChange={setLanguage}
                options={dispatch.texts.map((each) => ({
                  value: each.language,
                  label: t(`write.in.${each.language as "de" | "en"}`),
                }))}
              />
            )}
          </div>
          <Heading title={text?.title || t("untitled")} dispatch={dispatch} />
          {dispatch.withdrawnAt && <Banner tone="warning">{t("withdrawnText")}</Banner>}
          {text && <Markdown html={text.bodyHtml} />}
        </Card>
        {before !== null && before < dispatch.version && text && (
          <Changes dispatchId={dispatch.id} since={before} language={text.language} />
        )}
        {text && (
          <Acknowledge
            dispatch={withDuty}
            acknowledgedAt={duty?.acknowledgedAt ?? null}
            language={text.language}
            onDone={reload}
          />
        )}
        {points && (
          <Section title={t("copy.points")}>
            {relation.hasCopy && <p className={styles.hint}>{t("copy.text")}</p>}
            <Markdown html={points.html} />
          </Section>
        )}
        {isSent && dispatch.progress && (
          <Section title={t("progress.title")}>
            <Progress dispatchId={dispatch.id} isMustRead={dispatch.isMustRead} />
          </Section>
        )}
        {relation.isSender && <SenderActions dispatch={dispatch} onDone={reload} />}
        {isSent && dispatch.isMustRead && (relation.isSender || relation.isAuditor) && (
          <Section title={t("recipients.title")}>
            <Recipients
              dispatchId={dispatch.id}
              requiredVersion={dispatch.requiredVersion}
              filters={["OVERDUE", "OPEN", "ACKNOWLEDGED", "ALL"]}
            />
            <p>
              <Link to="/dispatches/$dispatchId/proof" params={{ dispatchId: dispatch.id }}>
                {t("proof.open")}
              </Link>
            </p>
          </Section>
        )}
        {isSent && dispatch.isMustRead && relation.hasCopy && !relation.isSender && (
          <Section title={t("recipients.OVERDUE")}>
            <Recipients
              dispatchId={dispatch.id}
              requiredVersion={dispatch.requiredVersion}
              filters={["OVERDUE"]}
            />
          </Section>
        )}
        {isSent && readsAnswers && dispatch.takesAnswers && (
          <Section title={t("answers.title")}>
            <Answers dispatchId={dispatch.id} />
          </Section>
        )}
        {isSent && relation.isRecipient && !readsAnswers && (
          <OwnExchange dispatch={dispatch} onDone={reload} />
        )}
      </div>
    </Page>
  );
}

function Heading({ title, dispatch }: { title: string; dispatch: DispatchPartsFragment }) {
  const { t } = useTranslation("dispatches");
  const { formatDate } = useFormat();
  const { sender, unit, targetUnits, targetRoles, targetAudience } = dispatch;
  const { sentAt, scheduledFor } = dispatch;
  const places = targetUnits.length ? targetUnits.map(({ name }) => name).join(", ") : unit?.name;
  const who = targetRoles.length
    ? t("toRoles", { roles: targetRoles.join(", "), unit: places ?? "" })
    : t("toAll", { unit: places ?? "" });
  const when = sentAt ?? scheduledFor;
  return (
    <>
      <h2>{title}</h2>
      <PersonLine
        person={readFragment(PersonParts, sender)}
        detail={when ? formatDate(when, "dateTime") : undefined}
      />
      <p className={styles.hint}>
        {who}
        {targetAudience && ` · ${t("toAudience", { name: targetAudience.name })}`}
      </p>
    </>
  );
}

/** Opening it is reading it: noted once for each version, with the language that was shown. */
function useSeen(
  dispatch: DispatchPartsFragment,
  language: string | undefined,
  seen: number | null,
) {
  const { run } = useAction(DispatchMarkSeenMutation, (answer) => answer.dispatchMarkSeen);
  const told = useRef(0);
  const { id, version, sentAt, viewerRelation } = dispatch;
  useEffect(() => {
    if (!viewerRelation.isRecipient || !sentAt || !language) return;
    if ((seen ?? 0) >= version || told.current >= version) return;
    told.current = version;
    void run({ input: { dispatchId: id, version, language } });
  }, [id, version, sentAt, viewerRelation.isRecipient, language, seen, run]);
}

/** One's own private exchange with the sender's side. */
function OwnExchange({
  dispatch,
  onDone,
}: {
  dispatch: DispatchPartsFragment;
  onDone: () => void;
}) {
  const { t } = useTranslation("dispatches");
  const answer = useAction(DispatchAnswerMutation, (data) => data.dispatchAnswer);
  const { run: markRead } = useAction(
    DispatchMarkThreadReadMutation,
    (data) => data.dispatchMarkThreadRead,
  );
  const { id, takesAnswers, withdrawnAt } = dispatch;
  const thread = readFragment(ExchangeParts, dispatch.viewerThread);
  const newest = thread?.messages.at(-1)?.id;
  const isAnswered = thread?.isAnswered ?? false;
  useEffect(() => {
    if (newest && isAnswered) void markRead({ input: { dispatchId: id } });
  }, [newest, isAnswered, id, markRead]);
  if (!thread && (!takesAnswers || withdrawnAt)) return null;
  const name = readFragment(PersonParts, dispatch.sender).name;
  return (
    <Section title={t("own.title")}>
      {thread && <ExchangeLog messages={thread.messages} />}
      {takesAnswers && !withdrawnAt && (
        <WriteForm
          label={t("own.write", { name })}
          hint={t("own.private")}
          send={t("send")}
          onSend={async (body) => {
            const { payload } = await answer.run({
              input: { dispatchId: id, clientId: crypto.randomUUID(), body },
            });
            if (payload) onDone();
            return Boolean(payload);
          }}
        />
      )}
      <p className={styles.private}>
        <Icon name="lock" size={14} />
        {t("own.who")}
      </p>
    </Section>
  );
}
