import { useCallback, useState } from "react";
import { type AnyVariables, type TypedDocumentNode, useQuery } from "urql";

type Connection = { pageInfo: { hasNextPage: boolean; endCursor?: string | null } };

export type PagedQueryOptions<D, V extends AnyVariables, C extends Connection> = {
  /** A query with `$after: String`; its connection is listed in cache.ts, which joins the pages. */
  query: TypedDocumentNode<D, V>;
  variables: Omit<V, "after">;
  connection: (data: D) => C | null | undefined;
  pause?: boolean;
};

/** A list that grows page by page. Goes with InfiniteList. */
export function usePagedQuery<D, V extends AnyVariables, C extends Connection>({
  query,
  variables,
  connection,
  pause,
}: PagedQueryOptions<D, V, C>) {
  const identity = JSON.stringify(variables);
  const [cursor, setCursor] = useState<{ identity: string; after: string | null }>({
    identity,
    after: null,
  });
  const after = cursor.identity === identity ? cursor.after : null;
  const [result, execute] = useQuery<D, V>({
    query,
    variables: { ...variables, after } as unknown as V,
    pause,
  });
  const { data, fetching, stale, error } = result;
  const isCurrent =
    JSON.stringify(omitAfter(result.operation?.variables)) === identity || !result.operation;
  const shown = isCurrent ? data : undefined;
  const list = shown ? connection(shown) : undefined;
  const endCursor = list?.pageInfo.endCursor ?? null;
  const hasMore = Boolean(list?.pageInfo.hasNextPage && endCursor);
  const loadMore = useCallback(() => {
    if (endCursor && !fetching) setCursor({ identity, after: endCursor });
  }, [endCursor, fetching, identity]);
  const refresh = useCallback(() => {
    if (after) setCursor({ identity, after: null });
    execute({ requestPolicy: "network-only" });
  }, [after, execute, identity]);
  return {
    data: shown,
    list,
    error,
    /** Nothing to show yet. */
    isLoading: !list && !error && !pause,
    isLoadingMore: Boolean(list && after && (fetching || stale)),
    hasMore,
    loadMore,
    refresh,
  };
}

function omitAfter(variables: AnyVariables) {
  const { after: _after, ...rest } = (variables ?? {}) as Record<string, unknown>;
  return rest;
}
