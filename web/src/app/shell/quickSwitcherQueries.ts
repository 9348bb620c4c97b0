import { graphql } from "@/graphql";

export const QuickSwitchQuery = graphql(`
  query QuickSwitch($query: String!) {
    people(query: $query, first: 6) {
      nodes {
        id
        handle
        name
        title
        avatarUrl
        avatarColor
      }
    }
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
