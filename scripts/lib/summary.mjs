// Prints results: one line when a step ends, one table and one total when all have ended.

// "kept" is said where an earlier run passed and nothing the step depends on has changed since.
const MARK = { passed: "ok     ", failed: "FAILED ", skipped: "skipped" };

/** One line for a step that ended; after it, all that a failed step said. */
export function printResult(result) {
  const time = didRun(result) ? `${result.seconds.toFixed(1)} s` : "";
  console.log(`${MARK[result.state]}  ${result.name.padEnd(14)} ${time.padStart(8)}  ${detail(result)}`.trimEnd());
  if (result.state !== "failed") return;
  console.log(`----- ${result.log} -----\n${result.output.trimEnd()}\n----- end of ${result.name} -----`);
}

/** The table and the last line; returns how many failed. */
export function printSummary(results, seconds) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  console.log("\nSummary");
  for (const result of results) {
    add(total, result);
    const time = didRun(result) ? result.seconds.toFixed(1) : "-";
    console.log(`  ${result.name.padEnd(14)} ${MARK[result.state]} ${time.padStart(8)} s  ${detail(result)}`.trimEnd());
    if (result.counts?.note) console.log(`  ${"".padEnd(14)} ${result.counts.note}`);
    for (const [reason, times] of tally(result.counts?.skips ?? [])) {
      console.log(`  ${"".padEnd(14)} skipped ${times}: ${reason}`);
    }
  }
  const earlier = results.filter(({ keptFrom }) => keptFrom).map(({ name }) => name);
  if (earlier.length > 0) {
    console.log(`\nNot run again, because nothing they depend on has changed since they passed: ${earlier.join(", ")}.`);
    console.log("To run everything: make test FRESH=1");
  }
  console.log(`\nTook ${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s.`);
  console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  return total.failed;
}

function didRun({ state, keptFrom }) {
  return state !== "skipped" && !keptFrom;
}

function detail({ reason, counts, keptFrom }) {
  const parts = reason ? [reason] : [];
  if (keptFrom) parts.push(`kept from ${keptFrom.slice(0, 16).replace("T", " ")} UTC`);
  if (counts === null) parts.push("its tests could not be counted");
  if (counts) {
    parts.push(`${counts.passed} passed${counts.failed ? `, ${counts.failed} failed` : ""}${counts.skipped ? `, ${counts.skipped} skipped` : ""}`);
  }
  return parts.join("; ");
}

/** A step that counts tests adds those; any other adds itself. A failed step adds at least one failure. */
function add(total, { state, counts }) {
  if (!counts) {
    total[state]++;
    return;
  }
  total.passed += counts.passed;
  total.skipped += counts.skipped;
  total.failed += state === "failed" ? Math.max(counts.failed, 1) : counts.failed;
}

function tally(reasons) {
  const times = new Map();
  for (const reason of reasons) times.set(reason, (times.get(reason) ?? 0) + 1);
  return times;
}
