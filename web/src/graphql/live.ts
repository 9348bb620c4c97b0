/**
 * The WebSocket for subscriptions. Each event carries a cursor; after a lost connection the
 * subscription starts again at the last one, so a subscription document only has to declare
 * `$after: String` and select `cursor` on its events.
 */
import { type Client, type ClientOptions, createClient } from "graphql-ws";
import type { SubscriptionOperation } from "urql";
import { connection } from "./connection";

export type LiveOptions = {
  accessToken: () => Promise<string>;
  url: string;
  webSocketImpl?: unknown;
  onRefused: () => void;
};

/** Close codes of the graphql-transport-ws protocol and of ours that mean: sign in again. */
const refused = new Set([4401, 4403]);
/** Codes after which trying again cannot help. */
const fatal = new Set([4400, 4406, 4409]);

/** Makes the socket; it opens with the first subscription and comes back by itself. */
export function createLive({ accessToken, url, webSocketImpl, onRefused }: LiveOptions): Client {
  const options: ClientOptions = {
    url,
    webSocketImpl,
    lazy: true,
    keepAlive: 15_000,
    retryAttempts: Number.POSITIVE_INFINITY,
    connectionParams: async () => ({ authorization: `Bearer ${await accessToken()}` }),
    shouldRetry: (event) => !(isClose(event) && fatal.has(event.code)),
    retryWait: async (retries) => {
      const base = Math.min(30_000, 500 * 2 ** Math.min(retries, 6));
      await new Promise((resolve) => setTimeout(resolve, base / 2 + Math.random() * base));
    },
    on: {
      connected: () => connection.live("open"),
      closed: (event) => {
        connection.live(isClose(event) && event.code === 1000 ? "idle" : "lost");
        if (isClose(event) && refused.has(event.code)) onRefused();
      },
    },
  };
  return createClient(options);
}

function isClose(event: unknown): event is { code: number } {
  return typeof event === "object" && event !== null && "code" in event;
}

/** Forwards one urql subscription to the socket and keeps its cursor. */
export function forwardTo(live: Client) {
  return (operation: Pick<SubscriptionOperation, "query" | "variables">) => ({
    subscribe(sink: { next(value: unknown): void; error(error: unknown): void; complete(): void }) {
      // graphql-ws sends this very object again after each reconnect, so moving the cursor
      // in it moves the place where the server takes up.
      const variables: Record<string, unknown> = { ...operation.variables };
      const resumes = /\$after\b/.test(operation.query ?? "");
      const unsubscribe = live.subscribe(
        { query: operation.query ?? "", variables },
        {
          next: (result) => {
            const cursor = resumes ? cursorOf(result.data) : null;
            if (cursor) variables.after = cursor;
            sink.next(result);
          },
          error: (error) => sink.error(toError(error)),
          complete: () => sink.complete(),
        },
      );
      return { unsubscribe };
    },
  });
}

/** The cursor of an event: the field of that name on the subscription's only root field. */
export function cursorOf(data: unknown): string | null {
  if (typeof data !== "object" || data === null) return null;
  const event: unknown = Object.values(data)[0];
  if (typeof event !== "object" || event === null || !("cursor" in event)) return null;
  return typeof event.cursor === "string" ? event.cursor : null;
}

function toError(error: unknown): unknown {
  if (error instanceof Error || Array.isArray(error)) return error;
  return new Error("The live connection failed");
}
