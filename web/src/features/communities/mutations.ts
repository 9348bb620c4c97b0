import { graphql } from "@/graphql";

export const CommunityCreateMutation = graphql(`
  mutation CommunityCreate($input: CommunityCreateInput!) {
    communityCreate(input: $input) {
      community {
        ...CommunityParts
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const CommunityUpdateMutation = graphql(`
  mutation CommunityUpdate($input: CommunityUpdateInput!) {
    communityUpdate(input: $input) {
      community {
        ...CommunityParts
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const CommunitySetArchivedMutation = graphql(`
  mutation CommunitySetArchived($input: CommunitySetArchivedInput!) {
    communitySetArchived(input: $input) {
      community {
        ...CommunityParts
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const CommunitySetOfficialMutation = graphql(`
  mutation CommunitySetOfficial($input: CommunitySetOfficialInput!) {
    communitySetOfficial(input: $input) {
      community {
        ...CommunityParts
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const CommunityJoinMutation = graphql(`
  mutation CommunityJoin($input: CommunityJoinInput!) {
    communityJoin(input: $input) {
      community {
        ...CommunityParts
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const CommunityLeaveMutation = graphql(`
  mutation CommunityLeave($input: CommunityIdInput!) {
    communityLeave(input: $input) {
      community {
        ...CommunityParts
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const JoinRequestWithdrawMutation = graphql(`
  mutation JoinRequestWithdraw($input: CommunityIdInput!) {
    joinRequestWithdraw(input: $input) {
      community {
        ...CommunityParts
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const JoinRequestDecideMutation = graphql(`
  mutation JoinRequestDecide($input: JoinRequestDecideInput!) {
    joinRequestDecide(input: $input) {
      community {
        ...CommunityParts
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const InvitationDecideMutation = graphql(`
  mutation InvitationDecide($input: InvitationDecideInput!) {
    invitationDecide(input: $input) {
      community {
        ...CommunityParts
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const MemberRemoveMutation = graphql(`
  mutation MemberRemove($input: MemberRemoveInput!) {
    memberRemove(input: $input) {
      community {
        ...CommunityParts
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const MemberSetRoleMutation = graphql(`
  mutation MemberSetRole($input: MemberSetRoleInput!) {
    memberSetRole(input: $input) {
      community {
        ...CommunityParts
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const CommunityTransferOwnershipMutation = graphql(`
  mutation CommunityTransferOwnership($input: CommunityTransferOwnershipInput!) {
    communityTransferOwnership(input: $input) {
      community {
        ...CommunityParts
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const CommunitySetMutedMutation = graphql(`
  mutation CommunitySetMuted($input: CommunitySetMutedInput!) {
    communitySetMuted(input: $input) {
      community {
        ...CommunityParts
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const CommunitySetNotificationLevelMutation = graphql(`
  mutation CommunitySetNotificationLevel($input: CommunitySetNotificationLevelInput!) {
    communitySetNotificationLevel(input: $input) {
      community {
        ...CommunityParts
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const CommunityInviteMutation = graphql(`
  mutation CommunityInvite($input: CommunityInviteInput!) {
    communityInvite(input: $input) {
      community {
        ...CommunityParts
      }
      invitedCount
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);
