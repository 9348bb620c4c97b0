import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  dayOf,
  formatBytes,
  formatDate,
  formatDay,
  formatNumber,
  formatRelative,
  setTimeZone,
  shiftDay,
  startOfDay,
} from "./format";
import { switchLocale } from "./i18n";

const now = Date.parse("2026-05-20T12:00:00Z");
const ago = (ms: number) => new Date(now - ms).toISOString();

describe("dates and numbers", () => {
  beforeEach(async () => {
    await switchLocale("de");
    setTimeZone("Europe/Berlin");
  });
  afterEach(() => setTimeZone(undefined));

  it("are in the reader's language and zone", async () => {
    expect(formatDate("2026-05-20T22:30:00Z", "time")).toBe("00:30");
    expect(formatNumber(14_225_261)).toBe("14.225.261");
    await switchLocale("en");
    setTimeZone("America/New_York");
    expect(formatDate("2026-05-20T22:30:00Z", "time")).toMatch(/^6:30\sPM$/);
    expect(formatNumber(14_225_261)).toBe("14,225,261");
  });

  it("begin days where the reader is, also when the clocks change", () => {
    expect(startOfDay("2026-01-12").toISOString()).toBe("2026-01-11T23:00:00.000Z");
    expect(startOfDay("2026-07-12").toISOString()).toBe("2026-07-11T22:00:00.000Z");
    expect(dayOf("2026-01-11T23:00:00Z")).toBe("2026-01-12");
    expect(dayOf("2026-01-11T22:59:59Z")).toBe("2026-01-11");
    setTimeZone("America/New_York");
    expect(startOfDay("2026-03-08").toISOString()).toBe("2026-03-08T05:00:00.000Z");
    setTimeZone("Asia/Kathmandu");
    expect(startOfDay("2026-01-12").toISOString()).toBe("2026-01-11T18:15:00.000Z");
    setTimeZone("Pacific/Kiritimati");
    expect(startOfDay("2026-01-12").toISOString()).toBe("2026-01-11T10:00:00.000Z");
    // Summer time begins at midnight there: the day starts at one o'clock.
    setTimeZone("Africa/Cairo");
    expect(startOfDay("2026-04-24").toISOString()).toBe("2026-04-23T22:00:00.000Z");
  });

  it("count days over months and name them alike everywhere", () => {
    expect(shiftDay("2026-02-28", 1)).toBe("2026-03-01");
    expect(shiftDay("2026-01-01", -1)).toBe("2025-12-31");
    setTimeZone("America/New_York");
    expect(formatDay("2026-12-25")).toBe("25.12.2026");
  });

  it("are relative when near and dates when far", () => {
    expect(formatRelative(ago(10_000), now)).toBeNull();
    expect(formatRelative(ago(3 * 60_000), now)).toBe("vor 3 Minuten");
    expect(formatRelative(ago(26 * 3_600_000), now)).toBe("gestern");
    expect(formatRelative("2026-01-03T10:00:00Z", now)).toMatch(/^3\. Jan/);
    expect(formatRelative("2024-01-03T10:00:00Z", now)).toContain("2024");
  });

  it("survive a zone the browser does not know", () => {
    setTimeZone("Mars/Olympus");
    expect(formatDate("2026-05-20T22:30:00Z", "date")).toContain("2026");
  });

  it("give sizes a unit", () => {
    expect(formatBytes(0)).toMatch(/^0\sByte/);
    expect(formatBytes(1_250_000)).toMatch(/^1,3\sMB$/);
  });
});
