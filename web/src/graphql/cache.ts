/**
 * The normalised cache: what is an entity, which lists grow page by page, and what a mutation
 * does to them. The only file besides updates.ts and optimistic.ts that knows Graphcache.
 */
import { type Cache, cacheExchange } from "@urql/exchange-graphcache";
import { relayPagination } from "@urql/exchange-graphcache/extras";
import { typesWithoutId } from "./generated/typesWithoutId";
import { optimistic } from "./optimistic";
import { updates } from "./updates";

/** Types of which there is one, or that are known by something other than `id`. */
export const named: Record<string, (data: Record<string, unknown>) => string | null> = {
  Organisation: () => "organisation",
  Topic: (data) => (typeof data.name === "string" ? data.name : null),
  UnreadCounts: () => "unread",
  Viewer: () => "viewer",
};

const page = relayPagination({ mergeMode: "outwards" });

/** Connections on Query whose pages grow together; a test holds the list to the schema. */
export const pagedQueries: readonly string[] = [
  "people",
  "peopleDirectory",
  "personCommunities",
  "personPeers",
  "personReports",
  "audiences",
  "communities",
  "communityMembers",
  "joinRequests",
  "scheduledPosts",
  "notifications",
  "conversations",
  "dispatches",
  "lineGrants",
  "lineQuestions",
  "personalLooks",
  "reorganisations",
  "reorganisationLines",
];

/** Feeds keep their own order (features/posts/feed), so that live events never move what one reads. */
export const feedQueries: readonly string[] = [
  "homeFeed",
  "followingFeed",
  "communityFeed",
  "topicFeed",
  "personFeed",
];

/** An entity that is held already, however it came; so one that does not exist can be told from one not asked for. */
function known(typename: string, id: unknown, cache: Cache) {
  const key = { __typename: typename, id: String(id) };
  return cache.resolve(key, "id") ? key : undefined;
}

/** The cache exchange. */
export function createCache() {
  return cacheExchange({
    // What has no id lives inside its parent.
    keys: { ...Object.fromEntries(typesWithoutId.map((type) => [type, () => null])), ...named },
    resolvers: {
      Query: {
        ...Object.fromEntries(pagedQueries.map((field) => [field, page])),
        post: (_parent, args, cache) =>
          known("Post", args.id, cache) ?? cache.resolve("Query", "post", args),
        reply: (_parent, args, cache) =>
          known("Reply", args.id, cache) ?? cache.resolve("Query", "reply", args),
      },
      // A thread keeps its own order as feeds do.
      Post: { reactors: page, revisions: page },
      Reply: { revisions: page },
      Conversation: { messages: page },
    },
    updates,
    optimistic,
  });
}
