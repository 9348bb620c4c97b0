import { expect, test } from "vitest";
import { toMinute, toTime } from "./minutes";

test("times and minutes are the same both ways", () => {
  for (const minute of [0, 5, 60, 8 * 60, 22 * 60 + 30, 1439]) {
    expect(toMinute(toTime(minute))).toBe(minute);
  }
  expect(toTime(485)).toBe("08:05");
});

test("what is no time is none", () => {
  for (const text of ["", "8:00", "24:00", "12:60", "noon"]) expect(toMinute(text)).toBeNull();
});
