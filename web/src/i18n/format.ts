/** Dates and numbers in the reader's language and time zone. Formatters are made once. */
import { currentLocale, useTranslation } from "./texts";

const cache = new Map<
  string,
  Intl.DateTimeFormat | Intl.NumberFormat | Intl.RelativeTimeFormat | Intl.ListFormat
>();
let timeZone: string | undefined;

/** Sets the person's time zone; an unknown zone leaves the device's. */
export function setTimeZone(zone: string | undefined) {
  try {
    if (zone) new Intl.DateTimeFormat("en", { timeZone: zone });
    timeZone = zone || undefined;
  } catch {
    timeZone = undefined;
  }
  cache.clear();
}

function once<
  T extends Intl.DateTimeFormat | Intl.NumberFormat | Intl.RelativeTimeFormat | Intl.ListFormat,
>(key: string, make: () => T): T {
  const found = cache.get(key);
  if (found) return found as T;
  const made = make();
  cache.set(key, made);
  return made;
}

const dateStyles = {
  date: { dateStyle: "medium" },
  time: { timeStyle: "short" },
  dateTime: { dateStyle: "medium", timeStyle: "short" },
  full: { dateStyle: "full", timeStyle: "short" },
  dayMonth: { day: "numeric", month: "short" },
  monthYear: { month: "long", year: "numeric" },
} satisfies Record<string, Intl.DateTimeFormatOptions>;

/** How much of a date to show. */
export type DateStyle = keyof typeof dateStyles;

/** Formats an instant. */
export function formatDate(value: string | number | Date, style: DateStyle = "dateTime"): string {
  const locale = currentLocale();
  const format = once(
    `d:${locale}:${style}`,
    () => new Intl.DateTimeFormat(locale, { ...dateStyles[style], timeZone }),
  );
  return format.format(new Date(value));
}

/** The day it is at an instant in the reader's time zone, written `2026-12-25`. */
export function dayOf(value: string | number | Date): string {
  const format = once(
    "day",
    () =>
      new Intl.DateTimeFormat("en-CA", {
        year: "numeric",
        month: "2-digit",
        day: "2-digit",
        timeZone,
      }),
  );
  return format.format(new Date(value));
}

/** The day behind a day, `-1` for the one before it. */
export function shiftDay(day: string, days: number): string {
  return new Date(Date.parse(`${day}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** The instant at which a day begins in the reader's time zone. */
export function startOfDay(day: string): Date {
  // Clocks may change at midnight, and zones differ by quarters of an hour: the first quarter that is that day.
  const guess = Date.parse(`${day}T00:00:00Z`) - 15 * 3_600_000;
  const quarter = 15 * 60_000;
  for (let at = guess; at <= guess + 32 * 3_600_000; at += quarter) {
    if (dayOf(at) >= day) return new Date(at);
  }
  return new Date(guess);
}

/** Formats a day such as `2026-12-25`, which is the same everywhere. */
export function formatDay(day: string, style: "date" | "weekday" = "date"): string {
  const locale = currentLocale();
  const format = once(
    `y:${locale}:${style}`,
    () =>
      new Intl.DateTimeFormat(locale, {
        ...(style === "weekday"
          ? { weekday: "short", day: "numeric", month: "short", year: "numeric" }
          : { dateStyle: "medium" }),
        timeZone: "UTC",
      }),
  );
  return format.format(new Date(`${day}T00:00:00Z`));
}

/** Formats a number: plain, compact (1.2K) or as bytes. */
export function formatNumber(
  value: number,
  style: "plain" | "compact" | "percent" = "plain",
): string {
  const locale = currentLocale();
  const options: Intl.NumberFormatOptions =
    style === "compact"
      ? { notation: "compact", maximumFractionDigits: 1 }
      : style === "percent"
        ? { style: "percent", maximumFractionDigits: 0 }
        : {};
  return once(`n:${locale}:${style}`, () => new Intl.NumberFormat(locale, options)).format(value);
}

const byteUnits = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

/** Formats a size in bytes. */
export function formatBytes(bytes: number): string {
  const locale = currentLocale();
  const step = Math.min(
    byteUnits.length - 1,
    bytes > 0 ? Math.floor(Math.log(bytes) / Math.log(1000)) : 0,
  );
  const unit = byteUnits[step] ?? "byte";
  return once(
    `b:${locale}:${unit}`,
    () =>
      new Intl.NumberFormat(locale, {
        style: "unit",
        unit,
        unitDisplay: "short",
        maximumFractionDigits: 1,
      }),
  ).format(bytes / 1000 ** step);
}

/** Joins names: "Ada, Bo and Cy". */
export function formatList(items: readonly string[]): string {
  const locale = currentLocale();
  return once(`l:${locale}`, () => new Intl.ListFormat(locale, { type: "conjunction" })).format(
    items,
  );
}

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** "3 minutes ago"; older than a week it is a date. Null when the instant is now. */
export function formatRelative(
  value: string | number | Date,
  now: number,
  width: "long" | "narrow" = "long",
): string | null {
  const locale = currentLocale();
  const then = new Date(value);
  const seconds = Math.round((then.getTime() - now) / 1000);
  const distance = Math.abs(seconds);
  if (distance < 45) return null;
  const relative = once(
    `r:${locale}:${width}`,
    () =>
      new Intl.RelativeTimeFormat(locale, {
        numeric: "auto",
        style: width === "narrow" ? "narrow" : "long",
      }),
  );
  if (distance < 45 * minute) return relative.format(Math.round(seconds / minute), "minute");
  if (distance < 22 * hour) return relative.format(Math.round(seconds / hour), "hour");
  if (distance < 7 * day) return relative.format(Math.round(seconds / day), "day");
  const sameYear = then.getFullYear() === new Date(now).getFullYear();
  return formatDate(then, sameYear ? "dayMonth" : "date");
}

/** The formatters, re-rendering the component when the language changes. */
export function useFormat() {
  useTranslation();
  return { formatDate, formatDay, formatNumber, formatBytes, formatList, formatRelative };
}
