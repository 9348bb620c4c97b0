import { describe, expect, it } from "vitest";
import { completeMention, mentionAt } from "./mention";

/** The caret stands where the bar is. */
function at(text: string) {
  const caret = text.indexOf("|");
  return mentionAt(text.replace("|", ""), caret);
}

describe("a mention being typed", () => {
  it("is found at the caret, with its kind", () => {
    expect(at("Hello @ann|")).toEqual({ kind: "person", query: "ann", start: 6, end: 10 });
    expect(at("@+plat| rest")).toMatchObject({ kind: "community", query: "plat", start: 0 });
    expect(at("(#öff|")).toMatchObject({ kind: "topic", query: "öff" });
    expect(at("line\n@|")).toMatchObject({ kind: "person", query: "" });
    expect(at("@anna.b-1|")).toMatchObject({ query: "anna.b-1" });
  });

  it.each([
    "anna@exam|",
    "https://site.example/@an|",
    "C#sh|",
    "a#|",
    "# |",
    "#|",
    "\\@an|",
    "@ann |",
    "&#38|",
  ])("is not seen in %s", (text) => {
    expect(at(text)).toBeNull();
  });

  it("is not seen in code", () => {
    expect(at("see `@ann|")).toBeNull();
    expect(at("see `x` @ann|")).not.toBeNull();
    expect(at("```\n@ann|")).toBeNull();
    expect(at("```\nx\n```\n@ann|")).not.toBeNull();
    expect(at("~~~\n```\n@ann|")).toBeNull();
  });

  it("is completed with its sign and a space", () => {
    const mention = at("@+pl|");
    expect(mention && completeMention(mention, "platform").insert).toBe("@+platform ");
    const topic = at("#op|");
    expect(topic && completeMention(topic, "open").insert).toBe("#open ");
  });
});
