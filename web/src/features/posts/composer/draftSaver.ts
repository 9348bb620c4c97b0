/**
 * Keeps one draft safe while somebody writes: at once on this device, soon on the server. One save
 * at a time; each knows the version it builds on, so that two devices never overwrite each other.
 */
import type { DraftSaveInput } from "@/graphql/generated/graphql";
import { type DraftContent, isEmpty, toSaveInput } from "./draft";
import type { LocalDrafts } from "./localDrafts";

export type DraftStatus =
  /** Nothing written since the last save. */
  | "clean"
  /** On its way. */
  | "saving"
  | "saved"
  /** The server is out of reach; the text is safe on this device. */
  | "local";

export type DraftState = {
  id: string;
  version: number;
  content: DraftContent;
  status: DraftStatus;
  /** The draft with the other text, when another device wrote at the same time. */
  conflictId: string | null;
};

export type SaveResult = { id: string; version: number; conflictId: string | null };

export type DraftSaver = ReturnType<typeof createDraftSaver>;

type Options = {
  id: string;
  version: number;
  content: DraftContent;
  /** Sends it; null when the server did not take it. */
  save: (input: DraftSaveInput) => Promise<SaveResult | null>;
  local: Pick<LocalDrafts, "put" | "remove" | "setCurrent">;
  delayMs?: number;
  retryMs?: number;
};

/** Makes the saver of one draft. */
export function createDraftSaver({
  id,
  version,
  content,
  save,
  local,
  delayMs = 1_200,
  retryMs = 8_000,
}: Options) {
  let state: DraftState = { id, version, content, status: "clean", conflictId: null };
  let isDirty = false;
  let isOver = false;
  let isPaused = false;
  let inFlight: Promise<void> | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const listeners = new Set<() => void>();

  function set(change: Partial<DraftState>) {
    state = { ...state, ...change };
    for (const listener of listeners) listener();
  }

  function later(ms: number) {
    clearTimeout(timer);
    if (!isOver && !isPaused) timer = setTimeout(() => void flush(), ms);
  }

  function keepHere() {
    local.put({
      id: state.id,
      version: state.version,
      content: state.content,
      changedAt: Date.now(),
    });
    local.setCurrent(state.content.replyToPostId, state.id);
  }

  async function send() {
    const sent = state.content;
    isDirty = false;
    set({ status: "saving" });
    const result = await save(toSaveInput(state.id, state.version, sent)).catch(() => null);
    if (!result) {
      isDirty = true;
      set({ status: "local" });
      later(retryMs);
      return;
    }
    if (result.id !== state.id) local.remove(state.id);
    set({
      id: result.id,
      version: result.version,
      status: isDirty ? "saving" : "saved",
      conflictId: result.conflictId ?? state.conflictId,
    });
    if (isDirty) {
      keepHere();
      later(delayMs);
    } else {
      local.remove(state.id);
      local.setCurrent(sent.replyToPostId, state.id);
    }
  }

  /** Saves now what is not saved yet. */
  async function flush(): Promise<void> {
    clearTimeout(timer);
    if (inFlight) await inFlight;
    if (!isDirty || isOver || isPaused || (isEmpty(state.content) && state.version === 0)) return;
    inFlight = send().finally(() => {
      inFlight = null;
    });
    await inFlight;
  }

  return {
    get: () => state,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    change(part: Partial<DraftContent>) {
      if (isOver) return;
      isDirty = true;
      set({ content: { ...state.content, ...part } });
      keepHere();
      if (!inFlight) later(delayMs);
    },
    flush,
    /** Whether the server has ever heard of it. */
    isOnServer: () => state.version > 0,
    /** Ends the saving and forgets the copy here: it was published or thrown away. */
    async finish() {
      isOver = true;
      clearTimeout(timer);
      if (inFlight) await inFlight;
      local.remove(state.id);
      local.setCurrent(state.content.replyToPostId, null);
    },
    /** Stops while it is being published, so that no late save brings the draft back. */
    async pause() {
      isPaused = true;
      clearTimeout(timer);
      if (inFlight) await inFlight;
    },
    /** Publishing failed: goes on keeping it safe. */
    resume() {
      isPaused = false;
      if (isDirty) later(delayMs);
    },
  };
}
