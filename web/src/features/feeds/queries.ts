import { graphql } from "@/graphql";

export const TopicQuery = graphql(`
  query Topic($name: String!) {
    topic(name: $name) {
      name
      postCount
      isFollowedByViewer
    }
  }
`);

/** What stands beside the home feed. */
export const HomeAsideQuery = graphql(`
  query HomeAside {
    drafts {
      id
    }
    topics(first: 8) {
      name
      postCount
      isFollowedByViewer
    }
  }
`);
