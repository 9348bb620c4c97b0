//! What units allow urgent dispatches.

use std::collections::HashMap;

use kernel::{DispatchId, OrgUnitId, PersonId, Result, Timestamp};
use platform::Reader;
use sea_orm::{ConnectionTrait, FromQueryResult};

use crate::model::{PolicyView, Urgencies, Urgency};
use crate::table::Sql;

#[derive(FromQueryResult)]
struct PolicyRow {
    unit_id: OrgUnitId,
    passes_quiet_hours: bool,
    repeat_minutes: i32,
    max_repeats: i32,
    updated_at: Timestamp,
}

impl From<PolicyRow> for PolicyView {
    fn from(row: PolicyRow) -> Self {
        Self {
            unit_id: row.unit_id,
            urgency: Urgency {
                passes_quiet_hours: row.passes_quiet_hours,
                repeat_minutes: row.repeat_minutes,
                max_repeats: row.max_repeats,
            },
            updated_at: row.updated_at,
        }
    }
}

async fn said(db: &impl ConnectionTrait) -> Result<Vec<PolicyView>> {
    let sql = Sql::new(
        "SELECT p.unit_id, p.passes_quiet_hours, p.repeat_minutes, p.max_repeats, p.updated_at \
         FROM line_policies p JOIN org_units u ON u.id = p.unit_id ORDER BY u.name, u.id",
    );
    let rows: Vec<PolicyRow> = sql.all(db).await?;
    Ok(rows.into_iter().map(PolicyView::from).collect())
}

/// What units say for themselves, in the order of their names; for network admins.
///
/// # Errors
/// `NETWORK_ADMIN_REQUIRED`, database errors.
pub async fn policies(reader: &Reader) -> Result<Vec<PolicyView>> {
    reader.viewer().require_network_admin()?;
    said(reader).await
}

/// What one unit says for itself. The caller has checked that a network admin asks.
///
/// # Errors
/// Database errors.
pub async fn policy(db: &impl ConnectionTrait, unit: OrgUnitId) -> Result<Option<PolicyView>> {
    let found = said(db).await?;
    Ok(found.into_iter().find(|policy| policy.unit_id == unit))
}

/// What holds in each of these units.
///
/// # Errors
/// Database errors.
pub(crate) async fn urgencies(db: &impl ConnectionTrait, units: &[OrgUnitId]) -> Result<Urgencies> {
    let said: HashMap<OrgUnitId, Urgency> = said(db)
        .await?
        .into_iter()
        .map(|policy| (policy.unit_id, policy.urgency))
        .collect();
    if said.is_empty() {
        return Ok(Urgencies::default());
    }
    let above = directory::queries::above(db, units).await?;
    let parents = above.into_iter().map(|unit| (unit.id, unit.parent_id));
    Ok(Urgencies::new(said, parents.collect()))
}

#[derive(FromQueryResult)]
struct OpenRow {
    person_id: PersonId,
    unit_id: OrgUnitId,
}

/// Of these people, those whom an urgent dispatch may reach through their quiet hours: it still waits for
/// them, and the policy of the unit they are on its roll with allows it. Nobody for one that is not urgent.
///
/// # Errors
/// Database errors.
pub async fn passes_quiet_hours(
    db: &impl ConnectionTrait,
    id: DispatchId,
    people: &[PersonId],
) -> Result<Vec<PersonId>> {
    if people.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new(
        "SELECT r.person_id, r.unit_id FROM dispatch_roll r JOIN dispatches d ON d.id = r.dispatch_id \
         WHERE d.is_urgent AND d.state = 'published' AND NOT EXISTS (SELECT 1 FROM dispatch_receipts x \
         WHERE x.dispatch_id = d.id AND x.person_id = r.person_id AND x.acknowledged_at IS NOT NULL \
         AND x.version >= d.required_version) AND d.id = ",
    );
    sql.bind(id)
        .push(" AND r.person_id IN (")
        .bind_all(people.iter().copied())
        .push(") ORDER BY r.person_id");
    let rows: Vec<OpenRow> = sql.all(db).await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let mut units: Vec<OrgUnitId> = rows.iter().map(|row| row.unit_id).collect();
    units.sort();
    units.dedup();
    let urgencies = urgencies(db, &units).await?;
    let passes = rows
        .into_iter()
        .filter(|row| urgencies.of(row.unit_id).passes_quiet_hours);
    Ok(passes.map(|row| row.person_id).collect())
}
