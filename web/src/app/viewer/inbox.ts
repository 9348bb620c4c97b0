/**
 * Live events of the viewer's inbox for whoever wants to know at once. The viewer's provider holds
 * the one subscription; unread counts and lists follow through the cache by themselves.
 */
import { useEffect, useRef } from "react";
import type { InboxEventsSubscription } from "@/graphql/generated/graphql";

export type InboxEvent = InboxEventsSubscription["inboxEvents"];

const listeners = new Set<(event: InboxEvent) => void>();

/** Told by the provider. */
export function tellInboxEvent(event: InboxEvent) {
  for (const listener of listeners) listener(event);
}

/** Calls back for every event while the component is on the page. */
export function useInboxEvents(onEvent: (event: InboxEvent) => void) {
  const latest = useRef(onEvent);
  useEffect(() => {
    latest.current = onEvent;
  });
  useEffect(() => {
    const listener = (event: InboxEvent) => latest.current(event);
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  }, []);
}
