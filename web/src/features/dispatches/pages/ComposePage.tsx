import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { Page } from "@/app/shell";
import { PersonParts, PersonPicker, type PickedPerson } from "@/features/people";
import { ScheduleField } from "@/features/posts";
import {
  byField,
  readFragment,
  type UserErrorLike,
  useAction,
  useErrorText,
  useQuery,
} from "@/graphql";
import type { LineRightsQuery as Rights } from "@/graphql/generated/graphql";
import { currentLocale, useFormat, useTranslation } from "@/i18n";

import {
  Banner,
  Button,
  Card,
  ConfirmDialog,
  EmptyState,
  ErrorState,
  Section,
  SkeletonList,
  Switch,
  showToast,
  TextField,
} from "@/ui";
import styles from "../components/Dispatches.module.css";
import { Preview, Target, usePreview } from "../components/Target";
import { TextsForm } from "../components/TextsForm";
import { type Draft, fromDispatch, newDraft, saveInput } from "../draft";
import { DispatchSaveMutation, DispatchSendMutation, LineRightsQuery } from "../queries";
import { useAutosave } from "../useAutosave";
import { useDispatch } from "../useDispatch";

/** Writes a new dispatch. */
export function NewDispatchPage() {
  const { draft } = useSearch({ from: "/app/dispatches/new" });
  // What stood in the address when the page was opened: later it names the copy of what is written here.
  const [kept] = useState(draft);
  return kept ? <GoOn dispatchId={kept} /> : <Begin />;
}

function Begin() {
  const rights = useRights();
  const navigate = useNavigate();
  const unitId = rights.known?.[0]?.unit?.id;
  if (!rights.known || !unitId) return <NotYet {...rights} />;
  return (
    <Form
      rights={rights.known}
      start={newDraft(unitId, currentLocale())}
      people={[]}
      onKept={(draft) => void navigate({ to: "/dispatches/new", search: { draft }, replace: true })}
    />
  );
}

/** Goes on with one that is not sent yet. */
export function EditDispatchPage() {
  const { dispatchId } = useParams({ from: "/app/dispatches/$dispatchId/edit" });
  return <GoOn dispatchId={dispatchId} />;
}

function GoOn({ dispatchId }: { dispatchId: string }) {
  const rights = useRights();
  const { dispatch, error, reload } = useDispatch(dispatchId);
  if (!rights.known?.length || !dispatch?.clientId)
    return <NotYet known={rights.known} error={rights.error ?? error} retry={reload} />;
  const helpers = readFragment(PersonParts, dispatch.helpers);
  return (
    <Form
      rights={rights.known}
      start={fromDispatch(dispatch, helpers, dispatch.clientId)}
      people={helpers}
      isScheduled={dispatch.scheduledFor !== null}
    />
  );
}

function useRights() {
  const [{ data, error }, refetch] = useQuery({ query: LineRightsQuery });
  return { known: data?.lineRights, error, retry: () => refetch() };
}

type NotYetProps = Omit<ReturnType<typeof useRights>, "retry"> & { retry: () => void };

function NotYet({ known, error, retry }: NotYetProps) {
  const { t } = useTranslation("dispatches");
  const { stateOf } = useErrorText();
  return (
    <Page title={t("new")}>
      {error ? (
        <ErrorState {...stateOf(error)} onRetry={retry} />
      ) : known?.length === 0 ? (
        <EmptyState icon="lock" title={t("noRight")} text={t("noRightText")} />
      ) : (
        <SkeletonList count={5} />
      )}
    </Page>
  );
}

type FormProps = {
  rights: Rights["lineRights"];
  start: Draft;
  people: readonly PickedPerson[];
  /** It will be sent by itself: changes are kept only when somebody says so. */
  isScheduled?: boolean;
  /** It is on the server for the first time. */
  onKept?: (id: string) => void;
};

function Form({ rights, start, people, isScheduled = false, onKept }: FormProps) {
  const { t } = useTranslation("dispatches");
  const { formatNumber, formatDate } = useFormat();
  const { textOfUserError } = useErrorText();
  const navigate = useNavigate();
  const saving = useAction(DispatchSaveMutation, (answer) => answer.dispatchSave, {
    showsUserErrors: true,
  });
  const sending = useAction(DispatchSendMutation, (answer) => answer.dispatchSend);
  const [draft, setDraft] = useState(start);
  const [isLeaving, setLeaving] = useState(false);
  const isKnown = useRef(false);
  const autosave = useAutosave(draft, isScheduled || isLeaving, (id) => {
    if (isKnown.current || isLeaving) return;
    isKnown.current = true;
    onKept?.(id);
  });
  const [helpers, setHelpers] = useState(people);
  const [sendAt, setSendAt] = useState<string | null>(null);
  const [errors, setErrors] = useState<readonly UserErrorLike[]>([]);
  const [toSend, setToSend] = useState<string | null>(null);
  const { preview } = usePreview(draft);
  const change = (part: Partial<Draft>) => setDraft((known) => ({ ...known, ...part }));
  const { fields, rest } = byField(errors, [
    "texts",
    "questions",
    "workingHours",
    "joinerDays",
    "targetAudienceId",
  ]);
  const text = (error?: UserErrorLike) => (error ? textOfUserError(error) : null);
  const count = preview?.recipientCount ?? 0;

  /** Keeps it on the server; its id when everything is right. */
  async function save() {
    await autosave.settle();
    const { payload, userErrors } = await saving.run({ input: saveInput(draft) });
    setErrors(userErrors);
    if (payload?.dispatch) autosave.markKept();
    return payload?.dispatch?.id ?? null;
  }

  async function keep() {
    if (await save()) showToast(t("write.kept"), { tone: "success" });
  }

  async function send() {
    if (!toSend) return;
    const { payload } = await sending.run({ input: { dispatchId: toSend, scheduledFor: sendAt } });
    setToSend(null);
    if (!payload) return;
    setLeaving(true);
    showToast(sendAt ? t("write.scheduled") : t("write.sent", { count }), { tone: "success" });
    void navigate({ to: "/dispatches/$dispatchId", params: { dispatchId: toSend } });
  }

  return (
    <Page
      title={t("new")}
      context={
        <Section title={t("target.preview")}>
          <Preview value={draft} />
        </Section>
      }
    >
      <div className={styles.stack}>
        <Section title={t("target.title")}>
          <Target
            rights={rights}
            value={draft}
            onChange={change}
            error={text(fields.targetAudienceId)}
          />
        </Section>
        <Section title={t("write.what")}>
          <TextsForm
            value={draft}
            onChange={change}
            isMustRead={draft.isMustRead}
            errors={{ body: text(fields.texts), questions: text(fields.questions) }}
          />
        </Section>
        <Section title={t("rules.title")}>
          <div className={styles.form}>
            <Switch
              isSelected={draft.isMustRead}
              onChange={(isMustRead) => change({ isMustRead })}
              hint={t("rules.mustReadHint")}
            >
              {t("rules.mustRead")}
            </Switch>
            {draft.isMustRead && (
              <Card className={styles.acknowledge}>
                <TextField
                  type="number"
                  label={t("rules.hours")}
                  hint={t("rules.hoursHint")}
                  value={String(draft.workingHours)}
                  onChange={(hours) => change({ workingHours: Math.trunc(Number(hours)) })}
                  error={text(fields.workingHours)}
                />
                <Switch
                  isSelected={draft.needsSignature}
                  onChange={(needsSignature) => change({ needsSignature })}
                  hint={t("rules.signatureHint")}
                >
                  {t("rules.signature")}
                </Switch>
                <Switch
                  isSelected={draft.isUrgent}
                  onChange={(isUrgent) => change({ isUrgent })}
                  hint={t("rules.urgentHint")}
                >
                  {t("rules.urgent")}
                </Switch>
              </Card>
            )}
            <Switch
              isSelected={draft.takesAnswers}
              onChange={(takesAnswers) => change({ takesAnswers })}
              hint={t("rules.answersHint")}
            >
              {t("rules.answers")}
            </Switch>
            <TextField
              type="number"
              label={t("rules.joiners")}
              hint={t("rules.joinersHint")}
              value={String(draft.joinerDays)}
              onChange={(days) => change({ joinerDays: Math.trunc(Number(days)) })}
              error={text(fields.joinerDays)}
            />
            <PersonPicker
              label={t("rules.helpers")}
              chosen={helpers}
              max={20}
              onChange={(next) => {
                setHelpers(next);
                change({ helpers: next });
              }}
            />
          </div>
        </Section>
        {rest.map((error) => (
          <Banner key={error.code} tone="danger" isLive>
            {textOfUserError(error)}
          </Banner>
        ))}
        {errors.length > 0 && <Banner tone="warning">{t("write.look")}</Banner>}
        <div className={styles.row}>
          <Button
            variant="primary"
            icon="send"
            isPending={saving.isPending}
            isDisabled={count === 0}
            onPress={async () => setToSend(await save())}
          >
            {t("write.send", { count, number: formatNumber(count) })}
          </Button>
          <ScheduleField value={sendAt} onChange={setSendAt} />
          <Button isPending={saving.isPending} onPress={() => void keep()}>
            {t("write.keep")}
          </Button>
          {autosave.state !== "untouched" && (
            <span className={styles.hint} role="status">
              {t(`write.autosave.${autosave.state}`)}
            </span>
          )}
        </div>
        <ConfirmDialog
          isOpen={toSend !== null}
          title={t("write.confirmTitle", { count, number: formatNumber(count) })}
          text={[
            sendAt ? t("scheduledFor", { when: formatDate(sendAt, "dateTime") }) : null,
            t("write.confirmText", { count: preview?.copyCount ?? 0 }),
          ]
            .filter(Boolean)
            .join(" ")}
          confirmLabel={sendAt ? t("write.confirmLater") : t("write.confirm")}
          isPending={sending.isPending}
          onClose={() => setToSend(null)}
          onConfirm={() => void send()}
        />
      </div>
    </Page>
  );
}
