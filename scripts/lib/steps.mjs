// Runs named steps, several at a time, each with its own log, and leaves no process behind.
// A step: { name, run: [program, …args] } and, where it applies,
//   needs   steps that must have passed; otherwise this one is skipped and says why
//   after   steps that must have ended, however they ended
//   alone   true when nothing may run beside it
//   skip    () => reason, when there is nothing to do
//   from    what its result depends on, when it need not be repeated while that is unchanged (see kept.mjs)
//   count   (output) => { passed, failed, skipped, skips, note }, what the step itself counted: `skips` are the
//           reasons, one for each skipped test, `note` is for the summary
//   cwd, env

import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

const LONGEST_STEP_MS = 25 * 60_000;
const GRACE_MS = 10_000;

/** Runs the steps, at most `slots` at once, and returns one result for each, in the order given. */
export async function runSteps(steps, { slots, logs, env, report, memory = null, graceMs = GRACE_MS }) {
  mkdirSync(logs, { recursive: true });
  const results = new Map();
  const running = new Map();
  let interrupted = null;
  const interrupt = (signal) => {
    interrupted ??= signal;
    for (const { group } of running.values()) stopGroup(group, graceMs);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, interrupt);

  const ended = (name) => results.has(name) || !steps.some((step) => step.name === name);
  const finish = (step, result) => {
    results.set(step.name, { name: step.name, seconds: 0, ...result });
    memory?.keep(step, result);
    report(results.get(step.name), step);
  };

  while (results.size < steps.length) {
    for (const step of steps) {
      if (results.has(step.name) || running.has(step.name)) continue;
      if (![...(step.needs ?? []), ...(step.after ?? [])].every(ended)) continue;
      const reason = skipReason(step, results, interrupted);
      if (reason) {
        finish(step, { state: "skipped", reason });
        continue;
      }
      const earlier = memory?.find(step);
      if (earlier) {
        finish(step, earlier);
        continue;
      }
      const busy = running.size >= slots || [...running.values()].some((other) => other.step.alone);
      if (busy || (step.alone && running.size > 0)) continue;
      const work = start(step, join(logs, `${step.name.replaceAll(" ", "-")}.log`), env, graceMs);
      work.done = work.done.then((result) => {
        running.delete(step.name);
        finish(step, result);
      });
      running.set(step.name, { ...work, step });
    }
    if (running.size > 0) await Promise.race([...running.values()].map(({ done }) => done));
  }
  return { results: steps.map(({ name }) => results.get(name)), interrupted };
}

function skipReason(step, results, interrupted) {
  if (interrupted) return "interrupted";
  const missing = (step.needs ?? []).find((name) => results.has(name) && results.get(name).state !== "passed");
  return missing ? `${missing} did not pass` : step.skip?.();
}

/** Starts one step in a process group of its own, so that all it started can be ended with it. */
function start(step, log, env, graceMs) {
  const began = performance.now();
  const out = openSync(log, "w");
  const [program, ...args] = step.run;
  const child = spawn(program, args, { cwd: step.cwd, detached: true, stdio: ["ignore", out, out],
    env: { ...env, ...step.env } });
  closeSync(out);
  let late = false;
  const limit = setTimeout(() => {
    late = true;
    stopGroup(child.pid, graceMs);
  }, LONGEST_STEP_MS);
  const exit = new Promise((done) => {
    child.once("error", (error) => done(error.message));
    child.once("exit", (code, signal) => done(code === 0 ? null : signal ? `ended by ${signal}` : `exit code ${code}`));
  });
  const done = exit.then(async (failure) => {
    clearTimeout(limit);
    const left = child.pid ? await endGroup(child.pid, graceMs) : [];
    const output = readFileSync(log, "utf8");
    const reason = late ? `took longer than ${LONGEST_STEP_MS / 60_000} minutes` : failure
      ?? (left.length > 0 ? `left running: ${left.join(", ")}` : null);
    return { state: reason ? "failed" : "passed", reason, log, output, counts: step.count?.(output),
      seconds: (performance.now() - began) / 1000 };
  });
  return { group: child.pid, done };
}

/** Ends what is still alive of a group after its leader ended; returns the names of what had to be killed. */
async function endGroup(group, graceMs) {
  const gone = async (limitMs) => {
    for (let waited = 0; waited < limitMs && members(group).length > 0; waited += 50) await wait(50);
    return members(group).length === 0;
  };
  if (await gone(graceMs)) return [];
  const left = members(group);
  signalGroup(group, "SIGKILL");
  await gone(graceMs);
  return left;
}

/** Asks a group to end, and ends it when it does not. */
function stopGroup(group, graceMs) {
  signalGroup(group, "SIGTERM");
  setTimeout(() => signalGroup(group, "SIGKILL"), graceMs).unref();
}

/** The programs of a process group, without those that are dead and only wait to be collected. */
function members(group) {
  const names = [];
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      const [state, , parentGroup] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      if (Number(parentGroup) === group && state !== "Z") names.push(stat.slice(stat.indexOf("(") + 1, stat.lastIndexOf(")")));
    } catch {
      // The process ended between the listing and the reading.
    }
  }
  return names;
}

function signalGroup(group, signal) {
  try {
    process.kill(-group, signal);
  } catch {
    // The group is gone already.
  }
}
