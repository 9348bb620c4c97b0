import { useCallback, useState } from "react";
import { type AnyVariables, type TypedDocumentNode, useClient, useQuery } from "urql";

type Connection = { pageInfo: { hasNextPage: boolean; endCursor?: string | null } };

export type PagedQueryOptions<D, V extends AnyVariables, C extends Connection> = {
  /** A query with `$after: String`; its connection is listed in cache.ts, which joins the pages. */
  query: TypedDocumentNode<D, V>;
  variables: Omit<V, "after">;
  connection: (data: D) => C | null | undefined;
  pause?: boolean;
  /**
   * Another search in the same list: what was found before stays until the answer is there, so
   * that nothing jumps and an open menu of a line stays open.
   */
  keepsWhileSearching?: boolean;
};

/** A list that grows page by page. Goes with InfiniteList. */
export function usePagedQuery<D, V extends AnyVariables, C extends Connection>({
  query,
  variables,
  connection,
  pause,
  keepsWhileSearching,
}: PagedQueryOptions<D, V, C>) {
  const client = useClient();
  const identity = JSON.stringify(variables);
  const [loadingFor, setLoadingFor] = useState<string | null>(null);
  // The first page stays asked for: the cache joins what follows to it, and asks for it again
  // when a change has thrown the list away.
  const [result, execute] = useQuery<D, V>({
    query,
    variables: { ...variables, after: null } as unknown as V,
    pause,
  });
  const { data, fetching, error } = result;
  const isCurrent =
    JSON.stringify(omitAfter(result.operation?.variables)) === identity || !result.operation;
  const shown = isCurrent || (keepsWhileSearching && !error) ? data : undefined;
  const list = shown ? connection(shown) : undefined;
  const endCursor = list?.pageInfo.endCursor ?? null;
  const hasMore = Boolean(isCurrent && list?.pageInfo.hasNextPage && endCursor);
  const isLoadingMore = loadingFor === identity;
  const loadMore = useCallback(async () => {
    if (!endCursor || fetching || isLoadingMore) return;
    setLoadingFor(identity);
    const next = { ...JSON.parse(identity), after: endCursor } as V;
    const { data: more } = await client
      .query<D, V>(query, next, { requestPolicy: "network-only" })
      .toPromise();
    setLoadingFor((before) => (before === identity ? null : before));
    // Read anew what the cache has joined.
    if (more) execute({ requestPolicy: "cache-first" });
  }, [client, query, endCursor, fetching, isLoadingMore, identity, execute]);
  const refresh = useCallback(() => execute({ requestPolicy: "network-only" }), [execute]);
  return {
    data: shown,
    list,
    error,
    /** Nothing to show yet. */
    isLoading: !list && !error && !pause,
    isLoadingMore,
    hasMore,
    loadMore: useCallback(() => void loadMore(), [loadMore]),
    refresh,
  };
}

function omitAfter(variables: AnyVariables) {
  const { after: _after, ...rest } = (variables ?? {}) as Record<string, unknown>;
  return rest;
}
