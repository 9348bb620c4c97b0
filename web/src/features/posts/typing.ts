/** Who writes a reply right now, per post. A sign lasts a few seconds unless it is renewed. */
export type Typist = { id: string; name: string };

const lastsMs = 6_000;

/** Makes the store; one per page. */
export function createTyping() {
  const byPost = new Map<string, readonly Typist[]>();
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  const listeners = new Set<() => void>();
  const nobody: readonly Typist[] = [];

  function set(postId: string, typists: readonly Typist[]) {
    if (typists.length === 0) byPost.delete(postId);
    else byPost.set(postId, typists);
    for (const listener of listeners) listener();
  }

  function drop(postId: string, personId: string) {
    const key = `${postId} ${personId}`;
    clearTimeout(timers.get(key));
    timers.delete(key);
    const typists = byPost.get(postId);
    if (typists?.some(({ id }) => id === personId))
      set(
        postId,
        typists.filter(({ id }) => id !== personId),
      );
  }

  return {
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    of: (postId: string) => byPost.get(postId) ?? nobody,
    /** Somebody writes; oneself is not worth telling. */
    note(postId: string, { id, name }: Typist, viewerId: string) {
      if (id === viewerId) return;
      const key = `${postId} ${id}`;
      clearTimeout(timers.get(key));
      timers.set(
        key,
        setTimeout(() => drop(postId, id), lastsMs),
      );
      const typists = byPost.get(postId) ?? nobody;
      if (!typists.some((typist) => typist.id === id)) set(postId, [...typists, { id, name }]);
    },
    /** The reply is there. */
    drop,
  };
}

export const typing = createTyping();
