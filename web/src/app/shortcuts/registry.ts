/**
 * Keyboard shortcuts. A combination is written as keys with spaces between them: "c", "?", "g h",
 * "mod+enter" (mod is Ctrl, on a Mac Command). Single keys and sequences never fire while
 * somebody writes or a menu or dialog is open; combinations with mod do.
 */
export type ShortcutGroup = "general" | "go" | "feed" | "composer";

export type Shortcut = {
  keys: string;
  group: ShortcutGroup;
  /** Text for the help sheet, in the reader's language. */
  label: string;
  onTrigger: (event: KeyboardEvent) => void;
};

/** How long the second key of a sequence may take. */
const sequenceMs = 1_200;
const storageKey = "loggia.shortcuts";

/** Makes a registry; one per page. */
export function createRegistry(now: () => number = () => Date.now()) {
  const shortcuts: Shortcut[] = [];
  const listeners = new Set<() => void>();
  let snapshot: readonly Shortcut[] = [];
  let pending: { key: string; at: number } | null = null;
  let singleKeys = readEnabled();

  function changed() {
    snapshot = [...shortcuts];
    for (const listener of listeners) listener();
  }

  function find(keys: string) {
    // The newest wins: a page may take a key from the shell while it is open.
    return shortcuts.findLast((shortcut) => shortcut.keys === keys);
  }

  function handle(event: KeyboardEvent): boolean {
    if (event.defaultPrevented || event.isComposing || event.repeat) return false;
    const combination = describe(event);
    if (!combination) return false;
    const hasModifier = combination.includes("+");
    if (!hasModifier && (!singleKeys || isBusy(event))) return false;
    const first = pending && now() - pending.at <= sequenceMs ? pending.key : null;
    pending = null;
    const found = (first && find(`${first} ${combination}`)) || find(combination);
    if (found) {
      event.preventDefault();
      found.onTrigger(event);
      return true;
    }
    if (!hasModifier && shortcuts.some(({ keys }) => keys.startsWith(`${combination} `))) {
      pending = { key: combination, at: now() };
    }
    return false;
  }

  return {
    add(shortcut: Shortcut) {
      shortcuts.push(shortcut);
      changed();
      return () => {
        const index = shortcuts.indexOf(shortcut);
        if (index >= 0) shortcuts.splice(index, 1);
        changed();
      };
    },
    handle,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    get: () => snapshot,
    /** Whether shortcuts of a single key are on; some people need them off. */
    areSingleKeysOn: () => singleKeys,
    setSingleKeys(on: boolean) {
      singleKeys = on;
      try {
        if (on) localStorage.removeItem(storageKey);
        else localStorage.setItem(storageKey, "off");
      } catch {
        // Storage may be forbidden; the choice then lasts as long as the page.
      }
      changed();
    },
  };
}

/** The combination an event stands for, or null when it is only a modifier. */
export function describe(
  event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey">,
): string | null {
  const { key } = event;
  if (["Shift", "Control", "Alt", "Meta", "Dead", "Unidentified", "Process"].includes(key))
    return null;
  const name = key === " " ? "space" : key.length === 1 ? key.toLowerCase() : key.toLowerCase();
  if (event.ctrlKey || event.metaKey) return event.altKey ? `mod+alt+${name}` : `mod+${name}`;
  // AltGr writes characters on many keyboards; a bare Alt belongs to the browser.
  if (event.altKey && key.length > 1) return `alt+${name}`;
  return name;
}

function isBusy(event: KeyboardEvent): boolean {
  const target = event.target;
  if (
    document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]')
  )
    return true;
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable) return true;
  if (target instanceof HTMLInputElement) {
    return !["checkbox", "radio", "button", "submit", "reset", "range"].includes(target.type);
  }
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

function readEnabled(): boolean {
  try {
    return localStorage.getItem(storageKey) !== "off";
  } catch {
    return true;
  }
}

export const shortcuts = createRegistry();
