import type { Sink } from "graphql-ws";
import { describe, expect, it, vi } from "vitest";
import { cursorOf, forwardTo } from "./live";

type Payload = { query: string; variables?: Record<string, unknown> | null };

/** A socket that only remembers what it was asked. */
function socket() {
  const asked: { payload: Payload; sink: Sink }[] = [];
  const stopped = vi.fn();
  return {
    asked,
    stopped,
    latest: () => {
      const last = asked[asked.length - 1];
      if (!last) throw new Error("nothing subscribed");
      return last;
    },
    client: {
      subscribe: (payload: Payload, sink: Sink) => {
        asked.push({ payload, sink: sink as Sink });
        return stopped;
      },
    },
  };
}

const query = "subscription X($after: String) { inboxEvents(after: $after) { cursor } }";
const event = (cursor: string) => ({ data: { inboxEvents: { cursor } } });
const atOnce = async () => undefined;

function listen(renew: () => Promise<unknown> = atOnce) {
  const wire = socket();
  const sink = { next: vi.fn(), error: vi.fn(), complete: vi.fn() };
  const forward = forwardTo(wire.client as never, renew, atOnce);
  const subscription = forward({ query, variables: { after: null } }).subscribe(sink);
  return { wire, sink, subscription };
}

describe("live subscriptions", () => {
  it("reads the cursor of any event", () => {
    expect(cursorOf(event("c7").data)).toBe("c7");
    expect(cursorOf({ inboxEvents: {} })).toBeNull();
    expect(cursorOf(null)).toBeNull();
  });

  it("moves the cursor in what the socket sends again after a reconnect", () => {
    const { wire, sink } = listen();
    wire.latest().sink.next(event("c1") as never);
    wire.latest().sink.next(event("c2") as never);
    expect(wire.latest().payload.variables).toEqual({ after: "c2" });
    expect(sink.next).toHaveBeenCalledTimes(2);
  });

  it("renews the token and takes up at the cursor after the server refused it", async () => {
    const renew = vi.fn(atOnce);
    const { wire, sink } = listen(renew);
    wire.latest().sink.next(event("c9") as never);
    wire.latest().sink.error({ code: 4401 });
    await vi.waitFor(() => expect(wire.asked).toHaveLength(2));
    expect(renew).toHaveBeenCalledTimes(1);
    expect(wire.latest().payload.variables).toEqual({ after: "c9" });
    expect(sink.error).not.toHaveBeenCalled();
  });

  it("gives up when the token cannot be renewed", async () => {
    const { wire, sink } = listen(async () => Promise.reject(new Error("signed out")));
    wire.latest().sink.error({ code: 4401 });
    await vi.waitFor(() => expect(sink.error).toHaveBeenCalledTimes(1));
    expect(wire.asked).toHaveLength(1);
  });

  it("does not come back after it was ended", async () => {
    const { wire, sink, subscription } = listen();
    wire.latest().sink.error({ code: 4429 });
    subscription.unsubscribe();
    await Promise.resolve();
    await Promise.resolve();
    expect(wire.asked).toHaveLength(1);
    expect(wire.stopped).toHaveBeenCalled();
    expect(sink.error).not.toHaveBeenCalled();
  });

  it("passes on what the server says about the operation itself", () => {
    const { wire, sink } = listen();
    const errors = [{ message: "no such field" }];
    wire.latest().sink.error(errors);
    expect(sink.error).toHaveBeenCalledWith(errors);
  });
});
