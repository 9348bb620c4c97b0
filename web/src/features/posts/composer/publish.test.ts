import { describe, expect, it } from "vitest";
import { emptyContent, extrasOf } from "./draft";
import { missingIn, toCreateInput } from "./publish";

const id = "draft_0193a0000000700080000000000000aa";
const post = (part: Parameters<typeof emptyContent>[0]) =>
  emptyContent({ communityId: "community_1", body: "Text", ...part });

describe("before publishing", () => {
  it.each([
    [post({ communityId: null }), "community"],
    [post({ body: "  " }), "text"],
    [post({ kind: "PRAISE" }), "people"],
    [post({ kind: "POLL" }), "options"],
    [post({ scheduledFor: "2020-01-01T00:00:00Z" }), "time"],
    [post({}), null],
    [post({ body: "", title: "Only a title" }), null],
  ] as const)("it is said what is missing", (content, missing) => {
    expect(missingIn(content, Date.parse("2026-01-01T00:00:00Z"))).toBe(missing);
  });
});

describe("what is sent", () => {
  it("has the same client id on every try", () => {
    const first = toCreateInput(id, true, post({}));
    expect(first.clientId).toBe("0193a000-0000-7000-8000-0000000000aa");
    expect(toCreateInput(id, true, post({})).clientId).toBe(first.clientId);
    expect(first.draftId).toBe(id);
    expect(toCreateInput(id, false, post({})).draftId).toBeNull();
  });

  it("carries a poll or a praise only for its kind, without empty options", () => {
    const options = [" Yes ", "", "No"];
    const poll = { options, isMultipleChoice: false, isAnonymous: true, closesAt: null };
    expect(toCreateInput(id, false, post({ kind: "POLL", poll })).poll?.options).toEqual([
      "Yes",
      "No",
    ]);
    expect(toCreateInput(id, false, post({ kind: "IDEA", poll })).poll).toBeNull();
  });
});

describe("what the server kept for the composer", () => {
  it("is taken as far as it fits", () => {
    expect(extrasOf("not json")).toEqual({});
    expect(extrasOf('{"poll":{"options":["a",1]},"scheduledFor":7}')).toEqual({
      poll: { options: ["a"], isMultipleChoice: false, isAnonymous: false, closesAt: null },
    });
  });
});
