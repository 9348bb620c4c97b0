/** Finds the mention or topic somebody is typing. The same rules as the server's reading of a text. */
export type MentionKind = "person" | "community" | "topic";

export type MentionAt = {
  kind: MentionKind;
  /** What stands after the sign. */
  query: string;
  /** Where the sign stands. */
  start: number;
  end: number;
};

const word = /[\p{L}\p{N}]/u;
/** After these a sign is part of an address or a path, not a mention. */
const glued = { person: /[_@/#=+]/, topic: /[_#/&@=.]/ };
const longest = 50;

/** The mention the caret stands in, or null. */
export function mentionAt(text: string, caret: number): MentionAt | null {
  const from = Math.max(0, caret - longest - 2);
  const before = text.slice(from, caret);
  const match = /([@#]\+?)([\p{L}\p{M}\p{N}._-]*)$/u.exec(before);
  if (!match) return null;
  const [whole, sign = "", query = ""] = match;
  const start = caret - whole.length;
  const kind: MentionKind = sign === "#" ? "topic" : sign === "@+" ? "community" : "person";
  if (sign === "#+" || query.startsWith(".") || query.startsWith("-")) return null;
  if (kind === "topic" && (query.length === 0 || query.includes("."))) return null;
  const previous = text.slice(Math.max(0, start - 2), start).at(-1) ?? "";
  if (previous === "\\") return null;
  if (word.test(previous) || glued[kind === "topic" ? "topic" : "person"].test(previous))
    return null;
  if (isInCode(text, start)) return null;
  return { kind, query, start, end: caret };
}

/** Within a fenced block or a code span nothing is a mention. */
export function isInCode(text: string, position: number): boolean {
  const lines = text.slice(0, position).split("\n");
  const current = lines.pop() ?? "";
  let fence: string | null = null;
  for (const line of lines) {
    const [, mark] = /^ {0,3}(`{3,}|~{3,})/.exec(line) ?? [];
    if (!mark) continue;
    if (!fence) fence = mark;
    else if (mark.startsWith(fence)) fence = null;
  }
  if (fence) return true;
  return (current.match(/`/g)?.length ?? 0) % 2 === 1;
}

/** The text with the mention completed, and where the caret stands then. */
export function completeMention(at: MentionAt, name: string): { insert: string } {
  const sign = at.kind === "topic" ? "#" : at.kind === "community" ? "@+" : "@";
  return { insert: `${sign}${name} ` };
}
