import { describe, expect, it, vi } from "vitest";
import { createSession } from "./session";
import { AuthError, type AuthTransport, type Token } from "./transport";

const clock = { ms: 1_000_000 };
const lifetime = 300_000;
let serial = 0;

function token(name = `t${++serial}`): Token {
  return { accessToken: name, expiresAtMs: clock.ms + lifetime };
}

function transport(overrides: Partial<AuthTransport> = {}): AuthTransport {
  return {
    login: async () => token(),
    refresh: async () => token(),
    setup: async () => token(),
    needsSetup: async () => false,
    logout: async () => undefined,
    ...overrides,
  };
}

/** A lock as the browser has it: one holder at a time, in order, over all tabs. */
function lock() {
  let tail: Promise<unknown> = Promise.resolve();
  return <T>(work: () => Promise<T>): Promise<T> => {
    const next = tail.then(work, work);
    tail = next.catch(() => undefined);
    return next;
  };
}

/** Two tabs of one browser. */
function channels() {
  type End = {
    postMessage(message: unknown): void;
    onmessage: ((event: MessageEvent) => void) | null;
  };
  const ends: End[] = [];
  const make = (): End => {
    const end: End = {
      onmessage: null,
      postMessage(message) {
        for (const other of ends)
          if (other !== end) other.onmessage?.({ data: message } as MessageEvent);
      },
    };
    ends.push(end);
    return end;
  };
  return [make(), make()] as const;
}

const refusal = () => new AuthError(401, { code: "UNAUTHENTICATED", message: "spent" });

function tab(
  auth: AuthTransport,
  exclusively = lock(),
  channel?: ReturnType<typeof channels>[number],
) {
  return createSession({ transport: auth, now: () => clock.ms, exclusively, channel });
}

describe("session", () => {
  it("asks once when many need a token at the same time", async () => {
    const refresh = vi.fn(async () => token());
    const session = tab(transport({ refresh }));
    const tokens = await Promise.all([
      session.accessToken(),
      session.accessToken(),
      session.refresh(),
    ]);
    expect(refresh).toHaveBeenCalledTimes(1);
    expect(new Set(tokens).size).toBe(1);
  });

  it("asks once when two tabs need a token at the same time", async () => {
    const refresh = vi.fn(async () => token());
    const [left, right] = channels();
    const exclusively = lock();
    const first = tab(transport({ refresh }), exclusively, left);
    const second = tab(transport({ refresh }), exclusively, right);
    const [a, b] = await Promise.all([first.accessToken(), second.accessToken()]);
    expect(a).toBe(b);
    expect(refresh).toHaveBeenCalledTimes(1);
    expect(second.get().status).toBe("authenticated");
  });

  it("renews a token shortly before it ends", async () => {
    const refresh = vi.fn(async () => token());
    const session = tab(transport({ refresh }));
    await session.accessToken();
    clock.ms += lifetime - 10_000;
    await session.accessToken();
    expect(refresh).toHaveBeenCalledTimes(2);
  });

  it("renews a token the server refused, but not one it has already replaced", async () => {
    const refresh = vi.fn(async () => token());
    const session = tab(transport({ refresh }));
    const spent = await session.accessToken();
    const next = await session.refresh(spent);
    expect(next).not.toBe(spent);
    expect(await session.refresh(spent)).toBe(next);
    expect(refresh).toHaveBeenCalledTimes(2);
  });

  it("is signed out when the server refuses the refresh", async () => {
    const session = tab(transport({ refresh: async () => Promise.reject(refusal()) }));
    expect((await session.start()).status).toBe("anonymous");
    await expect(session.accessToken()).rejects.toBeInstanceOf(AuthError);
  });

  it("tells an ended session from one the person left", async () => {
    let isRevoked = false;
    const refresh = async () => (isRevoked ? Promise.reject(refusal()) : token());
    const session = tab(transport({ refresh }));
    const spent = await session.accessToken();
    isRevoked = true;
    await expect(session.refresh(spent)).rejects.toBeInstanceOf(AuthError);
    expect(session.get()).toMatchObject({ status: "anonymous", hasExpired: true });
    await session.login({ login: "ada", password: "x" });
    await session.logout();
    expect(session.get()).toMatchObject({ status: "anonymous", hasExpired: false });
  });

  it("stays signed in when only the connection failed", async () => {
    let isDown = false;
    const refresh = async () => (isDown ? Promise.reject(new TypeError("offline")) : token());
    const session = tab(transport({ refresh }));
    const spent = await session.accessToken();
    isDown = true;
    await expect(session.refresh(spent)).rejects.toThrow("offline");
    expect(session.get().status).toBe("authenticated");
  });

  it("says so when the server cannot be reached at the start, and recovers", async () => {
    let isDown = true;
    const refresh = async () => (isDown ? Promise.reject(new TypeError("offline")) : token());
    const session = tab(transport({ refresh }));
    expect((await session.start()).status).toBe("unreachable");
    isDown = false;
    expect((await session.start()).status).toBe("authenticated");
  });

  it("throws caches of another person away: each sign-in is a new generation", async () => {
    const session = tab(transport());
    await session.login({ login: "ada", password: "x" });
    const first = session.get().generation;
    await session.refresh("refused");
    expect(session.get().generation).toBe(first);
    await session.logout();
    await session.login({ login: "bo", password: "x" });
    expect(session.get().generation).toBe(first + 1);
  });

  it("signs out in all tabs, also when the server does not answer", async () => {
    const [left, right] = channels();
    const logout = async () => Promise.reject(new TypeError("offline"));
    const first = tab(transport({ logout }), lock(), left);
    const second = tab(transport(), lock(), right);
    await first.accessToken();
    expect(second.get().status).toBe("authenticated");
    await expect(first.logout()).rejects.toThrow("offline");
    expect(first.get().status).toBe("anonymous");
    expect(second.get().status).toBe("anonymous");
  });
});
