/** The replies of a thread as ids in order: pages from the end backwards, live ones at the end. */
export type ThreadReply = {
  id: string;
  parentId: string | null;
  /** Came while one was looking. */
  isArrival?: boolean;
};

export type ThreadState = {
  status: "loading" | "ready" | "failed";
  replies: readonly ThreadReply[];
  startCursor: string | null;
  hasEarlier: boolean;
  isLoadingEarlier: boolean;
  /** All there are, loaded or not. */
  total: number;
};

export type RepliesPage = {
  replies: readonly ThreadReply[];
  startCursor: string | null;
  hasEarlier: boolean;
  total: number;
};

export type ThreadAction =
  | { type: "failed" }
  | { type: "loaded"; page: RepliesPage }
  | { type: "loadingEarlier"; isLoading: boolean }
  | { type: "prepended"; page: RepliesPage }
  | { type: "arrived"; reply: ThreadReply };

export const emptyThread: ThreadState = {
  status: "loading",
  replies: [],
  startCursor: null,
  hasEarlier: false,
  isLoadingEarlier: false,
  total: 0,
};

/** The state after something happened. */
export function reduceThread(state: ThreadState, action: ThreadAction): ThreadState {
  switch (action.type) {
    case "failed":
      return { ...state, status: state.replies.length > 0 ? "ready" : "failed" };
    case "loaded": {
      // What came live while the page was on its way stands at the end.
      const known = new Set(action.page.replies.map(({ id }) => id));
      const arrived = state.replies.filter(({ id, isArrival }) => isArrival && !known.has(id));
      return {
        status: "ready",
        replies: [...action.page.replies, ...arrived],
        startCursor: action.page.startCursor,
        hasEarlier: action.page.hasEarlier,
        isLoadingEarlier: false,
        total: Math.max(action.page.total, action.page.replies.length + arrived.length),
      };
    }
    case "loadingEarlier":
      return { ...state, isLoadingEarlier: action.isLoading };
    case "prepended": {
      const known = new Set(state.replies.map(({ id }) => id));
      return {
        ...state,
        replies: [...action.page.replies.filter(({ id }) => !known.has(id)), ...state.replies],
        startCursor: action.page.startCursor,
        hasEarlier: action.page.hasEarlier,
        isLoadingEarlier: false,
        total: Math.max(state.total, action.page.total),
      };
    }
    case "arrived": {
      if (state.replies.some(({ id }) => id === action.reply.id)) return state;
      return {
        ...state,
        replies: [...state.replies, { ...action.reply, isArrival: true }],
        total: state.total + 1,
      };
    }
  }
}

export type Branch = { reply: ThreadReply; answers: readonly ThreadReply[] };

/** Replies with their answers below them; an answer whose reply is not loaded stands for itself. */
export function branches(replies: readonly ThreadReply[]): readonly Branch[] {
  const loaded = new Set(replies.map(({ id }) => id));
  const answers = new Map<string, ThreadReply[]>();
  const tops: ThreadReply[] = [];
  for (const reply of replies) {
    if (reply.parentId && loaded.has(reply.parentId)) {
      const list = answers.get(reply.parentId);
      if (list) list.push(reply);
      else answers.set(reply.parentId, [reply]);
    } else tops.push(reply);
  }
  return tops.map((reply) => ({ reply, answers: answers.get(reply.id) ?? [] }));
}
