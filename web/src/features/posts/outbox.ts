/**
 * Replies on their way. Shown in the thread at once; one that fails stays there with its text and a
 * way to try again, under the same client id, so that it can never arrive twice.
 */
import {
  type AppError,
  readFragment,
  toAppError,
  type UserErrorLike,
  type useClient,
} from "@/graphql";
import type { ReplyCreateInput } from "@/graphql/generated/graphql";
import { UserErrorParts } from "@/graphql/userErrors";
import { ReplyParts } from "./fragments";
import { ReplyCreateMutation } from "./mutations";

type Client = Pick<ReturnType<typeof useClient>, "mutation">;

/** What is sent; ids are texts here. */
export type OutgoingInput = ReplyCreateInput & { clientId: string; postId: string };

export type Outgoing = {
  input: OutgoingInput;
  status: "sending" | "failed";
  error: Pick<AppError, "code" | "retryAfterSeconds"> | null;
  userError: UserErrorLike | null;
  /** Called once it has arrived: its draft is not needed any more. */
  onDelivered: () => void;
};

type Arrival = (postId: string, replyId: string, parentId: string | null) => void;

/** Makes the outbox; one per page. */
export function createOutbox() {
  let items: readonly Outgoing[] = [];
  const listeners = new Set<() => void>();
  const arrivals = new Set<Arrival>();
  const byPost = new Map<string, readonly Outgoing[]>();
  const none: readonly Outgoing[] = [];

  function set(next: readonly Outgoing[]) {
    items = next;
    byPost.clear();
    for (const item of items) {
      const { postId } = item.input;
      byPost.set(postId, [...(byPost.get(postId) ?? none), item]);
    }
    for (const listener of listeners) listener();
  }

  function patch(clientId: string, change: Partial<Outgoing>) {
    set(items.map((item) => (item.input.clientId === clientId ? { ...item, ...change } : item)));
  }

  function drop(clientId: string) {
    set(items.filter((item) => item.input.clientId !== clientId));
  }

  async function deliver(client: Client, input: OutgoingInput) {
    const { data, error } = await client.mutation(ReplyCreateMutation, { input }).toPromise();
    const userErrors = readFragment(UserErrorParts, data?.replyCreate.userErrors ?? []);
    const reply = readFragment(ReplyParts, data?.replyCreate.reply);
    if (reply) {
      items.find((item) => item.input.clientId === input.clientId)?.onDelivered();
      for (const tell of arrivals) tell(input.postId, reply.id, reply.parentId ?? null);
      drop(input.clientId);
      return;
    }
    patch(input.clientId, {
      status: "failed",
      error: error ? toAppError(error) : null,
      userError: userErrors[0] ?? null,
    });
  }

  return {
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    of: (postId: string) => byPost.get(postId) ?? none,
    /** Called with each reply that has arrived. */
    onArrival(tell: Arrival) {
      arrivals.add(tell);
      return () => {
        arrivals.delete(tell);
      };
    },
    /** Whether an attempt is on its way or waits to be tried again. */
    has: (clientId: string) => items.some((item) => item.input.clientId === clientId),
    send(client: Client, input: OutgoingInput, onDelivered: () => void) {
      set([...items, { input, status: "sending", error: null, userError: null, onDelivered }]);
      return deliver(client, input);
    },
    retry(client: Client, clientId: string) {
      const found = items.find((item) => item.input.clientId === clientId);
      if (!found) return Promise.resolve();
      patch(clientId, { status: "sending", error: null, userError: null });
      return deliver(client, found.input);
    },
    drop,
  };
}

export const outbox = createOutbox();
