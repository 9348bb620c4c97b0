//! Communities in the GraphQL schema: arguments in, domain calls, views out. No rule stands here.

mod inputs;
mod members;
mod mutation;
mod objects;
mod query;

use std::sync::Arc;

use async_graphql::{Context, Request};
use kernel::{CommunityId, Error, InvitationId, JoinRequestId};
use platform::{ContextExt, Reader};

use crate::loaders::{
    CommunityById, MembershipByCommunity, PendingRequestsByCommunity, StandingByCommunity,
};
use crate::model::CommunityView;
use crate::queries;

pub use members::{
    CommunityInvitation, CommunityMember, CommunityMemberConnection, CommunityMemberEdge,
    JoinRequest, JoinRequestConnection, JoinRequestEdge,
};
pub use mutation::CommunitiesMutation;
pub use objects::{
    Community, CommunityAbilities, CommunityConnection, CommunityEdge, ViewerMembership,
};
pub use query::CommunitiesQuery;

/// Adds this room's loaders to a request (or to one delivered event).
pub fn request_data(request: Request, reader: &Reader) -> Request {
    let reader = || reader.clone();
    request
        .data(platform::graphql::loader(CommunityById {
            reader: reader(),
        }))
        .data(platform::graphql::loader(StandingByCommunity {
            reader: reader(),
        }))
        .data(platform::graphql::loader(MembershipByCommunity {
            reader: reader(),
        }))
        .data(platform::graphql::loader(PendingRequestsByCommunity {
            reader: reader(),
        }))
}

/// A community the viewer may know of, through the request's loader.
///
/// # Errors
/// `NotFound` when it is invisible.
pub async fn community(ctx: &Context<'_>, id: CommunityId) -> async_graphql::Result<Community> {
    match visible_community(ctx, id).await? {
        Some(community) => Ok(community),
        None => Err(Error::NotFound.into()),
    }
}

/// A community if the viewer may know of it, through the request's loader.
///
/// # Errors
/// Database errors.
pub async fn visible_community(
    ctx: &Context<'_>,
    id: CommunityId,
) -> async_graphql::Result<Option<Community>> {
    let loader = ctx.loader::<CommunityById, CommunityId>();
    let view: Option<Arc<CommunityView>> = loader.load_one(id).await?;
    Ok(view.map(Community::from))
}

/// A join request the viewer may see, for the `node` query.
///
/// # Errors
/// Database errors.
pub async fn join_request(
    ctx: &Context<'_>,
    id: JoinRequestId,
) -> async_graphql::Result<Option<JoinRequest>> {
    found(
        queries::join_request(&ctx.reader(), ctx.viewer(), id)
            .await
            .map(JoinRequest::from),
    )
}

/// An invitation of the viewer, for the `node` query.
///
/// # Errors
/// Database errors.
pub async fn invitation(
    ctx: &Context<'_>,
    id: InvitationId,
) -> async_graphql::Result<Option<CommunityInvitation>> {
    found(
        queries::invitation(&ctx.reader(), ctx.viewer(), id)
            .await
            .map(CommunityInvitation::from),
    )
}

/// What is not there is null where the schema allows it.
fn found<T>(result: kernel::Result<T>) -> async_graphql::Result<Option<T>> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error.into()),
    }
}
