//! What the mutations give back.

use async_graphql::{Context, SimpleObject};
use kernel::{PersonId, Result, UserError, split};
use platform::ContextExt as _;

use super::{AccessToken, Organisation, Person, Viewer};
use crate::queries;

/// Answer of mutations that change what belongs to the viewer.
#[derive(SimpleObject)]
pub struct ViewerPayload {
    /// Viewer after the change; null when there are errors.
    pub viewer: Option<Viewer>,
    /// What is to be mended.
    pub user_errors: Vec<UserError>,
}

impl ViewerPayload {
    pub(super) async fn of(
        ctx: &Context<'_>,
        result: Result<PersonId>,
    ) -> async_graphql::Result<Self> {
        let (person, user_errors) = split(result)?;
        let viewer = match person {
            Some(id) => Some(Viewer::of(ctx, id).await?),
            None => None,
        };
        Ok(Self {
            viewer,
            user_errors,
        })
    }
}

/// Answer of mutations that change a person.
#[derive(SimpleObject)]
pub struct PersonPayload {
    /// Person after the change; null when there are errors.
    pub person: Option<Person>,
    /// What is to be mended.
    pub user_errors: Vec<UserError>,
}

impl PersonPayload {
    /// The payload of a command that changed a person.
    ///
    /// # Errors
    /// Faults, database errors.
    pub async fn of(ctx: &Context<'_>, result: Result<PersonId>) -> async_graphql::Result<Self> {
        let (person, user_errors) = split(result)?;
        let person = match person {
            Some(id) => Some(queries::person(&ctx.reader(), id).await?.into()),
            None => None,
        };
        Ok(Self {
            person,
            user_errors,
        })
    }
}

/// Answer with a one-time password. It is shown once; the person must change it at the first sign-in.
#[derive(SimpleObject)]
pub struct PersonCredentialsPayload {
    /// Person the password belongs to; null when there are errors.
    pub person: Option<Person>,
    /// Password for the first sign-in, shown once.
    pub one_time_password: Option<String>,
    /// What is to be mended.
    pub user_errors: Vec<UserError>,
}

/// Answer of `accessTokenCreate`.
#[derive(SimpleObject)]
pub struct AccessTokenCreatePayload {
    /// Token that was made; null when there are errors.
    pub access_token: Option<AccessToken>,
    /// Secret of the token, shown once.
    pub secret: Option<String>,
    /// What is to be mended.
    pub user_errors: Vec<UserError>,
}

/// Answer of `organisationUpdate`.
#[derive(SimpleObject)]
pub struct OrganisationPayload {
    /// Organisation after the change; null when there are errors.
    pub organisation: Option<Organisation>,
    /// What is to be mended.
    pub user_errors: Vec<UserError>,
}
