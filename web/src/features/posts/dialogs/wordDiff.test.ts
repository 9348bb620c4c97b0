import { describe, expect, it } from "vitest";
import { type DiffPart, wordDiff } from "./wordDiff";

const oldText = (parts: readonly DiffPart[]) =>
  parts
    .filter(({ kind }) => kind !== "added")
    .map(({ text }) => text)
    .join("");
const newText = (parts: readonly DiffPart[]) =>
  parts
    .filter(({ kind }) => kind !== "removed")
    .map(({ text }) => text)
    .join("");

describe("a diff by words", () => {
  it("names exactly the words that changed", () => {
    expect(wordDiff("We meet on Monday at nine.", "We meet on Tuesday at ten.")).toEqual([
      { kind: "same", text: "We meet on " },
      { kind: "removed", text: "Monday" },
      { kind: "added", text: "Tuesday" },
      { kind: "same", text: " at " },
      { kind: "removed", text: "nine" },
      { kind: "added", text: "ten" },
      { kind: "same", text: "." },
    ]);
  });

  it("has nothing to say about equal or empty texts", () => {
    expect(wordDiff("same", "same")).toEqual([{ kind: "same", text: "same" }]);
    expect(wordDiff("", "")).toEqual([]);
    expect(wordDiff("", "new")).toEqual([{ kind: "added", text: "new" }]);
    expect(wordDiff("old", "")).toEqual([{ kind: "removed", text: "old" }]);
  });

  it("keeps umlauts, emoji and line breaks whole", () => {
    const parts = wordDiff("Grüße 👩🏽‍🚀\nan alle", "Grüße 👩🏽‍🚀\nan euch");
    expect(parts.at(-1)).toEqual({ kind: "added", text: "euch" });
  });

  it.each([
    ["a b c d e f", "f e d c b a"],
    ["one two three", "zero one two and a half three four"],
    ["x ".repeat(3_000), `${"y ".repeat(2_999)}z`],
    ["", "text"],
  ])("gives back both texts whatever they are", (a, b) => {
    const parts = wordDiff(a, b);
    expect(oldText(parts)).toBe(a);
    expect(newText(parts)).toBe(b);
  });
});
