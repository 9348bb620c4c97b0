//! Unread counts.

use std::sync::Arc;

use async_graphql::{Context, Object, Result, SimpleObject};
use communities::graphql::{Community, community};
use kernel::Position;
use platform::{ContextExt, Reader};

use crate::model::HomeUnread;
use crate::queries::{self, UnreadSource};
use crate::subscribers::encode_cursor;

/// Unread posts of one community.
#[derive(Clone, SimpleObject)]
pub struct CommunityUnread {
    /// Community with unread posts.
    pub community: Community,
    /// Unread posts among its newest 100.
    pub count: i32,
}

/// What the viewer has not read yet.
#[derive(Debug, Clone)]
pub struct UnreadCounts {
    counts: Arc<HomeUnread>,
    live: Position,
}

impl UnreadCounts {
    /// Counts for the reader's viewer. `live` is the place of the journal before they are read.
    ///
    /// # Errors
    /// Database errors.
    pub async fn load(reader: &Reader, live: Position) -> kernel::Result<Self> {
        Ok(Self {
            counts: Arc::new(queries::unread(reader).await?),
            live,
        })
    }
}

fn int(count: i64) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

/// Asks the room that counts `name`.
async fn ask(ctx: &Context<'_>, name: &str) -> Result<i32> {
    let sources = ctx.data_opt::<Vec<Arc<dyn UnreadSource>>>();
    let source = sources
        .into_iter()
        .flatten()
        .find(|source| source.name() == name);
    match source {
        Some(source) => Ok(int(source.count(&ctx.reader()).await?)),
        None => Ok(0),
    }
}

/// What the viewer has not read yet.
#[Object]
impl UnreadCounts {
    /// Unread posts of the viewer's communities since the last visit to the home feed, counted up to 100.
    async fn home(&self) -> i32 {
        int(self.counts.home)
    }

    /// Unread notifications, counted up to 100.
    async fn notifications(&self, ctx: &Context<'_>) -> Result<i32> {
        ask(ctx, "notifications").await
    }

    /// Unread private messages, counted up to 100.
    async fn messages(&self, ctx: &Context<'_>) -> Result<i32> {
        ask(ctx, "messages").await
    }

    /// Dispatches the viewer has still to open or confirm, and answers to his own; counted up to 100.
    async fn dispatches(&self, ctx: &Context<'_>) -> Result<i32> {
        ask(ctx, "dispatches").await
    }

    /// Communities of the viewer with unread posts; muted ones never count.
    async fn communities(&self, ctx: &Context<'_>) -> Result<Vec<CommunityUnread>> {
        let counts = self.counts.communities.iter();
        let load = counts.map(|(id, count)| async move {
            let community = community(ctx, *id).await?;
            Ok::<_, async_graphql::Error>(CommunityUnread {
                community,
                count: int(*count),
            })
        });
        futures_util::future::try_join_all(load).await
    }

    /// Cursor to give to `inboxEvents`, so that nothing is missed between counts and subscription.
    async fn live_cursor(&self) -> String {
        encode_cursor(self.live)
    }
}
