import { graphql } from "@/graphql";

export const AdminPersonParts = graphql(`
  fragment AdminPersonParts on Person {
    ...PersonParts
    id
    role
    email
    lastActiveAt
  }
`);

export const AdminPeopleQuery = graphql(`
  query AdminPeople(
    $query: String
    $role: OrganisationRole
    $includeDeactivated: Boolean!
    $first: Int!
    $after: String
  ) {
    people(
      query: $query
      role: $role
      includeDeactivated: $includeDeactivated
      first: $first
      after: $after
    ) {
      totalCount
      nodes {
        ...AdminPersonParts
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const PersonCreateMutation = graphql(`
  mutation PersonCreate($input: PersonCreateInput!) {
    personCreate(input: $input) {
      oneTimePassword
      person {
        ...AdminPersonParts
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const PersonResetPasswordMutation = graphql(`
  mutation PersonResetPassword($input: PersonResetPasswordInput!) {
    personResetPassword(input: $input) {
      oneTimePassword
      person {
        ...AdminPersonParts
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const PersonSetActiveMutation = graphql(`
  mutation PersonSetActive($input: PersonSetActiveInput!) {
    personSetActive(input: $input) {
      person {
        ...AdminPersonParts
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const PersonSetRoleMutation = graphql(`
  mutation PersonSetRole($input: PersonSetRoleInput!) {
    personSetRole(input: $input) {
      person {
        ...AdminPersonParts
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const OrganisationQuery = graphql(`
  query Organisation {
    viewer {
      organisation {
        name
        createdAt
        peopleCount
        allowsPresence
        allowsTyping
        allowsReceipts
      }
    }
  }
`);

export const OrganisationUpdateMutation = graphql(`
  mutation OrganisationUpdate($input: OrganisationUpdateInput!) {
    organisationUpdate(input: $input) {
      organisation {
        name
        createdAt
        peopleCount
        allowsPresence
        allowsTyping
        allowsReceipts
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const HealthQuery = graphql(`
  query Health {
    serverHealth {
      version
      startedAt
      peopleCount
      communityCount
      postCount
      openSockets
      journalLag
      databaseBytes
      mediaBytes
      checks {
        name
        status
        detail
        remedy
      }
    }
  }
`);
