import { describe, expect, it } from "vitest";
import { branches, emptyThread, type RepliesPage, reduceThread } from "./reducer";

const page = (ids: readonly string[], rest: Partial<RepliesPage> = {}): RepliesPage => ({
  replies: ids.map((id) => ({ id, parentId: null })),
  startCursor: ids[0] ?? null,
  hasEarlier: true,
  total: 10,
  ...rest,
});

describe("a thread", () => {
  it("keeps a reply that came while the first page was on its way", () => {
    const early = reduceThread(emptyThread, {
      type: "arrived",
      reply: { id: "z", parentId: null },
    });
    const state = reduceThread(early, { type: "loaded", page: page(["x", "y"], { total: 2 }) });
    expect(state.replies.map(({ id }) => id)).toEqual(["x", "y", "z"]);
    expect(state.total).toBe(3);
  });

  it("puts earlier replies above, each once", () => {
    const state = reduceThread(
      reduceThread(emptyThread, { type: "loaded", page: page(["c", "d"]) }),
      { type: "prepended", page: page(["a", "b", "c"], { hasEarlier: false }) },
    );
    expect(state.replies.map(({ id }) => id)).toEqual(["a", "b", "c", "d"]);
    expect(state.hasEarlier).toBe(false);
  });

  it("counts an arrival once", () => {
    const start = reduceThread(emptyThread, { type: "loaded", page: page(["a"], { total: 1 }) });
    const reply = { id: "b", parentId: null };
    const once = reduceThread(start, { type: "arrived", reply });
    expect(once.total).toBe(2);
    expect(reduceThread(once, { type: "arrived", reply })).toBe(once);
  });
});

describe("branches", () => {
  it("hang answers below their reply, and let lost ones stand alone", () => {
    const found = branches([
      { id: "a", parentId: null },
      { id: "lost", parentId: "not loaded" },
      { id: "a1", parentId: "a" },
      { id: "b", parentId: null },
      { id: "a2", parentId: "a" },
    ]);
    expect(found.map(({ reply, answers }) => [reply.id, answers.map(({ id }) => id)])).toEqual([
      ["a", ["a1", "a2"]],
      ["lost", []],
      ["b", []],
    ]);
  });
});
