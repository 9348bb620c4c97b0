//! `Conversation` and `Message`. A value of either exists only for a member.

use async_graphql::{Context, Object, Result};
use kernel::{ConversationId, MessageId, PageArgs, Timestamp};
use platform::ContextExt;

use crate::loaders::{
    ConversationById, MembersByConversation, MessageById, TitleByConversation, UnreadByConversation,
};
use crate::model::{ConversationView, MessageView};
use crate::queries;

/// Private conversation of two or more people.
#[derive(Debug, Clone)]
pub struct Conversation {
    view: ConversationView,
}

impl From<ConversationView> for Conversation {
    fn from(view: ConversationView) -> Self {
        Self { view }
    }
}

/// Private conversation of two or more people.
#[Object]
impl Conversation {
    /// Id of the conversation.
    pub async fn id(&self) -> ConversationId {
        self.view.id
    }

    /// People of the conversation, the viewer included.
    async fn members(&self, ctx: &Context<'_>) -> Result<Vec<identity::graphql::Person>> {
        let loader = ctx.loader::<MembersByConversation, _>();
        let found = loader.load_one(self.view.id).await;
        let ids = found?.unwrap_or_default();
        identity::graphql::people(ctx, &ids).await
    }

    /// Names of the others; the viewer's own name in a conversation with oneself.
    async fn title(&self, ctx: &Context<'_>) -> Result<String> {
        let loader = ctx.loader::<TitleByConversation, _>();
        let found = loader.load_one(self.view.id).await;
        Ok(found?.unwrap_or_default())
    }

    /// Newest message of the conversation.
    async fn last_message(&self, ctx: &Context<'_>) -> Result<Option<Message>> {
        match self.view.last_message {
            Some(id) => message(ctx, id).await,
            None => Ok(None),
        }
    }

    /// Number of messages the viewer has not read, counted up to 100.
    async fn unread_count(&self, ctx: &Context<'_>) -> Result<i32> {
        let loader = ctx.loader::<UnreadByConversation, _>();
        let found = loader.load_one(self.view.id).await;
        let count = found?.unwrap_or_default();
        Ok(i32::try_from(count).unwrap_or(i32::MAX))
    }

    /// Moment at which the conversation was started.
    async fn created_at(&self) -> Timestamp {
        self.view.created_at
    }

    /// Moment at which somebody last wrote, or at which the conversation was started.
    async fn last_activity_at(&self) -> Timestamp {
        self.view.last_activity_at
    }

    /// Messages of the conversation, oldest first; ask for the last ones to get the newest.
    #[graphql(
        complexity = "1 + usize::try_from(first.or(last).unwrap_or(0)).unwrap_or(0) * child_complexity"
    )]
    async fn messages(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Number of messages from the start, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Cursor behind which the page starts.")] after: Option<String>,
        #[graphql(desc = "Number of messages from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Cursor before which the page ends.")] before: Option<String>,
    ) -> Result<MessageConnection> {
        let page = PageArgs::new(first, after, last, before)?;
        let found = queries::messages(&ctx.reader(), self.view.id, &page).await?;
        Ok(MessageConnection::new(found.map(Message::from)))
    }
}

/// Message in a private conversation.
#[derive(Debug, Clone)]
pub struct Message {
    view: std::sync::Arc<MessageView>,
}

impl From<MessageView> for Message {
    fn from(view: MessageView) -> Self {
        Self { view: view.into() }
    }
}

/// Message in a private conversation.
#[Object]
impl Message {
    /// Id of the message.
    pub async fn id(&self) -> MessageId {
        self.view.id
    }

    /// Id of the conversation the message is in.
    async fn conversation_id(&self) -> ConversationId {
        self.view.conversation_id
    }

    /// Person who wrote the message.
    async fn author(&self, ctx: &Context<'_>) -> Result<identity::graphql::Person> {
        identity::graphql::person(ctx, self.view.author).await
    }

    /// Text of the message as sanitised HTML.
    async fn body_html(&self) -> &str {
        &self.view.html
    }

    /// Text of the message as it was written, in Markdown.
    async fn body_source(&self) -> &str {
        &self.view.source
    }

    /// Beginning of the text without Markdown, up to 120 characters; for lists.
    async fn excerpt(&self) -> String {
        richtext::excerpt(&self.view.source, 120)
    }

    /// Moment at which the message was sent.
    async fn sent_at(&self) -> Timestamp {
        self.view.sent_at
    }

    /// Whether the message was brought in from another system.
    async fn is_imported(&self) -> bool {
        self.view.imported
    }
}

kernel::connection!(
    ConversationConnection,
    ConversationEdge,
    Conversation,
    plain
);
kernel::connection!(MessageConnection, MessageEdge, Message, plain);

/// A conversation of the viewer; nothing for everybody else.
///
/// # Errors
/// Database errors.
pub async fn conversation(ctx: &Context<'_>, id: ConversationId) -> Result<Option<Conversation>> {
    let found = ctx.loader::<ConversationById, _>().load_one(id).await;
    Ok(found?.map(Conversation::from))
}

/// A message the viewer may read; nothing for everybody else.
///
/// # Errors
/// Database errors.
pub async fn message(ctx: &Context<'_>, id: MessageId) -> Result<Option<Message>> {
    let found = ctx.loader::<MessageById, _>().load_one(id).await;
    Ok(found?.map(Message::from))
}
