/** The messages of one open conversation: what the server has, and what is on its way there. */
import type { MessagePartsFragment } from "@/graphql/generated/graphql";

export type Message = MessagePartsFragment;

/** Written here and not yet confirmed. The id stays the same over repeated attempts. */
export type Outgoing = { clientId: string; body: string; state: "sending" | "failed" };

export type Thread = {
  messages: readonly Message[];
  outgoing: readonly Outgoing[];
  /** Cursor for what is older; null when all is there. */
  before: string | null;
};

export const emptyThread: Thread = { messages: [], outgoing: [], before: null };

export type ThreadAction =
  | { type: "loaded" | "older"; messages: readonly Message[]; before: string | null }
  | { type: "arrived"; message: Message }
  | { type: "queued"; clientId: string; body: string }
  | { type: "sent"; clientId: string; message: Message }
  | { type: "failed" | "retried" | "discarded"; clientId: string };

/** Each message once, in the order they were sent. */
function merge(...lists: (readonly Message[])[]): Message[] {
  const byId = new Map(lists.flat().map((message) => [message.id, message]));
  return [...byId.values()].sort(
    (a, b) => a.sentAt.localeCompare(b.sentAt) || a.id.localeCompare(b.id),
  );
}

export function threadReducer(thread: Thread, action: ThreadAction): Thread {
  switch (action.type) {
    case "loaded":
      return { ...thread, messages: merge(action.messages), before: action.before };
    case "older":
      return {
        ...thread,
        messages: merge(action.messages, thread.messages),
        before: action.before,
      };
    case "arrived":
      return { ...thread, messages: merge(thread.messages, [action.message]) };
    case "queued":
      return {
        ...thread,
        outgoing: [
          ...thread.outgoing,
          { clientId: action.clientId, body: action.body, state: "sending" },
        ],
      };
    case "sent":
      return {
        ...thread,
        messages: merge(thread.messages, [action.message]),
        outgoing: thread.outgoing.filter(({ clientId }) => clientId !== action.clientId),
      };
    case "failed":
    case "retried":
      return {
        ...thread,
        outgoing: thread.outgoing.map((each) =>
          each.clientId === action.clientId
            ? { ...each, state: action.type === "failed" ? "failed" : "sending" }
            : each,
        ),
      };
    case "discarded":
      return {
        ...thread,
        outgoing: thread.outgoing.filter(({ clientId }) => clientId !== action.clientId),
      };
  }
}

const closeMs = 5 * 60_000;

export type Group = { message: Message; isFirst: boolean; startsDay: boolean };

/** Which messages stand under one name: same author, within five minutes, same day. */
export function grouped(messages: readonly Message[], dayOf: (at: string) => string): Group[] {
  return messages.map((message, index) => {
    const before = messages[index - 1];
    const startsDay = !before || dayOf(before.sentAt) !== dayOf(message.sentAt);
    const isFirst =
      startsDay ||
      before.author.id !== message.author.id ||
      Date.parse(message.sentAt) - Date.parse(before.sentAt) > closeMs;
    return { message, isFirst, startsDay };
  });
}
