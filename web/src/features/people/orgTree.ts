/** The organisation's tree as it is known so far: units come as they are opened. */
export type Unit = { id: string; name: string; hasChildren: boolean };

export type OrgTree = {
  roots: readonly string[];
  units: ReadonlyMap<string, Unit>;
  children: ReadonlyMap<string, readonly string[]>;
};

export type Line = Unit & {
  level: number;
  position: number;
  setSize: number;
  isExpanded: boolean | null;
};

export const emptyTree: OrgTree = { roots: [], units: new Map(), children: new Map() };

/** The tree with the children of one unit, or with its top when no unit is named. */
export function withChildren(
  tree: OrgTree,
  parent: string | null,
  units: readonly Unit[],
): OrgTree {
  const known = new Map(tree.units);
  for (const unit of units) known.set(unit.id, unit);
  const ids = units.map(({ id }) => id);
  if (parent === null) return { ...tree, roots: ids, units: known };
  return { ...tree, units: known, children: new Map(tree.children).set(parent, ids) };
}

/** What is to be seen, from top to bottom. */
export function visibleLines(tree: OrgTree, expanded: ReadonlySet<string>): Line[] {
  const lines: Line[] = [];
  function walk(ids: readonly string[], level: number) {
    ids.forEach((id, index) => {
      const unit = tree.units.get(id);
      if (!unit) return;
      const isOpen = expanded.has(id);
      lines.push({
        ...unit,
        level,
        position: index + 1,
        setSize: ids.length,
        isExpanded: unit.hasChildren ? isOpen : null,
      });
      if (isOpen) walk(tree.children.get(id) ?? [], level + 1);
    });
  }
  walk(tree.roots, 1);
  return lines;
}
