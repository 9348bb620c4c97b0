import { useState } from "react";
import { PersonLine, PersonParts } from "@/features/people";
import { readFragment, useAction, useErrorText, useQuery } from "@/graphql";
import type { DispatchReplyToInput, ExchangePartsFragment } from "@/graphql/generated/graphql";
import { useTranslation } from "@/i18n";
import {
  Badge,
  Button,
  Card,
  EmptyState,
  ErrorState,
  Select,
  SkeletonList,
  Switch,
  showToast,
  TextField,
} from "@/ui";
import {
  DispatchReplyMutation,
  DispatchSetThemeMutation,
  ExchangeParts,
  ThreadsQuery,
} from "../queries";
import styles from "./Dispatches.module.css";
import { ExchangeLog, WriteForm } from "./Exchange";

/** Stands for all themes; a theme itself may be empty. */
const allThemes = "*";

/** Answers of recipients, for the sender's side: by theme, answered one by one or many at once. */
export function Answers({ dispatchId }: { dispatchId: string }) {
  const { t } = useTranslation("dispatches");
  const { stateOf } = useErrorText();
  const [theme, setTheme] = useState(allThemes);
  const [openOnly, setOpenOnly] = useState(false);
  const [{ data, error }, refetch] = useQuery({
    query: ThreadsQuery,
    variables: {
      id: dispatchId,
      theme: theme === allThemes ? null : theme,
      openOnly,
      first: 100,
    },
    requestPolicy: "network-only",
  });
  const reload = () => refetch({ requestPolicy: "network-only" });
  const found = data?.dispatch?.threads;
  const themes = data?.dispatch?.themes ?? [];
  if (!found) {
    return error ? <ErrorState {...stateOf(error)} isCompact /> : <SkeletonList count={3} />;
  }
  const threads = readFragment(ExchangeParts, found.nodes);
  return (
    <>
      <div className={styles.filters}>
        {themes.some((each) => each.theme) && (
          <Select
            label={t("answers.theme")}
            value={theme}
            onChange={setTheme}
            options={[
              { value: allThemes, label: t("answers.allThemes") },
              ...themes.map((each) => ({
                value: each.theme,
                label: `${each.theme || t("answers.noTheme")} (${each.count})`,
              })),
            ]}
          />
        )}
        <Switch isSelected={openOnly} onChange={setOpenOnly}>
          {t("answers.openOnly")}
        </Switch>
      </div>
      {threads.length === 0 ? (
        <EmptyState icon="message" title={t("answers.none")} text={t("answers.noneText")} />
      ) : (
        <>
          <ReplyToMany dispatchId={dispatchId} theme={theme} threads={threads} onDone={reload} />
          <ul className={styles.threads} aria-label={t("answers.title")}>
            {threads.map((thread) => (
              <li key={thread.person.id}>
                <OneExchange dispatchId={dispatchId} thread={thread} onDone={reload} />
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function useReply(dispatchId: string, onDone: () => void) {
  const { t } = useTranslation("dispatches");
  const { run } = useAction(DispatchReplyMutation, (answer) => answer.dispatchReply);
  return async (to: DispatchReplyToInput, body: string) => {
    const { payload } = await run({
      input: { dispatchId, clientId: crypto.randomUUID(), to, body },
    });
    if (!payload) return false;
    showToast(t("answers.reached", { count: payload.reachedCount ?? 0 }), { tone: "success" });
    onDone();
    return true;
  };
}

type ManyProps = {
  dispatchId: string;
  theme: string;
  threads: readonly ExchangePartsFragment[];
  onDone: () => void;
};

/** One answer to all who asked, to those of a unit, or to those who asked about the same. */
function ReplyToMany({ dispatchId, theme, threads, onDone }: ManyProps) {
  const { t } = useTranslation("dispatches");
  const reply = useReply(dispatchId, onDone);
  const [isOpen, setOpen] = useState(false);
  const units = new Map(threads.flatMap(({ unit }) => (unit ? [[unit.id, unit.name]] : [])));
  const isThemed = theme !== allThemes && theme !== "";
  const [to, setTo] = useState(isThemed ? "theme" : "everybody");
  if (threads.length < 2) return null;
  if (!isOpen) {
    return (
      <Button icon="reply" onPress={() => setOpen(true)}>
        {t("answers.many")}
      </Button>
    );
  }
  const target = (): DispatchReplyToInput =>
    to === "everybody" ? { everybody: true } : to === "theme" ? { theme } : { unitId: to };
  return (
    <Card className={styles.acknowledge}>
      <Select
        label={t("answers.to")}
        value={to}
        onChange={setTo}
        options={[
          { value: "everybody", label: t("answers.everybody") },
          ...(isThemed ? [{ value: "theme", label: t("answers.aboutTheme", { theme }) }] : []),
          ...[...units].map(([value, name]) => ({ value, label: t("answers.ofUnit", { name }) })),
        ]}
      />
      <WriteForm
        label={t("answers.write")}
        hint={t("answers.private")}
        send={t("send")}
        onSend={async (body) => {
          const isDone = await reply(target(), body);
          if (isDone) setOpen(false);
          return isDone;
        }}
      />
    </Card>
  );
}

type OneProps = { dispatchId: string; thread: ExchangePartsFragment; onDone: () => void };

function OneExchange({ dispatchId, thread, onDone }: OneProps) {
  const { t } = useTranslation("dispatches");
  const reply = useReply(dispatchId, onDone);
  const { run } = useAction(DispatchSetThemeMutation, (answer) => answer.dispatchSetTheme);
  const [theme, setTheme] = useState(thread.theme ?? "");
  const { person, unit, isAnswered, messages } = thread;

  async function sort() {
    if (theme.trim() === (thread.theme ?? "")) return;
    const { payload } = await run({
      input: { dispatchId, personIds: [person.id], theme: theme.trim() },
    });
    if (payload) onDone();
  }

  return (
    <Card className={styles.acknowledge}>
      <PersonLine
        person={readFragment(PersonParts, person)}
        detail={unit?.name}
        actions={
          <Badge tone={isAnswered ? "success" : "warning"}>
            {t(isAnswered ? "answers.answered" : "answers.open")}
          </Badge>
        }
      />
      <ExchangeLog messages={messages} />
      <TextField
        label={t("answers.theme")}
        hint={t("answers.themeHint")}
        value={theme}
        onChange={setTheme}
        onBlur={() => void sort()}
        maxLength={60}
      />
      <WriteForm
        label={t("answers.writeTo", { name: readFragment(PersonParts, person).name })}
        send={t("send")}
        onSend={(body) => reply({ personId: person.id }, body)}
      />
    </Card>
  );
}
