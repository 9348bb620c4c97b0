//! Members, and those who are on their way in.

use async_graphql::{Context, Object, Result};
use identity::graphql::Person;
use kernel::{InvitationId, JoinRequestId, MembershipId, Timestamp, connection};

use crate::graphql::objects::{Community, standing_of};
use crate::model::{CommunityRole, InvitationView, JoinRequestView, MembershipView};

/// Member of a community.
#[derive(Debug, Clone)]
pub struct CommunityMember {
    view: MembershipView,
}

impl From<MembershipView> for CommunityMember {
    fn from(view: MembershipView) -> Self {
        Self { view }
    }
}

connection!(
    CommunityMemberConnection,
    CommunityMemberEdge,
    CommunityMember,
    total
);

/// Member of a community.
#[Object]
impl CommunityMember {
    /// Global id of the membership.
    async fn id(&self) -> MembershipId {
        self.view.id
    }

    /// Person who is the member.
    async fn person(&self, ctx: &Context<'_>) -> Result<Person> {
        identity::graphql::person(ctx, self.view.person_id).await
    }

    /// Role of the member.
    async fn role(&self) -> CommunityRole {
        self.view.role
    }

    /// Start of the membership.
    async fn since(&self) -> Timestamp {
        self.view.since
    }

    /// Whether the viewer may remove this member.
    async fn viewer_can_remove(&self, ctx: &Context<'_>) -> Result<bool> {
        let standing = standing_of(ctx, self.view.community_id).await?;
        Ok(standing.is_some_and(|s| s.may_remove(self.view.role).is_ok()))
    }

    /// Whether the viewer may give this member another role.
    async fn viewer_can_set_role(&self, ctx: &Context<'_>) -> Result<bool> {
        let standing = standing_of(ctx, self.view.community_id).await?;
        Ok(standing.is_some_and(|s| s.can_change_roles()))
    }
}

/// Request of a person to join a community.
#[derive(Debug, Clone)]
pub struct JoinRequest {
    view: JoinRequestView,
}

impl From<JoinRequestView> for JoinRequest {
    fn from(view: JoinRequestView) -> Self {
        Self { view }
    }
}

connection!(JoinRequestConnection, JoinRequestEdge, JoinRequest, total);

/// Request of a person to join a community.
#[Object]
impl JoinRequest {
    /// Global id of the request.
    pub async fn id(&self) -> JoinRequestId {
        self.view.id
    }

    /// Community the person wishes to join.
    async fn community(&self, ctx: &Context<'_>) -> Result<Community> {
        super::community(ctx, self.view.community_id).await
    }

    /// Person who asks.
    async fn person(&self, ctx: &Context<'_>) -> Result<Person> {
        identity::graphql::person(ctx, self.view.person_id).await
    }

    /// Words of the person to those who decide; may be empty.
    async fn message(&self) -> &str {
        &self.view.message
    }

    /// Moment of the request.
    async fn created_at(&self) -> Timestamp {
        self.view.created_at
    }
}

/// Invitation of the viewer into a community.
#[derive(Debug, Clone)]
pub struct CommunityInvitation {
    view: InvitationView,
}

impl From<InvitationView> for CommunityInvitation {
    fn from(view: InvitationView) -> Self {
        Self { view }
    }
}

/// Invitation of the viewer into a community.
#[Object]
impl CommunityInvitation {
    /// Global id of the invitation.
    pub async fn id(&self) -> InvitationId {
        self.view.id
    }

    /// Community the viewer is invited into.
    async fn community(&self, ctx: &Context<'_>) -> Result<Community> {
        super::community(ctx, self.view.community_id).await
    }

    /// Person who invites.
    async fn invited_by(&self, ctx: &Context<'_>) -> Result<Person> {
        identity::graphql::person(ctx, self.view.invited_by).await
    }

    /// Moment of the invitation.
    async fn created_at(&self) -> Timestamp {
        self.view.created_at
    }
}
