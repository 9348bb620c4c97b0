/**
 * What a feed shows, as a pure state machine. Two promises: nothing that arrives live moves what
 * somebody reads (it waits as `pending`), and each post stands there once.
 */
import type { FeedPageFragment } from "@/graphql/generated/graphql";

export type FeedReason = FeedPageFragment["edges"][number]["reasons"][number];

export type FeedItem = {
  id: string;
  isNew: boolean;
  reasons: readonly FeedReason[];
  /** Deleted or out of sight while it stood here; a line remains so that nothing jumps. */
  isGone?: boolean;
};

export type FeedState = {
  status: "loading" | "ready" | "failed";
  items: readonly FeedItem[];
  /** Arrived live and not shown yet, newest first. */
  pending: readonly string[];
  /** Only a fresh load brings the list in order again. */
  isStale: boolean;
  newSince: string | null;
  endCursor: string | null;
  hasMore: boolean;
  isLoadingMore: boolean;
  /** Where the live events take up. */
  liveCursor: string | null;
  /** Grows with each fresh load; live events are asked for anew then. */
  generation: number;
};

/** A page of a feed, reduced to what the list needs. */
export type FeedPageData = {
  items: readonly FeedItem[];
  newSince: string | null;
  endCursor: string | null;
  hasMore: boolean;
  liveCursor: string;
};

export type FeedAction =
  | { type: "loading" }
  | { type: "failed" }
  | { type: "loaded"; page: FeedPageData }
  | { type: "loadingMore"; isLoading: boolean }
  | { type: "appended"; page: FeedPageData }
  | { type: "checked"; page: FeedPageData }
  | { type: "published"; id: string; isShownAtOnce: boolean }
  | { type: "removed"; id: string }
  | { type: "showPending" }
  | { type: "reloadRequired" }
  | { type: "caughtUp"; cursor: string }
  | { type: "markedRead" }
  | { type: "markedNew"; ids: readonly string[]; newSince: string | null };

export const emptyFeed: FeedState = {
  status: "loading",
  items: [],
  pending: [],
  isStale: false,
  newSince: null,
  endCursor: null,
  hasMore: false,
  isLoadingMore: false,
  liveCursor: null,
  generation: 0,
};

/** The state after something happened. */
export function reduceFeed(state: FeedState, action: FeedAction): FeedState {
  switch (action.type) {
    case "loading":
      return { ...state, status: state.items.length > 0 ? state.status : "loading" };
    case "failed":
      return { ...state, status: state.items.length > 0 ? "ready" : "failed" };
    case "loaded":
      return {
        ...emptyFeed,
        status: "ready",
        items: once(action.page.items),
        newSince: action.page.newSince,
        endCursor: action.page.endCursor,
        hasMore: action.page.hasMore,
        liveCursor: action.page.liveCursor,
        generation: state.generation + 1,
      };
    case "loadingMore":
      return { ...state, isLoadingMore: action.isLoading };
    case "appended": {
      const items = once([...state.items, ...action.page.items]);
      const shown = new Set(items.map(({ id }) => id));
      return {
        ...state,
        items,
        pending: state.pending.filter((id) => !shown.has(id)),
        endCursor: action.page.endCursor,
        hasMore: action.page.hasMore,
        isLoadingMore: false,
      };
    }
    case "checked": {
      const known = new Set([...state.items.map(({ id }) => id), ...state.pending]);
      const missed = action.page.items.filter(({ id }) => !known.has(id)).map(({ id }) => id);
      if (missed.length === 0) return state;
      return { ...state, pending: [...missed, ...state.pending], isStale: true };
    }
    case "published":
      return published(state, action.id, action.isShownAtOnce);
    case "removed":
      return {
        ...state,
        pending: without(state.pending, action.id),
        items: state.items.map((item) =>
          item.id === action.id ? { ...item, isGone: true } : item,
        ),
      };
    case "showPending": {
      const arrived = state.pending.map((id) => ({ id, isNew: true, reasons: [] }));
      return { ...state, items: once([...arrived, ...state.items]), pending: [] };
    }
    case "reloadRequired":
      return { ...state, isStale: true };
    case "caughtUp":
      return { ...state, liveCursor: action.cursor };
    case "markedRead":
      return {
        ...state,
        newSince: null,
        items: state.items.map((item) => (item.isNew ? { ...item, isNew: false } : item)),
      };
    case "markedNew": {
      const ids = new Set(action.ids);
      return {
        ...state,
        newSince: action.newSince,
        items: state.items.map((item) => (ids.has(item.id) ? { ...item, isNew: true } : item)),
      };
    }
  }
}

function published(state: FeedState, id: string, isShownAtOnce: boolean): FeedState {
  const shown = state.items.find((item) => item.id === id);
  if (shown?.isGone) {
    // It came back: moved here again, or shown again.
    return {
      ...state,
      items: state.items.map((item) => (item.id === id ? { ...item, isGone: false } : item)),
    };
  }
  if (shown) return { ...state, pending: without(state.pending, id) };
  if (isShownAtOnce) {
    return {
      ...state,
      items: [{ id, isNew: false, reasons: [] }, ...state.items],
      pending: without(state.pending, id),
    };
  }
  if (state.pending.includes(id)) return state;
  return { ...state, pending: [id, ...state.pending] };
}

function without(ids: readonly string[], id: string): readonly string[] {
  return ids.includes(id) ? ids.filter((each) => each !== id) : ids;
}

function once(items: readonly FeedItem[]): FeedItem[] {
  const seen = new Set<string>();
  return items.filter(({ id }) => !seen.has(id) && seen.add(id));
}

/**
 * Where the "new since your last visit" line stands: the index of the first item that is not new,
 * when something new stands directly above it. Null when there is nothing to part.
 */
export function newLineIndex(items: readonly FeedItem[]): number | null {
  // Announcements that wait to be read stand on top whatever their age.
  const start = items.findIndex((item) => !isHeldOnTop(item));
  if (start < 0) return null;
  const lastNew = items.findLastIndex((item) => item.isNew);
  if (lastNew < start || lastNew === items.length - 1) return null;
  // In a ranked feed new and known items mix; a line would say something wrong there.
  const firstKnown = items.findIndex((item, index) => index >= start && !item.isNew);
  return firstKnown === lastNew + 1 ? firstKnown : null;
}

function isHeldOnTop({ reasons }: FeedItem): boolean {
  return reasons.some(({ code }) => code === "ANNOUNCEMENT_UNSEEN");
}
