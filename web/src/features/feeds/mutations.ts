import { graphql } from "@/graphql";

export const FeedMarkReadMutation = graphql(`
  mutation FeedMarkRead($input: FeedMarkReadInput!) {
    feedMarkRead(input: $input) {
      undoToken
      unread {
        ...Unread
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const FeedMarkReadUndoMutation = graphql(`
  mutation FeedMarkReadUndo($input: FeedMarkReadUndoInput!) {
    feedMarkReadUndo(input: $input) {
      unread {
        ...Unread
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const FeedVisitMutation = graphql(`
  mutation FeedVisit($input: FeedVisitInput!) {
    feedVisit(input: $input) {
      done
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const TopicFollowMutation = graphql(`
  mutation TopicFollow($input: TopicFollowInput!) {
    topicFollow(input: $input) {
      topic {
        name
        isFollowedByViewer
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);
