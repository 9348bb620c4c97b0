import { graphql } from "@/graphql";

/** One post of a list, read from what the list has brought. */
export const PostCardQuery = graphql(`
  query PostCard($id: ID!) {
    post(id: $id) {
      ...PostCardParts
    }
  }
`);

export const ReplyQuery = graphql(`
  query ThreadReply($id: ID!) {
    reply(id: $id) {
      ...ReplyParts
    }
  }
`);

export const RepliesQuery = graphql(`
  query ThreadReplies($postId: ID!, $last: Int!, $before: String) {
    post(id: $postId) {
      id
      replies(last: $last, before: $before) {
        totalCount
        pageInfo {
          hasPreviousPage
          startCursor
        }
        nodes {
          ...ReplyParts
        }
      }
    }
  }
`);

export const ReactorsQuery = graphql(`
  query Reactors($postId: ID!, $first: Int!, $after: String) {
    post(id: $postId) {
      id
      reactors(first: $first, after: $after) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          emoji
          createdAt
          person {
            ...PostPerson
          }
        }
      }
    }
  }
`);

export const PostRevisionsQuery = graphql(`
  query PostRevisions($id: ID!, $first: Int!, $after: String) {
    post(id: $id) {
      id
      title
      bodySource
      editedAt
      revisions(first: $first, after: $after) {
        ...RevisionPage
      }
    }
  }
`);

export const ReplyRevisionsQuery = graphql(`
  query ReplyRevisions($id: ID!, $first: Int!, $after: String) {
    reply(id: $id) {
      id
      bodySource
      editedAt
      revisions(first: $first, after: $after) {
        ...RevisionPage
      }
    }
  }
`);

export const RevisionPage = graphql(`
  fragment RevisionPage on RevisionConnection {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      number
      createdAt
      title
      bodySource
      bodyHtml
      editor {
        ...PostPerson
      }
    }
  }
`);

export const ScheduledPostsQuery = graphql(`
  query ScheduledPosts($first: Int!, $after: String) {
    scheduledPosts(first: $first, after: $after) {
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        ...PostCardParts
      }
    }
  }
`);

export const DraftsQuery = graphql(`
  query Drafts {
    drafts {
      ...DraftParts
    }
  }
`);

export const DraftQuery = graphql(`
  query Draft($id: ID!) {
    draft(id: $id) {
      ...DraftParts
    }
  }
`);

export const DraftVersionsQuery = graphql(`
  query DraftVersions($id: ID!) {
    draft(id: $id) {
      id
      version
      versions {
        version
        title
        body
        savedAt
      }
    }
  }
`);

export const DraftParts = graphql(`
  fragment DraftParts on Draft {
    id
    version
    kind
    replyToPostId
    title
    body
    extras
    updatedAt
    conflictOfDraftId
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

export const PreviewQuery = graphql(`
  query Preview($body: String!) {
    preview(body: $body) {
      bodyHtml
      characterCount
      maxCharacters
    }
  }
`);

/** Communities to write in; the picker keeps those where the viewer may. */
export const WritableCommunitiesQuery = graphql(`
  query WritableCommunities($query: String, $scope: CommunityScope!) {
    communities(scope: $scope, query: $query, first: 30) {
      nodes {
        ...CommunityChoice
      }
    }
  }
`);

export const CommunityChoiceQuery = graphql(`
  query CommunityChoice($id: ID!) {
    community(id: $id) {
      ...CommunityChoice
    }
  }
`);

export const CommunityChoice = graphql(`
  fragment CommunityChoice on Community {
    id
    slug
    name
    coverColor
    memberCount
    visibility
    viewerCan {
      post
      announce
    }
  }
`);

export const MentionPeopleQuery = graphql(`
  query MentionPeople($query: String!) {
    people(query: $query, first: 6) {
      nodes {
        ...PostPerson
      }
    }
  }
`);

export const MentionCommunitiesQuery = graphql(`
  query MentionCommunities($query: String!) {
    communities(query: $query, first: 6) {
      nodes {
        id
        slug
        name
        coverColor
        memberCount
      }
    }
  }
`);

export const MentionTopicsQuery = graphql(`
  query MentionTopics($query: String!) {
    topics(query: $query, first: 6) {
      name
      postCount
    }
  }
`);

export const AttachmentQuery = graphql(`
  query UploadedAttachment($id: ID!) {
    node(id: $id) {
      __typename
      ... on Attachment {
        ...AttachmentParts
      }
    }
  }
`);
