//! Content itself, as the viewer may see it.

use std::collections::HashMap;

use identity::queries::Reads;
use kernel::{ContentId, Cursor, Page, PageArgs, PersonId, Result, Timestamp};
use platform::{Reader, Tx};
use uuid::Uuid;

use crate::commands::Names;
use crate::model::Content;
use crate::policy::{tombstone_or_visible, visible};
use crate::table::{CONTENT_COLUMNS, ContentRow, Sql};

/// Ids looked up by one statement.
const IDS: usize = 500;

fn select() -> Sql {
    let mut sql = Sql::new("SELECT ");
    sql.push(CONTENT_COLUMNS).push(" FROM contents c WHERE ");
    sql
}

/// What the viewer sees of these, and the empty places of deleted replies.
///
/// # Errors
/// Database errors.
pub async fn contents(reader: &Reader, ids: &[ContentId]) -> Result<HashMap<ContentId, Content>> {
    let mut found = HashMap::with_capacity(ids.len());
    for chunk in ids.chunks(IDS) {
        let mut sql = select();
        sql.push("c.id IN (")
            .bind_all(chunk.iter().copied())
            .push(") AND ");
        tombstone_or_visible(&mut sql, reader.viewer());
        for row in sql.all::<ContentRow, _>(reader).await? {
            found.insert(row.id, row.into_view()?);
        }
    }
    Ok(found)
}

/// What the viewer sees of these, without empty places.
///
/// # Errors
/// Database errors.
pub async fn contents_by_ids(reader: &Reader, ids: &[ContentId]) -> Result<Vec<Content>> {
    let mut found = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(IDS) {
        let mut sql = select();
        sql.push("c.id IN (")
            .bind_all(chunk.iter().copied())
            .push(") AND ");
        visible(&mut sql, reader.viewer());
        let rows: Vec<ContentRow> = sql.all(reader).await?;
        found.extend(ContentRow::into_views(rows)?);
    }
    Ok(found)
}

/// One content, if the viewer sees it (or its empty place).
///
/// # Errors
/// Database errors.
pub async fn content(reader: &Reader, id: ContentId) -> Result<Option<Content>> {
    Ok(contents(reader, &[id]).await?.remove(&id))
}

/// What an author's client has written under this id before. Only the author himself is answered,
/// and the house itself.
///
/// # Errors
/// Database errors.
pub async fn by_client_id(tx: &Tx, author: PersonId, client_id: Uuid) -> Result<Option<Content>> {
    if !tx.viewer().is_system() && tx.viewer().person_id() != Some(author) {
        return Ok(None);
    }
    let mut sql = select();
    sql.push("c.author_id = ")
        .bind(author)
        .push(" AND c.client_id = ")
        .bind(client_id);
    let row: Option<ContentRow> = sql.one(tx).await?;
    row.map(ContentRow::into_view).transpose()
}

/// The viewer's own content that will be published by itself, next first.
///
/// # Errors
/// `INVALID_CURSOR`, database errors.
pub async fn scheduled(reader: &Reader, args: &PageArgs) -> Result<Page<Content>> {
    let Some(person) = reader.viewer().person_id() else {
        return Ok(Page::from_rows(Vec::new(), args, cursor_of));
    };
    let mut sql = select();
    // The states of the index, and of them the scheduled ones: a person has few.
    sql.push(
        "c.state IN ('draft', 'pending', 'scheduled') AND c.state = 'scheduled' AND c.author_id = ",
    );
    sql.bind(person).push(" AND ");
    visible(&mut sql, reader.viewer());
    if let Some(cursor) = &args.from {
        let [at, id] = cursor.as_parts::<2>()?;
        let at: i64 = at.parse().map_err(|_| kernel::page::invalid_cursor())?;
        let id = Uuid::try_parse(id).map_err(|_| kernel::page::invalid_cursor())?;
        sql.push(" AND (c.scheduled_for, c.id) > (")
            .bind(at)
            .push(", ")
            .bind(id)
            .push(")");
    }
    sql.push(" ORDER BY c.scheduled_for, c.id LIMIT ")
        .push(&(args.limit + 1).to_string());
    let rows: Vec<ContentRow> = sql.all(reader).await?;
    Ok(Page::from_rows(
        ContentRow::into_views(rows)?,
        args,
        cursor_of,
    ))
}

fn cursor_of(content: &Content) -> Cursor {
    let at = content
        .scheduled_for
        .map_or(0, Timestamp::micros)
        .to_string();
    Cursor::parts(&[&at, &content.id.0.simple().to_string()])
}

/// Content whose time to be published has come, longest overdue first; for the house itself.
///
/// # Errors
/// Database errors.
pub async fn due(reader: &Reader, now: Timestamp, limit: u64) -> Result<Vec<Content>> {
    let mut sql = select();
    sql.push("c.state = 'scheduled' AND c.scheduled_for <= ")
        .bind(now)
        .push(" AND ");
    visible(&mut sql, reader.viewer());
    sql.push(" ORDER BY c.scheduled_for LIMIT ")
        .push(&limit.to_string());
    let rows: Vec<ContentRow> = sql.all(reader).await?;
    ContentRow::into_views(rows)
}

/// Published content whose time is over; for the house itself.
///
/// # Errors
/// Database errors.
pub async fn expiring(reader: &Reader, now: Timestamp, limit: u64) -> Result<Vec<Content>> {
    let mut sql = select();
    sql.push("c.state = 'published' AND c.expires_at IS NOT NULL AND c.expires_at <= ")
        .bind(now);
    sql.push(" AND ");
    visible(&mut sql, reader.viewer());
    sql.push(" ORDER BY c.expires_at LIMIT ")
        .push(&limit.to_string());
    let rows: Vec<ContentRow> = sql.all(reader).await?;
    ContentRow::into_views(rows)
}

/// A text as HTML the way the viewer would publish it.
///
/// # Errors
/// `Unauthenticated`, database errors.
pub async fn preview<R: Reads>(db: &R, source: &str) -> Result<String> {
    let author = db.who().require_person()?;
    let names = Names::look_up(db, std::iter::once((author, source))).await?;
    Ok(names.render(author, source, &[]).html)
}
