import { makeOperation, type Operation, type OperationResult } from "urql";

/** An answer younger than this is not asked for again just because another component wants it. */
const freshMs = 4_000;

/**
 * Keeps a page that has just been prefetched, or whose parts ask for the same thing, from asking
 * twice. Explicit refreshes and what the cache has thrown away are asked for as ever.
 */
export function createFreshness(now: () => number) {
  const answeredAt = new Map<number, number>();
  return {
    /** Before the cache: a fresh answer may come from it alone. */
    relax(operation: Operation): Operation {
      const { kind, key, context } = operation;
      if (kind !== "query" || context.requestPolicy !== "cache-and-network") return operation;
      const at = answeredAt.get(key);
      if (at === undefined || now() - at > freshMs) return operation;
      return makeOperation(kind, operation, { ...context, requestPolicy: "cache-first" });
    },
    /** After the cache: every answer here came from the server. */
    remember({ operation, error }: OperationResult): void {
      if (operation.kind !== "query") return;
      if (answeredAt.size > 500) answeredAt.clear();
      if (error) answeredAt.delete(operation.key);
      else answeredAt.set(operation.key, now());
    },
  };
}
