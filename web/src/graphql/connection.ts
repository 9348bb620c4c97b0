/** How well the server is reached: from the browser's own signal and the live socket. */
export type ConnectionStatus = "online" | "reconnecting" | "offline";

type LiveState = "idle" | "open" | "lost";

/** A short loss is not worth a banner. */
const graceMs = 2_500;

/** Makes the store; one per page. */
export function createConnection(isOnline: () => boolean) {
  let live: LiveState = "idle";
  let status: ConnectionStatus = "online";
  let timer: ReturnType<typeof setTimeout> | undefined;
  const listeners = new Set<() => void>();

  function set(next: ConnectionStatus) {
    if (next === status) return;
    status = next;
    for (const listener of listeners) listener();
  }

  function settle() {
    clearTimeout(timer);
    if (!isOnline()) return set("offline");
    if (live !== "lost") return set("online");
    if (status === "offline") return set("reconnecting");
    timer = setTimeout(() => set("reconnecting"), graceMs);
  }

  return {
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    get: () => status,
    /** Told by the socket. */
    live(next: LiveState) {
      live = next;
      settle();
    },
    /** Told by the browser. */
    settle,
  };
}

export const connection = createConnection(() => navigator.onLine !== false);

if (typeof window !== "undefined") {
  window.addEventListener("online", connection.settle);
  window.addEventListener("offline", connection.settle);
}
