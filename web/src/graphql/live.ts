/**
 * The WebSocket for subscriptions. Each event carries a cursor; after a lost connection the
 * subscription starts again at the last one, so a subscription document only has to declare
 * `$after: String` and select `cursor` on its events.
 */
import type { Client, ClientOptions } from "graphql-ws";
import type { SubscriptionOperation } from "urql";
import { connection } from "./connection";

export type LiveOptions = {
  accessToken: () => Promise<string>;
  url: string;
  webSocketImpl?: unknown;
};

export type Live = Pick<Client, "subscribe"> & { dispose: () => void };

/** Makes the socket; its code and connection come with the first subscription, and come back by themselves. */
export function createLive({ accessToken, url, webSocketImpl }: LiveOptions): Live {
  const options: ClientOptions = {
    url,
    webSocketImpl,
    lazy: true,
    keepAlive: 15_000,
    retryAttempts: Number.POSITIVE_INFINITY,
    connectionParams: async () => ({ authorization: `Bearer ${await accessToken()}` }),
    shouldRetry: () => true,
    retryWait: (retries) => pause(retries),
    on: {
      connected: () => connection.live("open"),
      closed: (event) => {
        connection.live(isClose(event) && event.code === 1000 ? "idle" : "lost");
      },
    },
  };
  let isOver = false;
  let client: Promise<Client> | null = null;

  function connect(): Promise<Client> {
    client ??= import("graphql-ws").then(({ createClient }) => createClient(options));
    return client;
  }

  return {
    subscribe(payload, sink) {
      let isStopped = false;
      let stop = () => {};
      connect().then(
        (made) => {
          if (!isStopped && !isOver) stop = made.subscribe(payload, sink);
        },
        () => {
          // The chunk did not come; to the subscription that is one more lost connection.
          client = null;
          sink.error({ code: 1006 });
        },
      );
      return () => {
        isStopped = true;
        stop();
      };
    },
    dispose() {
      isOver = true;
      // Rejects when it was just waiting to come back: then there is nothing to close.
      client?.then((made) => made.dispose()).catch(() => {});
    },
  };
}

/** Waits longer with each failure, at most half a minute, and never in step with other clients. */
function pause(failures: number): Promise<void> {
  const base = Math.min(30_000, 500 * 2 ** Math.min(failures, 6));
  return new Promise((resolve) => setTimeout(resolve, base / 2 + (Math.random() * base) / 2));
}

function isClose(event: unknown): event is { code: number } {
  return typeof event === "object" && event !== null && "code" in event;
}

/** The server refuses the token: closed before or during a session. */
const unauthorised = new Set([4401, 4403]);

type Sink = { next(value: unknown): void; error(error: unknown): void; complete(): void };
type Operation = Pick<SubscriptionOperation, "query" | "variables">;

/**
 * Forwards urql's subscriptions to the socket. The socket comes back by itself from most losses;
 * from those the protocol calls final (a refused token above all) this starts the subscription
 * again, after renewing the token where that is the cause.
 */
export function forwardTo(
  live: Pick<Client, "subscribe">,
  renewToken: () => Promise<unknown>,
  wait: (failures: number) => Promise<void> = pause,
) {
  return (operation: Operation) => ({
    subscribe(sink: Sink) {
      const query = operation.query ?? "";
      // The socket sends this very object again after each reconnect, so moving the cursor in it
      // moves the place where the server takes up.
      const variables: Record<string, unknown> = { ...operation.variables };
      const resumes = /\$after\b/.test(query);
      let failures = 0;
      let isOver = false;
      let stop = () => {};

      async function recover(close: { code: number }) {
        await wait(failures++);
        if (unauthorised.has(close.code)) await renewToken();
        if (!isOver) start();
      }

      function start() {
        stop = live.subscribe(
          { query, variables },
          {
            next: (result) => {
              failures = 0;
              const cursor = resumes ? cursorOf(result.data) : null;
              if (cursor) variables.after = cursor;
              sink.next(result);
            },
            error: (error) => {
              if (isOver) return;
              if (!isClose(error)) return sink.error(toError(error));
              recover(error).catch((cause: unknown) => sink.error(toError(cause)));
            },
            complete: () => {
              if (!isOver) sink.complete();
            },
          },
        );
      }

      start();
      return {
        unsubscribe() {
          isOver = true;
          stop();
        },
      };
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
