import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { formatBytes, formatDate, formatNumber, formatRelative, setTimeZone } from "./format";
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
