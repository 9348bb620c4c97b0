/** When somebody is away, as far as the viewer may know. */
import { dayOf, formatDate, shiftDay, startOfDay } from "@/i18n";

type Known = { startsAt?: string | null; endsAt: string };

/** The end of the present absence; absences that follow without a gap prolong it. */
export function awayUntil(absences: readonly Known[], now: number): string | null {
  let until: string | null = null;
  const sorted = [...absences].sort((a, b) => startOf(a) - startOf(b));
  for (const absence of sorted) {
    const limit = until ? Date.parse(until) : now;
    if (startOf(absence) > limit) continue;
    if (!until || Date.parse(absence.endsAt) > Date.parse(until)) until = absence.endsAt;
  }
  return until;
}

/** Those whose start is not for the viewer are present. */
function startOf({ startsAt }: Known): number {
  return startsAt ? Date.parse(startsAt) : Number.NEGATIVE_INFINITY;
}

/** The last day of an absence: whoever is back at midnight was away until the day before. */
export function lastDay(endsAt: string): string {
  return dayOf(Date.parse(endsAt) - 1);
}

/** The last day, to read. */
export function lastDayText(endsAt: string): string {
  return formatDate(Date.parse(endsAt) - 1, "date");
}

/** The instants of whole days, both of them included. */
export function wholeDays(first: string, last: string): { startsAt: string; endsAt: string } {
  return {
    startsAt: startOfDay(first).toISOString(),
    endsAt: startOfDay(shiftDay(last, 1)).toISOString(),
  };
}
