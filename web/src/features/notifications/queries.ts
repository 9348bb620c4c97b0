import { graphql } from "@/graphql";

export const NotificationParts = graphql(`
  fragment NotificationParts on Notification {
    id
    kind
    createdAt
    isRead
    actorCount
    excerpt
    actors {
      id
      name
      avatarUrl
      avatarColor
    }
    post {
      id
      title
      excerpt
    }
    reply {
      id
    }
    dispatch {
      id
      language
      texts {
        language
        title
      }
    }
    lineQuestionId
    community {
      id
      slug
      name
      coverColor
    }
  }
`);

export const NotificationsQuery = graphql(`
  query Notifications($unreadOnly: Boolean!, $first: Int!, $after: String) {
    notifications(unreadOnly: $unreadOnly, first: $first, after: $after) {
      unreadCount
      nodes {
        ...NotificationParts
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const NotificationsMarkReadMutation = graphql(`
  mutation NotificationsMarkRead($input: NotificationsMarkReadInput!) {
    notificationsMarkRead(input: $input) {
      changedIds
      unread {
        ...Unread
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);
