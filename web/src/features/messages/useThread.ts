import { useCallback, useEffect, useReducer, useState } from "react";
import { useInboxEvents } from "@/app/viewer";
import { type CombinedError, readFragment, useAction, useClient } from "@/graphql";
import type { ConversationPartsFragment } from "@/graphql/generated/graphql";
import {
  ConversationMarkReadMutation,
  ConversationParts,
  ConversationQuery,
  MessageParts,
  MessageSendMutation,
} from "./queries";
import { emptyThread, threadReducer } from "./thread";

const pageSize = 40;

/** One open conversation: its messages, live, with what is being sent. */
export function useThread(id: string) {
  const client = useClient();
  const [thread, dispatch] = useReducer(threadReducer, emptyThread);
  const [conversation, setConversation] = useState<ConversationPartsFragment | null>();
  const [error, setError] = useState<CombinedError>();
  const [isLoadingOlder, setLoadingOlder] = useState(false);
  const send = useAction(MessageSendMutation, (answer) => answer.messageSend);
  const { run: markRead } = useAction(
    ConversationMarkReadMutation,
    (answer) => answer.conversationMarkRead,
  );

  const fetchPage = useCallback(
    async (before: string | null) => {
      const answer = await client
        .query(ConversationQuery, { id, last: pageSize, before }, { requestPolicy: "network-only" })
        .toPromise();
      return answer;
    },
    [client, id],
  );

  const load = useCallback(async () => {
    const { data, error: failure } = await fetchPage(null);
    setError(failure);
    if (!data) return;
    const found = data.conversation;
    setConversation(readFragment(ConversationParts, found) ?? null);
    if (!found) return;
    const { nodes, pageInfo } = found.messages;
    dispatch({
      type: "loaded",
      messages: readFragment(MessageParts, nodes),
      before: pageInfo.hasPreviousPage ? (pageInfo.startCursor ?? null) : null,
    });
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
    if (!page) return;
    dispatch({
      type: "older",
      messages: readFragment(MessageParts, page.nodes),
      before: page.pageInfo.hasPreviousPage ? (page.pageInfo.startCursor ?? null) : null,
    });
  }, [fetchPage, thread.before, isLoadingOlder]);

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
    if (event.__typename === "ReloadRequiredEvent") void load();
    if (event.__typename !== "MessageEvent" || event.message.conversationId !== id) return;
    dispatch({ type: "arrived", message: event.message });
    readUpToHere();
  });

  const deliver = useCallback(
    async (clientId: string, body: string) => {
      const { payload } = await send.run({ input: { clientId, conversationId: id, body } });
      const message = readFragment(MessageParts, payload?.message);
      if (message) dispatch({ type: "sent", clientId, message });
      else dispatch({ type: "failed", clientId });
    },
    [send.run, id],
  );

  const write = useCallback(
    (body: string) => {
      const clientId = crypto.randomUUID();
      dispatch({ type: "queued", clientId, body });
      void deliver(clientId, body);
    },
    [deliver],
  );

  const retry = useCallback(
    (clientId: string, body: string) => {
      dispatch({ type: "retried", clientId });
      void deliver(clientId, body);
    },
    [deliver],
  );

  const discard = useCallback((clientId: string) => dispatch({ type: "discarded", clientId }), []);

  return { thread, conversation, error, load, loadOlder, isLoadingOlder, write, retry, discard };
}
