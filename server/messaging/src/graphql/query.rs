//! Root fields that read.

use async_graphql::{Context, Object, Result};
use kernel::{ConversationId, PageArgs};
use platform::ContextExt;

use super::objects::{Conversation, ConversationConnection};
use crate::queries;

/// Queries of this room.
#[derive(Debug, Default, Clone, Copy)]
pub struct MessagingQuery;

/// Private conversations.
#[Object]
impl MessagingQuery {
    /// Private conversations of the viewer, the one with the newest message first.
    #[graphql(complexity = "1 + usize::try_from(first).unwrap_or(0) * child_complexity")]
    async fn conversations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Number of conversations, 1 to 100.")] first: i32,
        #[graphql(desc = "Cursor behind which the page starts.")] after: Option<String>,
    ) -> Result<ConversationConnection> {
        let page = PageArgs::forward(first, after)?;
        let found = queries::conversations(&ctx.reader(), &page).await?;
        Ok(ConversationConnection::new(found.map(Conversation::from)))
    }

    /// Private conversation of the viewer; null for everybody but its members.
    async fn conversation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Id of the conversation.")] id: ConversationId,
    ) -> Result<Option<Conversation>> {
        super::conversation(ctx, id).await
    }
}
