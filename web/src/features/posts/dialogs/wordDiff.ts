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

/** How far into `a` the best path has come, by diagonal from -size to size. */
type Reach = { values: Int32Array; size: number };

const at = ({ values, size }: Reach, diagonal: number) => values[diagonal + size] ?? 0;

function shortestEdit(a: readonly string[], b: readonly string[]): DiffPart[] | null {
  const limit = Math.min(a.length + b.length, maxDistance);
  const size = limit + 1;
  const reach: Reach = { values: new Int32Array(2 * size + 1), size };
  const history: Reach[] = [];
  for (let distance = 0; distance <= limit; distance++) {
    history.push(around(reach, distance + 1));
    for (let k = -distance; k <= distance; k += 2) {
      let x = goesDown(reach, k, distance) ? at(reach, k + 1) : at(reach, k - 1) + 1;
      let y = x - k;
      while (x < a.length && y < b.length && a[x] === b[y]) {
        x++;
        y++;
      }
      reach.values[k + size] = x;
      if (x >= a.length && y >= b.length) return trace(a, b, history);
    }
  }
  return null;
}

function around({ values, size }: Reach, wanted: number): Reach {
  const kept = Math.min(wanted, size);
  return { values: values.slice(size - kept, size + kept + 1), size: kept };
}

function goesDown(reach: Reach, k: number, distance: number): boolean {
  return k === -distance || (k !== distance && at(reach, k - 1) < at(reach, k + 1));
}

function trace(a: readonly string[], b: readonly string[], history: readonly Reach[]): DiffPart[] {
  const parts: DiffPart[] = [];
  let x = a.length;
  let y = b.length;
  for (let distance = history.length - 1; distance >= 0; distance--) {
    const reach = history[distance];
    if (!reach) break;
    const k = x - y;
    const isDown = goesDown(reach, k, distance);
    const previousK = isDown ? k + 1 : k - 1;
    const previousX = distance === 0 ? 0 : at(reach, previousK);
    const previousY = distance === 0 ? 0 : previousX - previousK;
    while (x > previousX && y > previousY) {
      parts.push({ kind: "same", text: a[--x] ?? "" });
      y--;
    }
    if (distance === 0) break;
    if (isDown) parts.push({ kind: "added", text: b[--y] ?? "" });
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
