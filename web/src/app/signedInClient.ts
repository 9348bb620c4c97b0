/** The one GraphQL client of the current sign-in, for components and for route loaders. */
import {
  type AnyVariables,
  createGraphqlClient,
  forgetEarly,
  type GraphqlClient,
  type TypedDocumentNode,
} from "@/graphql";
import { session } from "./session";

let current: { generation: number; graphql: GraphqlClient } | null = null;

function drop() {
  current?.graphql.dispose();
  current = null;
}

session.subscribe(() => {
  if (session.get().status !== "anonymous") return;
  drop();
  forgetEarly();
});

/** The client of a sign-in; an earlier one is thrown away with all it knew. */
export function clientOf(generation: number) {
  if (current?.generation !== generation) {
    drop();
    current = { generation, graphql: createGraphqlClient(session) };
  }
  return current.graphql.client;
}

/**
 * Asks for a page's data, unless the cache has it, before the page is there. For route loaders; never throws, need not be
 * awaited: the page's own useQuery picks the answer up, or the request still under way.
 */
export async function prefetch<D, V extends AnyVariables>(
  query: TypedDocumentNode<D, V>,
  variables: V,
) {
  const { status } = await session.start();
  if (status !== "authenticated") return;
  await clientOf(session.get().generation)
    .query<D, V>(query, variables, { requestPolicy: "cache-first" })
    .toPromise();
}
