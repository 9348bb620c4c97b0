/** Opening hours as the server writes them, `mo-fr 09:00-17:00; sa 10:00-13:00`, and as people read and enter them. */

/** Weekdays as written, Monday first. */
export const weekdays: readonly string[] = ["mo", "tu", "we", "th", "fr", "sa", "su"];

/** What is entered for each day, Monday first; empty: closed. */
export type Week = readonly string[];

/** The name of a weekday: 1 January 2024 was a Monday. */
export function weekdayName(index: number, locale: string, width: "short" | "long" = "short") {
  const format = new Intl.DateTimeFormat(locale, { weekday: width, timeZone: "UTC" });
  return format.format(Date.UTC(2024, 0, 1 + index));
}

/** Takes written hours apart by day. */
export function weekOf(hours: string): Week {
  const week = weekdays.map((): string[] => []);
  for (const part of hours.split(";")) {
    const [days = "", ...ranges] = part.trim().toLowerCase().split(/\s+/);
    for (const piece of days.split(",")) {
      const [first = "", last = first] = piece.split("-");
      const from = weekdays.indexOf(first);
      const to = weekdays.indexOf(last);
      if (from >= 0) for (let day = from; day <= to; day += 1) week[day]?.push(...ranges);
    }
  }
  return week.map((ranges) => ranges.join(" "));
}

/** Days in a row with the same hours. */
export function spans(week: Week): { first: number; last: number; hours: string }[] {
  const found: { first: number; last: number; hours: string }[] = [];
  week.forEach((hours, day) => {
    const before = found.at(-1);
    if (before && before.hours === hours) before.last = day;
    else found.push({ first: day, last: day, hours });
  });
  return found;
}

/** What somebody entered for a day, as the server wants it: `9-12, 13:30–18` becomes `09:00-12:00 13:30-18:00`. */
export function tidyHours(text: string): string {
  return text
    .trim()
    .replace(/\s*[-–—]\s*/g, "-")
    .split(/[\s,]+/)
    .filter(Boolean)
    .map((range) =>
      range
        .split("-")
        .map((time) => {
          const [hour = "", minute = "00"] = time.split(/[:.]/);
          return `${hour.padStart(2, "0")}:${minute.padEnd(2, "0")}`;
        })
        .join("-"),
    )
    .join(" ");
}

/** Writes a week down for the server; empty when it is closed all week. */
export function written(week: Week): string {
  return spans(week.map(tidyHours))
    .filter(({ hours }) => hours)
    .map(({ first, last, hours }) => {
      const days = first === last ? weekdays[first] : `${weekdays[first]}-${weekdays[last]}`;
      return `${days} ${hours}`;
    })
    .join("; ");
}

/** The name of one day or of several in a row: `Mo–Fr`. */
export function spanName(first: number, last: number, locale: string): string {
  const name = weekdayName(first, locale);
  return first === last ? name : `${name}–${weekdayName(last, locale)}`;
}

/** Hours of a day to read: `09:00–12:30, 13:30–18:00`. */
export function readable(hours: string): string {
  return hours.split(" ").filter(Boolean).join(", ").replaceAll("-", "–");
}

/** Hours of a week in one line. */
export function weekly(hours: string, locale: string): string {
  return spans(weekOf(hours))
    .filter((span) => span.hours)
    .map((span) => `${spanName(span.first, span.last, locale)} ${readable(span.hours)}`)
    .join("; ");
}
