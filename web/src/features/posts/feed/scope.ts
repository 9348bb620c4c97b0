import { type CombinedError, readFragment, type useClient } from "@/graphql";
import type {
  FeedOrder,
  FeedPageFragment,
  FeedScopeInput,
  PostKind,
} from "@/graphql/generated/graphql";
import {
  CommunityFeedQuery,
  FeedPage,
  FollowingFeedQuery,
  HomeFeedQuery,
  PersonFeedQuery,
  TopicFeedQuery,
} from "./queries";
import type { FeedPageData } from "./reducer";

export type Client = ReturnType<typeof useClient>;

/** Which feed. */
export type FeedScope =
  | { home: FeedOrder }
  | { following: true }
  | { communityId: string; kind?: PostKind | null }
  | { topic: string }
  | { personId: string };

const pageSize = 20;

/** One name per feed. */
export function scopeKey(scope: FeedScope): string {
  if ("home" in scope) return `home ${scope.home}`;
  if ("following" in scope) return "following";
  if ("communityId" in scope) return `community ${scope.communityId} ${scope.kind ?? ""}`;
  if ("topic" in scope) return `topic ${scope.topic}`;
  return `person ${scope.personId}`;
}

/** The same scope as live events name it. */
export function liveScope(scope: FeedScope): FeedScopeInput {
  if ("home" in scope) return { home: true };
  if ("following" in scope) return { following: true };
  if ("communityId" in scope) return { communityId: scope.communityId };
  if ("topic" in scope) return { topic: scope.topic };
  return { personId: scope.personId };
}

/** Asks for a page; the posts in it go to the cache, the ids come back. */
export async function fetchFeedPage(
  client: Client,
  scope: FeedScope,
  after: string | null,
): Promise<{ page: FeedPageData } | { error: CombinedError | null }> {
  const { data, error } = await ask(client, scope, after);
  const feed = readFragment(FeedPage, data?.feed);
  if (!feed) return { error: error ?? null };
  return { page: toPage(feed) };
}

function ask(client: Client, scope: FeedScope, after: string | null) {
  const options = { requestPolicy: "network-only" } as const;
  const page = { first: pageSize, after };
  if ("home" in scope) {
    rememberOrder(scope.home);
    return client.query(HomeFeedQuery, { ...page, order: scope.home }, options).toPromise();
  }
  if ("following" in scope) return client.query(FollowingFeedQuery, page, options).toPromise();
  if ("communityId" in scope) {
    const { communityId, kind = null } = scope;
    return client.query(CommunityFeedQuery, { ...page, communityId, kind }, options).toPromise();
  }
  if ("topic" in scope)
    return client.query(TopicFeedQuery, { ...page, topic: scope.topic }, options).toPromise();
  return client.query(PersonFeedQuery, { ...page, personId: scope.personId }, options).toPromise();
}

/** For public/early.js, which asks for the home feed before the settings are known. */
function rememberOrder(order: FeedOrder) {
  try {
    localStorage.setItem("loggia.feedOrder", order);
  } catch {
    // Storage may be forbidden; the feed is then asked for a little later.
  }
}

function toPage(feed: FeedPageFragment): FeedPageData {
  return {
    items: feed.edges.map(({ node, isNew, reasons }) => ({ id: node.id, isNew, reasons })),
    newSince: feed.newSince ?? null,
    endCursor: feed.pageInfo.endCursor ?? null,
    hasMore: feed.pageInfo.hasNextPage && Boolean(feed.pageInfo.endCursor),
    liveCursor: feed.liveCursor,
  };
}
