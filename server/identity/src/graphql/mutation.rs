//! Root fields for writing.

use async_graphql::{Context, Object};
use kernel::{PersonId, Result, split};
use platform::ContextExt as _;

use super::inputs::{
    AccessTokenCreateInput, AccessTokenRevokeInput, OrganisationUpdateInput, PasswordChangeInput,
    PersonCreateInput, PersonFollowInput, PersonResetPasswordInput, PersonSetActiveInput,
    PersonSetRoleInput, ProfileUpdateInput, SessionRevokeInput, SettingsUpdateInput,
};
use super::payloads::{
    AccessTokenCreatePayload, OrganisationPayload, PersonCredentialsPayload, PersonPayload,
    ViewerPayload,
};
use super::{AccessToken, Organisation, Person};
use crate::commands;
use crate::model::{HouseChange, Password};
use crate::queries;
use crate::subscribers::Authenticator;

/// Changes of people, accounts and the organisation.
#[derive(Default)]
pub struct IdentityMutation;

/// Changes of people, accounts and the organisation.
#[Object]
impl IdentityMutation {
    /// Changes how others see the viewer.
    async fn profile_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Profile to be.")] input: ProfileUpdateInput,
    ) -> async_graphql::Result<ViewerPayload> {
        let done = commands::profile_update(ctx.database(), ctx.viewer(), input.into());
        ViewerPayload::of(ctx, done.await).await
    }

    /// Changes what the viewer has chosen.
    async fn settings_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Settings to change.")] input: SettingsUpdateInput,
    ) -> async_graphql::Result<ViewerPayload> {
        let done = commands::settings_update(ctx.database(), ctx.viewer(), input.into());
        ViewerPayload::of(ctx, done.await).await
    }

    /// Changes the viewer's password and signs all other devices out.
    async fn password_change(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Password in force and password to be.")] input: PasswordChangeInput,
    ) -> async_graphql::Result<ViewerPayload> {
        let authenticator = ctx.data::<Authenticator>()?;
        let (current, new) = (&input.current_password, &input.new_password);
        let done = commands::password_change(authenticator, ctx.viewer(), current, new);
        ViewerPayload::of(ctx, done.await).await
    }

    /// Signs the viewer out on one device.
    async fn session_revoke(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Session to end.")] input: SessionRevokeInput,
    ) -> async_graphql::Result<ViewerPayload> {
        let done = commands::session_revoke(ctx.database(), ctx.viewer(), input.session_id);
        ViewerPayload::of(ctx, done.await).await
    }

    /// Makes a personal access token. Its secret is shown once.
    async fn access_token_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Token to be.")] input: AccessTokenCreateInput,
    ) -> async_graphql::Result<AccessTokenCreatePayload> {
        let done = commands::access_token_create(ctx.database(), ctx.viewer(), input.into());
        let (made, user_errors) = split(done.await)?;
        let Some((id, secret)) = made else {
            return Ok(AccessTokenCreatePayload {
                access_token: None,
                secret: None,
                user_errors,
            });
        };
        let tokens = queries::access_tokens(&ctx.reader()).await?;
        let token = tokens.into_iter().find(|token| token.id == id);
        Ok(AccessTokenCreatePayload {
            access_token: token.map(AccessToken::from),
            secret: Some(secret.expose().to_owned()),
            user_errors,
        })
    }

    /// Takes a personal access token back.
    async fn access_token_revoke(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Token to take back.")] input: AccessTokenRevokeInput,
    ) -> async_graphql::Result<ViewerPayload> {
        let token = input.access_token_id;
        let done = commands::access_token_revoke(ctx.database(), ctx.viewer(), token);
        ViewerPayload::of(ctx, done.await).await
    }

    /// Follows a person, or no longer.
    async fn person_follow(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whom to follow or not.")] input: PersonFollowInput,
    ) -> async_graphql::Result<PersonPayload> {
        let (person, follow) = (input.person_id, input.follow);
        let done = commands::person_follow(ctx.database(), ctx.viewer(), person, follow);
        PersonPayload::of(ctx, done.await).await
    }

    /// Makes a person with a one-time password. Network admins only.
    async fn person_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Person to be.")] input: PersonCreateInput,
    ) -> async_graphql::Result<PersonCredentialsPayload> {
        let done = commands::person_create(ctx.database(), ctx.viewer(), input.into());
        credentials(ctx, done.await).await
    }

    /// Lets a person sign in, or no longer. Network admins only.
    async fn person_set_active(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whether the person may sign in.")] input: PersonSetActiveInput,
    ) -> async_graphql::Result<PersonPayload> {
        let (person, active) = (input.person_id, input.active);
        let done = commands::person_set_active(ctx.database(), ctx.viewer(), person, active);
        PersonPayload::of(ctx, done.await).await
    }

    /// Makes a person a network admin, or no longer. Network admins only.
    async fn person_set_role(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Role to be.")] input: PersonSetRoleInput,
    ) -> async_graphql::Result<PersonPayload> {
        let (person, role) = (input.person_id, input.role);
        let done = commands::person_set_role(ctx.database(), ctx.viewer(), person, role);
        PersonPayload::of(ctx, done.await).await
    }

    /// Gives a person a new one-time password and signs the person out everywhere. Network admins
    /// only.
    async fn person_reset_password(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Person who needs it.")] input: PersonResetPasswordInput,
    ) -> async_graphql::Result<PersonCredentialsPayload> {
        let person = input.person_id;
        let done = commands::person_reset_password(ctx.database(), ctx.viewer(), person).await;
        credentials(ctx, done.map(|password| (person, password))).await
    }

    /// Renames the organisation, and decides what it allows of what tells about people. Network admins only.
    async fn organisation_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to change.")] input: OrganisationUpdateInput,
    ) -> async_graphql::Result<OrganisationPayload> {
        let change = HouseChange {
            presence: input.allows_presence,
            typing: input.allows_typing,
            receipts: input.allows_receipts,
        };
        let done = commands::organisation_update(ctx.database(), ctx.viewer(), &input.name, change);
        let (done, user_errors) = split(done.await)?;
        let organisation = match done {
            Some(()) => queries::organisation(&ctx.reader()).await?,
            None => None,
        };
        Ok(OrganisationPayload {
            organisation: organisation.map(Organisation::from),
            user_errors,
        })
    }
}

async fn credentials(
    ctx: &Context<'_>,
    done: Result<(PersonId, Password)>,
) -> async_graphql::Result<PersonCredentialsPayload> {
    let (made, user_errors) = split(done)?;
    let (person, password) = made.unzip();
    let person = match person {
        Some(id) => Some(Person::from(queries::person(&ctx.reader(), id).await?)),
        None => None,
    };
    Ok(PersonCredentialsPayload {
        person,
        one_time_password: password.map(|password| password.expose().to_owned()),
        user_errors,
    })
}
