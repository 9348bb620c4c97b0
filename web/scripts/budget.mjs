/**
 * Keeps the client light: what every visit loads, each page, and the composer, as gzip bytes.
 * Run after a build. Ends with 1 when something is over its limit.
 */
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const dist = new URL("../dist/", import.meta.url);
const limits = { shell: 220, editor: 160, page: 60 };

const manifest = JSON.parse(readFileSync(new URL(".vite/manifest.json", dist), "utf8"));
const sizes = new Map();

function kilobytes(key) {
  const { file } = manifest[key];
  if (!file.endsWith(".js")) return 0;
  if (!sizes.has(file))
    sizes.set(file, gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length / 1000);
  return sizes.get(file);
}

/** The chunk and all it imports at once. */
function closure(key, seen = new Set()) {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const next of manifest[key].imports ?? []) closure(next, seen);
  return seen;
}

const sum = (keys) => [...keys].reduce((total, key) => total + kilobytes(key), 0);

// What the page itself names is what every visit loads.
const page = readFileSync(new URL("index.html", dist), "utf8");
const shell = new Set();
for (const key of Object.keys(manifest)) {
  if (page.includes(`src="/${manifest[key].file}"`)) closure(key, shell);
}
if (shell.size === 0)
  throw new Error("index.html names no script of the manifest; run the build first");
const rows = [{ what: "shell (entry and its imports)", size: sum(shell), limit: limits.shell }];

const pages = Object.keys(manifest)
  .filter((key) => manifest[key].isDynamicEntry && !key.startsWith("src/i18n/texts/"))
  .sort();
const users = new Map();
for (const key of pages)
  for (const part of closure(key)) users.set(part, (users.get(part) ?? 0) + 1);

for (const key of pages) {
  // What several pages share (widgets) is loaded once, so it counts for the visit, not for the page.
  const added = [...closure(key)].filter((part) => !shell.has(part));
  const own = added.filter((part) => part === key || users.get(part) < 3);
  const isEditor = /[Cc]omposer|[Ee]ditor/.test(key);
  rows.push({ what: key, size: sum(own), limit: isEditor ? limits.editor : limits.page });
  if (/Page\.tsx$/.test(key)) {
    rows.push({
      what: "  shell and this page",
      size: sum(shell) + sum(added),
      limit: limits.shell + limits.page,
    });
  }
}

const width = Math.max(...rows.map(({ what }) => what.length));
let isOver = false;
for (const { what, size, limit } of rows) {
  const over = size > limit;
  isOver ||= over;
  console.log(
    `${what.padEnd(width)}  ${size.toFixed(1).padStart(7)} kB of ${String(limit).padStart(3)} kB${over ? "  OVER" : ""}`,
  );
}
if (isOver) process.exitCode = 1;
