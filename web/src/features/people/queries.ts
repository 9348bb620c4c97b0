import { graphql } from "@/graphql";

/** A person in a list: face, name, what they do. */
export const PersonParts = graphql(`
  fragment PersonParts on Person {
    id
    handle
    name
    title
    location
    avatarUrl
    avatarColor
    presence
    isDeactivated
  }
`);

export const DirectoryQuery = graphql(`
  query Directory($filter: PeopleFilterInput, $first: Int!, $after: String) {
    peopleDirectory(filter: $filter, first: $first, after: $after) {
      totalCount
      nodes {
        ...PersonParts
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const PeopleFacetsQuery = graphql(`
  query PeopleFacets($filter: PeopleFilterInput) {
    peopleFacets(filter: $filter) {
      kind
      values {
        value
        label
        count
      }
    }
  }
`);

/** For fields in which one types a name. */
export const PersonSearchQuery = graphql(`
  query PersonSearch($query: String!) {
    people(query: $query, first: 8) {
      nodes {
        ...PersonParts
      }
    }
  }
`);

export const ProfileParts = graphql(`
  fragment ProfileParts on Person {
    ...PersonParts
    id
    aboutHtml
    pronunciation
    role
    joinedAt
    followerCount
    isFollowedByViewer
    lastActiveAt
  }
`);

export const PersonQuery = graphql(`
  query Person($handle: String!) {
    person(handle: $handle) {
      ...ProfileParts
    }
  }
`);

export const PersonPlaceQuery = graphql(`
  query PersonPlace($personId: ID!) {
    personAssignments(personId: $personId) {
      role
      isHead
      unit {
        id
        name
        kind
        path {
          id
          name
        }
      }
    }
  }
`);

/** The first people of one side of somebody's reporting line. */
export const PersonLineParts = graphql(`
  fragment PersonLineParts on PersonConnection {
    totalCount
    nodes {
      ...PersonParts
    }
  }
`);

export const PersonLineQuery = graphql(`
  query PersonLine($personId: ID!, $first: Int!) {
    personManagers(personId: $personId) {
      ...PersonParts
    }
    personReports(personId: $personId, first: $first) {
      ...PersonLineParts
    }
    personPeers(personId: $personId, first: $first) {
      ...PersonLineParts
    }
  }
`);

export const PersonFollowMutation = graphql(`
  mutation PersonFollow($input: PersonFollowInput!) {
    personFollow(input: $input) {
      person {
        id
        isFollowedByViewer
        followerCount
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const PresenceSubscription = graphql(`
  subscription Presence($personIds: [ID!]!) {
    presenceEvents(personIds: $personIds) {
      person {
        id
        presence
      }
    }
  }
`);
