import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { type CombinedError, readFragment, useClient } from "@/graphql";
import type { UnitPartsFragment } from "@/graphql/generated/graphql";
import {
  OrgChildrenQuery,
  OrgPathQuery,
  OrgRootSizesQuery,
  OrgRootsQuery,
  OrgSizesQuery,
  UnitParts,
} from "./orgQueries";
import { emptyTree, visibleLines, withPage, withPath, withRoots } from "./orgTree";

/** How many units below one come at once. */
const PAGE = 100;
/** Up to how many units below the top are opened as well when the chart is opened. */
const FEW = 12;

const cached = { requestPolicy: "cache-first" } as const;

const toUnit = ({ id, name, head, childCount }: UnitPartsFragment) => ({
  id,
  name,
  head: head?.name ?? null,
  hasChildren: childCount > 0,
});

/** Brings the tree piece by piece; `target` is opened down to. */
export function useOrgTree(target: string | undefined) {
  const client = useClient();
  const [tree, setTree] = useState(emptyTree);
  const [sizes, setSizes] = useState<ReadonlyMap<string, number>>(new Map());
  const [expanded, setExpanded] = useState<ReadonlySet<string>>(new Set());
  const [isLoaded, setLoaded] = useState(false);
  const [error, setError] = useState<CombinedError>();
  const [attempt, setAttempt] = useState(0);
  // Units whose first page has come; opened again they keep all that came.
  const known = useRef(new Set<string>());

  const count = useCallback((units: readonly { id: string; peopleCount: number }[]) => {
    setSizes((before) => {
      const next = new Map(before);
      for (const { id, peopleCount } of units) next.set(id, peopleCount);
      return next;
    });
  }, []);

  /** Brings a page of the units below one. */
  const bring = useCallback(
    async (id: string, after: string | null) => {
      const variables = { id, first: PAGE, after };
      const { data, error: failure } = await client
        .query(OrgChildrenQuery, variables, cached)
        .toPromise();
      if (failure) setError(failure);
      const below = data?.orgUnit?.units;
      if (!below) return [];
      setError(undefined);
      known.current.add(id);
      const found = readFragment(UnitParts, below.nodes).map(toUnit);
      const { hasNextPage, endCursor } = below.pageInfo;
      const cursor = hasNextPage ? (endCursor ?? null) : null;
      const page = { total: below.totalCount, cursor, isFirst: after === null };
      setTree((before) => withPage(before, id, found, page));
      void client
        .query(OrgSizesQuery, variables, cached)
        .toPromise()
        .then((sized) => count(sized.data?.orgUnit?.units.nodes ?? []));
      return found;
    },
    [client, count],
  );

  const open = useCallback(
    async (id: string, depth = 1) => {
      const found = known.current.has(id) ? [] : await bring(id, null);
      setExpanded((before) => new Set(before).add(id));
      if (depth > 1 && found.length <= FEW) {
        for (const child of found) if (child.hasChildren) void open(child.id, depth - 1);
      }
    },
    [bring],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` asks again
  useEffect(() => {
    void client
      .query(OrgRootsQuery, {}, cached)
      .toPromise()
      .then(({ data, error: failure }) => {
        setError(failure);
        const roots = readFragment(UnitParts, data?.orgUnits ?? []).map(toUnit);
        setTree((before) => withRoots(before, roots));
        // The top shows itself opened; a small organisation a level deeper.
        for (const root of roots) if (root.hasChildren) void open(root.id, 2);
        setLoaded(Boolean(data));
      });
    void client
      .query(OrgRootSizesQuery, {}, cached)
      .toPromise()
      .then(({ data }) => count(data?.orgUnits ?? []));
  }, [client, open, count, attempt]);

  useEffect(() => {
    if (!target || !isLoaded) return;
    void client
      .query(OrgPathQuery, { id: target }, cached)
      .toPromise()
      .then(({ data }) => {
        const path = readFragment(UnitParts, data?.orgUnit?.path ?? []).map(toUnit);
        setTree((before) => withPath(before, path));
        for (const { id } of path.slice(0, -1)) void open(id);
      });
  }, [target, isLoaded, client, open]);

  const toggle = useCallback(
    (id: string, isExpanded: boolean) => {
      if (isExpanded) return void open(id);
      setExpanded((before) => new Set([...before].filter((each) => each !== id)));
    },
    [open],
  );
  const more = useCallback(
    (id: string) => {
      const cursor = tree.children.get(id)?.cursor;
      if (cursor) void bring(id, cursor);
    },
    [tree, bring],
  );
  const lines = useMemo(() => visibleLines(tree, expanded), [tree, expanded]);
  const retry = useCallback(() => setAttempt((number) => number + 1), []);
  return { lines, sizes, toggle, more, isLoaded, error, retry };
}
