import { describe, expect, it, vi } from "vitest";
import { createOutbox } from "./outbox";
import { makeReply } from "./testing";

type Answer = { data?: unknown; error?: unknown };

function clientAnswering(...answers: Answer[]) {
  const inputs: unknown[] = [];
  const client = {
    mutation: (_document: unknown, { input }: { input: unknown }) => ({
      toPromise: () => {
        inputs.push(input);
        return Promise.resolve(answers.shift() ?? {});
      },
    }),
  };
  return { client: client as never, inputs };
}

const input = { clientId: "c1", postId: "post_1", body: "Hello", attachmentIds: [] };
const delivered = {
  data: { replyCreate: { reply: makeReply({ parentId: "reply_0" }), post: null, userErrors: [] } },
};

describe("the outbox", () => {
  it("shows a reply while it is on its way and lets it go once it has arrived", async () => {
    const outbox = createOutbox();
    const { client } = clientAnswering(delivered);
    const onDelivered = vi.fn();
    const arrivals = vi.fn();
    outbox.onArrival(arrivals);
    const sending = outbox.send(client, input, onDelivered);
    expect(outbox.of("post_1")).toMatchObject([{ status: "sending" }]);
    expect(outbox.has("c1")).toBe(true);
    await sending;
    expect(outbox.of("post_1")).toEqual([]);
    expect(onDelivered).toHaveBeenCalledOnce();
    expect(arrivals).toHaveBeenCalledWith("post_1", "reply_1", "reply_0");
  });

  it("keeps the text of one that failed, and tries again under the same id", async () => {
    const outbox = createOutbox();
    const refused = {
      data: {
        replyCreate: {
          reply: null,
          post: null,
          userErrors: [{ code: "THREAD_CLOSED", message: "Closed", path: [], params: [] }],
        },
      },
    };
    const { client, inputs } = clientAnswering(refused, delivered);
    await outbox.send(client, input, () => undefined);
    expect(outbox.of("post_1")).toMatchObject([
      { status: "failed", input: { body: "Hello" }, userError: { code: "THREAD_CLOSED" } },
    ]);
    await outbox.retry(client, "c1");
    expect(outbox.of("post_1")).toEqual([]);
    expect(inputs).toEqual([input, input]);
  });
});
