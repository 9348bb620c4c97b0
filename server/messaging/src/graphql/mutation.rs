//! Root fields that write.

use std::sync::OnceLock;

use async_graphql::{Context, Object, Result};
use kernel::{ConversationId, PersonId, split};
use platform::ContextExt;
use platform::rate::{Limit, RateLimiter};

use super::inputs::{
    ConversationMarkReadInput, ConversationPayload, ConversationSetMutedInput,
    ConversationStartInput, ConversationTypingInput, ConversationTypingPayload, MessageDeleteInput,
    MessageDraftSaveInput, MessageEditInput, MessagePayload, MessageReactInput,
    MessageScheduleInput, MessageSendInput, ScheduledMessageCancelInput,
};
use super::objects::{Conversation, Message};
use crate::model::MessageView;
use crate::{commands, policy, queries};

/// Signs of writing of one person: one in three seconds over a minute, some at once.
const TYPING: Limit = Limit::Tokens {
    burst: 20,
    seconds: 60,
};

/// Mutations of this room. Keeps the limiter of signs of writing, so the schema is built once.
#[derive(Debug, Default)]
pub struct MessagingMutation {
    typing_limit: OnceLock<RateLimiter<PersonId>>,
}

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
        conversation_payload(ctx, started.await).await
    }

    /// Sends a message to all people of a conversation.
    async fn message_send(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Message to be sent.")] input: MessageSendInput,
    ) -> Result<MessagePayload> {
        let sent = commands::message_send(ctx.database(), ctx.viewer(), input.into_new()).await;
        message_payload(ctx, sent).await
    }

    /// Keeps a message to be sent later.
    async fn message_schedule(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Message and time.")] input: MessageScheduleInput,
    ) -> Result<ConversationPayload> {
        let new = input.message.into_new();
        let kept =
            commands::message_schedule(ctx.database(), ctx.viewer(), new, input.send_at).await;
        conversation_payload(ctx, kept.map(|kept| kept.conversation_id)).await
    }

    /// Takes back a message that waits to be sent.
    async fn scheduled_message_cancel(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: ScheduledMessageCancelInput,
    ) -> Result<ConversationPayload> {
        let id = input.scheduled_message_id;
        let gone = commands::scheduled_message_cancel(ctx.database(), ctx.viewer(), id).await;
        conversation_payload(ctx, gone.map(|gone| gone.conversation_id)).await
    }

    /// Gives a message of the viewer's another text; the earlier ones stay to be seen.
    async fn message_edit(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Message and text.")] input: MessageEditInput,
    ) -> Result<MessagePayload> {
        let (database, viewer) = (ctx.database(), ctx.viewer());
        let edited = commands::message_edit(database, viewer, input.message_id, &input.body).await;
        message_payload(ctx, edited).await
    }

    /// Deletes a message of the viewer's; its place stays.
    async fn message_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: MessageDeleteInput,
    ) -> Result<MessagePayload> {
        let gone = commands::message_delete(ctx.database(), ctx.viewer(), input.message_id).await;
        message_payload(ctx, gone).await
    }

    /// Sets or takes back a reaction to a message.
    async fn message_react(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Reaction.")] input: MessageReactInput,
    ) -> Result<MessagePayload> {
        let (id, emoji) = (input.message_id, input.emoji.as_str());
        let (database, viewer) = (ctx.database(), ctx.viewer());
        let done = commands::message_react(database, viewer, id, emoji, input.reacted).await;
        message_payload(ctx, done).await
    }

    /// Keeps what the viewer has half written, for all devices.
    async fn message_draft_save(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Where and what.")] input: MessageDraftSaveInput,
    ) -> Result<ConversationPayload> {
        let id = input.conversation_id;
        let kept =
            commands::message_draft_save(ctx.database(), ctx.viewer(), id, &input.body).await;
        conversation_payload(ctx, kept.map(|()| id)).await
    }

    /// Keeps a conversation quiet for the viewer, or takes that back.
    async fn conversation_set_muted(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, and how.")] input: ConversationSetMutedInput,
    ) -> Result<ConversationPayload> {
        let (database, viewer) = (ctx.database(), ctx.viewer());
        let id = input.conversation_id;
        let done = commands::conversation_set_muted(database, viewer, id, input.is_muted).await;
        conversation_payload(ctx, done.map(|()| id)).await
    }

    /// Tells the others of a conversation that the viewer is writing there. Repeat it every few
    /// seconds.
    async fn conversation_typing(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Where.")] input: ConversationTypingInput,
    ) -> Result<ConversationTypingPayload> {
        let clock = ctx.database().clock();
        let limiter = self
            .typing_limit
            .get_or_init(|| RateLimiter::new(clock.clone(), TYPING));
        let told = match policy::may_type(&ctx.reader(), input.conversation_id).await {
            Ok(Some(permit)) => commands::typing(ctx.hub(), limiter, permit).map(|()| true),
            Ok(None) => Ok(false),
            Err(error) => Err(error),
        };
        let (told, user_errors) = split(told)?;
        Ok(ConversationTypingPayload {
            is_told: told.unwrap_or(false),
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
        conversation_payload(ctx, read.map(|()| id)).await
    }
}

/// The conversation after the write.
async fn reread(ctx: &Context<'_>, id: Option<ConversationId>) -> Result<Option<Conversation>> {
    match id {
        Some(id) => Ok(Some(queries::conversation(&ctx.reader(), id).await?.into())),
        None => Ok(None),
    }
}

async fn conversation_payload(
    ctx: &Context<'_>,
    changed: kernel::Result<ConversationId>,
) -> Result<ConversationPayload> {
    let (id, user_errors) = split(changed)?;
    Ok(ConversationPayload {
        conversation: reread(ctx, id).await?,
        user_errors,
    })
}

async fn message_payload(
    ctx: &Context<'_>,
    changed: kernel::Result<MessageView>,
) -> Result<MessagePayload> {
    let (message, user_errors) = split(changed)?;
    let conversation = reread(ctx, message.as_ref().map(|m| m.conversation_id)).await?;
    Ok(MessagePayload {
        message: message.map(Message::from),
        conversation,
        user_errors,
    })
}
