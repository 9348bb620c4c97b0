import { useEffect, useRef, useState } from "react";
import { useAction } from "@/graphql";
import { type Draft, saveInput } from "./draft";
import { DispatchSaveMutation } from "./queries";

const restMs = 1_200;

/** Where the copy on the server stands. */
export type Saved = "untouched" | "waiting" | "saved" | "failed";

/**
 * Keeps what is being written on the server when the hand rests, and when the page is left. What is missing is
 * no problem yet. `isPaused`: it is being sent, or will be sent by itself and is changed on purpose only.
 */
export function useAutosave(draft: Draft, isPaused: boolean, onKept: (id: string) => void) {
  const { run } = useAction(DispatchSaveMutation, (answer) => answer.dispatchSave, {
    showsUserErrors: true,
  });
  const [state, setState] = useState<Saved>("untouched");
  const kept = useRef(draft);
  const latest = useRef(draft);
  const running = useRef<Promise<void>>(Promise.resolve());
  const flush = useRef(() => {});
  useEffect(() => {
    latest.current = draft;
    flush.current = () => {
      if (isPaused || draft === kept.current) return;
      kept.current = draft;
      const input = { ...saveInput(draft), isUnfinished: true };
      // One after the other, so that an older text never overtakes a newer one.
      running.current = running.current.then(async () => {
        const { payload } = await run({ input });
        const id = payload?.dispatch?.id;
        if (id) onKept(id);
        // What was written meanwhile waits for its own turn.
        if (latest.current === draft) setState(id ? "saved" : "failed");
      });
    };
  });
  useEffect(() => {
    if (isPaused || draft === kept.current) return;
    setState("waiting");
    const timer = setTimeout(() => flush.current(), restMs);
    return () => clearTimeout(timer);
  }, [draft, isPaused]);
  useEffect(() => {
    const leave = () => flush.current();
    window.addEventListener("pagehide", leave);
    return () => {
      window.removeEventListener("pagehide", leave);
      leave();
    };
  }, []);
  return {
    state,
    /** Everything on its way has arrived; what was written since counts as kept by whoever asks. */
    settle: async () => {
      kept.current = draft;
      await running.current;
    },
    /** It is on the server, as it is. */
    markKept: () => setState("saved"),
  };
}
