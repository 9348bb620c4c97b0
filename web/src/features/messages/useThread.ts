import { useCallback, useEffect, useReducer, useState } from "react";
import { useInboxEvents, useViewer } from "@/app/viewer";
import { typing } from "@/features/posts";
import {
  type CombinedError,
  type FragmentType,
  readFragment,
  useAction,
  useClient,
} from "@/graphql";
import type {
  ConversationPartsFragment,
  ReceiptPartsFragment,
  WaitingPartsFragment,
} from "@/graphql/generated/graphql";
import {
  ConversationMarkReadMutation,
  ConversationParts,
  ConversationQuery,
  MessageParts,
  MessageSendMutation,
  ReceiptParts,
  WaitingParts,
} from "./queries";
import { emptyThread, type Message, threadReducer, type Written } from "./thread";

const pageSize = 40;
/** Pages looked through for a message that was searched for: some thousand messages back. */
const maxPages = 50;

/** One open conversation, or one thread of it: its messages, live, with what is being sent. */
export function useThread(id: string, threadId: string | null) {
  const client = useClient();
  const { person } = useViewer();
  const [thread, dispatch] = useReducer(threadReducer, emptyThread);
  const [conversation, setConversation] = useState<ConversationPartsFragment | null>();
  const [waiting, setWaiting] = useState<WaitingPartsFragment["scheduledMessages"]>([]);
  const [receipts, setReceipts] = useState<ReceiptPartsFragment["receipts"]>([]);
  const [error, setError] = useState<CombinedError>();
  const [isLoadingOlder, setLoadingOlder] = useState(false);
  const send = useAction(MessageSendMutation, (answer) => answer.messageSend);
  const { run: markRead } = useAction(
    ConversationMarkReadMutation,
    (answer) => answer.conversationMarkRead,
  );

  const fetchPage = useCallback(
    (before: string | null, last = pageSize) =>
      client
        .query(ConversationQuery, { id, last, before, threadId }, { requestPolicy: "network-only" })
        .toPromise(),
    [client, id, threadId],
  );

  const load = useCallback(async () => {
    const { data, error: failure } = await fetchPage(null);
    setError(failure);
    if (!data) return;
    const found = data.conversation;
    setConversation(readFragment(ConversationParts, found) ?? null);
    if (!found) return;
    setWaiting(readFragment(WaitingParts, found).scheduledMessages);
    setReceipts(readFragment(ReceiptParts, found).receipts);
    dispatch({ type: "loaded", ...pageOf(found.messages) });
  }, [fetchPage]);

  useEffect(() => {
    void load();
  }, [load]);

  const loadOlder = useCallback(async () => {
    if (!thread.before || isLoadingOlder) return;
    setLoadingOlder(true);
    const { data } = await fetchPage(thread.before);
    setLoadingOlder(false);
    const page = data?.conversation?.messages;
    if (page) dispatch({ type: "older", ...pageOf(page) });
  }, [fetchPage, thread.before, isLoadingOlder]);

  /** Loads back to a message; whether it is there then. */
  const loadUntil = useCallback(
    async (messageId: string) => {
      if (thread.messages.some((message) => message.id === messageId)) return true;
      let { before } = thread;
      for (let page = 0; before && page < maxPages; page++) {
        const { data } = await fetchPage(before, 100);
        const found = data?.conversation?.messages;
        if (!found) return false;
        const older = pageOf(found);
        dispatch({ type: "older", ...older });
        if (older.messages.some((message) => message.id === messageId)) return true;
        before = older.before;
      }
      return false;
    },
    [fetchPage, thread],
  );

  const readUpToHere = useCallback(() => {
    if (document.visibilityState !== "visible") return;
    void markRead({ input: { conversationId: id } });
  }, [markRead, id]);

  // Opening a conversation is reading it; so is coming back to its window.
  const isThere = Boolean(conversation);
  useEffect(() => {
    if (!isThere) return;
    readUpToHere();
    document.addEventListener("visibilitychange", readUpToHere);
    return () => document.removeEventListener("visibilitychange", readUpToHere);
  }, [isThere, readUpToHere]);

  useInboxEvents((event) => {
    switch (event.__typename) {
      case "ReloadRequiredEvent":
        void load();
        break;
      case "MessageEvent": {
        if (event.message.conversationId !== id) return;
        const message = readFragment(MessageParts, event.message);
        typing.drop(id, message.author.id);
        readUpToHere();
        if (!threadId || message.thread?.id === threadId) dispatch({ type: "arrived", message });
        break;
      }
      case "MessageChangedEvent":
        if (event.message.conversationId === id)
          dispatch({ type: "changed", message: readFragment(MessageParts, event.message) });
        break;
      case "ConversationReadEvent":
        if (event.conversation.id === id)
          setReceipts(readFragment(ReceiptParts, event.conversation).receipts);
        break;
      case "ConversationChangedEvent": {
        if (event.conversation.id !== id) return;
        const { isMuted, draft } = event.conversation;
        setWaiting(readFragment(WaitingParts, event.conversation).scheduledMessages);
        setConversation((known) => known && { ...known, isMuted, draft });
        break;
      }
      case "ConversationTypingEvent":
        if (event.conversationId === id) typing.note(id, event.person, person.id);
    }
  });

  const deliver = useCallback(
    async (clientId: string, { body, files, threadId: answered }: Written) => {
      const { payload } = await send.run({
        input: {
          clientId,
          conversationId: id,
          body,
          threadId: answered,
          attachmentIds: files.map((file) => file.id),
        },
      });
      const message = readFragment(MessageParts, payload?.message);
      if (message) dispatch({ type: "sent", clientId, message });
      else dispatch({ type: "failed", clientId });
    },
    [send.run, id],
  );

  const write = useCallback(
    (written: Written) => {
      const clientId = crypto.randomUUID();
      dispatch({ type: "queued", clientId, written });
      void deliver(clientId, written);
    },
    [deliver],
  );

  const retry = useCallback(
    (clientId: string, written: Written) => {
      dispatch({ type: "retried", clientId });
      void deliver(clientId, written);
    },
    [deliver],
  );

  const discard = useCallback((clientId: string) => dispatch({ type: "discarded", clientId }), []);
  const change = useCallback((message: Message) => dispatch({ type: "changed", message }), []);

  return {
    thread,
    conversation,
    waiting,
    receipts,
    error,
    isLoadingOlder,
    load,
    loadOlder,
    loadUntil,
    write,
    retry,
    discard,
    change,
  };
}

type Page = {
  nodes: readonly FragmentType<typeof MessageParts>[];
  pageInfo: { hasPreviousPage: boolean; startCursor?: string | null };
};

const pageOf = ({ nodes, pageInfo }: Page) => ({
  messages: readFragment(MessageParts, nodes),
  before: pageInfo.hasPreviousPage ? (pageInfo.startCursor ?? null) : null,
});
