import { useSyncExternalStore } from "react";
import { session } from "./browser";

/** Whether somebody is signed in; re-renders when that changes. */
export function useSession() {
  return useSyncExternalStore(session.subscribe, session.get);
}
