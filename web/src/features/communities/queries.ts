import { graphql } from "@/graphql";

/** A community in a list. */
export const CommunityCardParts = graphql(`
  fragment CommunityCardParts on Community {
    id
    slug
    name
    excerpt
    visibility
    joining
    isOfficial
    isAllCompany
    isArchived
    coverColor
    topics
    memberCount
    viewerMembership {
      role
      since
      isMuted
      notificationLevel
    }
    viewerHasRequested
    viewerIsInvited
    viewerCan {
      join
      requestToJoin
    }
  }
`);

/** All of a community that its page shows. */
export const CommunityParts = graphql(`
  fragment CommunityParts on Community {
    ...CommunityCardParts
    id
    description
    descriptionHtml
    posting
    createdAt
    pendingRequestCount
    viewerCan {
      read
      post
      leave
      edit
      invite
      moderate
      manageMembers
      transferOwnership
      archive
      setOfficial
    }
  }
`);

export const CommunitiesQuery = graphql(`
  query Communities(
    $scope: CommunityScope!
    $query: String
    $includeArchived: Boolean!
    $first: Int!
    $after: String
  ) {
    communities(
      scope: $scope
      query: $query
      includeArchived: $includeArchived
      first: $first
      after: $after
    ) {
      totalCount
      nodes {
        ...CommunityCardParts
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const CommunityQuery = graphql(`
  query Community($slug: String!) {
    community(slug: $slug) {
      ...CommunityParts
    }
  }
`);

export const InvitationsQuery = graphql(`
  query Invitations {
    communityInvitations {
      id
      createdAt
      invitedBy {
        id
        name
      }
      community {
        id
        slug
        name
        coverColor
      }
    }
  }
`);

export const MembersQuery = graphql(`
  query CommunityMembers(
    $communityId: ID!
    $query: String
    $role: CommunityRole
    $first: Int!
    $after: String
  ) {
    communityMembers(
      communityId: $communityId
      query: $query
      role: $role
      first: $first
      after: $after
    ) {
      totalCount
      nodes {
        id
        role
        since
        viewerCanRemove
        viewerCanSetRole
        person {
          ...PersonParts
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const JoinRequestsQuery = graphql(`
  query JoinRequests($communityId: ID!, $first: Int!, $after: String) {
    joinRequests(communityId: $communityId, first: $first, after: $after) {
      totalCount
      nodes {
        id
        message
        createdAt
        person {
          ...PersonParts
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);
