/** Which of several languages somebody reads, and how far somebody is with a dispatch. */

type Worded = { language: string };

/** The text in one's own language, else in the dispatch's, else the first. */
export function inLanguage<T extends Worded>(
  texts: readonly T[],
  own: string,
  fallback: string,
): T | undefined {
  const find = (language: string) => texts.find((text) => text.language === language);
  return find(own) ?? find(fallback) ?? texts[0];
}

export type DutyState = "none" | "read" | "unread" | "open" | "overdue" | "done";

type Dutiful = {
  isMustRead: boolean;
  requiredVersion: number;
  withdrawnAt: string | null;
  viewerDuty: {
    dueAt: string | null;
    seenVersion: number | null;
    acknowledgedVersion: number | null;
  } | null;
};

/** What is still to be done about it by the viewer. */
export function dutyState(
  { isMustRead, requiredVersion, withdrawnAt, viewerDuty: duty }: Dutiful,
  now = Date.now(),
): DutyState {
  if (!duty) return "none";
  if (!isMustRead || withdrawnAt) return duty.seenVersion === null ? "unread" : "read";
  if ((duty.acknowledgedVersion ?? 0) >= requiredVersion) return "done";
  return duty.dueAt !== null && Date.parse(duty.dueAt) < now ? "overdue" : "open";
}

/** A share of a whole in percent, never rounded up to all. */
export function percent(part: number, whole: number): number {
  if (whole <= 0) return 0;
  return part >= whole ? 100 : Math.min(99, Math.floor((part / whole) * 100));
}
