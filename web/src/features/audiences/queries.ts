import { graphql } from "@/graphql";

export const AudiencePreviewQuery = graphql(`
  query AudiencePreview($rule: AudienceRuleInput!, $first: Int!) {
    audiencePreview(rule: $rule) {
      count
      sentence
      countByUnit(first: 6) {
        count
        unit {
          id
          name
        }
      }
      people(first: $first) {
        nodes {
          ...PersonParts
        }
      }
    }
  }
`);

export const AudienceReasonsQuery = graphql(`
  query AudienceReasons($rule: AudienceRuleInput!, $personId: ID!) {
    audienceReasons(rule: $rule, personId: $personId) {
      isIn
      reasons {
        sentence
        holds
        excludes
      }
    }
  }
`);

export const AudienceRolesQuery = graphql(`
  query AudienceRoles {
    audienceRoles {
      name
      count
    }
  }
`);

export const AudienceSkillsQuery = graphql(`
  query AudienceSkills($query: String!) {
    audienceSkills(query: $query, first: 12) {
      name
      count
    }
  }
`);

export const UnitSearchQuery = graphql(`
  query UnitSearch($query: String!) {
    orgUnitSearch(query: $query, first: 12) {
      id
      name
      code
      kind
      parent {
        id
        name
      }
    }
  }
`);

export const AudienceCommunitiesQuery = graphql(`
  query AudienceCommunities($query: String!) {
    communities(scope: ALL, query: $query, first: 12) {
      nodes {
        id
        name
        coverColor
        viewerCan {
          read
        }
      }
    }
  }
`);

/** A kept audience with all that is needed to change it. */
export const AudienceParts = graphql(`
  fragment AudienceParts on Audience {
    id
    name
    isShared
    version
    viewerCanEdit
    owner {
      id
      name
    }
    parts {
      kind
      parent
      withBelow
      headsOnly
      roles
      locations
      languages
      skills
      units {
        id
        name
      }
      communities {
        id
        name
      }
      people {
        ...PersonParts
      }
    }
  }
`);

export const AudiencesQuery = graphql(`
  query Audiences($first: Int!, $after: String) {
    audiences(first: $first, after: $after) {
      totalCount
      nodes {
        id
        name
        isShared
        viewerCanEdit
        owner {
          id
          name
        }
        preview {
          count
          sentence
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

/** Kept audiences to choose from. */
export const KeptAudiencesQuery = graphql(`
  query KeptAudiences($first: Int!) {
    audiences(first: $first) {
      nodes {
        id
        name
      }
    }
  }
`);

export const AudienceQuery = graphql(`
  query Audience($id: ID!) {
    audience(id: $id) {
      ...AudienceParts
    }
  }
`);

export const AudienceCreateMutation = graphql(`
  mutation AudienceCreate($input: AudienceCreateInput!) {
    audienceCreate(input: $input) {
      audience {
        id
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const AudienceUpdateMutation = graphql(`
  mutation AudienceUpdate($input: AudienceUpdateInput!) {
    audienceUpdate(input: $input) {
      audience {
        ...AudienceParts
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const AudienceDeleteMutation = graphql(`
  mutation AudienceDelete($input: AudienceDeleteInput!) {
    audienceDelete(input: $input) {
      audienceId
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);
