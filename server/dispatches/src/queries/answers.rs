//! Private exchanges. The sender's side reads all of a dispatch, a recipient the own one.

use std::collections::HashMap;

use kernel::{Cursor, DispatchMessageId, Error, OrgUnitId, Page, PageArgs, PersonId, Result};
use platform::Reader;
use sea_orm::FromQueryResult;

use super::person;
use crate::model::{DispatchView, ExchangeMessage, MAX_UNREAD, ThreadView};
use crate::table::{MESSAGE, MessageRow, Sql, THREAD, ThreadRow, Total};

/// Exchanges about a dispatch, the one with the newest message first, and how many they are.
///
/// # Errors
/// `NOT_YOURS` for others than the sender's side, an invalid cursor, database errors.
pub async fn threads(
    reader: &Reader,
    dispatch: &DispatchView,
    unit: Option<OrgUnitId>,
    theme: Option<&str>,
    open_only: bool,
    args: &PageArgs,
) -> Result<(Page<ThreadView>, i64)> {
    if !dispatch.relation.reads_answers() {
        return Err(Error::Forbidden("NOT_YOURS"));
    }
    let units = match unit {
        Some(unit) => Some(directory::queries::below(reader, &[unit]).await?),
        None => None,
    };
    let condition = |sql: &mut Sql| {
        sql.push(" FROM dispatch_threads t WHERE t.dispatch_id = ")
            .bind(dispatch.id);
        if let Some(units) = &units {
            // An unknown unit reaches nobody.
            sql.push(" AND t.unit_id IN (NULL");
            for unit in units {
                sql.push(", ").bind(unit.id);
            }
            sql.push(")");
        }
        if let Some(theme) = theme {
            sql.push(" AND t.theme = ").bind(theme);
        }
        if open_only {
            sql.push(" AND NOT t.is_answered");
        }
    };
    let mut count = Sql::new("SELECT COUNT(*) AS total");
    condition(&mut count);
    let total = Total::of(count.one(reader).await?);
    let mut sql = Sql::new(format!("SELECT {THREAD}"));
    condition(&mut sql);
    if let Some(after) = args.from_key()? {
        sql.push(" AND t.last_message_id < ").bind(after);
    }
    sql.push(&format!(
        " ORDER BY t.last_message_id DESC LIMIT {}",
        args.limit + 1
    ));
    let rows: Vec<ThreadRow> = sql.all(reader).await?;
    let rows = rows.into_iter().map(ThreadView::from).collect();
    let page = Page::from_rows(rows, args, |thread: &ThreadView| {
        Cursor::key(thread.last_message_id.0)
    });
    Ok((page, total))
}

/// One exchange: any for the sender's side, the own one for a recipient.
///
/// # Errors
/// `NOT_YOURS`, database errors.
pub async fn thread(
    reader: &Reader,
    dispatch: &DispatchView,
    of: PersonId,
) -> Result<Option<ThreadView>> {
    may_read(reader, dispatch, of)?;
    let mut sql = Sql::new(format!(
        "SELECT {THREAD} FROM dispatch_threads t WHERE t.dispatch_id = "
    ));
    sql.bind(dispatch.id).push(" AND t.person_id = ").bind(of);
    let row: Option<ThreadRow> = sql.one(reader).await?;
    Ok(row.map(ThreadView::from))
}

/// The messages of an exchange, the oldest first, at most 500.
///
/// # Errors
/// `NOT_YOURS`, database errors.
pub async fn messages(
    reader: &Reader,
    dispatch: &DispatchView,
    of: PersonId,
) -> Result<Vec<ExchangeMessage>> {
    may_read(reader, dispatch, of)?;
    let mut sql = Sql::new(format!(
        "SELECT {MESSAGE} FROM dispatch_messages m WHERE m.dispatch_id = "
    ));
    sql.bind(dispatch.id)
        .push(" AND m.person_id = ")
        .bind(of)
        .push(" ORDER BY m.id LIMIT 500");
    let rows: Vec<MessageRow> = sql.all(reader).await?;
    Ok(rows.into_iter().map(ExchangeMessage::from).collect())
}

/// The newest messages of exchanges that were read through [`threads`].
///
/// # Errors
/// `NOT_YOURS`, database errors.
pub async fn last_messages(
    reader: &Reader,
    dispatch: &DispatchView,
    ids: &[DispatchMessageId],
) -> Result<HashMap<DispatchMessageId, ExchangeMessage>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let mut sql = Sql::new(format!(
        "SELECT {MESSAGE} FROM dispatch_messages m WHERE m.dispatch_id = "
    ));
    sql.bind(dispatch.id);
    if !dispatch.relation.reads_answers() {
        sql.push(" AND m.person_id = ").bind(person(reader)?);
    }
    sql.push(" AND m.id IN (")
        .bind_all(ids.iter().copied())
        .push(")");
    let rows: Vec<MessageRow> = sql.all(reader).await?;
    let messages = rows.into_iter().map(ExchangeMessage::from);
    Ok(messages.map(|message| (message.id, message)).collect())
}

fn may_read(reader: &Reader, dispatch: &DispatchView, of: PersonId) -> Result<()> {
    let is_own = dispatch.relation.is_recipient && person(reader)? == of;
    if is_own || dispatch.relation.reads_answers() {
        Ok(())
    } else {
        Err(Error::Forbidden("NOT_YOURS"))
    }
}

#[derive(FromQueryResult)]
struct ThemeRow {
    theme: String,
    total: i64,
}

/// Themes of the answers with how many there are of each; for the sender's side.
///
/// # Errors
/// `NOT_YOURS`, database errors.
pub async fn themes(reader: &Reader, dispatch: &DispatchView) -> Result<Vec<(String, i64)>> {
    if !dispatch.relation.reads_answers() {
        return Err(Error::Forbidden("NOT_YOURS"));
    }
    let mut sql = Sql::new(
        "SELECT t.theme, COUNT(*) AS total FROM dispatch_threads t WHERE t.dispatch_id = ",
    );
    sql.bind(dispatch.id)
        .push(" GROUP BY t.theme ORDER BY total DESC, t.theme");
    let rows: Vec<ThemeRow> = sql.all(reader).await?;
    Ok(rows.into_iter().map(|row| (row.theme, row.total)).collect())
}

/// Exchanges of the viewer in which the sender's side wrote last and which were not opened since.
pub async fn threads_unread(reader: &Reader, viewer: PersonId) -> Result<i64> {
    let mut sql = Sql::new(
        "SELECT COUNT(*) AS total FROM (SELECT 1 FROM dispatch_threads t WHERE t.is_answered \
         AND (t.read_by_person_id IS NULL OR t.read_by_person_id < t.last_message_id) \
         AND t.person_id = ",
    );
    sql.bind(viewer)
        .push(&format!(" LIMIT {MAX_UNREAD}) waiting"));
    Ok(Total::of(sql.one(reader).await?))
}
