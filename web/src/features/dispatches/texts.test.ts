import { describe, expect, it } from "vitest";
import { dutyState, inLanguage, percent } from "./texts";

describe("the language of a dispatch", () => {
  const both = [
    { language: "de", title: "Neu" },
    { language: "en", title: "New" },
  ];
  it("is one's own where there is a text in it", () => {
    expect(inLanguage(both, "en", "de")?.title).toBe("New");
  });
  it("is the dispatch's own otherwise, and any before none", () => {
    expect(inLanguage(both, "fr", "de")?.title).toBe("Neu");
    expect(inLanguage(both.slice(1), "fr", "de")?.title).toBe("New");
    expect(inLanguage([], "de", "de")).toBeUndefined();
  });
});

describe("what is to be done", () => {
  const now = Date.parse("2026-03-02T12:00:00Z");
  const dispatch = (duty: object | null, change: object = {}) => ({
    isMustRead: true,
    requiredVersion: 2,
    withdrawnAt: null,
    viewerDuty: duty && {
      dueAt: "2026-03-03T12:00:00Z",
      seenVersion: null,
      acknowledgedVersion: null,
      ...duty,
    },
    ...change,
  });
  it("is nothing for somebody who is not addressed", () => {
    expect(dutyState(dispatch(null), now)).toBe("none");
  });
  it("is to confirm the version that is required", () => {
    expect(dutyState(dispatch({}), now)).toBe("open");
    expect(dutyState(dispatch({ acknowledgedVersion: 1 }), now)).toBe("open");
    expect(dutyState(dispatch({ acknowledgedVersion: 2 }), now)).toBe("done");
  });
  it("is overdue after the deadline, never before", () => {
    expect(dutyState(dispatch({ dueAt: "2026-03-02T11:59:59Z" }), now)).toBe("overdue");
    expect(dutyState(dispatch({ dueAt: null }), now)).toBe("open");
  });
  it("is only to read what need not be confirmed, and what was withdrawn", () => {
    expect(dutyState(dispatch({}, { isMustRead: false }), now)).toBe("unread");
    expect(dutyState(dispatch({ seenVersion: 1 }, { withdrawnAt: "x" }), now)).toBe("read");
  });
});

describe("a share", () => {
  it("is all only when it is all", () => {
    expect(percent(999, 1000)).toBe(99);
    expect(percent(1000, 1000)).toBe(100);
    expect(percent(0, 0)).toBe(0);
  });
});
