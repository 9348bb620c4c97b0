//! What belongs to conversations and messages, for many at once: the viewer's own things, reactions,
//! earlier texts, numbers of answers.

use std::collections::HashMap;

use content::ReactionTotal;
use kernel::{ConversationId, MessageId, PersonId, Result, Timestamp};
use platform::Reader;
use sea_orm::FromQueryResult;

use super::UNREAD;
use crate::model::{MAX_UNREAD, OwnView, ReceiptView, RevisionView, ScheduledView};
use crate::policy::visible;
use crate::table::{OwnRow, SCHEDULED, ScheduledRow, Sql};

/// What of these conversations is the viewer's own. Unread messages are counted from the mark, up to
/// [`MAX_UNREAD`], so the number cannot drift.
///
/// # Errors
/// Database errors.
pub async fn own_by_conversation(
    reader: &Reader,
    ids: &[ConversationId],
) -> Result<HashMap<ConversationId, OwnView>> {
    let Some(person) = reader.viewer().person_id() else {
        return Ok(HashMap::new());
    };
    let mut sql = Sql::new(format!(
        "SELECT own.conversation_id, own.is_muted, (SELECT COUNT(*) FROM (SELECT 1 \
         FROM messages m WHERE {UNREAD} AND m.author_id <> own.person_id LIMIT {MAX_UNREAD}) few) \
         AS unread FROM conversation_members own WHERE own.person_id = "
    ));
    sql.bind(person).push(" AND own.conversation_id IN (");
    sql.bind_all(ids.iter().copied()).push(")");
    let rows: Vec<OwnRow> = sql.all(reader).await?;
    let own = |row: OwnRow| OwnView {
        unread: row.unread,
        is_muted: row.is_muted,
    };
    Ok(rows
        .into_iter()
        .map(|row| (row.conversation_id, own(row)))
        .collect())
}

#[derive(FromQueryResult)]
struct ReadRow {
    conversation_id: ConversationId,
    person_id: PersonId,
    read_id: MessageId,
}

/// How far the others of these conversations have read, as far as they let it be known; nothing for
/// somebody who does not let it be known either.
///
/// # Errors
/// Database errors.
pub async fn receipts(
    reader: &Reader,
    ids: &[ConversationId],
) -> Result<HashMap<ConversationId, Vec<ReceiptView>>> {
    let Some(viewer) = reader.viewer().person_id() else {
        return Ok(HashMap::new());
    };
    let mut sql = Sql::new(
        "SELECT cm.conversation_id, cm.person_id, cm.read_id FROM conversation_members cm \
         WHERE cm.conversation_id IN (",
    );
    sql.bind_all(ids.iter().copied()).push(") AND ");
    visible(&mut sql, reader.viewer(), "cm.conversation_id");
    sql.push(" ORDER BY cm.conversation_id, cm.person_id");
    let rows: Vec<ReadRow> = sql.all(reader).await?;
    let people = crate::model::member_set(rows.iter().map(|row| row.person_id));
    let open = identity::queries::people_with_receipts(reader, &people).await?;
    let mut found: HashMap<ConversationId, Vec<ReceiptView>> = HashMap::new();
    if !open.contains(&viewer) {
        return Ok(found);
    }
    let others = rows
        .into_iter()
        .filter(|row| row.person_id != viewer && open.contains(&row.person_id));
    for row in others {
        found
            .entry(row.conversation_id)
            .or_default()
            .push(ReceiptView {
                person: row.person_id,
                read_up_to: row.read_id,
            });
    }
    Ok(found)
}

#[derive(FromQueryResult)]
struct DraftRow {
    conversation_id: ConversationId,
    source: String,
}

/// What the viewer has half written in these conversations.
///
/// # Errors
/// Database errors.
pub async fn drafts(
    reader: &Reader,
    ids: &[ConversationId],
) -> Result<HashMap<ConversationId, String>> {
    let Some(person) = reader.viewer().person_id() else {
        return Ok(HashMap::new());
    };
    let mut sql =
        Sql::new("SELECT d.conversation_id, d.source FROM message_drafts d WHERE d.person_id = ");
    sql.bind(person).push(" AND d.conversation_id IN (");
    sql.bind_all(ids.iter().copied()).push(")");
    let rows: Vec<DraftRow> = sql.all(reader).await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.conversation_id, row.source))
        .collect())
}

/// What of the viewer's waits to be sent in these conversations, the next first.
///
/// # Errors
/// Database errors.
pub async fn scheduled(
    reader: &Reader,
    ids: &[ConversationId],
) -> Result<HashMap<ConversationId, Vec<ScheduledView>>> {
    let Some(person) = reader.viewer().person_id() else {
        return Ok(HashMap::new());
    };
    let mut sql = Sql::new(format!(
        "SELECT {SCHEDULED} FROM scheduled_messages s WHERE s.author_id = "
    ));
    sql.bind(person).push(" AND s.conversation_id IN (");
    sql.bind_all(ids.iter().copied())
        .push(") ORDER BY s.send_at, s.id");
    let rows: Vec<ScheduledRow> = sql.all(reader).await?;
    let mut found: HashMap<ConversationId, Vec<ScheduledView>> = HashMap::new();
    for row in rows {
        let place = row.conversation_id;
        found.entry(place).or_default().push(row.into());
    }
    Ok(found)
}

#[derive(FromQueryResult)]
struct ReactionRow {
    message_id: MessageId,
    emoji: String,
    total: i64,
    is_own: bool,
}

/// Reactions to those of these messages the viewer may read, most given first.
///
/// # Errors
/// Database errors.
pub async fn reactions(
    reader: &Reader,
    ids: &[MessageId],
) -> Result<HashMap<MessageId, Vec<ReactionTotal>>> {
    let Some(person) = reader.viewer().person_id() else {
        return Ok(HashMap::new());
    };
    let mut sql =
        Sql::new("SELECT r.message_id, r.emoji, COUNT(*) AS total, MAX(CASE WHEN r.person_id = ");
    sql.bind(person).push(
        " THEN 1 ELSE 0 END) = 1 AS is_own FROM message_reactions r \
         JOIN messages m ON m.id = r.message_id WHERE r.message_id IN (",
    );
    sql.bind_all(ids.iter().copied()).push(") AND ");
    visible(&mut sql, reader.viewer(), "m.conversation_id");
    sql.push(
        " GROUP BY r.message_id, r.emoji ORDER BY r.message_id, COUNT(*) DESC, MIN(r.created_at), \
         r.emoji",
    );
    let rows: Vec<ReactionRow> = sql.all(reader).await?;
    let mut found: HashMap<MessageId, Vec<ReactionTotal>> = HashMap::new();
    for row in rows {
        found
            .entry(row.message_id)
            .or_default()
            .push(ReactionTotal {
                emoji: row.emoji,
                count: row.total,
                viewer_reacted: row.is_own,
            });
    }
    Ok(found)
}

#[derive(FromQueryResult)]
struct RevisionRow {
    message_id: MessageId,
    source: String,
    replaced_at: Timestamp,
}

/// Earlier texts of those of these messages the viewer may read, the newest first; none of a deleted
/// message.
///
/// # Errors
/// Database errors.
pub async fn revisions(
    reader: &Reader,
    ids: &[MessageId],
) -> Result<HashMap<MessageId, Vec<RevisionView>>> {
    let mut sql = Sql::new(
        "SELECT r.message_id, r.source, r.replaced_at FROM message_revisions r \
         JOIN messages m ON m.id = r.message_id WHERE m.deleted_at IS NULL AND r.message_id IN (",
    );
    sql.bind_all(ids.iter().copied()).push(") AND ");
    visible(&mut sql, reader.viewer(), "m.conversation_id");
    sql.push(" ORDER BY r.message_id, r.number DESC");
    let rows: Vec<RevisionRow> = sql.all(reader).await?;
    let mut found: HashMap<MessageId, Vec<RevisionView>> = HashMap::new();
    for row in rows {
        found.entry(row.message_id).or_default().push(RevisionView {
            source: row.source,
            replaced_at: row.replaced_at,
        });
    }
    Ok(found)
}

#[derive(FromQueryResult)]
struct CountRow {
    thread_id: MessageId,
    total: i64,
}

/// How many answers stand below those of these messages the viewer may read.
///
/// # Errors
/// Database errors.
pub async fn thread_counts(reader: &Reader, ids: &[MessageId]) -> Result<HashMap<MessageId, i64>> {
    let mut sql = Sql::new(
        "SELECT m.thread_id, COUNT(*) AS total FROM messages m \
         WHERE m.deleted_at IS NULL AND m.thread_id IN (",
    );
    sql.bind_all(ids.iter().copied()).push(") AND ");
    visible(&mut sql, reader.viewer(), "m.conversation_id");
    sql.push(" GROUP BY m.thread_id");
    let rows: Vec<CountRow> = sql.all(reader).await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.thread_id, row.total))
        .collect())
}
