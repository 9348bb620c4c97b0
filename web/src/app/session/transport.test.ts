import { describe, expect, it, vi } from "vitest";
import { AuthError, createTransport } from "./transport";

function answering(status: number, body: unknown) {
  return vi.fn(
    async (..._args: Parameters<typeof fetch>) => new Response(JSON.stringify(body), { status }),
  );
}

describe("auth transport", () => {
  it("posts JSON with the header other sites cannot set", async () => {
    const send = answering(200, { accessToken: "a", expiresAt: "2030-01-01T00:00:00Z" });
    const token = await createTransport(send as typeof fetch).login({
      login: "ada",
      password: "x",
    });
    expect(token).toEqual({ accessToken: "a", expiresAtMs: Date.UTC(2030, 0, 1) });
    const [path, init] = send.mock.calls[0] ?? [];
    expect(path).toBe("/auth/login");
    expect(init?.headers).toMatchObject({ "X-Loggia": "1", "Content-Type": "application/json" });
  });

  it("takes over once what the page has asked before the client was there", async () => {
    const token = (accessToken: string) =>
      new Response(JSON.stringify({ accessToken, expiresAt: "2030-01-01T00:00:00Z" }));
    window.loggiaEarlyRefresh = Promise.resolve(token("early"));
    const send = vi.fn(async () => token("later"));
    const transport = createTransport(send as typeof fetch);
    expect((await transport.refresh()).accessToken).toBe("early");
    expect((await transport.refresh()).accessToken).toBe("later");
    expect(send).toHaveBeenCalledTimes(1);
  });

  it("keeps code, reference and waiting time of a refusal", async () => {
    const send = answering(429, {
      error: {
        code: "RATE_LIMITED",
        message: "slow down",
        retryAfterSeconds: 30,
        requestId: "req",
      },
    });
    const failure = await createTransport(send as typeof fetch)
      .refresh()
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(AuthError);
    expect(failure).toMatchObject({
      code: "RATE_LIMITED",
      retryAfterSeconds: 30,
      requestId: "req",
      endsSession: false,
    });
  });

  it("names the field to mend", async () => {
    const problem = { path: ["handle"], code: "HANDLE_TAKEN", message: "taken", params: [] };
    const send = answering(422, {
      error: { code: "HANDLE_TAKEN", message: "taken", problems: [problem] },
    });
    const failure = await createTransport(send as typeof fetch)
      .refresh()
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: "HANDLE_TAKEN", field: "handle" });
  });

  it("understands a failure that is no JSON, such as a proxy's page", async () => {
    const send = vi.fn(async () => new Response("<h1>Bad gateway</h1>", { status: 502 }));
    const failure = await createTransport(send as typeof fetch)
      .refresh()
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: "UNAVAILABLE", endsSession: false });
  });
});
