/**
 * Puts the access token on a request, renews it once when the server refuses it, and repeats
 * the request. GraphQL refusals come with HTTP 200 and a code in the body.
 */
export type TokenSource = {
  accessToken(): Promise<string>;
  refresh(spent: string | null): Promise<string>;
};

/** A fetch that is signed in. */
export function createAuthorisedFetch(tokens: TokenSource, send: typeof fetch): typeof fetch {
  async function attempt(input: RequestInfo | URL, init: RequestInit | undefined, token: string) {
    const headers = new Headers(init?.headers);
    headers.set("Authorization", `Bearer ${token}`);
    const response = await send(input, { ...init, headers });
    const type = response.headers.get("content-type") ?? "";
    if (response.status === 401) return { response, isRefused: true };
    if (!type.includes("json")) return { response, isRefused: false };
    const text = await response.text();
    return {
      response: new Response(text, { status: response.status, headers: response.headers }),
      isRefused: text.includes('"UNAUTHENTICATED"') && isUnauthenticated(text),
    };
  }
  return async (input, init) => {
    const token = await tokens.accessToken();
    const first = await attempt(input, init, token);
    if (!first.isRefused) return first.response;
    const renewed = await tokens.refresh(token);
    return (await attempt(input, init, renewed)).response;
  };
}

function isUnauthenticated(text: string): boolean {
  try {
    const body = JSON.parse(text) as { errors?: { extensions?: { code?: string } }[] };
    return body.errors?.some((error) => error.extensions?.code === "UNAUTHENTICATED") ?? false;
  } catch {
    return false;
  }
}
