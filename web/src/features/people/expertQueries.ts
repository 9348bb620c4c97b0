import { graphql } from "@/graphql";

export const ExpertsQuery = graphql(`
  query Experts($topic: String, $text: String, $first: Int!) {
    expertSuggestions(topic: $topic, text: $text, first: $first) {
      person {
        ...PersonParts
      }
      reasons {
        kind
        about
        count
      }
    }
  }
`);
