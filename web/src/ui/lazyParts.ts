/** Brings the heavy halves of menus and popovers when they are about to be needed. */
import { useEffect, useSyncExternalStore } from "react";

type Parts = typeof import("./overlayParts");

let parts: Parts | null = null;
let isLoading = false;
const listeners = new Set<() => void>();

/** Starts loading; harmless to call often. A failed load is tried again by the next call. */
export function loadParts(): void {
  if (isLoading) return;
  isLoading = true;
  import("./overlayParts").then(
    (module) => {
      parts = module;
      for (const listener of listeners) listener();
    },
    () => {
      isLoading = false;
    },
  );
}

/** The parts when they are there. */
export function getParts(): Parts | null {
  return parts;
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** The parts, re-rendering when they arrive; asks for them while `isNeeded`, and when idle. */
export function useParts(isNeeded: boolean): Parts | null {
  useEffect(() => {
    if (isNeeded) loadParts();
    else if (typeof requestIdleCallback === "function")
      requestIdleCallback(loadParts, { timeout: 10_000 });
  }, [isNeeded]);
  return useSyncExternalStore(subscribe, getParts);
}
