//! `Conversation` and `Message`. A value of either exists only for a member.

use async_graphql::{Context, Object, Result, SimpleObject};
use content::graphql::{Attachment, ReactionCount};
use kernel::{ConversationId, MessageId, PageArgs, ScheduledMessageId, Timestamp};
use platform::ContextExt;

use crate::loaders::{
    AnswersByMessage, ConversationById, DraftByConversation, MembersByConversation, MessageById,
    OwnByConversation, ReactionsByMessage, ReceiptsByConversation, RevisionsByMessage,
    ScheduledByConversation, TitleByConversation,
};
use crate::model::{
    ConversationView, MessageView, OwnView, ReceiptView, RevisionView, ScheduledView,
};
use crate::queries::{self, Wanted};

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
        Ok(to_int(self.own(ctx).await?.unread))
    }

    /// Whether the viewer wants to hear nothing of the conversation.
    async fn is_muted(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(self.own(ctx).await?.is_muted)
    }

    /// How far the others have read, as far as they and the viewer let it be known.
    async fn receipts(&self, ctx: &Context<'_>) -> Result<Vec<MessageReceipt>> {
        let loader = ctx.loader::<ReceiptsByConversation, _>();
        let found = loader.load_one(self.view.id).await?.unwrap_or_default();
        Ok(found.into_iter().map(MessageReceipt::from).collect())
    }

    /// What the viewer has half written here, on whatever device; empty when there is nothing.
    async fn draft(&self, ctx: &Context<'_>) -> Result<String> {
        let loader = ctx.loader::<DraftByConversation, _>();
        Ok(loader.load_one(self.view.id).await?.unwrap_or_default())
    }

    /// Messages of the viewer that wait to be sent here, the next first.
    async fn scheduled_messages(&self, ctx: &Context<'_>) -> Result<Vec<ScheduledMessage>> {
        let loader = ctx.loader::<ScheduledByConversation, _>();
        let found = loader.load_one(self.view.id).await?.unwrap_or_default();
        Ok(found.into_iter().map(ScheduledMessage::from).collect())
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
        #[graphql(desc = "Only this message and its answers.")] thread_id: Option<MessageId>,
    ) -> Result<MessageConnection> {
        let page = PageArgs::new(first, after, last, before)?;
        let wanted = thread_id.map_or(Wanted::All, Wanted::Thread);
        let found = queries::messages(&ctx.reader(), self.view.id, &wanted, &page).await?;
        Ok(MessageConnection::new(found.map(Message::from)))
    }

    /// Messages with all these words in them, oldest first; cursors are those of `messages`.
    #[graphql(complexity = "1 + usize::try_from(last).unwrap_or(0) * child_complexity")]
    async fn search(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Words to look for, wherever they stand.")] query: String,
        #[graphql(desc = "Number of messages from the end, 1 to 100.")] last: i32,
        #[graphql(desc = "Cursor before which the page ends.")] before: Option<String>,
    ) -> Result<MessageConnection> {
        let page = PageArgs::new(None, None, Some(last), before)?;
        let wanted = Wanted::Words(identity::search_words(&query));
        let found = queries::messages(&ctx.reader(), self.view.id, &wanted, &page).await?;
        Ok(MessageConnection::new(found.map(Message::from)))
    }
}

impl Conversation {
    async fn own(&self, ctx: &Context<'_>) -> Result<OwnView> {
        let loader = ctx.loader::<OwnByConversation, _>();
        Ok(loader.load_one(self.view.id).await?.unwrap_or_default())
    }
}

fn to_int(number: i64) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
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

    /// Message this one answers; null for one that answers none.
    async fn thread(&self, ctx: &Context<'_>) -> Result<Option<Message>> {
        match self.view.thread {
            Some(id) => message(ctx, id).await,
            None => Ok(None),
        }
    }

    /// Number of messages that answer this one.
    async fn answer_count(&self, ctx: &Context<'_>) -> Result<i32> {
        let loader = ctx.loader::<AnswersByMessage, _>();
        Ok(to_int(
            loader.load_one(self.view.id).await?.unwrap_or_default(),
        ))
    }

    /// Reactions by emoji, most given first.
    async fn reactions(&self, ctx: &Context<'_>) -> Result<Vec<ReactionCount>> {
        let loader = ctx.loader::<ReactionsByMessage, _>();
        let found = loader.load_one(self.view.id).await?.unwrap_or_default();
        Ok(found.into_iter().map(ReactionCount::from).collect())
    }

    /// Files of the message, in order.
    async fn attachments(&self, ctx: &Context<'_>) -> Result<Vec<Attachment>> {
        content::graphql::fields::shared_files(ctx, self.view.id.0).await
    }

    /// Earlier texts of the message, the newest first; none once it was deleted.
    async fn revisions(&self, ctx: &Context<'_>) -> Result<Vec<MessageRevision>> {
        let loader = ctx.loader::<RevisionsByMessage, _>();
        let found = loader.load_one(self.view.id).await?.unwrap_or_default();
        Ok(found.into_iter().map(MessageRevision::from).collect())
    }

    /// Moment at which the text was last changed; null when it stands as it was sent.
    async fn edited_at(&self) -> Option<Timestamp> {
        self.view.edited_at
    }

    /// Whether the message was deleted; its place stays, its text is gone.
    async fn is_deleted(&self) -> bool {
        self.view.deleted_at.is_some()
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

/// How far somebody has read.
#[derive(Debug, Clone)]
pub struct MessageReceipt {
    view: ReceiptView,
}

impl From<ReceiptView> for MessageReceipt {
    fn from(view: ReceiptView) -> Self {
        Self { view }
    }
}

/// How far somebody has read.
#[Object]
impl MessageReceipt {
    /// Person who has read.
    async fn person(&self, ctx: &Context<'_>) -> Result<identity::graphql::Person> {
        identity::graphql::person(ctx, self.view.person).await
    }

    /// Id up to which everything was read; messages are in the order of their ids.
    async fn read_up_to(&self) -> MessageId {
        self.view.read_up_to
    }
}

/// Earlier text of a message.
#[derive(Debug, Clone, SimpleObject)]
pub struct MessageRevision {
    /// Text as it was written, in Markdown.
    body_source: String,
    /// Moment at which another text took its place.
    replaced_at: Timestamp,
}

impl From<RevisionView> for MessageRevision {
    fn from(view: RevisionView) -> Self {
        Self {
            body_source: view.source,
            replaced_at: view.replaced_at,
        }
    }
}

/// Message of the viewer that waits to be sent.
#[derive(Debug, Clone)]
pub struct ScheduledMessage {
    view: ScheduledView,
}

impl From<ScheduledView> for ScheduledMessage {
    fn from(view: ScheduledView) -> Self {
        Self { view }
    }
}

/// Message of the viewer that waits to be sent.
#[Object]
impl ScheduledMessage {
    /// Id of the waiting message.
    pub async fn id(&self) -> ScheduledMessageId {
        self.view.id
    }

    /// Id of the conversation it is for.
    async fn conversation_id(&self) -> ConversationId {
        self.view.conversation_id
    }

    /// Message it answers; null for one that answers none.
    async fn thread(&self, ctx: &Context<'_>) -> Result<Option<Message>> {
        match self.view.thread {
            Some(id) => message(ctx, id).await,
            None => Ok(None),
        }
    }

    /// Text as it was written, in Markdown.
    async fn body_source(&self) -> &str {
        &self.view.source
    }

    /// Files that go with it, in order.
    async fn attachments(&self, ctx: &Context<'_>) -> Result<Vec<Attachment>> {
        content::graphql::fields::shared_files(ctx, self.view.id.0).await
    }

    /// Moment at which it is sent.
    async fn send_at(&self) -> Timestamp {
        self.view.send_at
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
