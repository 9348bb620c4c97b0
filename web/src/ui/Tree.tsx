import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { cx } from "./classNames";
import { Icon } from "./icons/Icon";
import styles from "./Tree.module.css";

/** A line of the tree as it stands now: nodes within closed ones are not in the list. */
export type TreeNode = {
  id: string;
  /** For typing ahead. */
  text: string;
  content: ReactNode;
  /** 1 at the top. */
  level: number;
  /** Place among its siblings, from 1, of how many. */
  position: number;
  setSize: number;
  /** Null when there is nothing below. */
  isExpanded: boolean | null;
};

export type TreeProps = {
  label: string;
  nodes: readonly TreeNode[];
  selectedId: string | null;
  onSelect: (id: string) => void;
  onToggle: (id: string, isExpanded: boolean) => void;
};

/**
 * A tree one can walk with the arrow keys: up and down between lines, right and left to open and
 * close, Home and End, letters to jump, Enter to choose.
 */
export function Tree({ label, nodes, selectedId, onSelect, onToggle }: TreeProps) {
  const [focusedId, setFocusedId] = useState<string | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const moves = useRef(false);
  const stop =
    nodes.find(({ id }) => id === focusedId) ??
    nodes.find(({ id }) => id === selectedId) ??
    nodes[0];

  useEffect(() => {
    if (!moves.current || !focusedId) return;
    moves.current = false;
    const line = list.current?.querySelector<HTMLElement>('[role="treeitem"][tabindex="0"]');
    line?.focus();
    line?.scrollIntoView?.({ block: "nearest" });
  }, [focusedId]);

  // Whoever comes to a line in another way finds it, and goes on from there; once, when it is first to be seen.
  const isSelectedShown = nodes.some(({ id }) => id === selectedId);
  const ledTo = useRef<string | null>(null);
  useEffect(() => {
    if (!selectedId || !isSelectedShown || ledTo.current === selectedId) return;
    ledTo.current = selectedId;
    setFocusedId(selectedId);
    const line = list.current?.querySelector('[aria-selected="true"]');
    line?.scrollIntoView?.({ block: "nearest" });
  }, [selectedId, isSelectedShown]);

  function go(node: TreeNode | undefined) {
    if (!node) return;
    moves.current = true;
    setFocusedId(node.id);
  }

  function onKeyDown(event: KeyboardEvent) {
    if (!stop || event.ctrlKey || event.metaKey || event.altKey) return;
    const at = nodes.indexOf(stop);
    const turned = getComputedStyle(event.currentTarget).direction === "rtl";
    const key = turned ? (mirrored[event.key] ?? event.key) : event.key;
    if (key === "ArrowDown") go(nodes[at + 1]);
    else if (key === "ArrowUp") go(nodes[at - 1]);
    else if (key === "Home") go(nodes[0]);
    else if (key === "End") go(nodes[nodes.length - 1]);
    else if (key === "ArrowRight") {
      if (stop.isExpanded === false) onToggle(stop.id, true);
      else if (stop.isExpanded) go(nodes[at + 1]);
    } else if (key === "ArrowLeft") {
      if (stop.isExpanded) onToggle(stop.id, false);
      else go(nodes.slice(0, at).findLast(({ level }) => level < stop.level));
    } else if (key === "Enter" || key === " ") onSelect(stop.id);
    else if (key.length === 1) {
      const wanted = key.toLocaleLowerCase();
      const order = [...nodes.slice(at + 1), ...nodes.slice(0, at)];
      const found = order.find(({ text }) => text.toLocaleLowerCase().startsWith(wanted));
      if (!found) return;
      go(found);
      event.stopPropagation();
    } else return;
    event.preventDefault();
  }

  return (
    <div ref={list} role="tree" aria-label={label} className={styles.tree} onKeyDown={onKeyDown}>
      {nodes.map((node) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the tree takes the keys
        <div
          key={node.id}
          role="treeitem"
          aria-level={node.level}
          aria-posinset={node.position}
          aria-setsize={node.setSize}
          aria-expanded={node.isExpanded ?? undefined}
          aria-selected={node.id === selectedId}
          tabIndex={node === stop ? 0 : -1}
          data-level={Math.min(node.level, 8)}
          className={cx(styles.line, node.id === selectedId && styles.selected)}
          onFocus={() => setFocusedId(node.id)}
          onClick={(event) => {
            const onTwisty =
              event.target instanceof Element && event.target.closest("[data-twisty]");
            if (onTwisty && node.isExpanded !== null) onToggle(node.id, !node.isExpanded);
            else onSelect(node.id);
          }}
        >
          <span className={styles.twisty} data-twisty={node.isExpanded !== null || undefined}>
            {node.isExpanded !== null && (
              <Icon name={node.isExpanded ? "chevron-down" : "chevron-right"} size={16} />
            )}
          </span>
          {node.content}
        </div>
      ))}
    </div>
  );
}

const mirrored: Record<string, string> = { ArrowLeft: "ArrowRight", ArrowRight: "ArrowLeft" };
