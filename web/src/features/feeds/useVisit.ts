import { useEffect, useRef } from "react";
import { useClient } from "@/graphql";
import { FeedVisitMutation } from "./mutations";

/**
 * Ends the visit when one leaves the feed or turns away from the window: what has been shown is no
 * longer new next time. Until then the line stays where it is, also over a reload.
 */
export function useVisit(hasShown: boolean) {
  const client = useClient();
  const shown = useRef(hasShown);
  useEffect(() => {
    shown.current = hasShown;
  });
  useEffect(() => {
    function end() {
      if (shown.current) void client.mutation(FeedVisitMutation, { input: {} }).toPromise();
    }
    function onVisibility() {
      if (document.visibilityState === "hidden") end();
    }
    document.addEventListener("visibilitychange", onVisibility);
    return () => {
      document.removeEventListener("visibilitychange", onVisibility);
      end();
    };
  }, [client]);
}
