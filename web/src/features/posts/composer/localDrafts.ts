/** Copies of unsaved drafts on this device. They bridge a reload, a crash or a day without network. */
import type { DraftContent } from "./draft";
import { emptyContent } from "./draft";

export type LocalDraft = {
  id: string;
  /** The server's version it was made from; 0 when the server knows nothing of it. */
  version: number;
  content: DraftContent;
  changedAt: number;
};

type Store = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

/** Opens the copies of one person; nothing happens where storage is forbidden. */
export function localDrafts(personId: string, storage: Store | null = browserStorage()) {
  const prefix = `loggia.draft.${personId}.`;
  const read = (key: string) => attempt(() => storage?.getItem(prefix + key) ?? null) ?? null;
  const write = (key: string, value: string) =>
    attempt(() => {
      storage?.setItem(prefix + key, value);
      return true;
    }) ?? false;
  const remove = (key: string) => attempt(() => storage?.removeItem(prefix + key));

  function get(id: string): LocalDraft | null {
    const text = read(id);
    if (!text) return null;
    const value = attempt(() => JSON.parse(text) as LocalDraft);
    if (!value || typeof value !== "object" || value.id !== id) return null;
    return { ...value, content: emptyContent(value.content) };
  }

  return {
    get,
    put: (draft: LocalDraft) => write(draft.id, JSON.stringify(draft)),
    remove: (id: string) => void remove(id),
    /** All copies, the newest first. */
    list(): LocalDraft[] {
      const found: LocalDraft[] = [];
      for (let index = 0; index < (storage?.length ?? 0); index++) {
        const key = storage?.key(index);
        if (!key?.startsWith(`${prefix}draft_`)) continue;
        const draft = get(key.slice(prefix.length));
        if (draft) found.push(draft);
      }
      return found.sort((a, b) => b.changedAt - a.changedAt);
    },
    /** The draft one was at: of a new post, or of the reply to a post. */
    current: (replyToPostId: string | null) => read(pointer(replyToPostId)),
    setCurrent(replyToPostId: string | null, id: string | null) {
      if (id) write(pointer(replyToPostId), id);
      else remove(pointer(replyToPostId));
    },
  };
}

export type LocalDrafts = ReturnType<typeof localDrafts>;

const pointer = (replyToPostId: string | null) => `current.${replyToPostId ?? "new"}`;

function browserStorage(): Store | null {
  return attempt(() => window.localStorage) ?? null;
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    // Storage may be full or forbidden; the server's copy is the one that counts.
    return undefined;
  }
}
