/** The organisation's tree as it is known so far: units come as they are opened, many of them in pages. */
export type Unit = { id: string; name: string; head: string | null; hasChildren: boolean };

/** What is known of the units below one. */
export type Below = {
  ids: readonly string[];
  /** How many there are, also those that have not come. */
  total: number;
  /** Where the next page begins; null when all have come. */
  cursor: string | null;
};

export type OrgTree = {
  roots: readonly string[];
  units: ReadonlyMap<string, Unit>;
  children: ReadonlyMap<string, Below>;
  /** Units that somebody was led to although their page has not come. */
  revealed: ReadonlyMap<string, readonly string[]>;
};

/** A unit, or what stands for those of its siblings that have not come. */
export type Line = {
  id: string;
  unit: Unit | null;
  /** The unit above; null at the top. */
  parentId: string | null;
  /** How many units a line stands for that are still to come; 0 for a unit. */
  left: number;
  level: number;
  position: number;
  setSize: number;
  isExpanded: boolean | null;
};

export const emptyTree: OrgTree = {
  roots: [],
  units: new Map(),
  children: new Map(),
  revealed: new Map(),
};

function knowing(tree: OrgTree, units: readonly Unit[]): ReadonlyMap<string, Unit> {
  const known = new Map(tree.units);
  for (const unit of units) known.set(unit.id, unit);
  return known;
}

/** The tree with its top. */
export function withRoots(tree: OrgTree, units: readonly Unit[]): OrgTree {
  return { ...tree, units: knowing(tree, units), roots: units.map(({ id }) => id) };
}

/** The tree with a page of the units below one; the first page starts anew. */
export function withPage(
  tree: OrgTree,
  parent: string,
  units: readonly Unit[],
  page: { total: number; cursor: string | null; isFirst: boolean },
): OrgTree {
  const before = page.isFirst ? [] : (tree.children.get(parent)?.ids ?? []);
  const fresh = units.map(({ id }) => id).filter((id) => !before.includes(id));
  const below = { ids: [...before, ...fresh], total: page.total, cursor: page.cursor };
  return {
    ...tree,
    units: knowing(tree, units),
    children: new Map(tree.children).set(parent, below),
  };
}

/** The tree with the way down to a unit, whether the pages on it have come or not. */
export function withPath(tree: OrgTree, path: readonly Unit[]): OrgTree {
  const revealed = new Map(tree.revealed);
  path.forEach((unit, index) => {
    const parent = path[index - 1];
    if (!parent) return;
    const already = revealed.get(parent.id) ?? [];
    if (!already.includes(unit.id)) revealed.set(parent.id, [...already, unit.id]);
  });
  return { ...tree, units: knowing(tree, path), revealed };
}

/** What is to be seen, from top to bottom. */
export function visibleLines(tree: OrgTree, expanded: ReadonlySet<string>): Line[] {
  const lines: Line[] = [];
  function walk(ids: readonly string[], total: number, parentId: string | null, level: number) {
    ids.forEach((id, index) => {
      const unit = tree.units.get(id);
      if (!unit) return;
      const isOpen = expanded.has(id);
      const shared = { parentId, level, setSize: Math.max(total, ids.length) };
      lines.push({
        ...shared,
        id,
        unit,
        left: 0,
        position: index + 1,
        isExpanded: unit.hasChildren ? isOpen : null,
      });
      if (isOpen) below(id, level + 1);
    });
    const left = total - ids.length;
    if (parentId !== null && left > 0) {
      lines.push({
        id: `more:${parentId}`,
        unit: null,
        parentId,
        left,
        level,
        position: ids.length + 1,
        setSize: total,
        isExpanded: null,
      });
    }
  }
  function below(parent: string, level: number) {
    const known = tree.children.get(parent);
    const ids = known?.ids ?? [];
    const seen = new Set(ids);
    const led = (tree.revealed.get(parent) ?? []).filter((id) => !seen.has(id));
    walk([...ids, ...led], known?.total ?? 0, parent, level);
  }
  walk(tree.roots, tree.roots.length, null, 1);
  return lines;
}
