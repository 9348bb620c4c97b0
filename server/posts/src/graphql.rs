//! Posts in the GraphQL schema: arguments in, domain calls, views out. No rule stands here.

mod inputs;
mod kinds;
mod mutation;
mod object;
mod query;

use async_graphql::{Context, Request};
use kernel::PostId;
use platform::graphql::loader;
use platform::{ContextExt, Reader};

use crate::loaders::{
    AudienceByPost, BackingByPost, PollByPost, PostById, PraisedByPost, SeenByPost,
    StandingByCommunity, VisitByCommunity,
};

pub use kinds::{
    Announcement, AnnouncementAudience, Closure, Idea, Poll, PollOption, Praise, Question,
    SharedPost,
};
pub use mutation::{PostDeletePayload, PostPayload, PostsMutation, ReactionPayload, ReplyPayload};
pub use object::{Post, PostConnection, PostEdge};
pub use query::PostsQuery;

/// Adds this room's loaders to a request (or to one delivered event).
pub fn request_data(request: Request, reader: &Reader) -> Request {
    let reader = || reader.clone();
    request
        .data(loader(PostById { reader: reader() }))
        .data(loader(AudienceByPost { reader: reader() }))
        .data(loader(PraisedByPost { reader: reader() }))
        .data(loader(PollByPost { reader: reader() }))
        .data(loader(BackingByPost { reader: reader() }))
        .data(loader(SeenByPost { reader: reader() }))
        .data(loader(StandingByCommunity { reader: reader() }))
        .data(loader(VisitByCommunity { reader: reader() }))
}

/// A post, if the viewer may see it; through the request's loader.
///
/// # Errors
/// Database errors.
pub async fn post(ctx: &Context<'_>, id: PostId) -> async_graphql::Result<Option<Post>> {
    let found = ctx.loader::<PostById, PostId>().load_one(id).await;
    Ok(found?.map(Post::from))
}

/// The posts among `ids` that the viewer may see, in the same order; through the request's loader.
///
/// # Errors
/// Database errors.
pub async fn posts(ctx: &Context<'_>, ids: &[PostId]) -> async_graphql::Result<Vec<Post>> {
    let found = ctx
        .loader::<PostById, PostId>()
        .load_many(ids.iter().copied())
        .await;
    let mut found = found?;
    Ok(ids
        .iter()
        .filter_map(|id| found.remove(id).map(Post::from))
        .collect())
}
