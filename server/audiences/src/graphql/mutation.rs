//! Mutations.

use async_graphql::{Context, InputObject, Object, Result, SimpleObject};
use kernel::{AudienceId, UserError, split};
use platform::ContextExt as _;

use super::inputs::AudienceRuleInput;
use super::objects::Audience;
use crate::model::AudienceDraft;
use crate::{commands, queries};

/// Audience to be kept under a name.
#[derive(Debug, InputObject)]
pub struct AudienceCreateInput {
    /// Name, at most 80 characters.
    name: String,
    /// Who is meant.
    rule: AudienceRuleInput,
    /// Whether everybody may use it.
    is_shared: bool,
}

/// What a kept audience is to be from now on.
#[derive(Debug, InputObject)]
pub struct AudienceUpdateInput {
    /// Audience to change.
    audience_id: AudienceId,
    /// Version the change is made for.
    version: i32,
    /// Name, at most 80 characters.
    name: String,
    /// Who is meant.
    rule: AudienceRuleInput,
    /// Whether everybody may use it.
    is_shared: bool,
}

/// Audience to be deleted.
#[derive(Debug, InputObject)]
pub struct AudienceDeleteInput {
    /// Audience to delete.
    audience_id: AudienceId,
}

/// Answer about a kept audience.
#[derive(SimpleObject)]
pub struct AudiencePayload {
    /// Audience after the change.
    audience: Option<Audience>,
    /// What the person can mend.
    user_errors: Vec<UserError>,
}

/// Answer about a deleted audience.
#[derive(SimpleObject)]
pub struct AudienceDeletePayload {
    /// Id of the audience that is gone.
    audience_id: Option<AudienceId>,
    /// What the person can mend.
    user_errors: Vec<UserError>,
}

/// Mutations of audiences.
#[derive(Debug, Default, Clone, Copy)]
pub struct AudiencesMutation;

async fn payload(ctx: &Context<'_>, done: kernel::Result<AudienceId>) -> Result<AudiencePayload> {
    let (id, user_errors) = split(done)?;
    let audience = match id {
        Some(id) => Some(queries::saved(&ctx.reader(), id).await?.into()),
        None => None,
    };
    Ok(AudiencePayload {
        audience,
        user_errors,
    })
}

/// Mutations of audiences.
#[Object]
impl AudiencesMutation {
    /// Keeps an audience under a name.
    async fn audience_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Audience to be kept.")] input: AudienceCreateInput,
    ) -> Result<AudiencePayload> {
        let draft = AudienceDraft {
            name: input.name,
            rule: input.rule.into(),
            is_shared: input.is_shared,
        };
        let done = commands::create(ctx.database(), ctx.viewer(), draft).await;
        payload(ctx, done).await
    }

    /// Changes an audience of the viewer's own.
    async fn audience_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it is to be from now on.")] input: AudienceUpdateInput,
    ) -> Result<AudiencePayload> {
        let id = input.audience_id;
        let draft = AudienceDraft {
            name: input.name,
            rule: input.rule.into(),
            is_shared: input.is_shared,
        };
        let change = commands::update(ctx.database(), ctx.viewer(), (id, input.version), draft);
        let done = change.await.map(|()| id);
        payload(ctx, done).await
    }

    /// Deletes an audience of the viewer's own. What was made from it stays as it is.
    async fn audience_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Audience to delete.")] input: AudienceDeleteInput,
    ) -> Result<AudienceDeletePayload> {
        let id = input.audience_id;
        let done = commands::delete(ctx.database(), ctx.viewer(), id).await;
        let (audience_id, user_errors) = split(done.map(|()| id))?;
        Ok(AudienceDeletePayload {
            audience_id,
            user_errors,
        })
    }
}
