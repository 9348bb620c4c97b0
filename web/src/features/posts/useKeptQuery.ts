import { useEffect, useState } from "react";
import { connection, useQuery } from "@/graphql";

type Document<D> = Parameters<typeof useQuery<D, { id: string }>>[0]["query"];

/**
 * One thing of a list, read from what the list has brought. What was shown once stays while the
 * server is out of reach; it is gone only when the server says so.
 */
export function useKeptQuery<D, T>(
  query: Document<D>,
  id: string,
  pick: (data: D) => T | null | undefined,
): { value: T | null; isGone: boolean } {
  const [{ data, error }, execute] = useQuery<D, { id: string }>({
    query,
    variables: { id },
    requestPolicy: "cache-first",
  });
  const current = data ? (pick(data) ?? null) : null;
  const [kept, setKept] = useState<T | null>(current);
  if (current && current !== kept) setKept(current);

  const hasFailed = error !== undefined;
  useEffect(() => {
    if (!hasFailed) return;
    return connection.subscribe(() => {
      if (connection.get() === "online") execute({ requestPolicy: "cache-first" });
    });
  }, [hasFailed, execute]);

  const isGone = data !== undefined && data !== null && current === null && !hasFailed;
  return { value: isGone ? null : (current ?? kept), isGone };
}
