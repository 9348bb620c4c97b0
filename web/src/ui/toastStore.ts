/** Short messages at the edge. A plain store, so that code outside React can speak too. */
export type ToastTone = "neutral" | "success" | "danger";

export type Toast = {
  id: number;
  text: string;
  tone: ToastTone;
  action?: { label: string; onAction: () => void };
  durationMs: number;
};

let toasts: readonly Toast[] = [];
let next = 1;
const listeners = new Set<() => void>();

function set(value: readonly Toast[]) {
  toasts = value;
  for (const listener of listeners) listener();
}

/** Reading side for useSyncExternalStore. */
export const toastStore = {
  subscribe(listener: () => void) {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  },
  get: () => toasts,
};

/** Shows a message; with an action (undo) it stays longer. Returns its id. */
export function showToast(
  text: string,
  options: { tone?: ToastTone; action?: Toast["action"]; durationMs?: number } = {},
): number {
  const id = next++;
  const durationMs = options.durationMs ?? (options.action ? 10_000 : 5_000);
  set([
    ...toasts.slice(-2),
    { id, text, tone: options.tone ?? "neutral", action: options.action, durationMs },
  ]);
  return id;
}

/** Takes a message away. */
export function dismissToast(id: number) {
  set(toasts.filter((toast) => toast.id !== id));
}
