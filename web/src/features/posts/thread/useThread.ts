import { useCallback, useEffect, useReducer, useRef, useState } from "react";
import { useViewer } from "@/app/viewer";
import { type CombinedError, readFragment, useClient } from "@/graphql";
import type { FeedEventsSubscription as EventData } from "@/graphql/generated/graphql";
import { PostPerson, ReplyParts } from "../fragments";
import { FeedEventsSubscription } from "../live";
import { outbox } from "../outbox";
import { RepliesQuery } from "../queries";
import { typing } from "../typing";
import { emptyThread, type RepliesPage, reduceThread } from "./reducer";

type Client = ReturnType<typeof useClient>;

/** First look, and each look further back. */
const pageSize = 50;
/** A link to an old reply loads this many pages at most before it gives up. */
const maxSeekPages = 20;

async function fetchReplies(
  client: Client,
  postId: string,
  before: string | null,
): Promise<{ page: RepliesPage } | { error: CombinedError | null }> {
  const { data, error } = await client
    .query(RepliesQuery, { postId, last: pageSize, before }, { requestPolicy: "network-only" })
    .toPromise();
  const connection = data?.post?.replies;
  if (!connection) return { error: error ?? null };
  const nodes = readFragment(ReplyParts, connection.nodes);
  const startCursor = connection.pageInfo.startCursor ?? null;
  return {
    page: {
      replies: nodes.map(({ id, parentId }) => ({ id, parentId: parentId ?? null })),
      startCursor,
      hasEarlier: connection.pageInfo.hasPreviousPage && startCursor !== null,
      total: connection.totalCount,
    },
  };
}

/** A thread's replies, live; loads back to `soughtId` when it is given. */
export function useThread(postId: string, soughtId: string | undefined) {
  const client = useClient();
  const viewerId = useViewer().person.id;
  const [state, dispatch] = useReducer(reduceThread, emptyThread);
  const [error, setError] = useState<CombinedError | null>(null);
  const [attempt, setAttempt] = useState(0);
  const latest = useRef(state);
  useEffect(() => {
    latest.current = state;
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt starts it all again
  useEffect(() => {
    let isOver = false;

    async function load() {
      const answer = await fetchReplies(client, postId, null);
      if (isOver) return;
      if ("error" in answer) {
        setError(answer.error);
        dispatch({ type: "failed" });
        return;
      }
      setError(null);
      dispatch({ type: "loaded", page: answer.page });
    }

    function take({ feedEvents: event }: EventData) {
      switch (event.__typename) {
        case "ReplyPublishedEvent": {
          const reply = readFragment(ReplyParts, event.reply);
          typing.drop(postId, readFragment(PostPerson, reply.author).id);
          dispatch({
            type: "arrived",
            reply: { id: reply.id, parentId: reply.parentId ?? null },
          });
          break;
        }
        case "TypingEvent":
          typing.note(event.postId, readFragment(PostPerson, event.person), viewerId);
          break;
        case "ReloadRequiredEvent":
          void load();
          break;
        default:
      }
    }

    // Live first, so that nothing falls between the page and what follows it.
    const { unsubscribe } = client
      .subscription(FeedEventsSubscription, { scope: { postId } })
      .subscribe(({ data }) => data && take(data));
    const stopArrivals = outbox.onArrival((where, id, parentId) => {
      if (where === postId) dispatch({ type: "arrived", reply: { id, parentId } });
    });
    void load();
    return () => {
      isOver = true;
      unsubscribe();
      stopArrivals();
    };
  }, [client, postId, viewerId, attempt]);

  const loadEarlier = useCallback(async () => {
    const { startCursor, hasEarlier, isLoadingEarlier } = latest.current;
    if (!hasEarlier || !startCursor || isLoadingEarlier) return false;
    dispatch({ type: "loadingEarlier", isLoading: true });
    const answer = await fetchReplies(client, postId, startCursor);
    if ("page" in answer) dispatch({ type: "prepended", page: answer.page });
    else dispatch({ type: "loadingEarlier", isLoading: false });
    return "page" in answer;
  }, [client, postId]);

  const isFound = !soughtId || state.replies.some(({ id }) => id === soughtId);
  const seeks = useRef(0);
  useEffect(() => {
    const isReady = state.status === "ready" && state.hasEarlier && !state.isLoadingEarlier;
    if (isFound || !isReady || seeks.current >= maxSeekPages) return;
    seeks.current++;
    void loadEarlier();
  }, [isFound, state, loadEarlier]);

  return {
    state,
    error,
    isSeeking: !isFound && state.hasEarlier && seeks.current < maxSeekPages,
    loadEarlier,
    retry: () => setAttempt((count) => count + 1),
  };
}
