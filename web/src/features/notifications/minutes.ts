/** Times of a day between the server's minutes and the field's "hh:mm". */

export function toTime(minute: number): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

/** Null for what is no time. */
export function toMinute(time: string): number | null {
  const match = /^(\d{2}):(\d{2})/u.exec(time);
  if (!match) return null;
  const minute = Number(match[1]) * 60 + Number(match[2]);
  return Number(match[1]) < 24 && Number(match[2]) < 60 ? minute : null;
}
