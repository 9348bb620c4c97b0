import { graphql } from "@/graphql";

/** Who wrote, reacted or is praised, as posts show people. */
export const PostPerson = graphql(`
  fragment PostPerson on Person {
    id
    handle
    name
    title
    avatarUrl
    avatarColor
  }
`);

export const AttachmentParts = graphql(`
  fragment AttachmentParts on Attachment {
    id
    kind
    fileName
    contentType
    sizeBytes
    width
    height
    url
    thumbnailUrl
    altText
  }
`);

export const LinkCardParts = graphql(`
  fragment LinkCardParts on LinkCard {
    url
    title
    description
    siteName
  }
`);

export const ReactionParts = graphql(`
  fragment ReactionParts on ReactionCount {
    emoji
    count
    viewerReacted
  }
`);

export const ReplyParts = graphql(`
  fragment ReplyParts on Reply {
    id
    postId
    parentId
    state
    bodyHtml
    bodySource
    publishedAt
    editedAt
    isBestAnswer
    isImported
    revisionCount
    reactionCount
    author {
      ...PostPerson
    }
    attachments {
      ...AttachmentParts
    }
    links {
      ...LinkCardParts
    }
    reactions {
      ...ReactionParts
    }
    viewerCan {
      edit
      delete
      react
      markAsBestAnswer
    }
  }
`);

export const PollParts = graphql(`
  fragment PollParts on Poll {
    isMultipleChoice
    isAnonymous
    closesAt
    isClosed
    voterCount
    viewerHasVoted
    options {
      id
      text
      voteCount
      viewerChose
    }
  }
`);

export const IdeaParts = graphql(`
  fragment IdeaParts on Idea {
    state
    stateReason
    voteCount
    viewerVoted
  }
`);

/** What counts and votes change; sent with every live event about a post. */
export const PostCounters = graphql(`
  fragment PostCounters on Post {
    id
    replyCount
    reactionCount
    lastActivityAt
    reactions {
      ...ReactionParts
    }
    latestReplies(count: 2) {
      ...ReplyParts
    }
    poll {
      ...PollParts
    }
    idea {
      ...IdeaParts
    }
    announcement {
      seenByViewer
      seenCount
    }
    question {
      isAnswered
      bestAnswer {
        ...ReplyParts
      }
    }
  }
`);

/** A post inside another one. */
export const SharedPostParts = graphql(`
  fragment SharedPostParts on Post {
    id
    kind
    state
    title
    bodyHtml
    publishedAt
    author {
      ...PostPerson
    }
    community {
      id
      slug
      name
      coverColor
    }
    attachments {
      ...AttachmentParts
    }
  }
`);

/** All a card shows. */
export const PostCardParts = graphql(`
  fragment PostCardParts on Post {
    id
    kind
    state
    title
    bodyHtml
    bodySource
    topics
    isPinned
    isImported
    isNewToViewer
    createdAt
    publishedAt
    editedAt
    scheduledFor
    movedFromCommunity
    revisionCount
    viewerSubscription
    author {
      ...PostPerson
    }
    community {
      id
      slug
      name
      coverColor
      isArchived
    }
    attachments {
      ...AttachmentParts
    }
    links {
      ...LinkCardParts
    }
    closure {
      reason
      closedAt
      closedBy {
        ...PostPerson
      }
    }
    sharedFrom {
      post {
        ...SharedPostParts
      }
    }
    praise {
      badge
      people {
        ...PostPerson
      }
    }
    viewerCan {
      edit
      delete
      reply
      react
      pin
      close
      reopen
      move
      share
      markBestAnswer
      setIdeaState
      vote
    }
    ...PostCounters
  }
`);
