/**
 * Who is signed in on this device.
 *
 * The access token lives in memory only. The refresh token is an HttpOnly cookie that turns over
 * with each use, and using a spent one ends the whole family; so at most one refresh may be under
 * way per browser. A lock keeps tabs apart, and the winner hands its token to the others over a
 * BroadcastChannel, which never leaves the origin.
 */
import {
  AuthError,
  type AuthTransport,
  type Credentials,
  type SetupInput,
  type Token,
} from "./transport";

export type SessionStatus = "unknown" | "anonymous" | "authenticated" | "unreachable";

export type SessionState = {
  status: SessionStatus;
  /** Grows with every sign-in, so that caches of another person are thrown away. */
  generation: number;
  /** Somebody was signed in and the server ended it, rather than they themselves. */
  hasExpired: boolean;
};

type Message = { type: "token"; token: Token; isSignIn: boolean } | { type: "signedOut" };

/** The parts of the browser the session leans on; replaced in tests. */
export type SessionSurroundings = {
  transport: AuthTransport;
  now: () => number;
  /** Runs work while no other tab does. */
  exclusively: <T>(work: () => Promise<T>) => Promise<T>;
  /** Talks to the other tabs. */
  channel?: Pick<BroadcastChannel, "postMessage" | "onmessage">;
};

/** A token is renewed this long before its end. */
const marginMs = 20_000;

export type Session = ReturnType<typeof createSession>;

/** Makes the session. One per page. */
export function createSession({ transport, now, exclusively, channel }: SessionSurroundings) {
  let token: Token | null = null;
  let state: SessionState = { status: "unknown", generation: 0, hasExpired: false };
  let refreshing: Promise<string> | null = null;
  const listeners = new Set<() => void>();

  function set(status: SessionStatus, isSignIn = false, hasExpired = false) {
    const generation = isSignIn ? state.generation + 1 : state.generation;
    if (status === state.status && generation === state.generation) return;
    state = { status, generation, hasExpired };
    for (const listener of listeners) listener();
  }

  function isFresh(candidate: Token | null): candidate is Token {
    return candidate !== null && candidate.expiresAtMs - now() > marginMs;
  }

  function accept(next: Token, isSignIn: boolean) {
    token = next;
    set("authenticated", isSignIn || state.status !== "authenticated");
    channel?.postMessage({ type: "token", token: next, isSignIn } satisfies Message);
  }

  function forget(hasExpired: boolean) {
    token = null;
    set("anonymous", false, hasExpired);
  }

  if (channel) {
    channel.onmessage = ({ data }: MessageEvent<Message>) => {
      if (data.type === "signedOut") return forget(false);
      token = data.token;
      set("authenticated", data.isSignIn || state.status !== "authenticated");
    };
  }

  async function renew(spent: string | null): Promise<string> {
    return exclusively(async () => {
      // Another tab may have renewed it while this one waited.
      if (isFresh(token) && token.accessToken !== spent) return token.accessToken;
      try {
        const next = await transport.refresh();
        accept(next, false);
        return next.accessToken;
      } catch (error) {
        if (error instanceof AuthError && error.endsSession)
          forget(state.status === "authenticated");
        else if (state.status === "unknown") set("unreachable");
        throw error;
      }
    });
  }

  return {
    /** Reading side for useSyncExternalStore. */
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    get: () => state,

    /** Finds out once whether somebody is signed in. Never throws. */
    async start(): Promise<SessionState> {
      if (state.status === "unknown" || state.status === "unreachable") {
        await this.refresh().catch(() => undefined);
      }
      return state;
    },

    /** A token good for a request now; renews it when needed. */
    async accessToken(): Promise<string> {
      return isFresh(token) ? token.accessToken : this.refresh();
    },

    /** Renews the token; `spent` is one the server refused. Calls at the same time share one renewal. */
    refresh(spent: string | null = null): Promise<string> {
      if (spent !== null && isFresh(token) && token.accessToken !== spent) {
        return Promise.resolve(token.accessToken);
      }
      refreshing ??= renew(spent).finally(() => {
        refreshing = null;
      });
      return refreshing;
    },

    /** Signs in with a password. */
    async login(credentials: Credentials): Promise<void> {
      accept(await transport.login(credentials), true);
    },

    /** Whether the organisation still has to be set up. */
    needsSetup: () => transport.needsSetup(),

    /** Creates the organisation and its first admin, and signs in. */
    async setup(input: SetupInput): Promise<void> {
      accept(await transport.setup(input), true);
    },

    /** Signs out here, and on all devices when asked. Local state goes even when the server is away. */
    async logout(scope: "here" | "everywhere" = "here"): Promise<void> {
      const current = token?.accessToken ?? null;
      try {
        await transport.logout(scope, scope === "everywhere" ? await this.accessToken() : current);
      } finally {
        forget(false);
        channel?.postMessage({ type: "signedOut" } satisfies Message);
      }
    },
  };
}
