/** What the toolbar does to a text: pure changes of a selection. */
export type Selection = { text: string; start: number; end: number };

/** Replace `from..to` by `insert`, then select `selectFrom..selectTo`. */
export type Edit = {
  from: number;
  to: number;
  insert: string;
  selectFrom: number;
  selectTo: number;
};

export type Tool = "bold" | "italic" | "code" | "link" | "list" | "tasks" | "quote" | "table";

const marks = { bold: "**", italic: "_", code: "`" } as const;
const prefixes = { list: "- ", tasks: "- [ ] ", quote: "> " } as const;

/** The change a tool makes. `words` are the texts it fills in. */
export function editWith(
  tool: Tool,
  selection: Selection,
  words: { text: string; column: string },
): Edit {
  switch (tool) {
    case "bold":
    case "italic":
      return wrap(selection, marks[tool], words.text);
    case "code":
      return selection.text.slice(selection.start, selection.end).includes("\n")
        ? fence(selection)
        : wrap(selection, marks.code, words.text);
    case "link":
      return link(selection, words.text);
    case "list":
    case "tasks":
    case "quote":
      return prefixLines(selection, prefixes[tool]);
    case "table":
      return table(selection, words.column);
  }
}

function wrap({ text, start, end }: Selection, mark: string, fallback: string): Edit {
  const size = mark.length;
  const isWrapped =
    text.slice(start - size, start) === mark && text.slice(end, end + size) === mark;
  if (isWrapped) {
    const inner = text.slice(start, end);
    return {
      from: start - size,
      to: end + size,
      insert: inner,
      selectFrom: start - size,
      selectTo: start - size + inner.length,
    };
  }
  const inner = text.slice(start, end) || fallback;
  return {
    from: start,
    to: end,
    insert: `${mark}${inner}${mark}`,
    selectFrom: start + size,
    selectTo: start + size + inner.length,
  };
}

function fence({ text, start, end }: Selection): Edit {
  const inner = text.slice(start, end).replace(/\n$/, "");
  const before = start === 0 || text[start - 1] === "\n" ? "" : "\n";
  const insert = `${before}\`\`\`\n${inner}\n\`\`\`\n`;
  const from = start + before.length + 4;
  return { from: start, to: end, insert, selectFrom: from, selectTo: from + inner.length };
}

function link({ text, start, end }: Selection, fallback: string): Edit {
  const selected = text.slice(start, end);
  if (/^https?:\/\/\S+$/.test(selected)) {
    return {
      from: start,
      to: end,
      insert: `[${fallback}](${selected})`,
      selectFrom: start + 1,
      selectTo: start + 1 + fallback.length,
    };
  }
  const label = selected || fallback;
  const address = start + label.length + 3;
  return {
    from: start,
    to: end,
    insert: `[${label}](https://)`,
    selectFrom: address,
    selectTo: address + 8,
  };
}

function prefixLines({ text, start, end }: Selection, prefix: string): Edit {
  const from = text.lastIndexOf("\n", start - 1) + 1;
  const next = text.indexOf("\n", Math.max(start, end - (text[end - 1] === "\n" ? 1 : 0)));
  const to = next < 0 ? text.length : next;
  const lines = text.slice(from, to).split("\n");
  const areAll = lines.every((line) => line.startsWith(prefix));
  const insert = lines
    .map((line) => (areAll ? line.slice(prefix.length) : `${prefix}${line}`))
    .join("\n");
  const shift = areAll ? -prefix.length : prefix.length;
  return lines.length === 1
    ? {
        from,
        to,
        insert,
        selectFrom: Math.max(from, start + shift),
        selectTo: Math.max(from, end + shift),
      }
    : { from, to, insert, selectFrom: from, selectTo: from + insert.length };
}

function table({ text, start, end }: Selection, column: string): Edit {
  const before = start === 0 ? "" : text.slice(0, start).endsWith("\n\n") ? "" : "\n\n";
  const head = `| ${column} 1 | ${column} 2 |`;
  const insert = `${before}${head}\n| --- | --- |\n|  |  |\n`;
  const first = start + before.length + 2;
  return {
    from: start,
    to: end,
    insert,
    selectFrom: first,
    selectTo: first + `${column} 1`.length,
  };
}

/** Enter within a list goes on with it; on an empty item it ends the list. Null: an ordinary Enter. */
export function continueList({ text, start, end }: Selection): Edit | null {
  if (start !== end) return null;
  const from = text.lastIndexOf("\n", start - 1) + 1;
  const line = text.slice(from, start);
  const match = /^(\s*)([-*+] \[[ xX]\] |[-*+] |(\d{1,4})([.)]) |> )/.exec(line);
  if (!match) return null;
  const [whole, indent = "", marker = "", number, dot = "."] = match;
  if (line.trim() === whole.trim()) {
    return { from, to: start, insert: "", selectFrom: from, selectTo: from };
  }
  const next = number ? `${Number(number) + 1}${dot} ` : marker.replace(/\[[xX]\]/, "[ ]");
  const insert = `\n${indent}${next}`;
  const caret = start + insert.length;
  return { from: start, to: start, insert, selectFrom: caret, selectTo: caret };
}
