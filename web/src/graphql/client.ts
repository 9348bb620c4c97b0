/** The GraphQL client: one per signed-in person, thrown away at sign-out with all it knows. */
import { type Client, createClient, fetchExchange, mapExchange, subscriptionExchange } from "urql";
import { createAuthorisedFetch, type TokenSource } from "./authorisedFetch";
import { createCache } from "./cache";
import { takeEarly } from "./early";
import { createFreshness } from "./freshness";
import { createLive, forwardTo } from "./live";

export type GraphqlClient = { client: Client; dispose: () => void };

/** Takes an answer that is already on its way, else asks. */
const send: typeof fetch = async (input, init) => {
  const early = takeEarly(init?.body);
  return (await early?.catch(() => undefined)) ?? fetch(input, init);
};

/** Makes a client that asks with these tokens. */
export function createGraphqlClient(tokens: TokenSource): GraphqlClient {
  let sent: string | null = null;
  const live = createLive({
    accessToken: async () => {
      sent = await tokens.accessToken();
      return sent;
    },
    url: `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/graphql/ws`,
  });
  const freshness = createFreshness(() => Date.now());
  const client = createClient({
    url: "/graphql",
    preferGetMethod: false,
    requestPolicy: "cache-and-network",
    fetch: createAuthorisedFetch(tokens, send),
    fetchOptions: { headers: { "X-Loggia": "1" }, credentials: "same-origin" },
    exchanges: [
      mapExchange({ onOperation: freshness.relax }),
      createCache(),
      mapExchange({ onResult: freshness.remember }),
      fetchExchange,
      subscriptionExchange({ forwardSubscription: forwardTo(live, () => tokens.refresh(sent)) }),
    ],
  });
  return { client, dispose: () => live.dispose() };
}
