//! Recipients by name: for the sender and auditors of a must-read; for managers in between only those
//! who are overdue in their own units; for everybody the own line. Each look is noted before
//! ([`crate::commands::note_look`]).

use std::collections::HashMap;

use kernel::{Cursor, DispatchId, Error, OrgUnitId, Page, PageArgs, PersonId, Result};
use platform::Reader;

use super::{copied_units, person};
use crate::model::{
    DispatchView, Duty, LookKind, LookView, RecipientFilter, RecipientView, Relation,
};
use crate::table::{DispatchRow, LookRow, RECIPIENT, RecipientRow, Sql, Total};

/// Whether names may be listed.
pub(crate) fn may_list(row: &DispatchRow, relation: Relation, what: LookKind) -> bool {
    row.is_must_read
        && match what {
            LookKind::Recipients | LookKind::Proof => relation.sees_names(),
            LookKind::Overdue => relation.sees_names() || relation.has_copy,
        }
}

/// Recipients by name, in the order of their names, and how many they are. Managers in between may ask for those
/// who are overdue only.
///
/// # Errors
/// `NAMES_HIDDEN`, an invalid cursor, database errors.
pub async fn recipients(
    reader: &Reader,
    dispatch: &DispatchView,
    filter: RecipientFilter,
    unit: Option<OrgUnitId>,
    args: &PageArgs,
) -> Result<(Page<RecipientView>, i64)> {
    let relation = dispatch.relation;
    let of_own_units = !relation.sees_names();
    let may = dispatch.is_must_read
        && (relation.sees_names() || (relation.has_copy && filter == RecipientFilter::Overdue));
    if !may {
        return Err(Error::Forbidden("NAMES_HIDDEN"));
    }
    let mut units = Vec::new();
    if of_own_units {
        units = directory::queries::below(reader, &copied_units(reader, dispatch).await?).await?;
    }
    if let Some(unit) = unit {
        let below = directory::queries::below(reader, &[unit]).await?;
        units = if of_own_units {
            below
                .into_iter()
                .filter(|unit| units.contains(unit))
                .collect()
        } else {
            below
        };
    }
    let narrowed = of_own_units || unit.is_some();
    if narrowed && units.is_empty() {
        return Ok((
            Page::from_rows(Vec::new(), args, |_: &RecipientView| Cursor::parts(&[])),
            0,
        ));
    }
    let condition = |sql: &mut Sql| {
        sql.push(
            " FROM dispatch_roll r JOIN people p ON p.id = r.person_id WHERE r.dispatch_id = ",
        )
        .bind(dispatch.id);
        if narrowed {
            sql.push(" AND r.unit_id IN (")
                .bind_all(units.iter().map(|unit| unit.id))
                .push(")");
        }
        let confirmed = "EXISTS (SELECT 1 FROM dispatch_receipts y WHERE y.dispatch_id = r.dispatch_id \
             AND y.person_id = r.person_id AND y.acknowledged_at IS NOT NULL AND y.version >= ";
        match filter {
            RecipientFilter::All => {}
            RecipientFilter::Acknowledged => {
                sql.push(" AND ")
                    .push(confirmed)
                    .bind(dispatch.required_version)
                    .push(")");
            }
            RecipientFilter::Open | RecipientFilter::Overdue => {
                sql.push(" AND NOT ")
                    .push(confirmed)
                    .bind(dispatch.required_version)
                    .push(")");
            }
        }
        if filter == RecipientFilter::Overdue {
            sql.push(" AND r.due_at <= ").bind(reader.now());
        }
    };
    let mut count = Sql::new("SELECT COUNT(*) AS total");
    condition(&mut count);
    let total = Total::of(count.one(reader).await?);
    let mut sql = Sql::new(format!("SELECT {RECIPIENT}"));
    condition(&mut sql);
    behind(&mut sql, args)?;
    let rows: Vec<RecipientRow> = sql.all(reader).await?;
    let rows = rows.into_iter().map(RecipientView::from).collect();
    let page = Page::from_rows(rows, args, |row: &RecipientView| {
        Cursor::key(row.person_id.0)
    });
    Ok((page, total))
}

/// Adds the page of a roll named `r` with its people named `p`, in the order of their names.
pub(super) fn behind(sql: &mut Sql, args: &PageArgs) -> Result<()> {
    if let Some(after) = args.from_key()? {
        sql.push(" AND (p.search_text, r.person_id) > ((SELECT last.search_text FROM people last WHERE last.id = ")
            .bind(after)
            .push("), ")
            .bind(after)
            .push(")");
    }
    sql.push(&format!(
        " ORDER BY p.search_text, r.person_id LIMIT {}",
        args.limit + 1
    ));
    Ok(())
}

/// The viewer's own line on the rolls of these dispatches.
///
/// # Errors
/// Database errors.
pub async fn duties(reader: &Reader, ids: &[DispatchId]) -> Result<HashMap<DispatchId, Duty>> {
    let Ok(viewer) = person(reader) else {
        return Ok(HashMap::new());
    };
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let mut sql = Sql::new(format!(
        "SELECT {RECIPIENT} FROM dispatch_roll r WHERE r.person_id = "
    ));
    sql.bind(viewer)
        .push(" AND r.dispatch_id IN (")
        .bind_all(ids.iter().copied())
        .push(")");
    let rows: Vec<RecipientRow> = sql.all(reader).await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.dispatch_id, RecipientView::from(row).duty))
        .collect())
}

/// Looks at lists the viewer stands in, the newest first. The viewer's own looks are not among them.
///
/// # Errors
/// `Unauthenticated`, an invalid cursor, database errors.
pub async fn looks(reader: &Reader, args: &PageArgs) -> Result<Page<LookView>> {
    let viewer: PersonId = person(reader)?;
    let mut sql = Sql::new(
        "SELECT l.id, l.viewer_id, l.dispatch_id, l.what, l.looked_at FROM personal_looks l \
         JOIN dispatch_roll r ON r.dispatch_id = l.dispatch_id AND r.person_id = ",
    );
    sql.bind(viewer)
        .push(" WHERE (l.person_id IS NULL OR l.person_id = ")
        .bind(viewer)
        .push(") AND l.viewer_id <> ")
        .bind(viewer);
    if let Some(after) = args.from_key()? {
        sql.push(" AND l.id < ").bind(after);
    }
    sql.push(&format!(" ORDER BY l.id DESC LIMIT {}", args.limit + 1));
    let rows: Vec<LookRow> = sql.all(reader).await?;
    let rows = rows
        .into_iter()
        .map(LookRow::view)
        .collect::<Result<Vec<_>>>()?;
    Ok(Page::from_rows(rows, args, |look: &LookView| {
        Cursor::key(look.id.0)
    }))
}
