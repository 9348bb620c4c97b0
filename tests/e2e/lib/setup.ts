// Before the first test: the invented bank, created once; the workers copy it. Afterwards: nothing is left.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { binary, environment } from "./server.ts";

export default function setup() {
  const folder = mkdtempSync(join(tmpdir(), "loggia-e2e-"));
  process.env.E2E_FOLDER = folder;
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    execFileSync(binary, ["demo", "--only-create", "--data-dir", join(folder, "bank")], {
      stdio: "pipe",
      env: environment,
    });
  } catch (error) {
    remove();
    throw error;
  }
  return () => {
    // A worker that was ended hard could not stop its server.
    for (const name of readdirSync(folder).filter((each) => each.endsWith(".pid"))) {
      try {
        process.kill(Number(name.replace(".pid", "")), "SIGKILL");
      } catch {
        // It has ended.
      }
    }
    remove();
  };
}
