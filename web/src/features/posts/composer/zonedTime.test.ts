import { describe, expect, it } from "vitest";
import { fromZoned, toZoned } from "./zonedTime";

describe("times in the person's zone", () => {
  it("are read and shown in winter and summer", () => {
    expect(fromZoned("2026-01-15T09:00", "Europe/Berlin")).toBe("2026-01-15T08:00:00.000Z");
    expect(fromZoned("2026-07-15T09:00", "Europe/Berlin")).toBe("2026-07-15T07:00:00.000Z");
    expect(toZoned("2026-07-15T07:00:00Z", "Europe/Berlin")).toBe("2026-07-15T09:00");
    expect(toZoned("2026-01-15T20:00:00Z", "Asia/Kolkata")).toBe("2026-01-16T01:30");
  });

  it("are right around the change of the clocks", () => {
    expect(fromZoned("2026-03-29T01:30", "Europe/Berlin")).toBe("2026-03-29T00:30:00.000Z");
    expect(fromZoned("2026-03-29T03:30", "Europe/Berlin")).toBe("2026-03-29T01:30:00.000Z");
    expect(fromZoned("2026-10-25T12:00", "Europe/Berlin")).toBe("2026-10-25T11:00:00.000Z");
  });

  it.each(["", "tomorrow", "2026-13-40T99:99", "2026-01-15"])("%j is no time", (text) => {
    expect(fromZoned(text, "Europe/Berlin")).toBeNull();
  });
});
