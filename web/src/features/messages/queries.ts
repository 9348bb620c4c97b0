import { graphql } from "@/graphql";

export const ConversationParts = graphql(`
  fragment ConversationParts on Conversation {
    id
    title
    unreadCount
    lastActivityAt
    members {
      id
      handle
      name
      avatarUrl
      avatarColor
      presence
    }
    lastMessage {
      id
      excerpt
      sentAt
      author {
        id
        name
      }
    }
  }
`);

export const MessageParts = graphql(`
  fragment MessageParts on Message {
    id
    conversationId
    bodyHtml
    bodySource
    sentAt
    author {
      id
      handle
      name
      avatarUrl
      avatarColor
    }
  }
`);

export const ConversationsQuery = graphql(`
  query Conversations($first: Int!, $after: String) {
    conversations(first: $first, after: $after) {
      nodes {
        ...ConversationParts
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const ConversationQuery = graphql(`
  query Conversation($id: ID!, $last: Int!, $before: String) {
    conversation(id: $id) {
      ...ConversationParts
      messages(last: $last, before: $before) {
        nodes {
          ...MessageParts
        }
        pageInfo {
          hasPreviousPage
          startCursor
        }
      }
    }
  }
`);

export const ConversationStartMutation = graphql(`
  mutation ConversationStart($input: ConversationStartInput!) {
    conversationStart(input: $input) {
      conversation {
        ...ConversationParts
        id
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const MessageSendMutation = graphql(`
  mutation MessageSend($input: MessageSendInput!) {
    messageSend(input: $input) {
      message {
        ...MessageParts
      }
      conversation {
        ...ConversationParts
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const ConversationMarkReadMutation = graphql(`
  mutation ConversationMarkRead($input: ConversationMarkReadInput!) {
    conversationMarkRead(input: $input) {
      conversation {
        id
        unreadCount
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);
