//! Inputs and payloads of the mutations.

use async_graphql::{ID, InputObject, SimpleObject};
use kernel::{
    AttachmentId, ConversationId, MessageId, PersonId, ScheduledMessageId, Timestamp, UserError,
};

use super::objects::{Conversation, Message};
use crate::model::NewMessage;

/// People to write to.
#[derive(Debug, InputObject)]
pub struct ConversationStartInput {
    /// UUID the client made for this attempt.
    pub(super) client_id: ID,
    /// Ids of the people beside the viewer.
    pub(super) person_ids: Vec<PersonId>,
}

/// Message to be sent.
#[derive(Debug, InputObject)]
pub struct MessageSendInput {
    /// UUID the client made for this attempt; a repeated attempt sends nothing twice.
    client_id: ID,
    /// Id of the conversation.
    conversation_id: ConversationId,
    /// Text of the message, in Markdown; may be empty beside files.
    body: String,
    /// Id of the message it answers, or of another answer to that one.
    thread_id: Option<MessageId>,
    /// Ids of uploads of the viewer's, in order.
    #[graphql(default)]
    attachment_ids: Vec<AttachmentId>,
}

impl MessageSendInput {
    pub(super) fn into_new(self) -> NewMessage {
        NewMessage {
            client_id: self.client_id.to_string(),
            conversation_id: self.conversation_id,
            body: self.body,
            thread: self.thread_id,
            files: self.attachment_ids,
        }
    }
}

/// Message to be sent later.
#[derive(Debug, InputObject)]
pub struct MessageScheduleInput {
    /// The message.
    pub(super) message: MessageSendInput,
    /// Moment at which it is sent, within a year.
    pub(super) send_at: Timestamp,
}

/// Waiting message to be taken back.
#[derive(Debug, InputObject)]
pub struct ScheduledMessageCancelInput {
    /// Id of the waiting message.
    pub(super) scheduled_message_id: ScheduledMessageId,
}

/// Another text for a message.
#[derive(Debug, InputObject)]
pub struct MessageEditInput {
    /// Id of the message.
    pub(super) message_id: MessageId,
    /// Text of the message, in Markdown.
    pub(super) body: String,
}

/// Message to be deleted.
#[derive(Debug, InputObject)]
pub struct MessageDeleteInput {
    /// Id of the message.
    pub(super) message_id: MessageId,
}

/// Reaction to a message.
#[derive(Debug, InputObject)]
pub struct MessageReactInput {
    /// Id of the message.
    pub(super) message_id: MessageId,
    /// Emoji of the reaction.
    pub(super) emoji: String,
    /// True to give it, false to take it back.
    pub(super) reacted: bool,
}

/// What somebody has half written.
#[derive(Debug, InputObject)]
pub struct MessageDraftSaveInput {
    /// Id of the conversation.
    pub(super) conversation_id: ConversationId,
    /// Text so far; an empty one takes the draft away.
    pub(super) body: String,
}

/// Conversation to be kept quiet, or not any more.
#[derive(Debug, InputObject)]
pub struct ConversationSetMutedInput {
    /// Id of the conversation.
    pub(super) conversation_id: ConversationId,
    /// Whether the viewer wants to hear nothing of it.
    pub(super) is_muted: bool,
}

/// Where the viewer is writing.
#[derive(Debug, InputObject)]
pub struct ConversationTypingInput {
    /// Id of the conversation.
    pub(super) conversation_id: ConversationId,
}

/// Conversation to be marked as read.
#[derive(Debug, InputObject)]
pub struct ConversationMarkReadInput {
    /// Id of the conversation.
    pub(super) conversation_id: ConversationId,
}

/// Answer about a conversation.
#[derive(SimpleObject)]
pub struct ConversationPayload {
    /// Conversation after the change.
    pub(super) conversation: Option<Conversation>,
    /// What the person can mend.
    pub(super) user_errors: Vec<UserError>,
}

/// Answer about a message.
#[derive(SimpleObject)]
pub struct MessagePayload {
    /// Message after the change.
    pub(super) message: Option<Message>,
    /// Conversation after the change.
    pub(super) conversation: Option<Conversation>,
    /// What the person can mend.
    pub(super) user_errors: Vec<UserError>,
}

/// Answer about a signal.
#[derive(SimpleObject)]
pub struct ConversationTypingPayload {
    /// Whether the others were told; false for somebody who has switched that off.
    pub(super) is_told: bool,
    /// What the person can mend.
    pub(super) user_errors: Vec<UserError>,
}
