import { useFormat, useTranslation } from "@/i18n";
import { Badge, type BadgeTone } from "@/ui";
import { type DutyState, dutyState } from "../texts";

const tones: Record<DutyState, BadgeTone> = {
  none: "neutral",
  read: "neutral",
  unread: "accent",
  open: "warning",
  overdue: "danger",
  done: "success",
};

/** What is still to be done, in a word, with its deadline. */
export function Duty({ dispatch }: { dispatch: Parameters<typeof dutyState>[0] }) {
  const { t } = useTranslation("dispatches");
  const { formatDate } = useFormat();
  const state = dutyState(dispatch);
  if (state === "none") return null;
  const due = dispatch.viewerDuty?.dueAt;
  return (
    <Badge tone={tones[state]} icon={state === "done" ? "check" : undefined}>
      {due && (state === "open" || state === "overdue")
        ? t(`duty.${state}By`, { when: formatDate(due, "dateTime") })
        : t(`duty.${state}`)}
    </Badge>
  );
}
