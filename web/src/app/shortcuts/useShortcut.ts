import { useEffect, useRef } from "react";
import { type ShortcutGroup, shortcuts } from "./registry";

type Options = { group: ShortcutGroup; label: string; isEnabled?: boolean };

/** Binds keys while the component is on the page and lists them in the help sheet. */
export function useShortcut(
  keys: string,
  onTrigger: (event: KeyboardEvent) => void,
  { group, label, isEnabled = true }: Options,
) {
  const latest = useRef(onTrigger);
  useEffect(() => {
    latest.current = onTrigger;
  });
  useEffect(() => {
    if (!isEnabled) return;
    return shortcuts.add({ keys, group, label, onTrigger: (event) => latest.current(event) });
  }, [keys, group, label, isEnabled]);
}
