import { useSyncExternalStore } from "react";

/** From here on a page has its context in a column of its own. */
const wide = "(min-width: 1280px)";

function listen(onChange: () => void) {
  const query = matchMedia(wide);
  query.addEventListener("change", onChange);
  return () => query.removeEventListener("change", onChange);
}

/** Whether there is room for a page's context beside its content. */
export function useIsWide(): boolean {
  return useSyncExternalStore(listen, () => matchMedia(wide).matches);
}
