/** The one session of this page, tied to the real browser. */
import { createSession } from "./session";
import { createTransport } from "./transport";

const channel =
  typeof BroadcastChannel === "function" ? new BroadcastChannel("loggia-session") : undefined;

/** Web Locks exist only in secure contexts; without them each tab keeps only its own order. */
function exclusively<T>(work: () => Promise<T>): Promise<T> {
  const locks: LockManager | undefined = navigator.locks;
  return locks ? locks.request("loggia-session", work) : work();
}

export const session = createSession({
  transport: createTransport((input, init) => fetch(input, init)),
  now: () => Date.now(),
  exclusively,
  channel,
});
