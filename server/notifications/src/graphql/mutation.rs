//! Root fields that write.

use async_graphql::{Context, InputObject, Object, Result, SimpleObject};
use feeds::graphql::UnreadCounts;
use kernel::{NotificationId, UserError, split};
use platform::ContextExt;

use crate::commands::{self, Which};

/// Which notifications to mark, and how.
#[derive(Debug, InputObject)]
pub struct NotificationsMarkReadInput {
    /// Ids of the notifications; null means all.
    notification_ids: Option<Vec<NotificationId>>,
    /// Whether they become read; false makes them unread again.
    #[graphql(default = true)]
    read: bool,
}

/// Answer about marked notifications.
#[derive(SimpleObject)]
pub struct NotificationsPayload {
    /// Unread counts after the change.
    unread: Option<UnreadCounts>,
    /// What the person can mend.
    user_errors: Vec<UserError>,
    /// Ids whose state changed, for undo; up to 1,000, the newest first.
    changed_ids: Vec<NotificationId>,
}

/// Mutations about the list.
#[derive(Debug, Default, Clone, Copy)]
pub struct ListMutation;

/// Notifications.
#[Object]
impl ListMutation {
    /// Marks notifications as read, or as unread again.
    async fn notifications_mark_read(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to mark.")] input: NotificationsMarkReadInput,
    ) -> Result<NotificationsPayload> {
        let which = input.notification_ids.map_or(Which::All, Which::These);
        let marked = commands::mark(ctx.database(), ctx.viewer(), &which, input.read).await;
        let (marked, user_errors) = split(marked)?;
        let unread = match &marked {
            Some(_) => Some(UnreadCounts::load(&ctx.reader(), ctx.hub().head()).await?),
            None => None,
        };
        Ok(NotificationsPayload {
            unread,
            user_errors,
            changed_ids: marked.map(|marked| marked.changed).unwrap_or_default(),
        })
    }
}
