import { describe, expect, it } from "vitest";
import {
  emptyThread,
  grouped,
  type Message,
  readersOf,
  type ThreadAction,
  threadReducer,
} from "./thread";

const message = (id: string, minute: number, author = "lena"): Message => ({
  id,
  conversationId: "conversation_1",
  bodyHtml: id,
  bodySource: id,
  sentAt: new Date(Date.UTC(2026, 2, 2, 10, minute)).toISOString(),
  author: { id: author, handle: author, name: author, avatarUrl: null, avatarColor: 0 },
  editedAt: null,
  isDeleted: false,
  answerCount: 0,
  thread: null,
  reactions: [],
  attachments: [],
});
const written = { body: "Hallo", threadId: null, files: [] };

const played = (...actions: ThreadAction[]) => actions.reduce(threadReducer, emptyThread);
const ids = (thread: typeof emptyThread) => thread.messages.map(({ id }) => id);

describe("an open conversation", () => {
  it("shows each message once, in the order of sending, whatever came first", () => {
    const thread = played(
      { type: "loaded", messages: [message("c", 3), message("d", 4)], before: "x" },
      { type: "arrived", message: message("e", 5) },
      { type: "arrived", message: message("d", 4) },
      { type: "older", messages: [message("a", 1), message("c", 3)], before: null },
    );
    expect(ids(thread)).toEqual(["a", "c", "d", "e"]);
    expect(thread.before).toBeNull();
  });

  it("shows what one writes at once and replaces it by what the server made of it", () => {
    const queued = played({ type: "queued", clientId: "1", written });
    expect(queued.outgoing).toEqual([{ ...written, clientId: "1", state: "sending" }]);
    const sent = threadReducer(queued, { type: "sent", clientId: "1", message: message("a", 1) });
    expect(sent.outgoing).toEqual([]);
    expect(ids(sent)).toEqual(["a"]);
  });

  it("shows a message once when its event overtakes the answer", () => {
    const thread = played(
      { type: "queued", clientId: "1", written },
      { type: "arrived", message: message("a", 1) },
      { type: "sent", clientId: "1", message: message("a", 1) },
    );
    expect(ids(thread)).toEqual(["a"]);
    expect(thread.outgoing).toEqual([]);
  });

  it("keeps what failed, with its id, until it is sent or thrown away", () => {
    const failed = played(
      { type: "queued", clientId: "1", written },
      { type: "failed", clientId: "1" },
    );
    expect(failed.outgoing).toEqual([{ ...written, clientId: "1", state: "failed" }]);
    const again = threadReducer(failed, { type: "retried", clientId: "1" });
    expect(again.outgoing).toEqual([{ ...written, clientId: "1", state: "sending" }]);
    expect(threadReducer(failed, { type: "discarded", clientId: "1" }).outgoing).toEqual([]);
  });
});

describe("answers and changes", () => {
  const answer = (id: string, minute: number, answerCount: number): Message => ({
    ...message(id, minute),
    thread: {
      id: "a",
      excerpt: "a",
      isDeleted: false,
      answerCount,
      author: { id: "lena", name: "lena" },
    },
  });

  it("counts an answer where its thread starts", () => {
    const thread = played(
      { type: "loaded", messages: [message("a", 1)], before: null },
      { type: "arrived", message: answer("b", 2, 1) },
      { type: "arrived", message: answer("c", 3, 2) },
    );
    expect(thread.messages[0]?.answerCount).toBe(2);
  });

  it("shows a changed text in its place, and above its answers", () => {
    const thread = played(
      { type: "loaded", messages: [message("a", 1), answer("b", 2, 1)], before: null },
      { type: "changed", message: { ...message("a", 1), bodySource: "anders" } },
    );
    expect(ids(thread)).toEqual(["a", "b"]);
    expect(thread.messages[0]?.bodySource).toBe("anders");
    expect(thread.messages[1]?.thread?.excerpt).toBe("anders");
  });

  it("shows nothing of what was deleted", () => {
    const thread = played(
      { type: "loaded", messages: [message("a", 1), answer("b", 2, 1)], before: null },
      { type: "changed", message: { ...message("a", 1), bodySource: "", isDeleted: true } },
    );
    expect(thread.messages[1]?.thread).toMatchObject({ excerpt: "", isDeleted: true });
  });

  it("leaves out a change of what is not loaded", () => {
    const thread = played(
      { type: "loaded", messages: [message("b", 2)], before: "x" },
      { type: "changed", message: message("a", 1) },
    );
    expect(ids(thread)).toEqual(["b"]);
  });
});

describe("who has read a message", () => {
  it("is whoever has read up to it or further", () => {
    const receipts = [
      { readUpTo: "message_1", person: "early" },
      { readUpTo: "message_2", person: "just" },
      { readUpTo: "message_3", person: "all" },
    ];
    expect(readersOf({ id: "message_2" }, receipts)).toEqual(["just", "all"]);
  });
});

describe("grouping", () => {
  it("puts close messages of one person under one name, and starts anew on another day", () => {
    const day = (at: string) => at.slice(0, 10);
    const tomorrow = { ...message("e", 0), sentAt: "2026-03-03T10:00:00.000Z" };
    const list = [
      message("a", 1),
      message("b", 2),
      message("c", 30),
      message("d", 31, "bo"),
      tomorrow,
    ];
    expect(grouped(list, day).map(({ isFirst, startsDay }) => [isFirst, startsDay])).toEqual([
      [true, true],
      [false, false],
      [true, false],
      [true, false],
      [true, true],
    ]);
  });
});
