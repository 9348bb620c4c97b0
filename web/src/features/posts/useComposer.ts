import { useCallback } from "react";
import { type ComposeRequest, composeStore } from "@/app/shell";

/** Opens the composer over the page: `compose({ communityId, kind, text })`. */
export function useComposer() {
  const compose = useCallback((request: ComposeRequest = {}) => composeStore.open(request), []);
  return { compose };
}
