import { graphql } from "@/graphql";

export const ConversationParts = graphql(`
  fragment ConversationParts on Conversation {
    id
    title
    unreadCount
    isMuted
    draft
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
      isDeleted
      attachments {
        id
      }
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
    editedAt
    isDeleted
    answerCount
    author {
      id
      handle
      name
      avatarUrl
      avatarColor
    }
    thread {
      id
      excerpt
      isDeleted
      answerCount
      author {
        id
        name
      }
    }
    reactions {
      ...ReactionParts
    }
    attachments {
      ...AttachmentParts
    }
  }
`);

export const WaitingParts = graphql(`
  fragment WaitingParts on Conversation {
    scheduledMessages {
      id
      bodySource
      sendAt
      attachments {
        id
        fileName
      }
    }
  }
`);

export const ReceiptParts = graphql(`
  fragment ReceiptParts on Conversation {
    receipts {
      readUpTo
      person {
        id
        name
      }
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
  query Conversation($id: ID!, $last: Int!, $before: String, $threadId: ID) {
    conversation(id: $id) {
      ...ConversationParts
      ...WaitingParts
      ...ReceiptParts
      messages(last: $last, before: $before, threadId: $threadId) {
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

export const MessageSearchQuery = graphql(`
  query MessageSearch($id: ID!, $query: String!) {
    conversation(id: $id) {
      id
      search(last: 50, query: $query) {
        nodes {
          ...MessageParts
        }
        pageInfo {
          hasPreviousPage
        }
      }
    }
  }
`);

export const MessageRevisionsQuery = graphql(`
  query MessageRevisions($id: ID!) {
    node(id: $id) {
      __typename
      ... on Message {
        id
        bodySource
        revisions {
          bodySource
          replacedAt
        }
      }
    }
  }
`);

export const MessageEditMutation = graphql(`
  mutation MessageEdit($input: MessageEditInput!) {
    messageEdit(input: $input) {
      message {
        ...MessageParts
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const MessageDeleteMutation = graphql(`
  mutation MessageDelete($input: MessageDeleteInput!) {
    messageDelete(input: $input) {
      message {
        ...MessageParts
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const MessageReactMutation = graphql(`
  mutation MessageReact($input: MessageReactInput!) {
    messageReact(input: $input) {
      message {
        ...MessageParts
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const MessageScheduleMutation = graphql(`
  mutation MessageSchedule($input: MessageScheduleInput!) {
    messageSchedule(input: $input) {
      conversation {
        id
        ...WaitingParts
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const ScheduledMessageCancelMutation = graphql(`
  mutation ScheduledMessageCancel($input: ScheduledMessageCancelInput!) {
    scheduledMessageCancel(input: $input) {
      conversation {
        id
        ...WaitingParts
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const MessageDraftSaveMutation = graphql(`
  mutation MessageDraftSave($input: MessageDraftSaveInput!) {
    messageDraftSave(input: $input) {
      conversation {
        id
        draft
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const ConversationSetMutedMutation = graphql(`
  mutation ConversationSetMuted($input: ConversationSetMutedInput!) {
    conversationSetMuted(input: $input) {
      conversation {
        id
        isMuted
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const ConversationTypingMutation = graphql(`
  mutation ConversationTyping($input: ConversationTypingInput!) {
    conversationTyping(input: $input) {
      isTold
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);
