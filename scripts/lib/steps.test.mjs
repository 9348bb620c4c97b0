import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { runSteps } from "./steps.mjs";

let logs;
before(() => { logs = mkdtempSync(join(tmpdir(), "loggia-steps-")); });
after(() => rmSync(logs, { recursive: true, force: true }));

const shell = (name, script, more) => ({ name, run: ["sh", "-c", script], ...more });

async function results(steps, slots = 2) {
  const ended = [];
  const { results } = await runSteps(steps, { slots, logs, env: process.env, graceMs: 300,
    report: ({ name }) => ended.push(name) });
  return { ended, of: (name) => results.find((result) => result.name === name) };
}

test("a failure does not stop the others, but what needs it is skipped with the reason", async () => {
  const run = await results([
    shell("broken", "echo why it broke; exit 3"),
    shell("needs it", "true", { needs: ["broken"] }),
    shell("needs that", "true", { needs: ["needs it"] }),
    shell("only later", "true", { after: ["broken"] }),
  ]);
  assert.equal(run.of("broken").state, "failed");
  assert.equal(run.of("broken").reason, "exit code 3");
  assert.match(run.of("broken").output, /why it broke/);
  assert.equal(run.of("needs it").state, "skipped");
  assert.equal(run.of("needs it").reason, "broken did not pass");
  assert.equal(run.of("needs that").state, "skipped");
  assert.equal(run.of("only later").state, "passed");
});

test("a program that does not exist is a failure", async () => {
  const run = await results([{ name: "none", run: ["no-such-program-here"] }]);
  assert.equal(run.of("none").state, "failed");
});

test("steps keep their order, and nothing runs beside one that is alone", async () => {
  const run = await results([
    shell("second", "true", { needs: ["first"] }),
    shell("first", "true"),
    shell("alone", "true", { alone: true, after: ["second"] }),
    shell("last", "true", { after: ["alone"] }),
  ]);
  assert.deepEqual(run.ended, ["first", "second", "alone", "last"]);
});

test("a step with nothing to do is skipped with its reason", async () => {
  const run = await results([shell("idle", "exit 1", { skip: () => "nothing here" })]);
  assert.equal(run.of("idle").state, "skipped");
  assert.equal(run.of("idle").reason, "nothing here");
});

test("a process left behind is ended and makes the step fail", async () => {
  const run = await results([shell("untidy", "sleep 300 & echo $!")]);
  assert.equal(run.of("untidy").state, "failed");
  assert.match(run.of("untidy").reason, /left running: sleep/);
  assert.ok(!alive(Number(run.of("untidy").output)));
});

test("an interrupted run ends what runs and starts nothing more", async () => {
  const script = `
    import { runSteps } from ${JSON.stringify(join(import.meta.dirname, "steps.mjs"))};
    const steps = [
      { name: "long", run: ["sh", "-c", "echo $$; exec sleep 300"] },
      { name: "next", run: ["true"], after: ["long"] },
    ];
    setTimeout(() => process.kill(process.pid, "SIGTERM"), 200);
    const { results, interrupted } = await runSteps(steps, { slots: 1, logs: ${JSON.stringify(logs)}, env: process.env, report: () => {} });
    console.log(JSON.stringify({ interrupted, results }));
    process.exit(0);`;
  const child = spawn("node", ["--input-type=module", "-e", script], { stdio: ["ignore", "pipe", "inherit"] });
  let output = "";
  for await (const part of child.stdout) output += part;
  const { interrupted, results: [long, next] } = JSON.parse(output);
  assert.equal(interrupted, "SIGTERM");
  assert.equal(long.state, "failed");
  assert.ok(!alive(Number(long.output)));
  assert.equal(next.reason, "interrupted");
});

/** Whether a process runs; one that is dead and only waits to be collected does not. */
function alive(pid) {
  try {
    return !/\) Z/.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}
