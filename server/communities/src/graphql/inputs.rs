//! Inputs and payloads of mutations.

use async_graphql::{Context, ID, InputObject, Result, SimpleObject};
use identity::NotificationLevel;
use kernel::{CommunityId, Error, InvitationId, JoinRequestId, PersonId, UserError, split};
use uuid::Uuid;

use crate::graphql::objects::Community;
use crate::model::{
    CommunityChange, CommunityJoining, CommunityPosting, CommunityRole, CommunityVisibility,
    NewCommunity,
};

/// What a new community is to be.
#[derive(Debug, InputObject)]
pub struct CommunityCreateInput {
    /// UUID made by the client; repeating it gives the same community.
    pub client_id: ID,
    /// Name, at most 80 characters.
    pub name: String,
    /// Description as Markdown, at most 5,000 characters; may be empty.
    pub description: String,
    /// Who may know of it and read.
    pub visibility: CommunityVisibility,
    /// How one becomes a member.
    pub joining: CommunityJoining,
    /// Who may start threads.
    #[graphql(default_with = "CommunityPosting::Everybody")]
    pub posting: CommunityPosting,
    /// Topics, at most ten.
    #[graphql(default)]
    pub topics: Vec<String>,
}

impl CommunityCreateInput {
    pub(super) fn check(self) -> kernel::Result<NewCommunity> {
        let client_id = Uuid::try_parse(&self.client_id).map_err(|_| {
            Error::invalid(
                "clientId",
                "INVALID_CLIENT_ID",
                "The client id must be a UUID.",
            )
        })?;
        Ok(NewCommunity {
            client_id: Some(client_id),
            name: self.name,
            description: self.description,
            visibility: self.visibility,
            joining: self.joining,
            posting: self.posting,
            topics: self.topics,
        })
    }
}

/// What is to change about a community; what is left out stays.
#[derive(Debug, InputObject)]
pub struct CommunityUpdateInput {
    /// Community to change.
    pub community_id: CommunityId,
    /// New name; brings a new slug unless one is given.
    pub name: Option<String>,
    /// New description as Markdown.
    pub description: Option<String>,
    /// New visibility; takes effect at once.
    pub visibility: Option<CommunityVisibility>,
    /// New way of joining.
    pub joining: Option<CommunityJoining>,
    /// New rule for starting threads.
    pub posting: Option<CommunityPosting>,
    /// New topics.
    pub topics: Option<Vec<String>>,
    /// New name in addresses; former ones keep leading to the community.
    pub slug: Option<String>,
}

impl CommunityUpdateInput {
    pub(super) fn into_change(self) -> (CommunityId, CommunityChange) {
        let change = CommunityChange {
            name: self.name,
            description: self.description,
            visibility: self.visibility,
            joining: self.joining,
            posting: self.posting,
            topics: self.topics,
            slug: self.slug,
        };
        (self.community_id, change)
    }
}

/// A community.
#[derive(Debug, InputObject)]
pub struct CommunityIdInput {
    /// Community meant.
    pub community_id: CommunityId,
}

/// Whether a community is kept for reading only.
#[derive(Debug, InputObject)]
pub struct CommunitySetArchivedInput {
    /// Community meant.
    pub community_id: CommunityId,
    /// True to archive, false to take it back.
    pub archived: bool,
}

/// Whether a community bears the official mark.
#[derive(Debug, InputObject)]
pub struct CommunitySetOfficialInput {
    /// Community meant.
    pub community_id: CommunityId,
    /// True to give the mark, false to take it.
    pub official: bool,
}

/// A wish to join.
#[derive(Debug, InputObject)]
pub struct CommunityJoinInput {
    /// Community to join.
    pub community_id: CommunityId,
    /// Words to those who decide, where joining is by request; at most 1,000 characters.
    pub message: Option<String>,
}

/// People to invite.
#[derive(Debug, InputObject)]
pub struct CommunityInviteInput {
    /// Community to invite into.
    pub community_id: CommunityId,
    /// People to invite, at most 100.
    pub person_ids: Vec<PersonId>,
}

/// An answer to somebody who asks to join.
#[derive(Debug, InputObject)]
pub struct JoinRequestDecideInput {
    /// Request meant.
    pub join_request_id: JoinRequestId,
    /// True to admit, false to decline.
    pub approve: bool,
}

/// An answer to an invitation.
#[derive(Debug, InputObject)]
pub struct InvitationDecideInput {
    /// Invitation meant.
    pub invitation_id: InvitationId,
    /// True to join, false to decline.
    pub accept: bool,
}

/// A member to remove.
#[derive(Debug, InputObject)]
pub struct MemberRemoveInput {
    /// Community meant.
    pub community_id: CommunityId,
    /// Member to remove.
    pub person_id: PersonId,
}

/// A member's new role.
#[derive(Debug, InputObject)]
pub struct MemberSetRoleInput {
    /// Community meant.
    pub community_id: CommunityId,
    /// Member meant.
    pub person_id: PersonId,
    /// New role.
    pub role: CommunityRole,
}

/// Whether a community's posts stay out of the viewer's home feed.
#[derive(Debug, InputObject)]
pub struct CommunitySetMutedInput {
    /// Community meant.
    pub community_id: CommunityId,
    /// True to mute.
    pub muted: bool,
}

/// What the viewer wants to hear of a community.
#[derive(Debug, InputObject)]
pub struct CommunitySetNotificationLevelInput {
    /// Community meant.
    pub community_id: CommunityId,
    /// New level.
    pub level: NotificationLevel,
}

/// A new owner.
#[derive(Debug, InputObject)]
pub struct CommunityTransferOwnershipInput {
    /// Community meant.
    pub community_id: CommunityId,
    /// Member who becomes the owner.
    pub person_id: PersonId,
}

/// A community after a change.
#[derive(Debug, SimpleObject)]
pub struct CommunityPayload {
    /// Community as it is now; null when it failed or the viewer no longer sees it.
    pub community: Option<Community>,
    /// What the person can mend.
    pub user_errors: Vec<UserError>,
}

impl CommunityPayload {
    /// The community after a command, as far as the viewer still sees it.
    pub(super) async fn after(
        ctx: &Context<'_>,
        result: kernel::Result<CommunityId>,
    ) -> Result<Self> {
        let (id, user_errors) = split(result)?;
        let community = match id {
            Some(id) => super::visible_community(ctx, id).await?,
            None => None,
        };
        Ok(Self {
            community,
            user_errors,
        })
    }
}

/// Outcome of inviting people.
#[derive(Debug, SimpleObject)]
pub struct CommunityInvitePayload {
    /// Community as it is now.
    pub community: Option<Community>,
    /// Number of people invited now; those who were members or invited already do not count.
    pub invited_count: i32,
    /// What the person can mend.
    pub user_errors: Vec<UserError>,
}
