import { useCallback } from "react";
import { useInboxEvents } from "@/app/viewer";
import { readFragment, useQuery } from "@/graphql";
import { DispatchParts, DispatchQuery } from "./queries";

/** One dispatch, looked at anew when something of the viewer's changed. */
export function useDispatch(id: string) {
  const [{ data, error, fetching }, refetch] = useQuery({
    query: DispatchQuery,
    variables: { id },
    requestPolicy: "cache-and-network",
  });
  const reload = useCallback(() => refetch({ requestPolicy: "network-only" }), [refetch]);
  useInboxEvents((event) => {
    if (event.__typename === "UnreadChangedEvent") reload();
  });
  const dispatch = data ? (readFragment(DispatchParts, data.dispatch) ?? null) : undefined;
  return { dispatch, error, isLoading: fetching && !data, reload };
}
