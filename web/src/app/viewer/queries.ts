import { graphql } from "@/graphql";

/** Who is signed in, for the shell and for whoever needs a name or an ability. */
export const ViewerQuery = graphql(`
  query Viewer {
    viewer {
      person {
        id
        handle
        name
        title
        avatarUrl
        avatarColor
        role
      }
      organisation {
        name
        allowsPresence
        allowsTyping
        allowsReceipts
      }
      settings {
        locale
        timeZone
        theme
        defaultNotificationLevel
        showPresence
        sendTyping
        sendReceipts
        feedOrder
      }
      viewerCan {
        createCommunity
        administerNetwork
      }
      mustChangePassword
    }
  }
`);

/** On its own, because somebody with a one-time password may ask only for the viewer. */
export const UnreadQuery = graphql(`
  query UnreadCounts {
    unreadCounts {
      ...Unread
    }
  }
`);

export const UnreadFragment = graphql(`
  fragment Unread on UnreadCounts {
    liveCursor
    home
    notifications
    messages
    dispatches
    communities {
      count
      community {
        id
        slug
        name
        coverColor
      }
    }
  }
`);

export const InboxEventsSubscription = graphql(`
  subscription InboxEvents($after: String) {
    inboxEvents(after: $after) {
      __typename
      ... on NotificationEvent {
        cursor
        notification {
          id
          isRead
        }
      }
      ... on UnreadChangedEvent {
        cursor
        unread {
          ...Unread
        }
      }
      ... on MembershipChangedEvent {
        cursor
        communityId
      }
      ... on MessageEvent {
        cursor
        message {
          id
          conversationId
          author {
            id
          }
          ...MessageParts
        }
        conversation {
          id
          unreadCount
          lastActivityAt
          lastMessage {
            id
          }
        }
      }
      ... on MessageChangedEvent {
        cursor
        message {
          id
          conversationId
          ...MessageParts
        }
      }
      ... on ConversationChangedEvent {
        cursor
        conversation {
          id
          unreadCount
          isMuted
          draft
          ...WaitingParts
        }
      }
      ... on ConversationTypingEvent {
        cursor
        conversationId
        person {
          id
          name
        }
      }
      ... on ConversationReadEvent {
        cursor
        conversation {
          id
          unreadCount
          ...ReceiptParts
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

export const SettingsUpdateMutation = graphql(`
  mutation SettingsUpdate($input: SettingsUpdateInput!) {
    settingsUpdate(input: $input) {
      viewer {
        settings {
          locale
          timeZone
          theme
          defaultNotificationLevel
          showPresence
          sendTyping
          sendReceipts
          feedOrder
        }
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);
