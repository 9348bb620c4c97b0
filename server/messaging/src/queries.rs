//! Reads for a viewer. Every statement is limited to the viewer's own conversations.

use std::collections::HashMap;

mod parts;

use kernel::{ConversationId, Cursor, Error, MessageId, Page, PageArgs, PersonId, Result};
use platform::Reader;

pub use parts::{
    drafts, own_by_conversation, reactions, receipts, revisions, scheduled, thread_counts,
};

use crate::model::{ConversationView, MAX_UNREAD, MessageView, member_set};
use crate::policy::visible;
use crate::table::{CONVERSATION, ConversationRow, MESSAGE, MemberRow, MessageRow, Sql, Total};

/// The viewer's conversations, the one with the newest message first. One that somebody else
/// started is listed once somebody has written in it.
///
/// # Errors
/// `Unauthenticated` for nobody, `INVALID_CURSOR`.
pub async fn conversations(reader: &Reader, page: &PageArgs) -> Result<Page<ConversationView>> {
    let person = reader.viewer().require_person()?;
    let mut sql = Sql::new(format!(
        "SELECT {CONVERSATION} FROM conversation_members own \
         JOIN conversations c ON c.id = own.conversation_id WHERE own.person_id = "
    ));
    sql.bind(person)
        .push(" AND (c.last_message_id IS NOT NULL OR c.created_by = ");
    sql.bind(person).push(")");
    if let Some(key) = page.from_key()? {
        sql.push(" AND own.activity_key < ").bind(key);
    }
    let limit = format!(" ORDER BY own.activity_key DESC LIMIT {}", page.limit + 1);
    sql.push(&limit);
    let rows: Vec<ConversationRow> = sql.all(reader).await?;
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
    let mut sql = Sql::new(format!(
        "SELECT {CONVERSATION} FROM conversations c WHERE c.id IN ("
    ));
    sql.bind_all(ids.iter().copied()).push(") AND ");
    visible(&mut sql, reader.viewer(), "c.id");
    let rows: Vec<ConversationRow> = sql.all(reader).await?;
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
    let mut sql = Sql::new(
        "SELECT cm.conversation_id, cm.person_id FROM conversation_members cm \
         WHERE cm.conversation_id IN (",
    );
    sql.bind_all(ids.iter().copied()).push(") AND ");
    visible(&mut sql, reader.viewer(), "cm.conversation_id");
    sql.push(" ORDER BY cm.conversation_id, cm.person_id");
    let rows: Vec<MemberRow> = sql.all(reader).await?;
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
    let mut sql = Sql::new(format!("SELECT {MESSAGE} FROM messages m WHERE m.id IN ("));
    sql.bind_all(ids.iter().copied()).push(") AND ");
    visible(&mut sql, reader.viewer(), "m.conversation_id");
    let rows: Vec<MessageRow> = sql.all(reader).await?;
    Ok(rows
        .into_iter()
        .map(MessageView::from)
        .map(|view| (view.id, view))
        .collect())
}

/// Which messages of a conversation are meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// All of them.
    All,
    /// The start of a thread and its answers.
    Thread(MessageId),
    /// Those with all these words in them, as [`identity::search_words`] gives them.
    Words(Vec<String>),
}

/// Messages of a conversation, oldest first; ask backwards for the newest. The order is that of their
/// keys, whatever is wanted, so a cursor of one list is good in the others.
///
/// # Errors
/// `NotFound` for everybody but its members, `INVALID_CURSOR`.
pub async fn messages(
    reader: &Reader,
    id: ConversationId,
    wanted: &Wanted,
    page: &PageArgs,
) -> Result<Page<MessageView>> {
    let (beyond, order) = if page.backward {
        ("<", "DESC")
    } else {
        (">", "ASC")
    };
    let mut sql = Sql::new(format!(
        "SELECT {MESSAGE} FROM messages m WHERE m.conversation_id = "
    ));
    sql.bind(id).push(" AND ");
    visible(&mut sql, reader.viewer(), "m.conversation_id");
    narrow(&mut sql, wanted);
    if let Some(key) = page.from_key()? {
        sql.push(&format!(" AND m.id {beyond} ")).bind(key);
    }
    let limit = format!(" ORDER BY m.id {order} LIMIT {}", page.limit + 1);
    sql.push(&limit);
    let rows: Vec<MessageRow> = sql.all(reader).await?;
    if rows.is_empty() {
        // Nothing there, or nothing for this viewer?
        conversation(reader, id).await?;
    }
    let views = rows.into_iter().map(MessageView::from).collect();
    Ok(Page::from_rows(views, page, |view: &MessageView| {
        Cursor::key(view.id.0)
    }))
}

fn narrow(sql: &mut Sql, wanted: &Wanted) {
    match wanted {
        Wanted::All => {}
        Wanted::Thread(root) => {
            sql.push(" AND (m.id = ").bind(*root);
            sql.push(" OR m.thread_id = ").bind(*root).push(")");
        }
        Wanted::Words(words) => {
            sql.push(" AND m.deleted_at IS NULL");
            for word in words {
                // Bound, and none of its signs means more than itself.
                let escaped = word
                    .replace('\\', "\\\\")
                    .replace('%', "\\%")
                    .replace('_', "\\_");
                sql.push(" AND m.search_text LIKE ");
                sql.bind(format!("%{escaped}%")).push(" ESCAPE '\\'");
            }
        }
    }
}

/// Unread are others' messages behind the viewer's mark; what was imported is not news, and what was
/// deleted is none any more.
const UNREAD: &str = "m.conversation_id = own.conversation_id AND m.id > own.read_id \
    AND NOT m.imported AND m.deleted_at IS NULL";

/// How many messages the viewer has not read in conversations that are not quiet, up to
/// [`MAX_UNREAD`].
///
/// # Errors
/// Database errors.
pub async fn unread_count(reader: &Reader) -> Result<i64> {
    let Some(person) = reader.viewer().person_id() else {
        return Ok(0);
    };
    // The first condition is the one of the partial index: only conversations with something new.
    let mut sql = Sql::new(format!(
        "SELECT COUNT(*) AS total FROM (SELECT 1 FROM conversation_members own \
         JOIN messages m ON {UNREAD} AND m.author_id <> own.person_id \
         WHERE own.activity_key > own.read_id AND NOT own.is_muted AND own.person_id = "
    ));
    sql.bind(person).push(&format!(" LIMIT {MAX_UNREAD}) few"));
    let row: Option<Total> = sql.one(reader).await?;
    Ok(row.map_or(0, |row| row.total))
}
