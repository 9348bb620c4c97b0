//! Content in the GraphQL schema: arguments in, domain calls, views out. No rule stands here.

mod draft;
pub mod fields;
mod mutation;
mod objects;
mod query;
mod reply;

use async_graphql::{Context, Request};
use kernel::{AttachmentId, DraftId, ReplyId};
use platform::graphql::loader;
use platform::{ContextExt, Reader};

use crate::loaders::{
    AttachmentsByContent, ContentById, LatestRepliesByRoot, LinksByContent, OwnUploadById,
    ReactionsByContent, SharedFilesBySubject, StandingByCommunity, SubscriptionByRoot,
    ThreadByRoot, TopicsByContent,
};
use crate::model::ContentKind;
use crate::queries;

pub use draft::{Draft, DraftVersion};
pub use mutation::{
    AvatarSetInput, ContentMutation, DraftDeletePayload, DraftIdInput, DraftSaveInput,
    DraftSavePayload, TopicFollowInput, TopicPayload,
};
pub use objects::{
    Attachment, LinkCard, Preview, Reaction, ReactionConnection, ReactionCount, ReactionEdge,
    Revision, RevisionConnection, RevisionEdge, Topic,
};
pub use query::ContentQuery;
pub use reply::{Reply, ReplyAbilities, ReplyConnection, ReplyEdge};

/// Adds this room's loaders to a request (or to one delivered event).
pub fn request_data(request: Request, reader: &Reader) -> Request {
    let reader = || reader.clone();
    request
        .data(loader(ContentById { reader: reader() }))
        .data(loader(ThreadByRoot { reader: reader() }))
        .data(loader(SubscriptionByRoot { reader: reader() }))
        .data(loader(LatestRepliesByRoot { reader: reader() }))
        .data(loader(ReactionsByContent { reader: reader() }))
        .data(loader(AttachmentsByContent { reader: reader() }))
        .data(loader(OwnUploadById { reader: reader() }))
        .data(loader(SharedFilesBySubject { reader: reader() }))
        .data(loader(TopicsByContent { reader: reader() }))
        .data(loader(LinksByContent { reader: reader() }))
        .data(loader(StandingByCommunity { reader: reader() }))
}

/// A reply the viewer may see (or its empty place), through the request's loader.
///
/// # Errors
/// Database errors.
pub async fn reply(ctx: &Context<'_>, id: ReplyId) -> async_graphql::Result<Option<Reply>> {
    let found = ctx.loader::<ContentById, _>().load_one(id.into()).await;
    let found = found?;
    Ok(found
        .filter(|content| content.kind == ContentKind::Reply)
        .map(Reply::from))
}

/// An attachment the viewer may see, for the `node` query.
///
/// # Errors
/// Database errors.
pub async fn attachment(
    ctx: &Context<'_>,
    id: AttachmentId,
) -> async_graphql::Result<Option<Attachment>> {
    Ok(queries::attachment(&ctx.reader(), id)
        .await?
        .map(Attachment::from))
}

/// One of the viewer's drafts, for the `node` query.
///
/// # Errors
/// Database errors.
pub async fn draft(ctx: &Context<'_>, id: DraftId) -> async_graphql::Result<Option<Draft>> {
    Ok(queries::draft(&ctx.reader(), id).await?.map(Draft::from))
}
