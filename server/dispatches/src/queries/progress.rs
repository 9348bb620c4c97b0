//! How far recipients are, by unit. One pass over the roll; sums up the tree are made here.

use std::collections::HashMap;

use kernel::{OrgUnitId, Result};
use platform::Reader;
use sea_orm::FromQueryResult;

use super::person;
use crate::model::{DispatchView, Progress, SMALLEST_GROUP, UnitProgress};
use crate::table::Sql;

#[derive(Debug, Clone, Copy, FromQueryResult)]
struct Counted {
    unit_id: OrgUnitId,
    delivered: i64,
    seen: i64,
    acknowledged: i64,
    overdue: i64,
}

#[derive(FromQueryResult)]
struct CopyRow {
    unit_id: OrgUnitId,
}

async fn counted(reader: &Reader, dispatch: &DispatchView) -> Result<Vec<Counted>> {
    let mut sql = Sql::new(
        "SELECT r.unit_id, COUNT(*) AS delivered, COUNT(x.person_id) AS seen, \
         CAST(COALESCE(SUM(x.confirmed), 0) AS BIGINT) AS acknowledged, \
         CAST(COALESCE(SUM(CASE WHEN r.due_at <= ",
    );
    sql.bind(reader.now()).push(
        " AND COALESCE(x.confirmed, 0) = 0 THEN 1 ELSE 0 END), 0) AS BIGINT) AS overdue \
         FROM dispatch_roll r LEFT JOIN (SELECT c.person_id, \
         MAX(CASE WHEN c.acknowledged_at IS NOT NULL AND c.version >= ",
    );
    sql.bind(dispatch.required_version)
        .push(" THEN 1 ELSE 0 END) AS confirmed FROM dispatch_receipts c WHERE c.dispatch_id = ")
        .bind(dispatch.id)
        .push(" GROUP BY c.person_id) x ON x.person_id = r.person_id WHERE r.dispatch_id = ")
        .bind(dispatch.id)
        .push(" GROUP BY r.unit_id");
    sql.all(reader).await
}

/// Units whose progress the viewer may see: all for the sender's side and auditors, the own ones for
/// managers in between.
async fn shown(
    reader: &Reader,
    dispatch: &DispatchView,
) -> Result<Option<Vec<directory::queries::Below>>> {
    let relation = dispatch.relation;
    if relation.reads_answers() || relation.is_auditor {
        return Ok(None);
    }
    let roots = copied_units(reader, dispatch).await?;
    Ok(Some(directory::queries::below(reader, &roots).await?))
}

/// Units led by the viewer that the dispatch passed.
///
/// # Errors
/// Database errors.
pub async fn copied_units(reader: &Reader, dispatch: &DispatchView) -> Result<Vec<OrgUnitId>> {
    let mut sql = Sql::new("SELECT x.unit_id FROM dispatch_copies x WHERE x.dispatch_id = ");
    sql.bind(dispatch.id)
        .push(" AND x.person_id = ")
        .bind(person(reader)?)
        .push(" ORDER BY x.unit_id");
    let rows: Vec<CopyRow> = sql.all(reader).await?;
    Ok(rows.into_iter().map(|row| row.unit_id).collect())
}

/// How far all recipients are whom the viewer may know of; nothing for mere recipients.
///
/// # Errors
/// Database errors.
pub async fn progress(reader: &Reader, dispatch: &DispatchView) -> Result<Option<Progress>> {
    let relation = dispatch.relation;
    if !(relation.reads_answers() || relation.is_auditor || relation.has_copy) {
        return Ok(None);
    }
    let shown = shown(reader, dispatch).await?;
    let counted = counted(reader, dispatch).await?;
    let is_shown = |unit: &OrgUnitId| {
        shown
            .as_ref()
            .is_none_or(|units| units.iter().any(|below| below.id == *unit))
    };
    let total = counted
        .into_iter()
        .filter(|row| is_shown(&row.unit_id))
        .fold(Sum::default(), Sum::add);
    Ok(Some(total.told(dispatch)))
}

/// How far the recipients of the units directly below `parent` are, each with all below it, in the order
/// of their names; without `parent` those at the top of what the viewer may see.
///
/// # Errors
/// Database errors.
pub async fn unit_progress(
    reader: &Reader,
    dispatch: &DispatchView,
    parent: Option<OrgUnitId>,
) -> Result<Vec<UnitProgress>> {
    if progress(reader, dispatch).await?.is_none() {
        return Ok(Vec::new());
    }
    let shown = shown(reader, dispatch).await?;
    let (units, tops) = match shown {
        Some(units) => (units, copied_units(reader, dispatch).await?),
        None => {
            let units = directory::queries::below(reader, &[dispatch.unit_id]).await?;
            (units, vec![dispatch.unit_id])
        }
    };
    let parents: HashMap<OrgUnitId, Option<OrgUnitId>> =
        units.iter().map(|unit| (unit.id, unit.parent_id)).collect();
    let mut sums: HashMap<OrgUnitId, Sum> = HashMap::new();
    for row in counted(reader, dispatch).await? {
        let mut next = Some(row.unit_id);
        while let Some(unit) = next.filter(|unit| parents.contains_key(unit)) {
            let sum = sums.entry(unit).or_default();
            *sum = sum.add(row);
            next = parents.get(&unit).copied().flatten();
        }
    }
    let is_wanted = |unit: &directory::queries::Below| match parent {
        Some(parent) => unit.parent_id == Some(parent),
        None => tops.contains(&unit.id),
    };
    let rows = units.iter().filter(|unit| is_wanted(unit));
    Ok(rows
        .filter_map(|unit| {
            let sum = sums.get(&unit.id)?;
            Some(UnitProgress {
                unit_id: unit.id,
                progress: sum.told(dispatch),
            })
        })
        .collect())
}

#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    delivered: i64,
    seen: i64,
    acknowledged: i64,
    overdue: i64,
}

impl Sum {
    fn add(self, row: Counted) -> Self {
        Self {
            delivered: self.delivered + row.delivered,
            seen: self.seen + row.seen,
            acknowledged: self.acknowledged + row.acknowledged,
            overdue: self.overdue + row.overdue,
        }
    }

    /// What may be told: in a small group a number would be a name. Whoever sees the names of a must-read
    /// anyway sees its numbers too.
    fn told(self, dispatch: &DispatchView) -> Progress {
        let names = dispatch.is_must_read && dispatch.relation.sees_names();
        let is_told = names || self.delivered >= SMALLEST_GROUP;
        Progress {
            delivered: self.delivered,
            seen: is_told.then_some(self.seen),
            acknowledged: (is_told && dispatch.is_must_read).then_some(self.acknowledged),
            overdue: self.overdue,
        }
    }
}
