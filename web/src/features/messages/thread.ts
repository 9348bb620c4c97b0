/** The messages of one open conversation: what the server has, and what is on its way there. */
import type { AttachedFile } from "@/features/posts";
import type { MessagePartsFragment } from "@/graphql/generated/graphql";

export type Message = MessagePartsFragment;

/** What is to be sent. */
export type Written = {
  body: string;
  /** The message it answers. */
  threadId: string | null;
  files: readonly AttachedFile[];
};

/** Written here and not yet confirmed. The id stays the same over repeated attempts. */
export type Outgoing = Written & { clientId: string; state: "sending" | "failed" };

export type Thread = {
  messages: readonly Message[];
  outgoing: readonly Outgoing[];
  /** Cursor for what is older; null when all is there. */
  before: string | null;
};

export const emptyThread: Thread = { messages: [], outgoing: [], before: null };

export type ThreadAction =
  | { type: "loaded" | "older"; messages: readonly Message[]; before: string | null }
  | { type: "arrived" | "changed"; message: Message }
  | { type: "queued"; clientId: string; written: Written }
  | { type: "sent"; clientId: string; message: Message }
  | { type: "failed" | "retried" | "discarded"; clientId: string };

/** Each message once, in the order they were sent. */
function merge(...lists: (readonly Message[])[]): Message[] {
  const byId = new Map(lists.flat().map((message) => [message.id, message]));
  return [...byId.values()].sort(
    (a, b) => a.sentAt.localeCompare(b.sentAt) || a.id.localeCompare(b.id),
  );
}

/** The start of a thread knows how many answers it has. */
function withAnswer(messages: readonly Message[], answer: Message): Message[] {
  const { thread } = answer;
  return messages.map((each) =>
    each.id === thread?.id ? { ...each, answerCount: thread.answerCount } : each,
  );
}

/** What of a message is shown above its answers. */
const quoted = ({ bodySource, isDeleted }: Message) => ({
  excerpt: isDeleted ? "" : bodySource.slice(0, 120),
  isDeleted,
});

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
      return {
        ...thread,
        messages: withAnswer(merge(thread.messages, [action.message]), action.message),
      };
    case "changed":
      return {
        ...thread,
        messages: thread.messages.map((each) =>
          each.id === action.message.id
            ? action.message
            : each.thread?.id === action.message.id
              ? { ...each, thread: { ...each.thread, ...quoted(action.message) } }
              : each,
        ),
      };
    case "queued":
      return {
        ...thread,
        outgoing: [
          ...thread.outgoing,
          { ...action.written, clientId: action.clientId, state: "sending" },
        ],
      };
    case "sent":
      return {
        ...thread,
        messages: withAnswer(merge(thread.messages, [action.message]), action.message),
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

/** Who has read a message, of those who let it be known. Ids sort in the order of sending. */
export function readersOf<P>(
  message: Pick<Message, "id">,
  receipts: readonly { readUpTo: string; person: P }[],
): P[] {
  return receipts.filter(({ readUpTo }) => readUpTo >= message.id).map(({ person }) => person);
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
