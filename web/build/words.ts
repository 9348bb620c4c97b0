/** Times and numbers in the words of a language, for the server, which has no `Intl`. */

const hour12 = (parts: readonly Intl.DateTimeFormatPart[]) =>
  parts.some(({ type }) => type === "dayPeriod");

/** A pattern for each month, because some change with it. */
function patterns(language: string, options: Intl.DateTimeFormatOptions): string[] {
  const format = new Intl.DateTimeFormat(language, { ...options, timeZone: "UTC" });
  return Array.from({ length: 12 }, (_, month) => {
    const parts = format.formatToParts(Date.UTC(2025, month, 5, 3, 4));
    return parts.map((part) => mark(part, hour12(parts))).join("");
  });
}

function mark({ type, value }: Intl.DateTimeFormatPart, isHour12: boolean): string {
  const isPadded = value.startsWith("0");
  switch (type) {
    case "day":
      return isPadded ? "{dd}" : "{d}";
    case "year":
      return "{y}";
    case "hour":
      return isHour12 ? "{h}" : isPadded ? "{HH}" : "{H}";
    case "minute":
      return "{mm}";
    case "dayPeriod":
      return "{ap}";
    default:
      return value;
  }
}

function halves(language: string): [string, string] {
  const format = new Intl.DateTimeFormat(language, { timeStyle: "short", timeZone: "UTC" });
  const at = (hour: number) =>
    format.formatToParts(Date.UTC(2025, 0, 1, hour)).find(({ type }) => type === "dayPeriod")
      ?.value ?? "";
  return [at(3), at(15)];
}

function ago(language: string, unit: "minute" | "hour" | "day", most: number): string[] {
  const format = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  return Array.from({ length: most + 1 }, (_, count) => format.format(-count, unit));
}

/** What server/loggia/src/http/first_page/words.rs reads; the styles are those of src/i18n/format.ts. */
export function wordsOf(language: string, now: string) {
  const number = (options: Intl.NumberFormatOptions, value: number) =>
    new Intl.NumberFormat(language, options).formatToParts(value);
  const plain = number({}, 12_345.5);
  const sign = (type: string) => plain.find((part) => part.type === type)?.value ?? "";
  const compact = number({ notation: "compact" }, 2_000);
  const one = (parts: readonly Intl.NumberFormatPart[]) =>
    parts.map(({ type, value }) => (type === "integer" ? "{}" : value)).join("");
  return {
    now,
    minutes: ago(language, "minute", 45),
    hours: ago(language, "hour", 22),
    days: ago(language, "day", 7),
    dayMonth: patterns(language, { day: "numeric", month: "short" }),
    date: patterns(language, { dateStyle: "medium" }),
    dateTime: patterns(language, { dateStyle: "medium", timeStyle: "short" }),
    halves: halves(language),
    decimal: sign("decimal"),
    group: sign("group"),
    thousands: compact.find(({ type }) => type === "compact")?.value ?? "",
    percent: one(number({ style: "percent" }, 0.5)),
    bytes: ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"].map((unit) =>
      one(number({ style: "unit", unit, unitDisplay: "short" }, 5)),
    ),
  };
}
