//! Reads for a viewer. Every statement is limited to the viewer's own conversations.

use std::collections::HashMap;

use kernel::{ConversationId, Cursor, Error, MessageId, Page, PageArgs, PersonId, Result};
use platform::Reader;

use crate::model::{ConversationView, MAX_UNREAD, MessageView, member_set};
use crate::policy::visible;
use crate::table::{
    CONVERSATION, ConversationRow, MESSAGE, MemberRow, MessageRow, Sql, Total, UnreadRow,
};

/// The viewer's conversations, the one with the newest message first. One that somebody else
/// started is listed once somebody has written in it.
///
/// # Errors
/// `Unauthenticated` for nobody, `INVALID_CURSOR`.
pub async fn conversations(reader: &Reader, page: &PageArgs) -> Result<Page<ConversationView>> {
    let person = reader.viewer().require_person()?;
    let sql = Sql::new(format!(
        "SELECT {CONVERSATION} FROM conversation_members own \
         JOIN conversations c ON c.id = own.conversation_id WHERE own.person_id = "
    ));
    let sql = sql
        .bind(person)
        .push(" AND (c.last_message_id IS NOT NULL OR c.created_by = ");
    let sql = sql.bind(person).push(")");
    let sql = match page.from_key()? {
        Some(key) => sql.push(" AND own.activity_key < ").bind(key),
        None => sql,
    };
    let limit = format!(" ORDER BY own.activity_key DESC LIMIT {}", page.limit + 1);
    let rows: Vec<ConversationRow> = sql.push(&limit).all(reader).await?;
    let views = rows.into_iter().map(ConversationView::from).collect();
    Ok(Page::from_rows(views, page, |view: &ConversationView| {
        Cursor::key(view.activity_key)
    }))
}

/// A conversation of the viewer.
///
/// # Errors
/// `NotFound` for everybody but its members.
pub async fn conversation(reader: &Reader, id: ConversationId) -> Result<ConversationView> {
    let mut found = conversations_by_id(reader, &[id]).await?;
    found.remove(&id).ok_or(Error::NotFound)
}

/// Those of these conversations the viewer is in.
///
/// # Errors
/// Database errors.
pub async fn conversations_by_id(
    reader: &Reader,
    ids: &[ConversationId],
) -> Result<HashMap<ConversationId, ConversationView>> {
    let sql = Sql::new(format!(
        "SELECT {CONVERSATION} FROM conversations c WHERE c.id IN ("
    ));
    let sql = sql.bind_all(ids.iter().copied()).push(") AND ");
    let rows: Vec<ConversationRow> = visible(sql, reader.viewer(), "c.id").all(reader).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.into())).collect())
}

/// Members of those of these conversations the viewer is in, each list sorted.
///
/// # Errors
/// Database errors.
pub async fn members(
    reader: &Reader,
    ids: &[ConversationId],
) -> Result<HashMap<ConversationId, Vec<PersonId>>> {
    let sql = Sql::new(
        "SELECT cm.conversation_id, cm.person_id FROM conversation_members cm \
         WHERE cm.conversation_id IN (",
    );
    let sql = sql.bind_all(ids.iter().copied()).push(") AND ");
    let sql = visible(sql, reader.viewer(), "cm.conversation_id");
    let rows: Vec<MemberRow> = sql
        .push(" ORDER BY cm.conversation_id, cm.person_id")
        .all(reader)
        .await?;
    let mut found: HashMap<ConversationId, Vec<PersonId>> = HashMap::new();
    for row in rows {
        found
            .entry(row.conversation_id)
            .or_default()
            .push(row.person_id);
    }
    Ok(found)
}

/// Names of the others in those of these conversations the viewer is in, as one line.
///
/// # Errors
/// Database errors.
pub async fn titles(
    reader: &Reader,
    ids: &[ConversationId],
) -> Result<HashMap<ConversationId, String>> {
    let Some(viewer) = reader.viewer().person_id() else {
        return Ok(HashMap::new());
    };
    let members = members(reader, ids).await?;
    let everybody = member_set(members.values().flatten().copied());
    let people = identity::queries::people_by_ids(reader, &everybody).await?;
    let names: HashMap<PersonId, String> = people.into_iter().map(|p| (p.id, p.name)).collect();
    let titles = members.into_iter().map(|(id, members)| {
        let alone = members.len() == 1;
        let shown = members.iter().filter(|person| alone || **person != viewer);
        let mut shown: Vec<&str> = shown
            .filter_map(|person| names.get(person))
            .map(String::as_str)
            .collect();
        shown.sort_unstable();
        (id, shown.join(", "))
    });
    Ok(titles.collect())
}

/// Those of these messages the viewer may read.
///
/// # Errors
/// Database errors.
pub async fn messages_by_id(
    reader: &Reader,
    ids: &[MessageId],
) -> Result<HashMap<MessageId, MessageView>> {
    let sql = Sql::new(format!("SELECT {MESSAGE} FROM messages m WHERE m.id IN ("));
    let sql = sql.bind_all(ids.iter().copied()).push(") AND ");
    let rows: Vec<MessageRow> = visible(sql, reader.viewer(), "m.conversation_id")
        .all(reader)
        .await?;
    Ok(rows
        .into_iter()
        .map(MessageView::from)
        .map(|view| (view.id, view))
        .collect())
}

/// Messages of a conversation, oldest first; ask backwards for the newest.
///
/// # Errors
/// `NotFound` for everybody but its members, `INVALID_CURSOR`.
pub async fn messages(
    reader: &Reader,
    id: ConversationId,
    page: &PageArgs,
) -> Result<Page<MessageView>> {
    let (beyond, order) = if page.backward {
        ("<", "DESC")
    } else {
        (">", "ASC")
    };
    let sql = Sql::new(format!(
        "SELECT {MESSAGE} FROM messages m WHERE m.conversation_id = "
    ));
    let sql = visible(
        sql.bind(id).push(" AND "),
        reader.viewer(),
        "m.conversation_id",
    );
    let sql = match page.from_key()? {
        Some(key) => sql.push(&format!(" AND m.id {beyond} ")).bind(key),
        None => sql,
    };
    let limit = format!(" ORDER BY m.id {order} LIMIT {}", page.limit + 1);
    let rows: Vec<MessageRow> = sql.push(&limit).all(reader).await?;
    if rows.is_empty() {
        // Nothing there, or nothing for this viewer?
        conversation(reader, id).await?;
    }
    let views = rows.into_iter().map(MessageView::from).collect();
    Ok(Page::from_rows(views, page, |view: &MessageView| {
        Cursor::key(view.id.0)
    }))
}

/// Unread are others' messages behind the viewer's mark; what was imported is not news.
const UNREAD: &str =
    "m.conversation_id = own.conversation_id AND m.id > own.read_id AND NOT m.imported";

/// How many messages the viewer has not read in each of these conversations, up to
/// [`MAX_UNREAD`] each. Counted from the mark, so it cannot drift.
///
/// # Errors
/// Database errors.
pub async fn unread_by_conversation(
    reader: &Reader,
    ids: &[ConversationId],
) -> Result<HashMap<ConversationId, i64>> {
    let Some(person) = reader.viewer().person_id() else {
        return Ok(HashMap::new());
    };
    let sql = Sql::new(format!(
        "SELECT own.conversation_id, (SELECT COUNT(*) FROM (SELECT 1 FROM messages m \
         WHERE {UNREAD} AND m.author_id <> own.person_id LIMIT {MAX_UNREAD}) few) AS unread \
         FROM conversation_members own WHERE own.person_id = "
    ));
    let sql = sql.bind(person).push(" AND own.conversation_id IN (");
    let rows: Vec<UnreadRow> = sql
        .bind_all(ids.iter().copied())
        .push(")")
        .all(reader)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.conversation_id, row.unread))
        .collect())
}

/// How many messages the viewer has not read at all, up to [`MAX_UNREAD`].
///
/// # Errors
/// Database errors.
pub async fn unread_count(reader: &Reader) -> Result<i64> {
    let Some(person) = reader.viewer().person_id() else {
        return Ok(0);
    };
    // The first condition is the one of the partial index: only conversations with something new.
    let sql = Sql::new(format!(
        "SELECT COUNT(*) AS total FROM (SELECT 1 FROM conversation_members own \
         JOIN messages m ON {UNREAD} AND m.author_id <> own.person_id \
         WHERE own.activity_key > own.read_id AND own.person_id = "
    ));
    let sql = sql.bind(person).push(&format!(" LIMIT {MAX_UNREAD}) few"));
    let row: Option<Total> = sql.one(reader).await?;
    Ok(row.map_or(0, |row| row.total))
}
