import { graphql } from "@/graphql";

/** What happens within a scope, from a cursor on. The cache takes the content; lists read the ids. */
export const FeedEventsSubscription = graphql(`
  subscription FeedEvents($scope: FeedScopeInput!, $after: String) {
    feedEvents(scope: $scope, after: $after) {
      __typename
      ... on PostPublishedEvent {
        cursor
        post {
          ...PostCardParts
        }
      }
      ... on PostChangedEvent {
        cursor
        post {
          ...PostCardParts
        }
      }
      ... on PostRemovedEvent {
        cursor
        postId
      }
      ... on PostCountersEvent {
        cursor
        post {
          ...PostCounters
        }
      }
      ... on ReplyPublishedEvent {
        cursor
        post {
          ...PostCounters
        }
        reply {
          ...ReplyParts
        }
      }
      ... on ReplyChangedEvent {
        cursor
        reply {
          ...ReplyParts
        }
      }
      ... on TypingEvent {
        cursor
        postId
        person {
          ...PostPerson
        }
      }
      ... on CaughtUpEvent {
        cursor
      }
      ... on ReloadRequiredEvent {
        cursor
        reason
      }
    }
  }
`);
