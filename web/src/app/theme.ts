/** Light, dark or as the device; remembered so that early.js can apply it before the first paint. */
export type Theme = "SYSTEM" | "LIGHT" | "DARK";

const storageKey = "loggia.theme";
const listeners = new Set<() => void>();

function read(): Theme {
  const value = document.documentElement.dataset.theme;
  return value === "light" ? "LIGHT" : value === "dark" ? "DARK" : "SYSTEM";
}

export const theme = {
  get: read,
  subscribe(listener: () => void) {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  },
  set(next: Theme) {
    if (next === read()) return;
    const root = document.documentElement;
    if (next === "SYSTEM") delete root.dataset.theme;
    else root.dataset.theme = next.toLowerCase();
    try {
      if (next === "SYSTEM") localStorage.removeItem(storageKey);
      else localStorage.setItem(storageKey, next.toLowerCase());
    } catch {
      // Storage may be forbidden; the theme then lasts as long as the page.
    }
    for (const listener of listeners) listener();
  },
};
