import { describe, expect, it } from "vitest";
import { byDay, type Notification, pieces, targetOf, whoDid } from "./describe";

const person = (name: string) => ({ id: name, name, avatarUrl: null, avatarColor: 1 });
const notification = (part: Partial<Notification>): Notification => ({
  id: "notification_1",
  kind: "REPLY",
  createdAt: "2026-03-02T10:00:00Z",
  isRead: false,
  actorCount: 1,
  excerpt: "",
  actors: [person("Lena")],
  post: { id: "post_1", title: "", excerpt: "" },
  reply: null,
  dispatch: null,
  lineQuestionId: null,
  community: { id: "community_1", slug: "it", name: "IT", coverColor: 2 },
  ...part,
});

describe("who did it", () => {
  it("is told in full up to two, then as a number", () => {
    const [lena, bo, cy] = [person("Lena"), person("Bo"), person("Cy")];
    expect(whoDid({ actors: [lena], actorCount: 1 })).toEqual({ form: "one", a: "Lena" });
    expect(whoDid({ actors: [lena, bo], actorCount: 2 })).toEqual({
      form: "two",
      a: "Lena",
      b: "Bo",
    });
    expect(whoDid({ actors: [lena, bo, cy], actorCount: 13 })).toEqual({
      form: "more",
      a: "Lena",
      count: 12,
    });
    expect(whoDid({ actors: [], actorCount: 0 })).toEqual({ form: "nobody" });
  });
});

describe("the way a notification leads", () => {
  it("is the reply where there is one, otherwise the post", () => {
    const dispatch = { id: "dispatch_1", language: "de", texts: [] };
    expect(targetOf(notification({ post: null, dispatch }))).toEqual({
      to: "/dispatches/$dispatchId",
      params: { dispatchId: "dispatch_1" },
    });
    expect(targetOf(notification({ post: null, lineQuestionId: "linequestion_1" }))).toEqual({
      to: "/dispatches/questions",
    });
    expect(targetOf(notification({ reply: { id: "reply_7" } }))).toMatchObject({
      to: "/posts/$postId",
      search: { reply: "reply_7" },
    });
    expect(targetOf(notification({ kind: "PRAISE" }))).toMatchObject({
      params: { postId: "post_1" },
      search: {},
    });
  });

  it("is the community for what concerns membership, its requests for those who decide", () => {
    expect(targetOf(notification({ kind: "INVITATION", post: null }))).toMatchObject({
      to: "/communities/$slug",
      params: { slug: "it" },
      search: {},
    });
    expect(targetOf(notification({ kind: "JOIN_REQUEST", post: null }))).toMatchObject({
      search: { tab: "requests" },
    });
  });

  it("is none when all it was about is gone", () => {
    expect(targetOf(notification({ post: null, community: null }))).toBeNull();
  });
});

describe("days", () => {
  it("part today from earlier by the reader's day and keep the order", () => {
    const dayOf = (at: string | number) => new Date(at).toISOString().slice(0, 10);
    const items = ["2026-03-02T09:00:00Z", "2026-03-02T00:10:00Z", "2026-03-01T23:50:00Z"].map(
      (createdAt) => ({ createdAt }),
    );
    const { today, earlier } = byDay(items, dayOf, Date.parse("2026-03-02T12:00:00Z"));
    expect(today).toEqual(items.slice(0, 2));
    expect(earlier).toEqual(items.slice(2));
  });
});

describe("sentences", () => {
  it("are cut where people and places stand, wherever the language puts them", () => {
    const marks = { who: "\u0001", where: "\u0002" };
    expect(pieces("In \u0002 schrieb \u0001.", marks)).toEqual([
      { part: "In ", name: null },
      { part: "\u0002", name: "where" },
      { part: " schrieb ", name: null },
      { part: "\u0001", name: "who" },
      { part: ".", name: null },
    ]);
  });
});
