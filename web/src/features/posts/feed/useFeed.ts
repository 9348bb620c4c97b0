import { useEffect, useMemo, useSyncExternalStore } from "react";
import { useViewer } from "@/app/viewer";
import { useClient } from "@/graphql";
import { type FeedScope, scopeKey } from "./scope";
import { feedStore } from "./store";

/** The feed of a scope, live while the component is on the page. */
export function useFeed(scope: FeedScope) {
  const client = useClient();
  const viewerId = useViewer().person.id;
  const key = scopeKey(scope);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the scope
  const store = useMemo(() => feedStore(client, scope, viewerId), [client, key, viewerId]);
  const state = useSyncExternalStore(store.subscribe, store.get);
  useEffect(() => store.watch(), [store]);
  return { store, state };
}
