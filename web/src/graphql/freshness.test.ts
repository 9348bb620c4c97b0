import { createClient, createRequest, makeErrorResult, type Operation } from "urql";
import { describe, expect, it } from "vitest";
import { createFreshness } from "./freshness";

const client = createClient({ url: "/graphql", preferGetMethod: false, exchanges: [] });
const operation = (requestPolicy: Operation["context"]["requestPolicy"]) =>
  client.createRequestOperation("query", createRequest("{ viewer { mustChangePassword } }", {}), {
    requestPolicy,
  });
const answer = (to: Operation) => ({ operation: to, data: {}, stale: false, hasNext: false });

describe("freshness", () => {
  it("spares a second request shortly after the first, and only then", () => {
    const clock = { ms: 0 };
    const freshness = createFreshness(() => clock.ms);
    const asked = operation("cache-and-network");
    expect(freshness.relax(asked).context.requestPolicy).toBe("cache-and-network");
    freshness.remember(answer(asked));
    expect(freshness.relax(asked).context.requestPolicy).toBe("cache-first");
    clock.ms = 60_000;
    expect(freshness.relax(asked).context.requestPolicy).toBe("cache-and-network");
  });

  it("never stands in the way of an explicit refresh or after a failure", () => {
    const freshness = createFreshness(() => 0);
    const asked = operation("cache-and-network");
    freshness.remember(answer(asked));
    expect(freshness.relax(operation("network-only")).context.requestPolicy).toBe("network-only");
    freshness.remember(makeErrorResult(asked, new Error("down")));
    expect(freshness.relax(asked).context.requestPolicy).toBe("cache-and-network");
  });
});
