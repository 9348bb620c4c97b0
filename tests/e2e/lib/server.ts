// A running Loggia with a data folder of its own.

import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";

export const binary = resolve(
  process.env.LOGGIA_BIN ?? join(import.meta.dirname, "../../../target/debug/loggia"),
);
const stopMs = 15_000;

/** A variable meant for the tests, or for another server, must not configure this one. */
export const environment = Object.fromEntries(
  Object.entries({ ...process.env, NO_COLOR: "1" }).filter(([name]) => !name.startsWith("LOGGIA_")),
);

export type Server = { url: string; stop: () => Promise<void> };

/** A mail server of its own, so that what is written to people goes somewhere. */
async function startMail(): Promise<{ child: ChildProcess; port: number }> {
  const program = join(import.meta.dirname, "../../peers/smtp.mjs");
  const child = spawn("node", [program], { stdio: ["pipe", "pipe", "inherit"] });
  const port = await new Promise<number>((found, failed) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      const said = JSON.parse(line) as { port?: number };
      if (said.port) found(said.port);
    });
    child.once("exit", () => failed(new Error("the mail server ended at once: run make peers-deps")));
  });
  return { child, port };
}

/** Starts a server: with the invented bank, or with nothing so that it wants to be set up. */
export async function startServer(contents: "bank" | "nothing"): Promise<Server> {
  const folder = process.env.E2E_FOLDER ?? tmpdir();
  const data = mkdtempSync(join(folder, `${contents}-`));
  if (contents === "bank") cpSync(join(folder, "bank"), data, { recursive: true });
  const mail = await startMail();
  const child = spawn(binary, ["serve", "--data-dir", data, "--listen", "127.0.0.1:0"], {
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...environment,
      LOGGIA_MAIL_SERVER: `smtp://127.0.0.1:${mail.port}`,
      LOGGIA_MAIL_STARTTLS: "false",
      LOGGIA_MAIL_FROM: "Loggia <loggia@lindenbank.example>",
    },
  });
  const pidFile = join(folder, `${child.pid}.pid`);
  writeFileSync(pidFile, "");
  const ended = new Promise<void>((done) => child.once("exit", () => done()));
  const said: string[] = [];
  const url = await new Promise<string>((found, failed) => {
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on("line", (line) => {
        said.push(line);
        const place = line.match(/listening on (127\.0\.0\.1:\d+)/)?.[1];
        if (place) found(`http://${place}`);
      });
    }
    child.once("error", failed);
    void ended.then(() => failed(new Error(`the server ended at once:\n${said.join("\n")}`)));
  });
  return {
    url,
    async stop() {
      child.kill("SIGTERM");
      const hard = setTimeout(() => child.kill("SIGKILL"), stopMs);
      await ended;
      clearTimeout(hard);
      mail.child.kill();
      rmSync(pidFile, { force: true });
      rmSync(data, { recursive: true, force: true });
    },
  };
}
