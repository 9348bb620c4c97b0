import { graphql } from "@/graphql";

export const ProofQuery = graphql(`
  query DispatchProof($id: ID!) {
    dispatch(id: $id) {
      id
      proof {
        sender
        addressed
        sentAt
        madeAt
        requiredVersion
        obligedCount
        doneCount
        isVerified
        versions {
          number
          madeAt
          texts {
            language
            title
            hash
          }
        }
        batches {
          number
          added
          addedAt
          hash
        }
      }
    }
  }
`);

export const ProofEntriesQuery = graphql(`
  query DispatchProofEntries($id: ID!, $first: Int!, $after: String) {
    dispatch(id: $id) {
      id
      proofEntries(first: $first, after: $after) {
        totalCount
        nodes {
          name
          unitCode
          role
          dueAt
          receipts {
            version
            language
            seenAt
            acknowledgedAt
            method
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`);
