/** The plain JSON endpoints under /auth. */

export type Token = { accessToken: string; expiresAtMs: number };
export type Credentials = { login: string; password: string };
export type SetupInput = {
  organisationName: string;
  name: string;
  handle: string;
  email: string;
  password: string;
  locale: string;
};

/** A refusal by /auth with its code. */
export class AuthError extends Error {
  readonly code: string;
  readonly status: number;
  readonly requestId: string | null;
  readonly retryAfterSeconds: number | null;
  /** Name of the field to mend, when the server names one. */
  readonly field: string | null;

  constructor(status: number, body: ErrorBody["error"]) {
    super(body?.message ?? `HTTP ${status}`);
    this.name = "AuthError";
    this.status = status;
    this.code = body?.code ?? (status >= 500 ? "UNAVAILABLE" : "INVALID");
    this.requestId = body?.requestId ?? null;
    this.retryAfterSeconds = body?.retryAfterSeconds ?? null;
    this.field = body?.problems?.[0]?.path?.[0] ?? null;
  }

  /** Whether the person has to sign in again. Everything else may pass. */
  get endsSession(): boolean {
    return this.status === 401 || this.status === 403;
  }
}

type ErrorBody = {
  error?: {
    code: string;
    message: string;
    requestId?: string;
    retryAfterSeconds?: number;
    problems?: { path?: string[] }[];
  };
};

export type AuthTransport = {
  login(credentials: Credentials): Promise<Token>;
  refresh(): Promise<Token>;
  setup(input: SetupInput): Promise<Token>;
  needsSetup(): Promise<boolean>;
  logout(scope: "here" | "everywhere", accessToken: string | null): Promise<void>;
};

declare global {
  interface Window {
    /** What early.js has asked before this code was there. */
    loggiaEarlyRefresh?: Promise<Response>;
  }
}

/** The answer early.js has asked for; only the first call gets it. */
function takeEarlyRefresh(): Promise<Response> | undefined {
  const early = window.loggiaEarlyRefresh;
  window.loggiaEarlyRefresh = undefined;
  return early;
}

/** Talks to /auth. The extra header keeps other sites from posting in the person's name. */
export function createTransport(send: typeof fetch): AuthTransport {
  async function post(path: string, body: unknown, accessToken?: string | null): Promise<unknown> {
    const response = await send(path, {
      method: "POST",
      credentials: "same-origin",
      headers: {
        "Content-Type": "application/json",
        "X-Loggia": "1",
        ...(accessToken ? { Authorization: `Bearer ${accessToken}` } : {}),
      },
      body: JSON.stringify(body),
    });
    return read(response);
  }
  return {
    login: async (credentials) => toToken(await post("/auth/login", credentials)),
    refresh: async () => {
      const early = takeEarlyRefresh();
      return toToken(await (early ? read(await early) : post("/auth/refresh", {})));
    },
    setup: async (input) => toToken(await post("/auth/setup", input)),
    needsSetup: async () => {
      const answer = await read(await send("/auth/setup", { credentials: "same-origin" }));
      return (answer as { needed?: boolean }).needed === true;
    },
    logout: async (scope, accessToken) => {
      await post(
        scope === "everywhere" ? "/auth/logout-everywhere" : "/auth/logout",
        {},
        accessToken,
      );
    },
  };
}

async function read(response: Response): Promise<unknown> {
  const text = await response.text();
  let body: unknown = {};
  try {
    body = text ? JSON.parse(text) : {};
  } catch {
    body = {};
  }
  const { error } = body as ErrorBody;
  if (!response.ok || error) throw new AuthError(response.ok ? 400 : response.status, error);
  return body;
}

function toToken(body: unknown): Token {
  const { accessToken, expiresAt } = body as { accessToken?: unknown; expiresAt?: unknown };
  if (typeof accessToken !== "string") throw new AuthError(502, undefined);
  const expiresAtMs =
    typeof expiresAt === "number" ? expiresAt * 1000 : Date.parse(String(expiresAt));
  return {
    accessToken,
    expiresAtMs: Number.isNaN(expiresAtMs) ? Date.now() + 60_000 : expiresAtMs,
  };
}
