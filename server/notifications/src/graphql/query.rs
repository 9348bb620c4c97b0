//! Root fields that read.

use async_graphql::{Context, Object, Result};
use kernel::PageArgs;
use platform::ContextExt;

use super::objects::NotificationConnection;
use crate::queries;

/// Queries about the list.
#[derive(Debug, Default, Clone, Copy)]
pub struct ListQuery;

/// Notifications.
#[Object]
impl ListQuery {
    /// Notifications of the viewer, newest first.
    #[graphql(complexity = "1 + usize::try_from(first).unwrap_or(0) * child_complexity")]
    async fn notifications(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whether to leave out what was read.", default = false)] unread_only: bool,
        #[graphql(desc = "Number of notifications, 1 to 100.")] first: i32,
        #[graphql(desc = "Cursor behind which the page starts.")] after: Option<String>,
    ) -> Result<NotificationConnection> {
        let args = PageArgs::forward(first, after)?;
        let page = queries::notifications(&ctx.reader(), unread_only, &args).await?;
        Ok(NotificationConnection::new(page))
    }
}
