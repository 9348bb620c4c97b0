//! Queries of this room.

use async_graphql::{Context, Object, Result};
use content::PostKind;
use identity::FeedOrder;
use kernel::{CommunityId, PageArgs, PersonId};
use platform::ContextExt;

use super::connection::FeedConnection;
use super::inputs::topic_scope;
use super::unread::UnreadCounts;
use crate::model::FeedScope;
use crate::queries::{self, Rankings};

/// Feeds and unread counts. Keeps the ranked lists of this node, so the schema is built once.
#[derive(Debug, Default)]
pub struct FeedsQuery {
    rankings: Rankings,
}

async fn list(
    ctx: &Context<'_>,
    scope: FeedScope,
    kind: Option<PostKind>,
    args: &PageArgs,
) -> Result<FeedConnection> {
    // The journal's place first: what happens while the page is read is delivered live.
    let live = ctx.hub().head();
    let page = queries::feed(&ctx.reader(), &scope, kind, args).await?;
    FeedConnection::load(ctx, scope, kind, page, live).await
}

/// Feeds and unread counts.
#[Object]
impl FeedsQuery {
    /// Home feed of the viewer: communities the viewer is in, and what followed people and topics
    /// bring. In latest order unseen announcements stand on top of the first page.
    async fn home_feed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Order of the items.", default_with = "FeedOrder::Latest")]
        order: FeedOrder,
        #[graphql(desc = "Number of items, 1 to 100.")] first: i32,
        #[graphql(desc = "Cursor behind which the page starts.")] after: Option<String>,
    ) -> Result<FeedConnection> {
        let args = PageArgs::forward(first, after)?;
        let live = ctx.hub().head();
        let page = queries::home(&ctx.reader(), &self.rankings, order, &args).await?;
        FeedConnection::load(ctx, FeedScope::Home, None, page, live).await
    }

    /// Posts of followed people, topics and threads, newest first.
    async fn following_feed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Number of items, 1 to 100.")] first: i32,
        #[graphql(desc = "Cursor behind which the page starts.")] after: Option<String>,
    ) -> Result<FeedConnection> {
        list(
            ctx,
            FeedScope::Following,
            None,
            &PageArgs::forward(first, after)?,
        )
        .await
    }

    /// Posts of a community, newest first; pinned ones stand on top of the first page. Empty for who
    /// may not read there.
    async fn community_feed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Community to read.")] community_id: CommunityId,
        #[graphql(desc = "Only posts of this kind.")] kind: Option<PostKind>,
        #[graphql(desc = "Number of items, 1 to 100.")] first: i32,
        #[graphql(desc = "Cursor behind which the page starts.")] after: Option<String>,
    ) -> Result<FeedConnection> {
        let args = PageArgs::forward(first, after)?;
        list(ctx, FeedScope::Community(community_id), kind, &args).await
    }

    /// Posts with a topic that the viewer may see, newest first.
    async fn topic_feed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Topic, with or without #.")] topic: String,
        #[graphql(desc = "Number of items, 1 to 100.")] first: i32,
        #[graphql(desc = "Cursor behind which the page starts.")] after: Option<String>,
    ) -> Result<FeedConnection> {
        list(
            ctx,
            topic_scope(&topic)?,
            None,
            &PageArgs::forward(first, after)?,
        )
        .await
    }

    /// Posts a person wrote that the viewer may see, newest first.
    async fn person_feed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Author of the posts.")] person_id: PersonId,
        #[graphql(desc = "Number of items, 1 to 100.")] first: i32,
        #[graphql(desc = "Cursor behind which the page starts.")] after: Option<String>,
    ) -> Result<FeedConnection> {
        let args = PageArgs::forward(first, after)?;
        list(ctx, FeedScope::Person(person_id), None, &args).await
    }

    /// What the viewer has not read yet.
    async fn unread_counts(&self, ctx: &Context<'_>) -> Result<UnreadCounts> {
        ctx.viewer().require_person()?;
        Ok(UnreadCounts::load(&ctx.reader(), ctx.hub().head()).await?)
    }
}
