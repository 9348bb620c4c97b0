import { graphql } from "@/graphql";

/** What a profile says beside name and title, as far as the viewer may see it. */
export const ProfileDetailsParts = graphql(`
  fragment ProfileDetailsParts on PersonProfile {
    phone
    mobile
    email
    office
    languages
    askAbout
    hrFields
    workingHours {
      timeZone
      weekly
    }
    skills {
      name
      endorsementCount
      isEndorsedByViewer
      endorsers(first: 3) {
        id
        name
      }
    }
    choices {
      phoneFor
      mobileFor
      emailFor
      isSuggested
    }
  }
`);

export const PersonProfileQuery = graphql(`
  query PersonProfile($personId: ID!) {
    personProfile(personId: $personId) {
      ...ProfileDetailsParts
    }
  }
`);

export const PersonCommunitiesQuery = graphql(`
  query PersonCommunities($personId: ID!) {
    personCommunities(personId: $personId, first: 30) {
      totalCount
      nodes {
        id
        slug
        name
      }
    }
  }
`);

export const SkillEndorseMutation = graphql(`
  mutation SkillEndorse($input: SkillEndorseInput!) {
    skillEndorse(input: $input) {
      profile {
        ...ProfileDetailsParts
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const ProfileDetailsUpdateMutation = graphql(`
  mutation ProfileDetailsUpdate($input: ProfileDetailsUpdateInput!) {
    profileDetailsUpdate(input: $input) {
      profile {
        ...ProfileDetailsParts
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);
