//! Fields that every kind of content shares. They take a [`Content`], which exists only for somebody
//! who may see it, and are batched: a page costs as many statements as one item.

use std::sync::Arc;

use async_graphql::{Context, Result};
use kernel::{Error, PageArgs};
use platform::ContextExt;

use super::{
    Attachment, LinkCard, Reaction, ReactionConnection, ReactionCount, Reply, ReplyConnection,
    Revision, RevisionConnection,
};
use crate::loaders::{
    AttachmentsByContent, LatestRepliesByRoot, LinksByContent, ReactionsByContent,
    SharedFilesBySubject, SubscriptionByRoot, ThreadByRoot, TopicsByContent,
};
use crate::model::{Content, ReactionTotal, Thread, ThreadSubscription};
use crate::queries;

/// Most replies shown with a thread in a feed.
const MAX_LATEST: i32 = 10;

/// Thread the content is in.
///
/// # Errors
/// Database errors.
pub async fn thread(ctx: &Context<'_>, content: &Content) -> Result<Arc<Thread>> {
    let found = ctx.loader::<ThreadByRoot, _>().load_one(content.root).await;
    let missing = || Error::bug("content without a thread");
    Ok(found?.ok_or_else(missing)?)
}

/// How the viewer follows the content's thread.
///
/// # Errors
/// Database errors.
pub async fn subscription(ctx: &Context<'_>, content: &Content) -> Result<ThreadSubscription> {
    let found = ctx
        .loader::<SubscriptionByRoot, _>()
        .load_one(content.root)
        .await;
    Ok(found?.unwrap_or(ThreadSubscription::Normal))
}

/// Topics of the content, in alphabetical order.
///
/// # Errors
/// Database errors.
pub async fn topics(ctx: &Context<'_>, content: &Content) -> Result<Vec<String>> {
    if content.is_deleted() {
        return Ok(Vec::new());
    }
    let found = ctx
        .loader::<TopicsByContent, _>()
        .load_one(content.id)
        .await;
    Ok(found?.unwrap_or_default())
}

/// Files of the content, in order.
///
/// # Errors
/// Database errors.
pub async fn attachments(ctx: &Context<'_>, content: &Content) -> Result<Vec<Attachment>> {
    if content.is_deleted() {
        return Ok(Vec::new());
    }
    let found = ctx
        .loader::<AttachmentsByContent, _>()
        .load_one(content.id)
        .await;
    let found = found?.unwrap_or_default();
    Ok(found.into_iter().map(Attachment::from).collect())
}

/// Files shared in a circle of the viewer's that hang on this subject, in order.
///
/// # Errors
/// Database errors.
pub async fn shared_files(ctx: &Context<'_>, subject: uuid::Uuid) -> Result<Vec<Attachment>> {
    let loader = ctx.loader::<SharedFilesBySubject, _>();
    let found = loader.load_one(subject).await?.unwrap_or_default();
    Ok(found.into_iter().map(Attachment::from).collect())
}

/// Cards of the pages the content links to.
///
/// # Errors
/// Database errors.
pub async fn links(ctx: &Context<'_>, content: &Content) -> Result<Vec<LinkCard>> {
    if content.is_deleted() {
        return Ok(Vec::new());
    }
    let found = ctx.loader::<LinksByContent, _>().load_one(content.id).await;
    let found = found?.unwrap_or_default();
    Ok(found.into_iter().map(LinkCard::from).collect())
}

async fn totals(ctx: &Context<'_>, content: &Content) -> Result<Vec<ReactionTotal>> {
    if content.is_deleted() {
        return Ok(Vec::new());
    }
    let found = ctx
        .loader::<ReactionsByContent, _>()
        .load_one(content.id)
        .await;
    Ok(found?.unwrap_or_default())
}

/// Reactions by emoji, most given first.
///
/// # Errors
/// Database errors.
pub async fn reactions(ctx: &Context<'_>, content: &Content) -> Result<Vec<ReactionCount>> {
    let totals = totals(ctx, content).await?;
    Ok(totals.into_iter().map(ReactionCount::from).collect())
}

/// Number of reactions of all emoji together.
///
/// # Errors
/// Database errors.
pub async fn reaction_count(ctx: &Context<'_>, content: &Content) -> Result<i32> {
    let totals = totals(ctx, content).await?;
    let sum = totals.iter().map(|total| total.count).sum();
    Ok(to_int(sum))
}

/// A count as GraphQL writes it.
pub(super) fn to_int(count: i64) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

/// Page of who reacted.
///
/// # Errors
/// `INVALID_PAGE_SIZE`, `INVALID_CURSOR`, database errors.
pub async fn reactors(
    ctx: &Context<'_>,
    content: &Content,
    first: i32,
    after: Option<String>,
) -> Result<ReactionConnection> {
    let (reader, args) = (ctx.reader(), PageArgs::forward(first, after)?);
    let page = queries::reactors(&reader, content, &args).await?;
    let total = queries::reactor_count(&reader, content).await?;
    Ok(ReactionConnection::new(page.map(Reaction::from), total))
}

/// Page of the texts the content has had, newest first.
///
/// # Errors
/// `INVALID_PAGE_SIZE`, `INVALID_CURSOR`, database errors.
pub async fn revisions(
    ctx: &Context<'_>,
    content: &Content,
    first: i32,
    after: Option<String>,
) -> Result<RevisionConnection> {
    let args = PageArgs::forward(first, after)?;
    let page = queries::revisions(&ctx.reader(), content, &args).await?;
    let total = i64::from(queries::revision_count(content));
    Ok(RevisionConnection::new(page.map(Revision::from), total))
}

/// Newest replies of the thread, oldest of them first.
///
/// # Errors
/// Database errors.
pub async fn latest_replies(
    ctx: &Context<'_>,
    content: &Content,
    count: i32,
) -> Result<Vec<Reply>> {
    let count = u64::try_from(count.min(MAX_LATEST)).unwrap_or(0);
    if count == 0 {
        return Ok(Vec::new());
    }
    let loader = ctx.loader::<LatestRepliesByRoot, _>();
    let found = loader.load_one((content.root, count)).await;
    let found = found?.unwrap_or_default();
    Ok(found.into_iter().map(Reply::from).collect())
}

/// Page of the thread's replies, oldest first.
///
/// # Errors
/// `INVALID_PAGE_SIZE`, `INVALID_CURSOR`, database errors.
pub async fn replies(
    ctx: &Context<'_>,
    content: &Content,
    first: Option<i32>,
    after: Option<String>,
    last: Option<i32>,
    before: Option<String>,
) -> Result<ReplyConnection> {
    let (reader, args) = (ctx.reader(), PageArgs::new(first, after, last, before)?);
    let page = queries::replies(&reader, content, &args).await?;
    let total = queries::reply_total(&reader, content).await?;
    Ok(ReplyConnection::new(page.map(Reply::from), total))
}
