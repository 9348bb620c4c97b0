import { graphql } from "@/graphql";

export const FeedPage = graphql(`
  fragment FeedPage on FeedConnection {
    newSince
    newCount
    liveCursor
    pageInfo {
      hasNextPage
      endCursor
    }
    edges {
      cursor
      isNew
      reasons {
        code
        weight
        topic
        person {
          id
          handle
          name
        }
      }
      node {
        id
        kind
        author {
          id
        }
        ...PostCardParts
      }
    }
  }
`);

export const HomeFeedQuery = graphql(`
  query HomeFeed($order: FeedOrder!, $first: Int!, $after: String) {
    feed: homeFeed(order: $order, first: $first, after: $after) {
      ...FeedPage
    }
  }
`);

export const FollowingFeedQuery = graphql(`
  query FollowingFeed($first: Int!, $after: String) {
    feed: followingFeed(first: $first, after: $after) {
      ...FeedPage
    }
  }
`);

export const CommunityFeedQuery = graphql(`
  query CommunityFeed($communityId: ID!, $kind: PostKind, $first: Int!, $after: String) {
    feed: communityFeed(communityId: $communityId, kind: $kind, first: $first, after: $after) {
      ...FeedPage
    }
  }
`);

export const TopicFeedQuery = graphql(`
  query TopicFeed($topic: String!, $first: Int!, $after: String) {
    feed: topicFeed(topic: $topic, first: $first, after: $after) {
      ...FeedPage
    }
  }
`);

export const PersonFeedQuery = graphql(`
  query PersonFeed($personId: ID!, $first: Int!, $after: String) {
    feed: personFeed(personId: $personId, first: $first, after: $after) {
      ...FeedPage
    }
  }
`);
