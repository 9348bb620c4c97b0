/**
 * One feed of one scope: loads pages, follows live events and keeps its place while somebody looks
 * at a thread and comes back. The content of posts lives in the cache; here are ids and order.
 */
import { type CombinedError, readFragment } from "@/graphql";
import type { FeedEventsSubscription as EventData } from "@/graphql/generated/graphql";
import { PostCardParts, PostPerson } from "../fragments";
import { FeedEventsSubscription } from "../live";
import { emptyFeed, type FeedAction, type FeedState, reduceFeed } from "./reducer";
import { type Client, type FeedScope, fetchFeedPage, liveScope, scopeKey } from "./scope";

/** After so long away a feed starts anew instead of where it was. */
const keptMs = 15 * 60_000;

export type FeedStore = ReturnType<typeof createFeedStore>;

type Options = {
  client: Client;
  scope: FeedScope;
  viewerId: string;
  /** Whether the reader stands at the top, so that one's own new post may stand there at once. */
  isAtTop?: () => boolean;
  now?: () => number;
};

const windowIsAtTop = () => window.scrollY < 160;

/** Makes the store of one feed. */
export function createFeedStore({
  client,
  scope,
  viewerId,
  isAtTop = windowIsAtTop,
  now = () => Date.now(),
}: Options) {
  let state: FeedState = emptyFeed;
  let error: CombinedError | null = null;
  let watchers = 0;
  let leftAt = 0;
  let stopLive: (() => void) | null = null;
  let loads = 0;
  const listeners = new Set<() => void>();

  function dispatch(action: FeedAction) {
    const next = reduceFeed(state, action);
    if (next === state) return;
    state = next;
    for (const listener of listeners) listener();
  }

  async function load() {
    const load = ++loads;
    dispatch({ type: "loading" });
    const answer = await fetchFeedPage(client, scope, null);
    if (load !== loads) return;
    if ("page" in answer) {
      error = null;
      dispatch({ type: "loaded", page: answer.page });
      follow();
    } else {
      error = answer.error;
      dispatch({ type: "failed" });
    }
  }

  /** Looks whether the server's first page holds something this list has not. */
  async function check() {
    const { generation } = state;
    const answer = await fetchFeedPage(client, scope, null);
    if ("page" in answer && generation === state.generation)
      dispatch({ type: "checked", page: answer.page });
  }

  async function loadMore() {
    if (state.isLoadingMore || !state.hasMore || !state.endCursor) return;
    const { generation, endCursor } = state;
    dispatch({ type: "loadingMore", isLoading: true });
    const answer = await fetchFeedPage(client, scope, endCursor);
    if (generation !== state.generation) return;
    if ("page" in answer) dispatch({ type: "appended", page: answer.page });
    else dispatch({ type: "loadingMore", isLoading: false });
  }

  function follow() {
    stopLive?.();
    stopLive = null;
    if (watchers === 0) return;
    const { unsubscribe } = client
      .subscription(FeedEventsSubscription, { scope: liveScope(scope), after: state.liveCursor })
      .subscribe(({ data }) => data && take(data));
    stopLive = unsubscribe;
  }

  function take({ feedEvents: event }: EventData) {
    if (event.cursor) dispatch({ type: "caughtUp", cursor: event.cursor });
    switch (event.__typename) {
      case "PostPublishedEvent": {
        const post = readFragment(PostCardParts, event.post);
        if ("communityId" in scope && scope.kind && post.kind !== scope.kind) return;
        const isOwn = readFragment(PostPerson, post.author).id === viewerId;
        dispatch({ type: "published", id: post.id, isShownAtOnce: isOwn && isAtTop() });
        break;
      }
      case "PostRemovedEvent":
        dispatch({ type: "removed", id: event.postId });
        break;
      case "ReloadRequiredEvent":
        if (isAtTop()) void load();
        else dispatch({ type: "reloadRequired" });
        break;
      default:
    }
  }

  return {
    get: () => state,
    error: () => error,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    dispatch,
    load,
    loadMore,
    /** While it is on the page; ends the live events when nobody looks any more. */
    watch() {
      watchers++;
      if (watchers === 1) {
        const isKept = state.status === "ready" && now() - leftAt < keptMs;
        if (isKept) {
          follow();
          void check();
        } else {
          void load();
        }
      }
      return () => {
        watchers--;
        if (watchers > 0) return;
        leftAt = now();
        stopLive?.();
        stopLive = null;
      };
    },
    /** Shows what has arrived: at once where the order is by time, else by loading anew. */
    showPending() {
      if (state.isStale || ("home" in scope && scope.home === "RANKED")) return load();
      dispatch({ type: "showPending" });
      return Promise.resolve();
    },
  };
}

const stores = new WeakMap<Client, Map<string, FeedStore>>();

/** The store of a scope; the same one as long as somebody is signed in. */
export function feedStore(client: Client, scope: FeedScope, viewerId: string): FeedStore {
  let known = stores.get(client);
  if (!known) {
    known = new Map();
    stores.set(client, known);
  }
  const key = scopeKey(scope);
  let store = known.get(key);
  if (!store) {
    store = createFeedStore({ client, scope, viewerId });
    known.set(key, store);
  }
  return store;
}
