// A server of its own for the audits: free port, empty data folder, all of it gone afterwards.

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";

const START_MS = 60_000;
const STOP_MS = 15_000;
const binary = resolve(process.env.LOGGIA_BIN ?? join(import.meta.dirname, "../../../target/debug/loggia"));

/** Starts the server and waits until it says where it listens. */
export async function startServer() {
  const data = mkdtempSync(join(tmpdir(), "loggia-audits-"));
  // A variable meant for the tests, or for another server, must not configure this one.
  const env = Object.fromEntries(Object.entries({ ...process.env, NO_COLOR: "1" }).filter(([name]) => !name.startsWith("LOGGIA_")));
  const child = spawn(binary, ["serve", "--data-dir", data, "--listen", "127.0.0.1:0"],
    { stdio: ["ignore", "pipe", "pipe"], env });
  const said = [];
  const exited = new Promise((done) => {
    child.once("exit", (code, signal) => done({ code, signal }));
    child.once("error", (error) => done({ code: null, signal: error.message }));
  });
  process.once("exit", () => {
    child.kill("SIGKILL");
    rmSync(data, { recursive: true, force: true });
  });
  const address = new Promise((found) => {
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on("line", (line) => {
        said.push(line);
        const place = line.match(/listening on (127\.0\.0\.1:\d+)/)?.[1];
        if (place) found(place);
      });
    }
  });
  const late = new Promise((_, reject) => setTimeout(reject, START_MS, new Error("the server did not start in time")).unref());
  const place = await Promise.race([address, late,
    exited.then(() => { throw new Error(`the server ended at once:\n${said.join("\n")}`); })]);
  const url = `http://${place}`;

  return {
    url,
    socketUrl: `ws://${place}/graphql/ws`,
    /** Sets the organisation up and returns the access token of its first admin. */
    async signUp() {
      const answer = await fetch(`${url}/auth/setup`, { method: "POST",
        headers: { "content-type": "application/json", "x-loggia": "1" },
        body: JSON.stringify({ organisationName: "Lindenbank", name: "Ada Winter", handle: "ada.winter",
          email: "ada.winter@lindenbank.example", password: "seven quiet lime trees", locale: "en" }) });
      const body = await answer.json();
      if (!body.accessToken) throw new Error(`setting up answered ${answer.status}: ${JSON.stringify(body)}`);
      return body.accessToken;
    },
    /** Asks the server to end, as a service manager does. */
    terminate: () => child.kill("SIGTERM"),
    exited,
    async stop() {
      child.kill("SIGTERM");
      const timer = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
      await exited;
      clearTimeout(timer);
      rmSync(data, { recursive: true, force: true });
    },
  };
}
