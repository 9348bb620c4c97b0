import { describe, expect, it } from "vitest";
import {
  emptyFeed,
  type FeedAction,
  type FeedItem,
  type FeedPageData,
  newLineIndex,
  reduceFeed,
} from "./reducer";

const item = (id: string, isNew = false): FeedItem => ({ id, isNew, reasons: [] });
const page = (ids: readonly string[], rest: Partial<FeedPageData> = {}): FeedPageData => ({
  items: ids.map((id) => item(id)),
  newSince: null,
  endCursor: ids.at(-1) ?? null,
  hasMore: true,
  liveCursor: "live-1",
  ...rest,
});

function stateAfter(...actions: FeedAction[]) {
  return actions.reduce(reduceFeed, emptyFeed);
}
const ids = (state: ReturnType<typeof stateAfter>) => state.items.map(({ id }) => id);

describe("a feed", () => {
  const loaded: FeedAction = { type: "loaded", page: page(["c", "b"]) };

  it("never moves what one reads: new posts wait, each once, newest first", () => {
    const state = stateAfter(
      loaded,
      { type: "published", id: "d", isShownAtOnce: false },
      { type: "published", id: "e", isShownAtOnce: false },
      { type: "published", id: "d", isShownAtOnce: false },
    );
    expect(ids(state)).toEqual(["c", "b"]);
    expect(state.pending).toEqual(["e", "d"]);
  });

  it("shows what waits when asked, above the rest and as new", () => {
    const state = stateAfter(
      loaded,
      { type: "published", id: "d", isShownAtOnce: false },
      { type: "showPending" },
    );
    expect(ids(state)).toEqual(["d", "c", "b"]);
    expect(state.items[0]?.isNew).toBe(true);
    expect(state.pending).toEqual([]);
  });

  it("shows one's own post at once, and only once when the event follows", () => {
    const state = stateAfter(
      loaded,
      { type: "published", id: "mine", isShownAtOnce: true },
      { type: "published", id: "mine", isShownAtOnce: false },
    );
    expect(ids(state)).toEqual(["mine", "c", "b"]);
    expect(state.pending).toEqual([]);
  });

  it("adds older pages below without repeating what came live meanwhile", () => {
    const state = stateAfter(
      loaded,
      { type: "published", id: "a", isShownAtOnce: false },
      { type: "appended", page: page(["b", "a"], { hasMore: false }) },
    );
    expect(ids(state)).toEqual(["c", "b", "a"]);
    expect(state.pending).toEqual([]);
    expect(state.hasMore).toBe(false);
  });

  it("keeps the place of a removed post, and forgets one that only waits", () => {
    const state = stateAfter(
      loaded,
      { type: "published", id: "d", isShownAtOnce: false },
      { type: "removed", id: "d" },
      { type: "removed", id: "b" },
    );
    expect(state.pending).toEqual([]);
    expect(ids(state)).toEqual(["c", "b"]);
    expect(state.items[1]?.isGone).toBe(true);
    const back = reduceFeed(state, { type: "published", id: "b", isShownAtOnce: false });
    expect(back.items[1]?.isGone).toBe(false);
    expect(back.pending).toEqual([]);
  });

  it("says so when a look at the server finds what the list has not, and moves nothing", () => {
    const state = stateAfter(loaded, { type: "checked", page: page(["x", "c", "y", "b"]) });
    expect(ids(state)).toEqual(["c", "b"]);
    expect(state.pending).toEqual(["x", "y"]);
    expect(state.isStale).toBe(true);
    expect(stateAfter(loaded, { type: "checked", page: page(["c"]) })).toEqual(stateAfter(loaded));
  });

  it("keeps its list after a reload was asked for, until it is loaded anew", () => {
    const stale = stateAfter(loaded, { type: "reloadRequired" });
    expect(ids(stale)).toEqual(["c", "b"]);
    expect(stale.isStale).toBe(true);
    const fresh = reduceFeed(stale, { type: "loaded", page: page(["z"]) });
    expect(ids(fresh)).toEqual(["z"]);
    expect(fresh.isStale).toBe(false);
    expect(fresh.generation).toBe(stale.generation + 1);
  });

  it("keeps what it shows when a load fails, and says so when it shows nothing", () => {
    expect(stateAfter(loaded, { type: "failed" }).status).toBe("ready");
    expect(stateAfter({ type: "failed" }).status).toBe("failed");
  });

  it("marks everything as read and takes that back", () => {
    const isNew = page([], { items: [item("n", true), item("o")], newSince: "2026-01-01" });
    const read = stateAfter({ type: "loaded", page: isNew }, { type: "markedRead" });
    expect(read.items.every((each) => !each.isNew)).toBe(true);
    const undone = reduceFeed(read, { type: "markedNew", ids: ["n"], newSince: "2026-01-01" });
    expect(undone.items.map((each) => each.isNew)).toEqual([true, false]);
    expect(undone.newSince).toBe("2026-01-01");
  });

  it("remembers where live events take up", () => {
    expect(stateAfter(loaded, { type: "caughtUp", cursor: "live-9" }).liveCursor).toBe("live-9");
  });
});

describe("the line of the last visit", () => {
  it("stands between new and known", () => {
    expect(newLineIndex([item("a", true), item("b", true), item("c")])).toBe(2);
  });

  it("is left out when all or nothing is new, or when both mix", () => {
    expect(newLineIndex([item("a", true), item("b", true)])).toBeNull();
    expect(newLineIndex([item("a"), item("b")])).toBeNull();
    expect(newLineIndex([item("a", true), item("b"), item("c", true), item("d")])).toBeNull();
    expect(newLineIndex([])).toBeNull();
  });

  it("does not mind announcements that are held on top", () => {
    const held: FeedItem = {
      ...item("held"),
      reasons: [{ code: "ANNOUNCEMENT_UNSEEN", weight: 0, topic: null, person: null }],
    };
    expect(newLineIndex([held, item("a", true), item("b")])).toBe(2);
    expect(newLineIndex([held, item("b")])).toBeNull();
  });
});
