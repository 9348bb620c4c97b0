//! How far recipients are, by unit. One pass over the roll; sums up the tree are made here.
//!
//! Numbers about fewer than [`SMALLEST_GROUP`] people would be as good as names. Whoever may not see the names of
//! a group does not get them, and does not get numbers either from which they could be taken away: in a list of
//! units those are left out too that would leave a rest too small ([`hide_rests`]).

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
    let mut rows: Vec<UnitProgress> = rows
        .filter_map(|unit| {
            let sum = sums.get(&unit.id)?;
            Some(UnitProgress {
                unit_id: unit.id,
                progress: sum.told(dispatch),
            })
        })
        .collect();
    let whole = parent.and_then(|parent| sums.get(&parent));
    if let Some(whole) = whole.filter(|_| !sees_names(dispatch)) {
        hide_rests(whole.delivered, &mut rows);
    }
    Ok(rows)
}

/// Whether the names of all recipients are the viewer's to see, and with them every number.
fn sees_names(dispatch: &DispatchView) -> bool {
    dispatch.is_must_read && dispatch.relation.sees_names()
}

/// Takes numbers of the smallest groups away until what the told ones leave of the `whole` is nobody or enough
/// people: the whole is told as well, and what is missing could be counted.
fn hide_rests(whole: i64, rows: &mut [UnitProgress]) {
    loop {
        let told: i64 = rows
            .iter()
            .filter(|row| row.progress.seen.is_some())
            .map(|row| row.progress.delivered)
            .sum();
        let rest = whole - told;
        if rest <= 0 || rest >= SMALLEST_GROUP {
            return;
        }
        let smallest = rows
            .iter_mut()
            .filter(|row| row.progress.seen.is_some())
            .min_by_key(|row| row.progress.delivered);
        let Some(smallest) = smallest else { return };
        smallest.progress = Progress {
            delivered: smallest.progress.delivered,
            ..Progress::default()
        };
    }
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
        let is_told = sees_names(dispatch) || self.delivered >= SMALLEST_GROUP;
        // Who leads the group may ask for the names of those who are overdue.
        let leads = dispatch.relation.has_copy && !dispatch.relation.reads_answers();
        let is_overdue_told = is_told || (dispatch.is_must_read && leads);
        Progress {
            delivered: self.delivered,
            seen: is_told.then_some(self.seen),
            acknowledged: (is_told && dispatch.is_must_read).then_some(self.acknowledged),
            overdue: (is_overdue_told && dispatch.is_must_read).then_some(self.overdue),
        }
    }
}

#[cfg(test)]
mod tests {
    use kernel::OrgUnitId;
    use uuid::Uuid;

    use super::*;

    fn told_of(whole: i64, groups: &[i64]) -> Vec<bool> {
        let row = |delivered: &i64| UnitProgress {
            unit_id: OrgUnitId(Uuid::nil()),
            progress: Progress {
                delivered: *delivered,
                seen: (*delivered >= SMALLEST_GROUP).then_some(1),
                ..Progress::default()
            },
        };
        let mut rows: Vec<UnitProgress> = groups.iter().map(row).collect();
        hide_rests(whole, &mut rows);
        rows.iter().map(|row| row.progress.seen.is_some()).collect()
    }

    #[test]
    fn no_small_group_can_be_counted_out_of_the_whole() {
        assert_eq!(told_of(30, &[10, 20]), [true, true]);
        // Two people are left over, whether in a unit of their own or in the whole itself.
        assert_eq!(told_of(32, &[10, 20, 2]), [false, true, false]);
        assert_eq!(told_of(32, &[10, 20]), [false, true]);
        assert_eq!(told_of(36, &[10, 20, 2, 4]), [true, true, false, false]);
        assert_eq!(told_of(8, &[6, 2]), [false, false]);
    }
}
