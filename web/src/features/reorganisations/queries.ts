import { graphql } from "@/graphql";

export const ReorganisationsQuery = graphql(`
  query Reorganisations($first: Int!, $after: String) {
    reorganisations(first: $first, after: $after) {
      nodes {
        id
        state
        createdAt
        createdBy {
          id
          name
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const ReorganisationParts = graphql(`
  fragment ReorganisationParts on Reorganisation {
    id
    state
    createdAt
    effectiveAt
    appliedAt
    undoneAt
    isStale
    createdBy {
      id
      name
    }
    appliedBy {
      id
      name
    }
    undoneBy {
      id
      name
    }
    totals {
      part
      count
    }
  }
`);

export const ReorganisationQuery = graphql(`
  query Reorganisation($id: ID!) {
    reorganisation(id: $id) {
      ...ReorganisationParts
    }
  }
`);

export const ReorganisationLinesQuery = graphql(`
  query ReorganisationLines(
    $id: ID!
    $part: ReorganisationPart!
    $query: String
    $first: Int!
    $after: String
  ) {
    reorganisationLines(
      reorganisationId: $id
      part: $part
      query: $query
      first: $first
      after: $after
    ) {
      totalCount
      nodes {
        personName
        text
        person {
          id
          handle
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const ReorganisationApplyMutation = graphql(`
  mutation ReorganisationApply($input: ReorganisationIdInput!) {
    reorganisationApply(input: $input) {
      reorganisation {
        ...ReorganisationParts
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const ReorganisationUndoMutation = graphql(`
  mutation ReorganisationUndo($input: ReorganisationIdInput!) {
    reorganisationUndo(input: $input) {
      reorganisation {
        ...ReorganisationParts
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const ReorganisationDiscardMutation = graphql(`
  mutation ReorganisationDiscard($input: ReorganisationIdInput!) {
    reorganisationDiscard(input: $input) {
      reorganisation {
        ...ReorganisationParts
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);
