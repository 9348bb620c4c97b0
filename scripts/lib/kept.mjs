// Remembers which steps passed with what, so that a second run need not repeat a step when nothing it depends
// on has changed. What is reused is named in the summary; nothing is ever reused that failed or skipped a test.
// A step that may be reused names what it depends on: `from`, a list of git pathspecs.

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { lstatSync, mkdirSync, readFileSync, readlinkSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * The memory in `folder`. `facts` are what every step depends on beside its files: versions, environment.
 * `find(step)` returns the result of an earlier run, or null; `keep(step, result)` remembers one that passed.
 */
export function kept({ root, folder, facts, now = () => new Date() }) {
  const prints = new Map();
  const fingerprint = (step) => {
    if (!prints.has(step.name)) prints.set(step.name, fingerprintOf(root, step, facts));
    return prints.get(step.name);
  };
  const place = (step) => join(folder, `${step.name.replaceAll(" ", "-")}.json`);
  return {
    find(step) {
      if (!step.from) return null;
      const memory = readMemory(place(step));
      if (memory?.fingerprint !== fingerprint(step)) return null;
      return { state: "passed", counts: memory.counts, keptFrom: memory.at };
    },
    keep(step, result) {
      if (!step.from || result.state !== "passed" || result.keptFrom) return;
      if (!result.counts || result.counts.failed > 0 || result.counts.skipped > 0) return;
      // Somebody may have written while the step ran: then nobody knows what it was that passed.
      if (fingerprintOf(root, step, facts) !== fingerprint(step)) return;
      mkdirSync(folder, { recursive: true });
      const memory = { fingerprint: fingerprint(step), at: now().toISOString(), counts: result.counts };
      const draft = `${place(step)}.new`;
      writeFileSync(draft, JSON.stringify(memory));
      renameSync(draft, place(step));
    },
  };
}

/** One text for everything the step depends on: its command, the facts, and each file's name, mode and content. */
function fingerprintOf(root, step, facts) {
  const hash = createHash("sha256");
  hash.update(JSON.stringify([step.run, step.cwd ?? null, facts]));
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", ...step.from],
    { cwd: root, encoding: "utf8", maxBuffer: 64 * 1024 ** 2 });
  for (const file of [...new Set(listed.split("\0"))].filter(Boolean).sort()) {
    hash.update(`\0${file}\0`);
    hash.update(contentOf(join(root, file)));
  }
  return hash.digest("hex");
}

function contentOf(file) {
  try {
    const stat = lstatSync(file);
    const content = stat.isSymbolicLink() ? readlinkSync(file) : readFileSync(file);
    return createHash("sha256").update(`${stat.mode & 0o111}\0`).update(content).digest();
  } catch (error) {
    // Listed by git and removed from the folder.
    if (error.code === "ENOENT") return "gone";
    throw error;
  }
}

function readMemory(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}
