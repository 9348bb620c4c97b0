/** Which dialog about a post stands open. Cards only say so; the dialogs are a chunk of their own. */
import type { IdeaState } from "@/graphql/generated/graphql";

export type PostDialog =
  | { kind: "history"; subject: "post" | "reply"; id: string }
  | { kind: "reactors"; postId: string }
  | { kind: "share"; postId: string }
  | { kind: "move"; postId: string }
  | { kind: "close"; postId: string }
  | { kind: "delete"; postId: string }
  | { kind: "deleteReply"; replyId: string }
  | { kind: "edit"; postId: string }
  | { kind: "reschedule"; postId: string; scheduledFor: string | null }
  | { kind: "ideaState"; postId: string; state: IdeaState; stateReason: string };

let dialog: PostDialog | null = null;
const listeners = new Set<() => void>();

function set(next: PostDialog | null) {
  dialog = next;
  for (const listener of listeners) listener();
}

export const postDialogs = {
  get: () => dialog,
  subscribe(listener: () => void) {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  },
  open: (next: PostDialog) => set(next),
  close: () => set(null),
};
