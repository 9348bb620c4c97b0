//! Reads: the viewer's own lines, as far as what they are about may be seen at this moment.

mod choices;

pub use choices::{choices, defaults, house, rhythms};

use std::collections::HashMap;

use kernel::{Cursor, NotificationId, Page, PageArgs, Result};
use platform::Reader;

use crate::model::{MAX_UNREAD, NotificationView};
use crate::policy::visible;
use crate::table::{NOTIFICATION, NotificationRow, Sql, Total};

fn select(reader: &Reader) -> Sql {
    let sql = Sql::new(format!(
        "SELECT {NOTIFICATION} FROM notifications n \
         LEFT JOIN contents about ON about.id = COALESCE(n.reply_id, n.post_id) WHERE "
    ));
    visible(sql, reader.viewer())
}

fn views(rows: Vec<NotificationRow>) -> Result<Vec<NotificationView>> {
    rows.into_iter().map(NotificationRow::into_view).collect()
}

/// The viewer's lines, newest first.
///
/// # Errors
/// `Unauthenticated` for nobody, `INVALID_CURSOR`.
pub async fn notifications(
    reader: &Reader,
    unread_only: bool,
    page: &PageArgs,
) -> Result<Page<NotificationView>> {
    reader.viewer().require_person()?;
    let sql = select(reader);
    let sql = if unread_only {
        sql.push(" AND n.read_at IS NULL")
    } else {
        sql
    };
    let sql = match page.from_key()? {
        Some(key) => sql.push(" AND n.id < ").bind(key),
        None => sql,
    };
    let limit = format!(" ORDER BY n.id DESC LIMIT {}", page.limit + 1);
    let rows: Vec<NotificationRow> = sql.push(&limit).all(reader).await?;
    Ok(Page::from_rows(views(rows)?, page, |view| {
        Cursor::key(view.id.0)
    }))
}

/// Those of these lines that are the viewer's and may be shown.
///
/// # Errors
/// Database errors.
pub async fn notifications_by_id(
    reader: &Reader,
    ids: &[NotificationId],
) -> Result<HashMap<NotificationId, NotificationView>> {
    let sql = select(reader).push(" AND n.id IN (");
    let rows: Vec<NotificationRow> = sql
        .bind_all(ids.iter().copied())
        .push(")")
        .all(reader)
        .await?;
    Ok(views(rows)?
        .into_iter()
        .map(|view| (view.id, view))
        .collect())
}

/// The viewer's unread line of a bundle.
///
/// # Errors
/// Database errors.
pub async fn unread_in_bundle(reader: &Reader, bundle: &str) -> Result<Option<NotificationView>> {
    let sql = select(reader)
        .push(" AND n.read_at IS NULL AND n.bundle = ")
        .bind(bundle);
    let row: Option<NotificationRow> = sql.one(reader).await?;
    row.map(NotificationRow::into_view).transpose()
}

/// How many lines the viewer has not read, up to [`MAX_UNREAD`]. Counted when asked, with what may
/// be seen at this moment.
///
/// # Errors
/// Database errors.
pub async fn unread_count(reader: &Reader) -> Result<i64> {
    let sql =
        Sql::new("SELECT COUNT(*) AS total FROM (SELECT 1 AS one FROM notifications n WHERE ");
    let sql = visible(sql.push("n.read_at IS NULL AND "), reader.viewer());
    let row: Option<Total> = sql
        .push(&format!(" LIMIT {MAX_UNREAD}) few"))
        .one(reader)
        .await?;
    Ok(row.map_or(0, |row| row.total))
}
