import { graphql } from "@/graphql";

export const LinePoliciesQuery = graphql(`
  query LinePolicies {
    linePolicies {
      passesQuietHours
      repeatMinutes
      maxRepeats
      unit {
        id
        name
      }
    }
  }
`);

export const LinePolicySetMutation = graphql(`
  mutation LinePolicySet($input: LinePolicySetInput!) {
    linePolicySet(input: $input) {
      policy {
        passesQuietHours
        repeatMinutes
        maxRepeats
        unit {
          id
        }
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const LinePolicyRemoveMutation = graphql(`
  mutation LinePolicyRemove($input: LinePolicyRemoveInput!) {
    linePolicyRemove(input: $input) {
      removedUnitId
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);
