import { describe, expect, it } from "vitest";
import { continueList, type Edit, editWith, type Selection, type Tool } from "./markdownEdit";

/** A text with its selection between bars: "make |this| bold". */
function read(marked: string): Selection {
  const start = marked.indexOf("|");
  const end = marked.lastIndexOf("|") - (marked.lastIndexOf("|") > start ? 1 : 0);
  return { text: marked.replaceAll("|", ""), start, end: Math.max(start, end) };
}

function show(before: Selection, edit: Edit | null): string | null {
  if (!edit) return null;
  const text = before.text.slice(0, edit.from) + edit.insert + before.text.slice(edit.to);
  const { selectFrom: from, selectTo: to } = edit;
  return from === to
    ? `${text.slice(0, from)}|${text.slice(from)}`
    : `${text.slice(0, from)}|${text.slice(from, to)}|${text.slice(to)}`;
}

const words = { text: "text", column: "Column" };
const result = (tool: Tool, marked: string) =>
  show(read(marked), editWith(tool, read(marked), words));

describe("the toolbar", () => {
  it("marks what is selected and takes the mark away again", () => {
    expect(result("bold", "make |this| bold")).toBe("make **|this|** bold");
    expect(result("bold", "make **|this|** bold")).toBe("make |this| bold");
    expect(result("italic", "a |")).toBe("a _|text|_");
    expect(result("code", "run |ls|")).toBe("run `|ls|`");
  });

  it("fences code of several lines", () => {
    expect(result("code", "|a\nb|")).toBe("```\n|a\nb|\n```\n");
  });

  it("makes links from words and from addresses", () => {
    expect(result("link", "see |here|")).toBe("see [here](|https://|)");
    expect(result("link", "|https://loggia.example/a|")).toBe("[|text|](https://loggia.example/a)");
  });

  it("starts and ends lists, quotes and tasks on every line of the selection", () => {
    expect(result("list", "|one\ntwo|")).toBe("|- one\n- two|");
    expect(result("list", "|- one\n- two|")).toBe("|one\ntwo|");
    expect(result("quote", "before\nwo|rd")).toBe("before\n> wo|rd");
    expect(result("tasks", "do| it")).toBe("- [ ] do| it");
  });

  it("draws a table to fill in", () => {
    expect(result("table", "text|")).toBe(
      "text\n\n| |Column 1| | Column 2 |\n| --- | --- |\n|  |  |\n",
    );
  });
});

describe("Enter in a list", () => {
  const enter = (marked: string) => show(read(marked), continueList(read(marked)));

  it("goes on with the list", () => {
    expect(enter("- one|")).toBe("- one\n- |");
    expect(enter("9. nine|")).toBe("9. nine\n10. |");
    expect(enter("  - [x] done|")).toBe("  - [x] done\n  - [ ] |");
    expect(enter("> quote|")).toBe("> quote\n> |");
  });

  it("ends it on an empty item and leaves other lines alone", () => {
    expect(enter("- one\n- |")).toBe("- one\n|");
    expect(enter("plain|")).toBeNull();
    expect(enter("-no list|")).toBeNull();
  });
});
