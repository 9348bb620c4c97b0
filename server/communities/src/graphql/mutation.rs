//! Mutations.

use async_graphql::{Context, Object, Result};
use platform::ContextExt;

use crate::commands;
use crate::graphql::inputs::{
    CommunityCreateInput, CommunityIdInput, CommunityInviteInput, CommunityInvitePayload,
    CommunityJoinInput, CommunityPayload, CommunitySetArchivedInput, CommunitySetMutedInput,
    CommunitySetNotificationLevelInput, CommunitySetOfficialInput, CommunityTransferOwnershipInput,
    CommunityUpdateInput, InvitationDecideInput, JoinRequestDecideInput, MemberRemoveInput,
    MemberSetRoleInput,
};

/// Mutations of communities.
#[derive(Debug, Default)]
pub struct CommunitiesMutation;

/// Mutations of communities.
#[Object]
impl CommunitiesMutation {
    /// Creates a community; the viewer becomes its owner.
    async fn community_create(
        &self,
        ctx: &Context<'_>,
        input: CommunityCreateInput,
    ) -> Result<CommunityPayload> {
        let made = match input.check() {
            Ok(new) => commands::create(ctx.database(), ctx.viewer(), new).await,
            Err(error) => Err(error),
        };
        CommunityPayload::after(ctx, made).await
    }

    /// Changes settings of a community. Owners.
    async fn community_update(
        &self,
        ctx: &Context<'_>,
        input: CommunityUpdateInput,
    ) -> Result<CommunityPayload> {
        let (id, change) = input.into_change();
        let done = commands::update(ctx.database(), ctx.viewer(), id, change).await;
        CommunityPayload::after(ctx, done.map(|()| id)).await
    }

    /// Keeps a community for reading only, or takes it back. Owners and network administrators.
    async fn community_set_archived(
        &self,
        ctx: &Context<'_>,
        input: CommunitySetArchivedInput,
    ) -> Result<CommunityPayload> {
        let id = input.community_id;
        let done = commands::set_archived(ctx.database(), ctx.viewer(), id, input.archived).await;
        CommunityPayload::after(ctx, done.map(|()| id)).await
    }

    /// Gives or takes the official mark. Network administrators.
    async fn community_set_official(
        &self,
        ctx: &Context<'_>,
        input: CommunitySetOfficialInput,
    ) -> Result<CommunityPayload> {
        let id = input.community_id;
        let done = commands::set_official(ctx.database(), ctx.viewer(), id, input.official).await;
        CommunityPayload::after(ctx, done.map(|()| id)).await
    }

    /// Joins a community, or asks to join where somebody has to decide.
    async fn community_join(
        &self,
        ctx: &Context<'_>,
        input: CommunityJoinInput,
    ) -> Result<CommunityPayload> {
        let (id, message) = (input.community_id, input.message.as_deref());
        let done = commands::join(ctx.database(), ctx.viewer(), id, message).await;
        CommunityPayload::after(ctx, done.map(|()| id)).await
    }

    /// Leaves a community. Its last owner cannot.
    async fn community_leave(
        &self,
        ctx: &Context<'_>,
        input: CommunityIdInput,
    ) -> Result<CommunityPayload> {
        let id = input.community_id;
        let done = commands::leave(ctx.database(), ctx.viewer(), id).await;
        CommunityPayload::after(ctx, done.map(|()| id)).await
    }

    /// Invites people into a community.
    async fn community_invite(
        &self,
        ctx: &Context<'_>,
        input: CommunityInviteInput,
    ) -> Result<CommunityInvitePayload> {
        let (id, people) = (input.community_id, input.person_ids);
        let done = commands::invite(ctx.database(), ctx.viewer(), id, &people).await;
        let invited = done.as_ref().copied().unwrap_or(0);
        let payload = CommunityPayload::after(ctx, done.map(|_| id)).await?;
        Ok(CommunityInvitePayload {
            community: payload.community,
            invited_count: i32::try_from(invited).unwrap_or(i32::MAX),
            user_errors: payload.user_errors,
        })
    }

    /// Admits somebody who asked to join, or declines. Moderators.
    async fn join_request_decide(
        &self,
        ctx: &Context<'_>,
        input: JoinRequestDecideInput,
    ) -> Result<CommunityPayload> {
        let (id, approve) = (input.join_request_id, input.approve);
        let done = commands::decide_join_request(ctx.database(), ctx.viewer(), id, approve).await;
        CommunityPayload::after(ctx, done).await
    }

    /// Takes back the viewer's request to join.
    async fn join_request_withdraw(
        &self,
        ctx: &Context<'_>,
        input: CommunityIdInput,
    ) -> Result<CommunityPayload> {
        let id = input.community_id;
        let done = commands::withdraw_join_request(ctx.database(), ctx.viewer(), id).await;
        CommunityPayload::after(ctx, done.map(|()| id)).await
    }

    /// Accepts or declines an invitation of the viewer.
    async fn invitation_decide(
        &self,
        ctx: &Context<'_>,
        input: InvitationDecideInput,
    ) -> Result<CommunityPayload> {
        let (id, accept) = (input.invitation_id, input.accept);
        let done = commands::decide_invitation(ctx.database(), ctx.viewer(), id, accept).await;
        CommunityPayload::after(ctx, done).await
    }

    /// Removes a member. Moderators remove members, owners everybody.
    async fn member_remove(
        &self,
        ctx: &Context<'_>,
        input: MemberRemoveInput,
    ) -> Result<CommunityPayload> {
        let (id, person) = (input.community_id, input.person_id);
        let done = commands::remove_member(ctx.database(), ctx.viewer(), id, person).await;
        CommunityPayload::after(ctx, done.map(|()| id)).await
    }

    /// Gives a member another role. Owners; the last owner keeps the role.
    async fn member_set_role(
        &self,
        ctx: &Context<'_>,
        input: MemberSetRoleInput,
    ) -> Result<CommunityPayload> {
        let (id, person, role) = (input.community_id, input.person_id, input.role);
        let done = commands::set_role(ctx.database(), ctx.viewer(), id, person, role).await;
        CommunityPayload::after(ctx, done.map(|()| id)).await
    }

    /// Makes another member the owner. Owners, who become moderators by it; network
    /// administrators where no owner is left.
    async fn community_transfer_ownership(
        &self,
        ctx: &Context<'_>,
        input: CommunityTransferOwnershipInput,
    ) -> Result<CommunityPayload> {
        let (id, person) = (input.community_id, input.person_id);
        let done = commands::transfer_ownership(ctx.database(), ctx.viewer(), id, person).await;
        CommunityPayload::after(ctx, done.map(|()| id)).await
    }

    /// Keeps a community's posts out of the viewer's home feed, or lets them in again.
    async fn community_set_muted(
        &self,
        ctx: &Context<'_>,
        input: CommunitySetMutedInput,
    ) -> Result<CommunityPayload> {
        let id = input.community_id;
        let done = commands::set_muted(ctx.database(), ctx.viewer(), id, input.muted).await;
        CommunityPayload::after(ctx, done.map(|()| id)).await
    }

    /// Chooses what the viewer is notified of in a community.
    async fn community_set_notification_level(
        &self,
        ctx: &Context<'_>,
        input: CommunitySetNotificationLevelInput,
    ) -> Result<CommunityPayload> {
        let (id, level) = (input.community_id, input.level);
        let (database, viewer) = (ctx.database(), ctx.viewer());
        let done = commands::set_notification_level(database, viewer, id, level).await;
        CommunityPayload::after(ctx, done.map(|()| id)).await
    }
}
