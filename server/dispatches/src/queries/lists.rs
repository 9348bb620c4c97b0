//! Lists of dispatches: received, copied, sent, helped with, to be audited.

use std::collections::HashMap;

use kernel::{Cursor, DispatchId, Error, Page, PageArgs, PersonId, Result};
use platform::Reader;
use sea_orm::FromQueryResult;

use super::person;
use crate::model::{DispatchView, MAX_UNREAD};
use crate::policy;
use crate::table::{DISPATCH, DispatchRow, Sql, Total};

/// Which dispatches a list holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, async_graphql::Enum)]
#[graphql(name = "DispatchBox")]
pub enum Box {
    /// Those the viewer is addressed by, the newest first.
    Received,
    /// Of these, those the viewer has still to open or confirm.
    Open,
    /// Those of which the viewer has a copy, as somebody who leads a unit they passed.
    Copied,
    /// Those the viewer has sent.
    Sent,
    /// Those the viewer is writing, or which will be sent at a set time.
    Drafts,
    /// Those whose answers the viewer helps with.
    Helped,
    /// Those the viewer may audit.
    Audited,
}

/// The condition that a dispatch named `d` waits for the person on the roll named `r`.
const OPEN: &str = "d.state = 'published' AND NOT EXISTS (SELECT 1 FROM dispatch_receipts x \
    WHERE x.dispatch_id = d.id AND x.person_id = r.person_id AND x.version >= d.required_version \
    AND (NOT d.is_must_read OR x.acknowledged_at IS NOT NULL))";

const OUT: &str = "d.state IN ('published', 'archived')";

/// One of the viewer's lists.
///
/// # Errors
/// `Unauthenticated`, an invalid cursor, database errors.
pub async fn list(reader: &Reader, which: Box, args: &PageArgs) -> Result<Page<DispatchView>> {
    let viewer = person(reader)?;
    let mut sql = Sql::new(format!("SELECT {DISPATCH} FROM dispatches d "));
    match which {
        Box::Received | Box::Open => {
            sql.push("JOIN dispatch_roll r ON r.dispatch_id = d.id WHERE ")
                .push(if which == Box::Open { OPEN } else { OUT })
                .push(" AND r.person_id = ")
                .bind(viewer);
        }
        Box::Copied => {
            sql.push("WHERE ")
                .push(OUT)
                .push(
                    " AND d.id IN (SELECT x.dispatch_id FROM dispatch_copies x WHERE x.person_id = ",
                )
                .bind(viewer)
                .push(")");
        }
        Box::Helped => {
            sql.push("JOIN dispatch_helpers x ON x.dispatch_id = d.id WHERE ")
                .push(OUT)
                .push(" AND x.person_id = ")
                .bind(viewer);
        }
        Box::Sent => {
            sql.push("WHERE ")
                .push(OUT)
                .push(" AND d.sender_id = ")
                .bind(viewer);
        }
        Box::Drafts => {
            sql.push("WHERE d.state IN ('draft', 'scheduled') AND d.sender_id = ")
                .bind(viewer);
        }
        Box::Audited => {
            let units = policy::audited_units(reader, viewer, reader.now()).await?;
            if units.is_empty() {
                return Ok(Page::from_rows(Vec::new(), args, |_: &DispatchView| {
                    Cursor::parts(&[])
                }));
            }
            sql.push("WHERE ")
                .push(OUT)
                .push(" AND d.unit_id IN (")
                .bind_all(units)
                .push(")");
        }
    }
    let key = if which == Box::Drafts {
        "d.created_at"
    } else {
        "d.sent_at"
    };
    if let Some(from) = &args.from {
        let [at, id] = from.as_parts::<2>()?;
        let at: i64 = at.parse().map_err(|_| kernel::page::invalid_cursor())?;
        let id: DispatchId = id.parse().map_err(|_| kernel::page::invalid_cursor())?;
        sql.push(&format!(" AND ({key}, d.id) < ("))
            .bind(at)
            .push(", ")
            .bind(id)
            .push(")");
    }
    sql.push(&format!(
        " ORDER BY {key} DESC, d.id DESC LIMIT {}",
        args.limit + 1
    ));
    let rows: Vec<DispatchRow> = sql.all(reader).await?;
    let views = views(reader, rows).await?;
    Ok(Page::from_rows(views, args, |view: &DispatchView| {
        let at = view.sent_at.unwrap_or(view.created_at);
        Cursor::parts(&[&at.micros().to_string(), &view.id.to_string()])
    }))
}

async fn views(reader: &Reader, rows: Vec<DispatchRow>) -> Result<Vec<DispatchView>> {
    let relations = policy::relations(reader, reader.viewer(), &rows, reader.now()).await?;
    rows.iter()
        .filter_map(|row| {
            let relation = relations
                .get(&row.id)
                .filter(|relation| relation.is_any())?;
            Some(row.view(*relation))
        })
        .collect()
}

/// Dispatches the viewer sees, by id.
///
/// # Errors
/// Database errors.
pub async fn dispatches_by_id(
    reader: &Reader,
    ids: &[DispatchId],
) -> Result<HashMap<DispatchId, DispatchView>> {
    if ids.is_empty() || person(reader).is_err() {
        return Ok(HashMap::new());
    }
    let mut sql = Sql::new(format!(
        "SELECT {DISPATCH} FROM dispatches d WHERE d.id IN ("
    ));
    sql.bind_all(ids.iter().copied()).push(")");
    let rows: Vec<DispatchRow> = sql.all(reader).await?;
    let views = views(reader, rows).await?;
    Ok(views.into_iter().map(|view| (view.id, view)).collect())
}

/// A dispatch the viewer sees.
///
/// # Errors
/// `NotFound` for everybody else.
pub async fn dispatch(reader: &Reader, id: DispatchId) -> Result<DispatchView> {
    let mut found = dispatches_by_id(reader, &[id]).await?;
    found.remove(&id).ok_or(Error::NotFound)
}

/// What waits for the viewer: dispatches to open or confirm, and answers to the viewer's own questions
/// about one; counted up to [`MAX_UNREAD`].
///
/// # Errors
/// Database errors.
pub async fn unread_count(reader: &Reader) -> Result<i64> {
    let Some(viewer) = reader.viewer().person_id() else {
        return Ok(0);
    };
    let mut sql = Sql::new(
        "SELECT COUNT(*) AS total FROM (SELECT 1 FROM dispatch_roll r \
         JOIN dispatches d ON d.id = r.dispatch_id WHERE r.person_id = ",
    );
    sql.bind(viewer)
        .push(&format!(" AND {OPEN} LIMIT {MAX_UNREAD}) waiting"));
    let open = Total::of(sql.one(reader).await?);
    let replies = super::threads_unread(reader, viewer).await?;
    Ok((open + replies).min(MAX_UNREAD))
}

#[derive(FromQueryResult)]
struct HelperRow {
    person_id: PersonId,
}

/// People who help with the answers; nobody for others than the sender's side.
///
/// # Errors
/// Database errors.
pub async fn helpers(reader: &Reader, dispatch: &DispatchView) -> Result<Vec<PersonId>> {
    if !dispatch.relation.reads_answers() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new("SELECT x.person_id FROM dispatch_helpers x WHERE x.dispatch_id = ");
    sql.bind(dispatch.id).push(" ORDER BY x.person_id");
    let rows: Vec<HelperRow> = sql.all(reader).await?;
    Ok(rows.into_iter().map(|row| row.person_id).collect())
}
