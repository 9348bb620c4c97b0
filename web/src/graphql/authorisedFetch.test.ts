import { describe, expect, it, vi } from "vitest";
import { createAuthorisedFetch } from "./authorisedFetch";

const json = (body: unknown, status = 200) =>
  new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } });
const refused = {
  data: null,
  errors: [{ message: "no", extensions: { code: "UNAUTHENTICATED" } }],
};

function tokens() {
  return {
    accessToken: vi.fn(async () => "old"),
    refresh: vi.fn(async (_spent: string | null) => "new"),
  };
}

function bearer(send: ReturnType<typeof vi.fn>, call: number) {
  const init = send.mock.calls[call]?.[1] as RequestInit;
  return new Headers(init.headers).get("authorization");
}

describe("authorised fetch", () => {
  it("carries the token", async () => {
    const send = vi.fn(async () => json({ data: 1 }));
    const response = await createAuthorisedFetch(tokens(), send as typeof fetch)("/graphql", {});
    expect(await response.json()).toEqual({ data: 1 });
    expect(bearer(send, 0)).toBe("Bearer old");
  });

  it.each([
    ["an HTTP refusal", () => json({}, 401)],
    ["a refusal inside the answer", () => json(refused)],
  ])("renews and repeats once after %s", async (_name, refuse) => {
    const source = tokens();
    const send = vi.fn(async () => json({ data: 1 })).mockImplementationOnce(async () => refuse());
    const response = await createAuthorisedFetch(source, send as typeof fetch)("/graphql", {});
    expect(await response.json()).toEqual({ data: 1 });
    expect(source.refresh).toHaveBeenCalledExactlyOnceWith("old");
    expect(bearer(send, 1)).toBe("Bearer new");
  });

  it("does not go round in circles", async () => {
    const source = tokens();
    const send = vi.fn(async () => json(refused));
    const response = await createAuthorisedFetch(source, send as typeof fetch)("/graphql", {});
    expect(await response.json()).toEqual(refused);
    expect(send).toHaveBeenCalledTimes(2);
  });

  it("is not misled by a post that quotes the code", async () => {
    const source = tokens();
    const body = { data: { post: { bodySource: '"UNAUTHENTICATED"' } } };
    const send = vi.fn(async () => json(body));
    await createAuthorisedFetch(source, send as typeof fetch)("/graphql", {});
    expect(source.refresh).not.toHaveBeenCalled();
  });
});
