import { afterEach, beforeEach, expect, it } from "vitest";
import { setTimeZone } from "@/i18n";
import { awayUntil, lastDay, wholeDays } from "./absence";

const now = Date.parse("2026-01-05T09:00:00Z");
const absence = (startsAt: string | null, endsAt: string) => ({
  startsAt: startsAt && `${startsAt}T00:00:00Z`,
  endsAt: `${endsAt}T00:00:00Z`,
});

beforeEach(() => setTimeZone("Europe/Berlin"));
afterEach(() => setTimeZone(undefined));

it("goes on as long as one absence follows the other", () => {
  const list = [
    absence("2026-01-20", "2026-01-25"),
    absence("2026-01-07", "2026-01-12"),
    absence("2026-01-01", "2026-01-07"),
  ];
  expect(awayUntil(list, now)).toBe("2026-01-12T00:00:00Z");
  expect(awayUntil(list.slice(0, 2), now)).toBeNull();
});

it("takes an absence without a start for a present one", () => {
  expect(awayUntil([absence(null, "2026-01-09")], now)).toBe("2026-01-09T00:00:00Z");
});

it("counts whole days where the reader is", () => {
  const { startsAt, endsAt } = wholeDays("2026-03-27", "2026-03-29");
  expect(startsAt).toBe("2026-03-26T23:00:00.000Z");
  // Summer time began that night.
  expect(endsAt).toBe("2026-03-29T22:00:00.000Z");
  expect(lastDay(endsAt)).toBe("2026-03-29");
});
