// Where tests keep what nobody needs afterwards.

import { accessSync, constants, statfsSync } from "node:fs";
import { tmpdir } from "node:os";

const NEEDED = 6 * 1024 ** 3;

/** A folder in memory where there is room for a few hundred databases, else the usual one for temporary files. */
export function scratch(folder = "/dev/shm") {
  try {
    accessSync(folder, constants.W_OK);
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize >= NEEDED ? folder : tmpdir();
  } catch {
    return tmpdir();
  }
}
