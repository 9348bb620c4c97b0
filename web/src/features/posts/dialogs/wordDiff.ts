/** What changed between two texts, word by word. */
export type DiffPart = { kind: "same" | "added" | "removed"; text: string };

/** Beyond so many differing words a diff helps nobody; the whole part is shown as replaced. */
const maxDistance = 900;

/** Compares two texts by words, spaces and signs (Myers' shortest edit script). */
export function wordDiff(before: string, after: string): DiffPart[] {
  const a = tokens(before);
  const b = tokens(after);
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (
    end < a.length - start &&
    end < b.length - start &&
    a[a.length - 1 - end] === b[b.length - 1 - end]
  )
    end++;
  const middleA = a.slice(start, a.length - end);
  const middleB = b.slice(start, b.length - end);
  return joined([
    { kind: "same", text: a.slice(0, start).join("") },
    ...(shortestEdit(middleA, middleB) ?? [
      { kind: "removed" as const, text: middleA.join("") },
      { kind: "added" as const, text: middleB.join("") },
    ]),
    { kind: "same", text: a.slice(a.length - end).join("") },
  ]);
}

function tokens(text: string): string[] {
  return text.match(/[\p{L}\p{M}\p{N}_]+|\s+|[^\p{L}\p{M}\p{N}_\s]/gu) ?? [];
}

function shortestEdit(a: readonly string[], b: readonly string[]): DiffPart[] | null {
  const limit = Math.min(a.length + b.length, maxDistance);
  // reach[k]: how far in `a` the best path on diagonal k has come.
  let reach = new Map<number, number>([[1, 0]]);
  const history: Map<number, number>[] = [];
  for (let distance = 0; distance <= limit; distance++) {
    history.push(new Map(reach));
    const next = new Map(reach);
    for (let k = -distance; k <= distance; k += 2) {
      const down = k === -distance || (k !== distance && at(next, k - 1) < at(next, k + 1));
      let x = down ? at(next, k + 1) : at(next, k - 1) + 1;
      let y = x - k;
      while (x < a.length && y < b.length && a[x] === b[y]) {
        x++;
        y++;
      }
      next.set(k, x);
      if (x >= a.length && y >= b.length) return trace(a, b, history);
    }
    reach = next;
  }
  return null;
}

const at = (map: ReadonlyMap<number, number>, k: number) => map.get(k) ?? 0;

function trace(
  a: readonly string[],
  b: readonly string[],
  history: readonly ReadonlyMap<number, number>[],
): DiffPart[] {
  const parts: DiffPart[] = [];
  let x = a.length;
  let y = b.length;
  for (let distance = history.length - 1; distance >= 0; distance--) {
    const reach = history[distance] ?? new Map<number, number>();
    const k = x - y;
    const down = k === -distance || (k !== distance && at(reach, k - 1) < at(reach, k + 1));
    const previousK = down ? k + 1 : k - 1;
    const previousX = distance === 0 ? 0 : at(reach, previousK);
    const previousY = distance === 0 ? 0 : previousX - previousK;
    while (x > previousX && y > previousY) {
      parts.push({ kind: "same", text: a[--x] ?? "" });
      y--;
    }
    if (distance === 0) break;
    if (down) parts.push({ kind: "added", text: b[--y] ?? "" });
    else parts.push({ kind: "removed", text: a[--x] ?? "" });
  }
  return parts.reverse();
}

/** Neighbours of one kind become one part; within a change what was removed stands first. */
function joined(parts: readonly DiffPart[]): DiffPart[] {
  const result: DiffPart[] = [];
  let removed = "";
  let added = "";
  function flush() {
    if (removed) result.push({ kind: "removed", text: removed });
    if (added) result.push({ kind: "added", text: added });
    removed = "";
    added = "";
  }
  for (const { kind, text } of parts) {
    if (!text) continue;
    if (kind === "removed") removed += text;
    else if (kind === "added") added += text;
    else {
      flush();
      const last = result.at(-1);
      if (last?.kind === "same") last.text += text;
      else result.push({ kind, text });
    }
  }
  flush();
  return result;
}
