import { useCallback, useEffect, useMemo, useState } from "react";
import { type CombinedError, readFragment, useClient } from "@/graphql";
import type { UnitPartsFragment } from "@/graphql/generated/graphql";
import { emptyTree, visibleLines, withChildren } from "./orgTree";
import { OrgChildrenQuery, OrgRootsQuery, UnitParts } from "./queries";

const toUnit = ({ id, name, children }: UnitPartsFragment) => ({
  id,
  name,
  hasChildren: children.length > 0,
});

/** Brings the tree piece by piece; `target` is opened down to. */
export function useOrgTree(target: string | undefined) {
  const client = useClient();
  const [tree, setTree] = useState(emptyTree);
  const [expanded, setExpanded] = useState<ReadonlySet<string>>(new Set());
  const [isLoaded, setLoaded] = useState(false);
  const [error, setError] = useState<CombinedError>();
  const [attempt, setAttempt] = useState(0);

  const open = useCallback(
    async (id: string, depth = 1) => {
      const { data, error: failure } = await client
        .query(OrgChildrenQuery, { id }, { requestPolicy: "cache-first" })
        .toPromise();
      if (failure) return setError(failure);
      const unit = data?.orgUnit;
      if (!unit) return;
      const found = readFragment(UnitParts, unit.children).map(toUnit);
      setTree((before) => withChildren(before, id, found));
      setExpanded((before) => new Set(before).add(id));
      if (depth > 1 && found.length <= 12) {
        for (const child of found) if (child.hasChildren) void open(child.id, depth - 1);
      }
    },
    [client],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` asks again
  useEffect(() => {
    void client
      .query(OrgRootsQuery, {}, { requestPolicy: "cache-first" })
      .toPromise()
      .then(({ data, error: failure }) => {
        setError(failure);
        const roots = readFragment(UnitParts, data?.orgUnits ?? []);
        setTree((before) => withChildren(before, null, roots.map(toUnit)));
        // The top shows itself opened; a small organisation a level deeper.
        for (const root of roots) void open(root.id, 2);
        setLoaded(Boolean(data));
      });
  }, [client, open, attempt]);

  useEffect(() => {
    if (!target || !isLoaded) return;
    void client
      .query(OrgChildrenQuery, { id: target }, { requestPolicy: "cache-first" })
      .toPromise()
      .then(({ data }) => {
        for (const { id } of data?.orgUnit?.path ?? []) if (id !== target) void open(id);
      });
  }, [target, isLoaded, client, open]);

  const toggle = useCallback(
    (id: string, isExpanded: boolean) => {
      if (isExpanded) return void open(id);
      setExpanded((before) => new Set([...before].filter((each) => each !== id)));
    },
    [open],
  );
  const lines = useMemo(() => visibleLines(tree, expanded), [tree, expanded]);
  const retry = useCallback(() => setAttempt((count) => count + 1), []);
  return { lines, toggle, isLoaded, error, retry };
}
