import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { kept } from "./kept.mjs";

let root;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "loggia-kept-"));
  execFileSync("git", ["init", "--quiet"], { cwd: root });
  mkdirSync(join(root, "server"));
  mkdirSync(join(root, "docs"));
  writeFileSync(join(root, "server/main.rs"), "one");
  writeFileSync(join(root, "docs/read.md"), "one");
  writeFileSync(join(root, ".gitignore"), "memory\n*.log\n");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const step = { name: "rust tests", run: ["cargo", "test"], from: [".", ":!docs"] };
const passed = { state: "passed", counts: { passed: 3, failed: 0, skipped: 0, skips: [] } };

// Each memory is that of another run of the command.
const memory = (facts = ["v1"]) => kept({ root, folder: join(root, "memory"), facts,
  now: () => new Date("2026-01-05T09:00:00Z") });

test("a step that passed is found again with its counts and its time", () => {
  assert.equal(memory().find(step), null);
  memory().keep(step, passed);
  assert.deepEqual(memory().find(step), { ...passed, keptFrom: "2026-01-05T09:00:00.000Z" });
});

test("a change in what it depends on forgets it, a change elsewhere does not", () => {
  memory().keep(step, passed);
  writeFileSync(join(root, "docs/read.md"), "two");
  writeFileSync(join(root, "run.log"), "ignored by git");
  assert.ok(memory().find(step));
  for (const change of [
    () => writeFileSync(join(root, "server/main.rs"), "two"),
    () => writeFileSync(join(root, "server/new.rs"), ""),
    () => rmSync(join(root, "server/new.rs")),
  ]) {
    memory().keep(step, passed);
    assert.ok(memory().find(step));
    change();
    assert.equal(memory().find(step), null);
  }
});

test("another command, another version and another step are not it", () => {
  memory().keep(step, passed);
  assert.equal(memory().find({ ...step, run: ["cargo", "test", "--all"] }), null);
  assert.equal(memory(["v2"]).find(step), null);
  assert.equal(memory().find({ ...step, name: "web tests" }), null);
  assert.equal(memory().find({ ...step, from: undefined }), null);
});

test("nothing is kept that failed, skipped a test, counted nothing or was itself kept", () => {
  for (const result of [
    { ...passed, state: "failed" },
    { ...passed, counts: { ...passed.counts, skipped: 1 } },
    { ...passed, counts: null },
    { ...passed, keptFrom: "2026-01-01T00:00:00.000Z" },
  ]) {
    memory().keep(step, result);
    assert.equal(memory().find(step), null);
  }
});

test("a change made while the step ran keeps nothing", () => {
  const run = memory();
  assert.equal(run.find(step), null);
  run.keep(step, passed);
  writeFileSync(join(root, "server/main.rs"), "two");
  const next = memory();
  assert.equal(next.find(step), null);
  writeFileSync(join(root, "server/main.rs"), "three");
  next.keep(step, passed);
  assert.equal(memory().find(step), null);
});

test("a damaged memory is no memory", () => {
  memory().keep(step, passed);
  writeFileSync(join(root, "memory/rust-tests.json"), "{");
  assert.equal(memory().find(step), null);
});
