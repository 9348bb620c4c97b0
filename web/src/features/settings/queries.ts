import { graphql } from "@/graphql";

export const ProfileQuery = graphql(`
  query SettingsProfile {
    viewer {
      person {
        id
        handle
        name
        title
        about
        pronunciation
        location
        avatarUrl
        avatarColor
        email
      }
    }
  }
`);

export const SessionsFragment = graphql(`
  fragment Sessions on Viewer {
    sessions {
      id
      createdAt
      lastUsedAt
      userAgent
      address
      isCurrent
    }
  }
`);

export const SessionsQuery = graphql(`
  query SettingsSessions {
    viewer {
      ...Sessions
    }
  }
`);

export const TokensFragment = graphql(`
  fragment Tokens on Viewer {
    accessTokens {
      id
      name
      scopes
      createdAt
      lastUsedAt
      expiresAt
    }
  }
`);

export const TokensQuery = graphql(`
  query SettingsTokens {
    viewer {
      ...Tokens
    }
  }
`);
