/**
 * Opening the composer from anywhere. The shell knows only that somebody asked; the composer's
 * feature listens and brings its own chunk.
 */
export type ComposeRequest = {
  communityId?: string;
  kind?: string;
  text?: string;
  draftId?: string;
};

let request: ComposeRequest | null = null;
const listeners = new Set<() => void>();

export const composeStore = {
  get: () => request,
  subscribe(listener: () => void) {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  },
  open(next: ComposeRequest = {}) {
    request = next;
    for (const listener of listeners) listener();
  },
  close() {
    request = null;
    for (const listener of listeners) listener();
  },
};
