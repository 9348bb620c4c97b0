/** The GraphQL client: one per signed-in person, thrown away at sign-out with all it knows. */
import { type Client, createClient, fetchExchange, subscriptionExchange } from "urql";
import { createAuthorisedFetch, type TokenSource } from "./authorisedFetch";
import { createCache } from "./cache";
import { createLive, forwardTo } from "./live";

export type GraphqlClient = { client: Client; dispose: () => void };

/** Makes a client that asks with these tokens. */
export function createGraphqlClient(tokens: TokenSource): GraphqlClient {
  const live = createLive({
    accessToken: () => tokens.accessToken(),
    url: `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/graphql/ws`,
    onRefused: () => void tokens.refresh(null).catch(() => undefined),
  });
  const client = createClient({
    url: "/graphql",
    preferGetMethod: false,
    requestPolicy: "cache-and-network",
    fetch: createAuthorisedFetch(tokens, (input, init) => fetch(input, init)),
    fetchOptions: { headers: { "X-Loggia": "1" }, credentials: "same-origin" },
    exchanges: [
      createCache(),
      fetchExchange,
      subscriptionExchange({ forwardSubscription: forwardTo(live) }),
    ],
  });
  return { client, dispose: () => void live.dispose() };
}
