import { graphql } from "@/graphql";

export const ProfileUpdateMutation = graphql(`
  mutation ProfileUpdate($input: ProfileUpdateInput!) {
    profileUpdate(input: $input) {
      viewer {
        person {
          id
          name
          title
          about
          aboutHtml
          pronunciation
          location
        }
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const AvatarSetMutation = graphql(`
  mutation AvatarSet($input: AvatarSetInput!) {
    avatarSet(input: $input) {
      person {
        id
        avatarUrl
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const PasswordChangeMutation = graphql(`
  mutation PasswordChange($input: PasswordChangeInput!) {
    passwordChange(input: $input) {
      viewer {
        mustChangePassword
        ...Sessions
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const SessionRevokeMutation = graphql(`
  mutation SessionRevoke($input: SessionRevokeInput!) {
    sessionRevoke(input: $input) {
      viewer {
        ...Sessions
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const AccessTokenCreateMutation = graphql(`
  mutation AccessTokenCreate($input: AccessTokenCreateInput!) {
    accessTokenCreate(input: $input) {
      secret
      accessToken {
        id
        name
        scopes
        createdAt
        lastUsedAt
        expiresAt
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const AccessTokenRevokeMutation = graphql(`
  mutation AccessTokenRevoke($input: AccessTokenRevokeInput!) {
    accessTokenRevoke(input: $input) {
      viewer {
        ...Tokens
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);
