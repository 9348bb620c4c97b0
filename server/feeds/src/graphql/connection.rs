//! A page of a feed.

use async_graphql::{Context, Object, Result, SimpleObject};
use content::PostKind;
use identity::graphql::{Person, person};
use kernel::{PageInfo, PostId, Timestamp};
use platform::ContextExt;
use posts::graphql::{Post, posts};
use std::collections::HashMap;

use crate::model::{FeedScope, Reason, ReasonCode};
use crate::queries::{self, FeedPage};
use crate::subscribers::encode_cursor;

/// Why an item is in a feed.
#[derive(Debug, Clone)]
pub struct FeedReason {
    reason: Reason,
}

/// Why an item is in a feed.
#[Object]
impl FeedReason {
    /// Kind of the reason.
    async fn code(&self) -> ReasonCode {
        self.reason.code
    }

    /// Share of the ranked score that this reason brought; 0 in latest order.
    async fn weight(&self) -> f64 {
        self.reason.weight
    }

    /// Person the viewer follows, where that is the reason.
    async fn person(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        match self.reason.person {
            Some(id) => Ok(Some(person(ctx, id).await?)),
            None => Ok(None),
        }
    }

    /// Topic the viewer follows, where that is the reason.
    async fn topic(&self) -> Option<&str> {
        self.reason.topic.as_deref()
    }
}

/// One post in a feed.
#[derive(Clone, SimpleObject)]
pub struct FeedEdge {
    /// Place of this item in the feed.
    pub cursor: String,
    /// Post itself.
    pub node: Post,
    /// Why it is there, strongest first; never empty.
    pub reasons: Vec<FeedReason>,
    /// Ranked score, the sum of the weights of the reasons; 0 in latest order.
    pub score: f64,
    /// Whether it was published after the viewer's last visit.
    pub is_new: bool,
}

/// A page of a feed.
pub struct FeedConnection {
    edges: Vec<FeedEdge>,
    page_info: PageInfo,
    new_since: Option<Timestamp>,
    live_cursor: String,
    scope: FeedScope,
    kind: Option<PostKind>,
}

impl FeedConnection {
    /// Loads the posts of a page, those that are still to be seen. `live` is the place of the journal
    /// before the page was read.
    pub(super) async fn load(
        ctx: &Context<'_>,
        scope: FeedScope,
        kind: Option<PostKind>,
        page: FeedPage,
        live: kernel::Position,
    ) -> Result<Self> {
        let ids: Vec<PostId> = page.items.iter().map(|(_, item)| item.entry.post).collect();
        let loaded = posts(ctx, &ids).await?;
        let mut loaded: HashMap<PostId, Post> = loaded
            .into_iter()
            .map(|post| (post.view().id(), post))
            .collect();
        let edges: Vec<FeedEdge> = page
            .items
            .into_iter()
            .filter_map(|(cursor, item)| {
                let node = loaded.remove(&item.entry.post)?;
                let reasons = item.reasons.into_iter();
                Some(FeedEdge {
                    cursor,
                    node,
                    reasons: reasons.map(|reason| FeedReason { reason }).collect(),
                    score: item.score,
                    is_new: item.is_new,
                })
            })
            .collect();
        let community = match scope {
            FeedScope::Community(id) => Some(id),
            _ => None,
        };
        Ok(Self {
            page_info: PageInfo {
                has_next_page: page.has_next,
                has_previous_page: page.has_previous,
                start_cursor: edges.first().map(|edge| edge.cursor.clone()),
                end_cursor: page.end,
            },
            edges,
            new_since: page.marks.new_since(community),
            live_cursor: encode_cursor(live),
            scope,
            kind,
        })
    }
}

/// A page of a feed.
#[Object]
impl FeedConnection {
    /// Items of the page with their cursors.
    async fn edges(&self) -> &[FeedEdge] {
        &self.edges
    }

    /// Items of the page without cursors.
    async fn nodes(&self) -> Vec<Post> {
        self.edges.iter().map(|edge| edge.node.clone()).collect()
    }

    /// Place of the page in the whole feed. A page may be shorter than asked for, even empty, and
    /// still have a next one.
    async fn page_info(&self) -> &PageInfo {
        &self.page_info
    }

    /// Moment of the last visit: everything published after this is new.
    async fn new_since(&self) -> Option<Timestamp> {
        self.new_since
    }

    /// New posts among the newest 100 of the feed.
    async fn new_count(&self, ctx: &Context<'_>) -> Result<i32> {
        let count = queries::new_count(&ctx.reader(), &self.scope, self.kind).await?;
        Ok(i32::try_from(count).unwrap_or(i32::MAX))
    }

    /// Cursor to give to `feedEvents`, so that nothing is missed between page and subscription.
    async fn live_cursor(&self) -> &str {
        &self.live_cursor
    }
}
