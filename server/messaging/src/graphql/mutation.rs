//! Root fields that write.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use kernel::{ConversationId, PersonId, UserError, split};
use platform::ContextExt;

use super::objects::{Conversation, Message};
use crate::model::NewMessage;
use crate::{commands, queries};

/// People to write to.
#[derive(Debug, InputObject)]
pub struct ConversationStartInput {
    /// UUID the client made for this attempt.
    client_id: ID,
    /// Ids of the people beside the viewer.
    person_ids: Vec<PersonId>,
}

/// Message to be sent.
#[derive(Debug, InputObject)]
pub struct MessageSendInput {
    /// UUID the client made for this attempt; a repeated attempt sends nothing twice.
    client_id: ID,
    /// Id of the conversation.
    conversation_id: ConversationId,
    /// Text of the message, in Markdown.
    body: String,
}

/// Conversation to be marked as read.
#[derive(Debug, InputObject)]
pub struct ConversationMarkReadInput {
    /// Id of the conversation.
    conversation_id: ConversationId,
}

/// Answer about a conversation.
#[derive(SimpleObject)]
pub struct ConversationPayload {
    /// Conversation after the change.
    conversation: Option<Conversation>,
    /// What the person can mend.
    user_errors: Vec<UserError>,
}

/// Answer about a message.
#[derive(SimpleObject)]
pub struct MessagePayload {
    /// Message that was sent.
    message: Option<Message>,
    /// Conversation after the change.
    conversation: Option<Conversation>,
    /// What the person can mend.
    user_errors: Vec<UserError>,
}

/// Mutations of this room.
#[derive(Debug, Default, Clone, Copy)]
pub struct MessagingMutation;

/// Private conversations.
#[Object]
impl MessagingMutation {
    /// Finds or starts the conversation of the viewer with some people.
    async fn conversation_start(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "People to write to.")] input: ConversationStartInput,
    ) -> Result<ConversationPayload> {
        let (database, viewer) = (ctx.database(), ctx.viewer());
        let people = &input.person_ids;
        let started = commands::conversation_start(database, viewer, &input.client_id, people);
        let (id, user_errors) = split(started.await)?;
        let conversation = reread(ctx, id).await?;
        Ok(ConversationPayload {
            conversation,
            user_errors,
        })
    }

    /// Sends a message to all people of a conversation.
    async fn message_send(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Message to be sent.")] input: MessageSendInput,
    ) -> Result<MessagePayload> {
        let new = NewMessage {
            client_id: input.client_id.to_string(),
            conversation_id: input.conversation_id,
            body: input.body,
        };
        let sent = commands::message_send(ctx.database(), ctx.viewer(), new).await;
        let (message, user_errors) = split(sent)?;
        let conversation = reread(ctx, message.as_ref().map(|m| m.conversation_id)).await?;
        let message = message.map(Message::from);
        Ok(MessagePayload {
            message,
            conversation,
            user_errors,
        })
    }

    /// Marks everything in a conversation as read, on all devices of the viewer.
    async fn conversation_mark_read(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Conversation to be marked.")] input: ConversationMarkReadInput,
    ) -> Result<ConversationPayload> {
        let id = input.conversation_id;
        let read = commands::conversation_mark_read(ctx.database(), ctx.viewer(), id).await;
        let (done, user_errors) = split(read)?;
        let conversation = reread(ctx, done.map(|()| id)).await?;
        Ok(ConversationPayload {
            conversation,
            user_errors,
        })
    }
}

/// The conversation after the write.
async fn reread(ctx: &Context<'_>, id: Option<ConversationId>) -> Result<Option<Conversation>> {
    match id {
        Some(id) => Ok(Some(queries::conversation(&ctx.reader(), id).await?.into())),
        None => Ok(None),
    }
}
