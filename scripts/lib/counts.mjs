// Reads how many tests ran out of what each test runner leaves behind. A test that cannot run where it is
// prints a line "SKIPPED: reason"; it counts as skipped, though its runner calls it passed.

import { existsSync, readFileSync } from "node:fs";

const SKIPPED = /\bSKIPPED:?\s+(.+)/;

/** cargo nextest: the JUnit report it writes. */
export function fromJunit(file) {
  if (!existsSync(file)) return null;
  const counts = empty();
  for (const test of readFileSync(file, "utf8").split("<testcase ").slice(1)) {
    const reason = test.match(SKIPPED)?.[1];
    if (/<(failure|error)\b/.test(test)) counts.failed++;
    else if (reason) skip(counts, unescape(reason));
    else counts.passed++;
  }
  return counts;
}

/** cargo test: its output, one result line for each binary. */
export function fromCargoTest(output) {
  const counts = empty();
  for (const [, passed, failed, ignored] of output.matchAll(/^test result: .*?(\d+) passed; (\d+) failed; (\d+) ignored/gm)) {
    counts.passed += Number(passed);
    counts.failed += Number(failed);
    counts.skipped += Number(ignored);
  }
  for (const line of output.split("\n")) {
    const reason = line.match(SKIPPED)?.[1];
    if (reason && counts.passed > 0) {
      counts.passed--;
      skip(counts, reason);
    }
  }
  return counts;
}

/** node --test: the totals at the end of its TAP output. */
export function fromTap(output) {
  const total = (word) => Number(output.match(new RegExp(`^# ${word} (\\d+)$`, "m"))?.[1] ?? 0);
  return { passed: total("pass"), failed: total("fail") + total("cancelled"), skipped: total("skipped"), skips: [] };
}

/** Vitest: the report of its JSON reporter. */
export function fromVitest(file) {
  const report = readJson(file);
  return report && { passed: report.numPassedTests, failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests, skips: [] };
}

/** Playwright: the report of its JSON reporter. A test that passed only when repeated has failed. */
export function fromPlaywright(file) {
  const report = readJson(file);
  if (!report) return null;
  const counts = empty();
  const walk = (suite) => {
    for (const inner of suite.suites ?? []) walk(inner);
    for (const test of (suite.specs ?? []).flatMap((spec) => spec.tests)) {
      if (test.status === "expected") counts.passed++;
      else if (test.status !== "skipped") counts.failed++;
      else skip(counts, test.annotations.find(({ type }) => type === "skip")?.description ?? "no reason given");
    }
  };
  report.suites.forEach(walk);
  return counts;
}

/** Our own scripts: the totals in the last line of their output. */
export function fromTotals(output) {
  const [, passed, failed] = output.match(/^(\d+) passed, (\d+) failed$/m) ?? [];
  return passed === undefined ? null : { ...empty(), passed: Number(passed), failed: Number(failed) };
}

function empty() {
  return { passed: 0, failed: 0, skipped: 0, skips: [] };
}

function skip(counts, reason) {
  counts.skipped++;
  counts.skips.push(reason.trim());
}

function unescape(text) {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&apos;", "'").replaceAll("&amp;", "&");
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}
