//! Conversations and messages from elsewhere. Private to their members from the first moment;
//! nobody is told of them and none of them counts as unread.

use kernel::id::last_uuid_at;
use kernel::{ConversationId, Error, MessageId, PersonId, Result, Timestamp};
use platform::Tx;
use sea_orm::FromQueryResult;
use uuid::Uuid;

use super::send::{insert, set_last};
use super::{Found, NewConversation, find_or_insert, text};
use crate::events;
use crate::model::{ImportedMessage, MAX_MEMBERS, MessageView, key_after, member_set};
use crate::policy::{MayImport, may_import};
use crate::table::Sql;

/// Finds or makes the conversation of exactly these people (a single one talks to oneself).
/// Deactivated people keep their conversations.
///
/// # Errors
/// `Forbidden` for anybody but the house itself, `Invalid` for no or too many people.
pub async fn ensure_conversation(
    tx: &mut Tx,
    members: &[PersonId],
    at: Timestamp,
) -> Result<ConversationId> {
    if !tx.viewer().is_system() {
        return Err(Error::Forbidden("SYSTEM_ONLY"));
    }
    let set = member_set(members.iter().copied());
    let Some(created_by) = members
        .first()
        .copied()
        .filter(|_| set.len() <= MAX_MEMBERS)
    else {
        let text = format!("A conversation has 1 to {MAX_MEMBERS} people.");
        return Err(Error::invalid("members", "CONVERSATION_TOO_LARGE", text));
    };
    let new = NewConversation {
        members: &set,
        created_by,
        at,
    };
    match find_or_insert(tx, &new).await? {
        Found::Old(id) => Ok(id),
        Found::New(id) => {
            tx.announce(events::created(id, &set).imported(true));
            Ok(id)
        }
    }
}

/// Puts a message where it belongs by its time. Those of one moment keep the order of the calls.
///
/// # Errors
/// `NotFound` for anybody but the house itself, `Invalid` when the text cannot be accepted or the
/// author is no member.
pub async fn insert_message(
    tx: &mut Tx,
    conversation: ConversationId,
    message: ImportedMessage,
) -> Result<MessageId> {
    let permit = may_import(tx, conversation).await?;
    if !permit.members.contains(&message.author) {
        let text = "Only members write in a conversation.";
        return Err(Error::invalid("author", "NOT_A_MEMBER", text));
    }
    let source =
        text::clean(&message.source, false).map_err(|problem| Error::Invalid(vec![problem]))?;
    let view = MessageView {
        id: MessageId(place(tx, &permit, message.sent_at).await?),
        conversation_id: conversation,
        author: message.author,
        html: text::render(tx, &source).await?,
        source,
        thread: None,
        sent_at: message.sent_at,
        imported: true,
        edited_at: None,
        deleted_at: None,
    };
    insert(tx, &view, None).await?;
    let last = permit.conversation.last_message_id.map(|id| id.0);
    if last.is_none_or(|last| last < view.id.0) {
        set_last(tx, &view).await?;
        keep_read(tx, &view, last).await?;
    }
    let sent = events::sent(conversation, view.id, &permit.members);
    tx.announce(sent.imported(true));
    Ok(view.id)
}

#[derive(FromQueryResult)]
struct Key {
    id: Uuid,
}

/// A key behind all messages up to this moment.
async fn place(tx: &Tx, permit: &MayImport, at: Timestamp) -> Result<Uuid> {
    let end = last_uuid_at(at);
    let last = permit.conversation.last_message_id.map(|id| id.0);
    let before = match last {
        Some(last) if last > end => {
            let mut sql = Sql::new("SELECT id FROM messages WHERE conversation_id = ");
            sql.bind(permit.conversation.id).push(" AND id <= ");
            sql.bind(end).push(" ORDER BY id DESC LIMIT 1");
            let row: Option<Key> = sql.one(tx).await?;
            row.map(|row| row.id)
        }
        last => last,
    };
    Ok(key_after(before, at))
}

/// Whoever had read everything has still read everything.
async fn keep_read(tx: &Tx, message: &MessageView, last: Option<Uuid>) -> Result<()> {
    let mut sql = Sql::new("UPDATE conversation_members SET read_id = ");
    sql.bind(message.id.0).push(" WHERE conversation_id = ");
    sql.bind(message.conversation_id);
    if let Some(last) = last {
        sql.push(" AND read_id >= ").bind(last);
    }
    sql.run(tx).await?;
    Ok(())
}
