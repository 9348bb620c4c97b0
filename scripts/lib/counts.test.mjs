import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fromCargoTest, fromJunit, fromPlaywright, fromTap, fromTotals, fromVitest } from "./counts.mjs";

function inFile(text, read) {
  const folder = mkdtempSync(join(tmpdir(), "loggia-counts-"));
  try {
    const file = join(folder, "report");
    writeFileSync(file, text);
    return read(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test("nextest: passed, failed, and skipped by the test itself", () => {
  const counts = inFile(`<testsuites tests="3" failures="1">
    <testsuite name="posts"><testcase name="a" time="0.1"/>
    <testcase name="b"><failure message="no">text</failure></testcase>
    <testcase name="c"><system-out>running
SKIPPED: LOGGIA_TEST_POSTGRES_URL isn&apos;t set
ok</system-out></testcase></testsuite></testsuites>`, fromJunit);
  assert.deepEqual(counts, { passed: 1, failed: 1, skipped: 1, skips: ["LOGGIA_TEST_POSTGRES_URL isn't set"] });
});

test("cargo test: the sum over all binaries", () => {
  const output = `test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured
---- x stdout ----
SKIPPED: no input
test result: FAILED. 1 passed; 2 failed; 1 ignored; 0 measured`;
  assert.deepEqual(fromCargoTest(output), { passed: 3, failed: 2, skipped: 2, skips: ["no input"] });
});

test("node: the totals of the TAP output", () => {
  const counts = fromTap("1..9\n# tests 9\n# pass 5\n# fail 2\n# cancelled 1\n# skipped 1\n");
  assert.deepEqual(counts, { passed: 5, failed: 3, skipped: 1, skips: [] });
});

test("Vitest: its JSON totals", () => {
  const report = { numPassedTests: 4, numFailedTests: 1, numPendingTests: 2, numTodoTests: 0 };
  assert.deepEqual(inFile(JSON.stringify(report), fromVitest), { passed: 4, failed: 1, skipped: 2, skips: [] });
});

test("Playwright: a test that passed only when repeated has failed", () => {
  const spec = (status, annotations = []) => ({ tests: [{ status, annotations }] });
  const report = { suites: [{ specs: [spec("expected"), spec("flaky")],
    suites: [{ specs: [spec("unexpected"), spec("skipped", [{ type: "skip", description: "no input" }])] }] }] };
  assert.deepEqual(inFile(JSON.stringify(report), fromPlaywright), { passed: 1, failed: 2, skipped: 1, skips: ["no input"] });
});

test("our own scripts: the totals of the last line", () => {
  assert.deepEqual(fromTotals("FAILED something\n3 passed, 1 failed\n"), { passed: 3, failed: 1, skipped: 0, skips: [] });
  assert.equal(fromTotals("it broke before it counted\n"), null);
});

test("no report means no counts, not zero", () => {
  for (const read of [fromJunit, fromVitest, fromPlaywright]) assert.equal(read("/nowhere/report"), null);
});
