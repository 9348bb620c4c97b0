import { expect, it } from "vitest";
import { spans, tidyHours, weekly, weekOf, written } from "./openingHours";

const text = "mo-th 08:30-12:30 13:30-18:00; fr 08:30-15:00; sa 10:00-13:00";

it("takes hours apart by day and writes them down again", () => {
  const week = weekOf(text);
  expect(week[0]).toBe("08:30-12:30 13:30-18:00");
  expect(week[4]).toBe("08:30-15:00");
  expect(week[6]).toBe("");
  expect(written(week)).toBe(text);
  expect(written(weekOf("mo,we 09:00-10:00"))).toBe("mo 09:00-10:00; we 09:00-10:00");
  expect(written(weekOf(""))).toBe("");
});

it("puts days with the same hours together, closed ones too", () => {
  expect(spans(weekOf("mo-fr 09:00-17:00"))).toEqual([
    { first: 0, last: 4, hours: "09:00-17:00" },
    { first: 5, last: 6, hours: "" },
  ]);
});

it("understands how people write times", () => {
  expect(tidyHours("9-12, 13.30 – 18")).toBe("09:00-12:00 13:30-18:00");
  expect(tidyHours(" 8:15-9:45 ")).toBe("08:15-09:45");
  expect(tidyHours("")).toBe("");
});

it("names the days in the reader's language", () => {
  expect(weekly("mo-fr 09:00-17:00; sa 10:00-13:00", "de")).toBe(
    "Mo–Fr 09:00–17:00; Sa 10:00–13:00",
  );
  expect(weekly("tu 10:00-11:00", "en")).toBe("Tue 10:00–11:00");
});
