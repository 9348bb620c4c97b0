//! The GraphQL face of people and accounts. Thin: arguments in, views out.

mod inputs;
mod mutation;
mod organisation;
mod payloads;
mod person;
mod query;
mod viewer;

use async_graphql::{Context, Request};
use kernel::{Error, PersonId};
use platform::graphql::loader;
use platform::{ContextExt as _, Reader};

use crate::loaders::{FollowedByPerson, FollowerCountByPerson, PersonById};

pub use inputs::{
    AccessTokenCreateInput, AccessTokenRevokeInput, OrganisationUpdateInput, PasswordChangeInput,
    PersonCreateInput, PersonFollowInput, PersonResetPasswordInput, PersonSetActiveInput,
    PersonSetRoleInput, ProfileUpdateInput, SessionRevokeInput, SettingsUpdateInput,
};
pub use mutation::IdentityMutation;
pub use organisation::Organisation;
pub use payloads::{
    AccessTokenCreatePayload, OrganisationPayload, PersonCredentialsPayload, PersonPayload,
    ViewerPayload,
};
pub use person::{Person, PersonConnection, PersonEdge};
pub use query::IdentityQuery;
pub use viewer::{AccessToken, Session, Viewer, ViewerAbilities, ViewerSettings};

/// Adds this room's loaders to a request.
pub fn request_data(request: Request, reader: &Reader) -> Request {
    request
        .data(loader(PersonById {
            reader: reader.clone(),
        }))
        .data(loader(FollowerCountByPerson {
            reader: reader.clone(),
        }))
        .data(loader(FollowedByPerson {
            reader: reader.clone(),
        }))
}

/// A person, through the request's loader.
///
/// # Errors
/// `NotFound`, database errors.
pub async fn person(ctx: &Context<'_>, id: PersonId) -> async_graphql::Result<Person> {
    let found = person_if_visible(ctx, id).await?;
    found.ok_or_else(|| Error::NotFound.into())
}

/// A person if there is one of this id, through the request's loader.
///
/// # Errors
/// Database errors.
pub async fn person_if_visible(
    ctx: &Context<'_>,
    id: PersonId,
) -> async_graphql::Result<Option<Person>> {
    let found = ctx.loader::<PersonById, PersonId>().load_one(id).await;
    Ok(found?.map(Person::from))
}

/// People in the order of their ids, through the request's loader; who is not there is left out.
///
/// # Errors
/// Database errors.
pub async fn people(ctx: &Context<'_>, ids: &[PersonId]) -> async_graphql::Result<Vec<Person>> {
    let found = ctx
        .loader::<PersonById, PersonId>()
        .load_many(ids.iter().copied())
        .await?;
    let people = ids.iter().filter_map(|id| found.get(id).cloned());
    Ok(people.map(Person::from).collect())
}
