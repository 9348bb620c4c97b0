//! Rows of the tables of this room. Private to this crate.

use kernel::{ConversationId, MessageId, PersonId, ScheduledMessageId, Timestamp};
pub(crate) use platform::Sql;
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::model::{ConversationView, MessageView, ScheduledView};

/// Columns of [`ConversationRow`], of a table named `c`.
pub(crate) const CONVERSATION: &str = "c.id, c.last_message_id, c.activity_key, c.created_at";

/// A row of `conversations`.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct ConversationRow {
    pub(crate) id: ConversationId,
    pub(crate) last_message_id: Option<MessageId>,
    pub(crate) activity_key: Uuid,
    pub(crate) created_at: Timestamp,
}

impl From<ConversationRow> for ConversationView {
    fn from(row: ConversationRow) -> Self {
        Self {
            id: row.id,
            last_message: row.last_message_id,
            last_activity_at: kernel::id::made_at(row.activity_key).unwrap_or(row.created_at),
            created_at: row.created_at,
            activity_key: row.activity_key,
        }
    }
}

/// Columns of [`MessageRow`], of a table named `m`.
pub(crate) const MESSAGE: &str = "m.id, m.conversation_id, m.author_id, m.thread_id, m.source, \
    m.html, m.imported, m.sent_at, m.edited_at, m.deleted_at";

/// A row of `messages`.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct MessageRow {
    id: MessageId,
    conversation_id: ConversationId,
    author_id: PersonId,
    thread_id: Option<MessageId>,
    source: String,
    html: String,
    imported: bool,
    sent_at: Timestamp,
    edited_at: Option<Timestamp>,
    deleted_at: Option<Timestamp>,
}

impl From<MessageRow> for MessageView {
    fn from(row: MessageRow) -> Self {
        Self {
            id: row.id,
            conversation_id: row.conversation_id,
            author: row.author_id,
            thread: row.thread_id,
            source: row.source,
            html: row.html,
            sent_at: row.sent_at,
            imported: row.imported,
            edited_at: row.edited_at,
            deleted_at: row.deleted_at,
        }
    }
}

/// A member of a conversation.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct MemberRow {
    pub(crate) conversation_id: ConversationId,
    pub(crate) person_id: PersonId,
}

/// What of a conversation is the viewer's own.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct OwnRow {
    pub(crate) conversation_id: ConversationId,
    pub(crate) is_muted: bool,
    pub(crate) unread: i64,
}

/// Columns of [`ScheduledRow`], of a table named `s`.
pub(crate) const SCHEDULED: &str =
    "s.id, s.conversation_id, s.author_id, s.thread_id, s.source, s.client_id, s.send_at";

/// A row of `scheduled_messages`.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct ScheduledRow {
    pub(crate) id: ScheduledMessageId,
    pub(crate) conversation_id: ConversationId,
    pub(crate) author_id: PersonId,
    pub(crate) thread_id: Option<MessageId>,
    pub(crate) source: String,
    pub(crate) client_id: Uuid,
    pub(crate) send_at: Timestamp,
}

impl From<ScheduledRow> for ScheduledView {
    fn from(row: ScheduledRow) -> Self {
        Self {
            id: row.id,
            conversation_id: row.conversation_id,
            thread: row.thread_id,
            source: row.source,
            send_at: row.send_at,
        }
    }
}

/// `COUNT(*) AS total`.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Total {
    pub(crate) total: i64,
}
