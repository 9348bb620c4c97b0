import { lazy, Suspense, useEffect, useSyncExternalStore } from "react";
import { composeStore } from "@/app/shell";
import { postDialogs } from "../dialogs/store";

const Composer = lazy(() =>
  import("../composer/Composer").then((module) => ({ default: module.Composer })),
);
const PostDialogs = lazy(() =>
  import("../dialogs/PostDialogs").then((module) => ({ default: module.PostDialogs })),
);

const openKey = "loggia.composer";

/** Composer and dialogs about posts; nothing of them is loaded before somebody asks. */
export function PostOverlays() {
  const request = useSyncExternalStore(composeStore.subscribe, composeStore.get);
  const dialog = useSyncExternalStore(postDialogs.subscribe, postDialogs.get);

  useEffect(() => {
    // Whoever reloads while writing finds the composer open again, with the text.
    if (readFlag()) composeStore.open();
  }, []);
  useEffect(() => writeFlag(request !== null), [request]);

  return (
    <Suspense>
      {request && <Composer key={JSON.stringify(request)} request={request} />}
      {dialog && <PostDialogs dialog={dialog} />}
    </Suspense>
  );
}

function readFlag(): boolean {
  try {
    return sessionStorage.getItem(openKey) !== null;
  } catch {
    return false;
  }
}

function writeFlag(isOpen: boolean) {
  try {
    if (isOpen) sessionStorage.setItem(openKey, "open");
    else sessionStorage.removeItem(openKey);
  } catch {
    // Storage may be forbidden; the text itself is kept as a draft all the same.
  }
}
