// Where tests keep what nobody needs afterwards.

import { accessSync, constants, statfsSync } from "node:fs";
import { freemem, tmpdir } from "node:os";

/** A few hundred databases, and as much again for whatever else is at work. */
const ROOM = 6 * 1024 ** 3;

/** A folder in memory where there is room, else the usual one for temporary files; and whether that has room. */
export function scratch(inMemory = "/dev/shm") {
  const memory = process.availableMemory?.() ?? freemem();
  if (memory >= 2 * ROOM && hasRoom(inMemory)) return { folder: inMemory, isRoomy: true };
  return { folder: tmpdir(), isRoomy: hasRoom(tmpdir()) };
}

function hasRoom(folder) {
  try {
    accessSync(folder, constants.W_OK);
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize >= ROOM;
  } catch {
    return false;
  }
}
