//! Mutations of this room.

use std::sync::OnceLock;

use async_graphql::{Context, Object, Result, SimpleObject};
use kernel::{PersonId, UserError, split};
use platform::ContextExt;
use platform::rate::{Limit, RateLimiter};

use super::inputs::{
    FeedMarkReadInput, FeedMarkReadUndoInput, FeedVisitInput, TypingInput, undo_token,
    undo_token_text,
};
use super::unread::UnreadCounts;
use crate::commands;
use crate::policy;

/// Typing signals of one person: one in three seconds over a minute, some at once.
const TYPING: Limit = Limit::Tokens {
    burst: 20,
    seconds: 60,
};

/// Marks, visits and typing. Keeps the limiter of typing signals, so the schema is built once.
#[derive(Debug, Default)]
pub struct FeedsMutation {
    typing_limit: OnceLock<RateLimiter<PersonId>>,
}

/// Result of marking a feed as read, or of taking that back.
#[derive(SimpleObject)]
pub struct FeedMarkReadPayload {
    /// Token to give to `feedMarkReadUndo` within ten minutes.
    pub undo_token: Option<String>,
    /// Unread counts after it.
    pub unread: Option<UnreadCounts>,
    /// What the person can mend.
    pub user_errors: Vec<UserError>,
}

/// Result of something that has no other result.
#[derive(SimpleObject)]
pub struct DonePayload {
    /// Whether it was done.
    pub done: bool,
    /// What the person can mend.
    pub user_errors: Vec<UserError>,
}

async fn counts(ctx: &Context<'_>, done: bool) -> Result<Option<UnreadCounts>> {
    match done {
        true => Ok(Some(
            UnreadCounts::load(&ctx.reader(), ctx.hub().head()).await?,
        )),
        false => Ok(None),
    }
}

/// Marks, visits and typing.
#[Object]
impl FeedsMutation {
    /// Marks everything, or one community, as read up to now.
    async fn feed_mark_read(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to mark.")] input: FeedMarkReadInput,
    ) -> Result<FeedMarkReadPayload> {
        let marked = commands::mark_read(ctx.database(), ctx.viewer(), input.community_id).await;
        let (token, user_errors) = split(marked)?;
        Ok(FeedMarkReadPayload {
            unread: counts(ctx, token.is_some()).await?,
            undo_token: token.map(undo_token_text),
            user_errors,
        })
    }

    /// Takes a marking back, within ten minutes.
    async fn feed_mark_read_undo(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which marking.")] input: FeedMarkReadUndoInput,
    ) -> Result<FeedMarkReadPayload> {
        let undone = match undo_token(&input.undo_token) {
            Ok(token) => commands::undo(ctx.database(), ctx.viewer(), token).await,
            Err(error) => Err(error),
        };
        let (done, user_errors) = split(undone)?;
        Ok(FeedMarkReadPayload {
            undo_token: None,
            unread: counts(ctx, done.is_some()).await?,
            user_errors,
        })
    }

    /// Ends a visit to the home feed or a community: what was published before now is no longer new
    /// next time, and in a community it is read.
    async fn feed_visit(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which visit.")] input: FeedVisitInput,
    ) -> Result<DonePayload> {
        let scope = input.scope_community_id;
        let (done, user_errors) =
            split(commands::end_visit(ctx.database(), ctx.viewer(), scope).await)?;
        Ok(DonePayload {
            done: done.is_some(),
            user_errors,
        })
    }

    /// Tells those who look at a thread that the viewer is writing there. Repeat it every few seconds.
    async fn typing(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Where.")] input: TypingInput,
    ) -> Result<DonePayload> {
        let clock = ctx.database().clock();
        let limiter = self
            .typing_limit
            .get_or_init(|| RateLimiter::new(clock.clone(), TYPING));
        let told = match policy::may_type(&ctx.reader(), input.post_id).await {
            Ok(Some(permit)) => commands::typing(ctx.hub(), limiter, &permit).map(|()| true),
            Ok(None) => Ok(false),
            Err(error) => Err(error),
        };
        let (told, user_errors) = split(told)?;
        Ok(DonePayload {
            done: told.unwrap_or(false),
            user_errors,
        })
    }
}
