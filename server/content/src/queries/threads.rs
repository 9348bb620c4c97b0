//! Threads, their replies and who follows them.

use std::collections::HashMap;

use kernel::{ContentId, Cursor, Error, Page, PageArgs, Result};
use platform::{Reader, Tx};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::model::{Content, Thread, ThreadSubscription};
use crate::policy::{tombstone_or_visible, visible};
use crate::table::{CONTENT_COLUMNS, ContentRow, Sql, THREAD_COLUMNS, ThreadRow};

/// The thread a content starts, within a transaction.
///
/// # Errors
/// `NotFound` when it starts none, database errors.
pub async fn thread_in(tx: &Tx, root: &Content) -> Result<Thread> {
    let mut sql = Sql::new("SELECT ");
    sql.push(THREAD_COLUMNS)
        .push(" FROM threads t WHERE t.root_id = ")
        .bind(root.id);
    let row: Option<ThreadRow> = sql.one(tx).await?;
    row.map(ThreadRow::into_view).ok_or(Error::NotFound)
}

/// Threads by their starts.
pub(crate) async fn threads_of(
    reader: &Reader,
    roots: &[ContentId],
) -> Result<HashMap<ContentId, Thread>> {
    let mut sql = Sql::new("SELECT ");
    sql.push(THREAD_COLUMNS)
        .push(" FROM threads t WHERE t.root_id IN (");
    sql.bind_all(roots.iter().copied()).push(")");
    let rows: Vec<ThreadRow> = sql.all(reader).await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.root_id, row.into_view()))
        .collect())
}

fn key_of(reply: &Content) -> Cursor {
    Cursor::key(reply.feed_key.unwrap_or(Uuid::nil()))
}

/// A page of the thread's replies, oldest first, with the empty places of deleted ones.
///
/// # Errors
/// `INVALID_CURSOR`, database errors.
pub async fn replies(reader: &Reader, root: &Content, args: &PageArgs) -> Result<Page<Content>> {
    let mut sql = Sql::new("SELECT ");
    sql.push(CONTENT_COLUMNS)
        .push(" FROM contents c WHERE c.kind = 'reply' AND c.root_id = ");
    sql.bind(root.id).push(" AND c.feed_key IS NOT NULL");
    if let Some(key) = args.from_key()? {
        let beyond = if args.backward {
            " AND c.feed_key < "
        } else {
            " AND c.feed_key > "
        };
        sql.push(beyond).bind(key);
    }
    sql.push(" AND ");
    tombstone_or_visible(&mut sql, reader.viewer());
    sql.push(" ORDER BY c.feed_key");
    sql.push(if args.backward {
        " DESC LIMIT "
    } else {
        " LIMIT "
    });
    sql.push(&(args.limit + 1).to_string());
    let rows: Vec<ContentRow> = sql.all(reader).await?;
    Ok(Page::from_rows(ContentRow::into_views(rows)?, args, key_of))
}

#[derive(FromQueryResult)]
struct TotalRow {
    total: i64,
}

/// How many replies [`replies`] goes through, empty places included.
///
/// # Errors
/// Database errors.
pub async fn reply_total(reader: &Reader, root: &Content) -> Result<i64> {
    let mut sql = Sql::new(
        "SELECT COUNT(*) AS total FROM contents c WHERE c.kind = 'reply' AND c.root_id = ",
    );
    sql.bind(root.id).push(" AND c.feed_key IS NOT NULL AND ");
    tombstone_or_visible(&mut sql, reader.viewer());
    let row: Option<TotalRow> = sql.one(reader).await?;
    Ok(row.map_or(0, |row| row.total))
}

/// The newest `count` replies of each thread, oldest first, in one statement. Each thread is read
/// from the end of its index: a window function would read all of each thread.
pub(crate) async fn latest_replies(
    reader: &Reader,
    wanted: &[(ContentId, u64)],
) -> Result<HashMap<ContentId, Vec<Content>>> {
    let mut found: HashMap<ContentId, Vec<Content>> = HashMap::new();
    for chunk in wanted.chunks(100) {
        let mut sql = Sql::new("SELECT ");
        sql.push(CONTENT_COLUMNS).push(" FROM (");
        for (index, (root, count)) in chunk.iter().enumerate() {
            sql.push(if index > 0 { " UNION ALL " } else { "" });
            sql.push("SELECT id FROM (SELECT id FROM contents WHERE kind = 'reply' AND root_id = ");
            sql.bind(*root)
                .push(" AND state = 'published' ORDER BY feed_key DESC LIMIT ");
            sql.push(&count.to_string())
                .push(") thread_")
                .push(&index.to_string());
        }
        sql.push(") latest JOIN contents c ON c.id = latest.id WHERE ");
        visible(&mut sql, reader.viewer());
        sql.push(" ORDER BY c.root_id, c.feed_key");
        let rows: Vec<ContentRow> = sql.all(reader).await?;
        for reply in ContentRow::into_views(rows)? {
            found.entry(reply.root).or_default().push(reply);
        }
    }
    Ok(found)
}

#[derive(FromQueryResult)]
struct SubscriptionRow {
    root_id: ContentId,
    state: String,
}

/// How the viewer follows threads; absent means normal.
pub(crate) async fn subscriptions_of(
    reader: &Reader,
    roots: &[ContentId],
) -> Result<HashMap<ContentId, ThreadSubscription>> {
    let Some(person) = reader.viewer().person_id() else {
        return Ok(HashMap::new());
    };
    let mut sql = Sql::new("SELECT root_id, state FROM thread_subscriptions WHERE person_id = ");
    sql.bind(person)
        .push(" AND root_id IN (")
        .bind_all(roots.iter().copied())
        .push(")");
    let rows: Vec<SubscriptionRow> = sql.all(reader).await?;
    rows.into_iter()
        .map(|row| Ok((row.root_id, ThreadSubscription::parse(&row.state)?)))
        .collect()
}
