//! What units allow urgent dispatches, said by network admins.

use kernel::{Error, OrgUnitId, Problem, Result, Viewer};
use platform::{Database, Tx};
use sea_orm::Value;

use crate::events;
use crate::model::{MAX_REPEAT_MINUTES, MAX_REPEATS, MIN_REPEAT_MINUTES, Urgency};
use crate::table::Sql;

/// Says what holds for urgent dispatches in a unit and everything below that says nothing else. Repeats that are
/// still to come are reckoned anew.
///
/// # Errors
/// `NETWORK_ADMIN_REQUIRED`, problems of the input.
pub async fn policy_set(
    database: &Database,
    viewer: &Viewer,
    unit: OrgUnitId,
    urgency: Urgency,
) -> Result<()> {
    viewer.require_network_admin()?;
    let mut problems = Vec::new();
    if !(MIN_REPEAT_MINUTES..=MAX_REPEAT_MINUTES).contains(&urgency.repeat_minutes) {
        let text = format!("Give {MIN_REPEAT_MINUTES} to {MAX_REPEAT_MINUTES} minutes.");
        problems.push(Problem::new("repeatMinutes", "OUT_OF_RANGE", text));
    }
    if !(0..=MAX_REPEATS).contains(&urgency.max_repeats) {
        let text = format!("Give 0 to {MAX_REPEATS} repeats.");
        problems.push(Problem::new("maxRepeats", "OUT_OF_RANGE", text));
    }
    let mut tx = database.begin(viewer).await?;
    if directory::queries::below(&tx, &[unit]).await?.is_empty() {
        let text = "There is no such unit.";
        problems.push(Problem::new("unitId", "UNIT_NOT_FOUND", text));
    }
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let mut sql = Sql::new(
        "INSERT INTO line_policies (unit_id, passes_quiet_hours, repeat_minutes, max_repeats, \
         updated_by, updated_at) VALUES ",
    );
    let row: Vec<Value> = vec![
        unit.into(),
        urgency.passes_quiet_hours.into(),
        urgency.repeat_minutes.into(),
        urgency.max_repeats.into(),
        viewer.person_id().into(),
        tx.now().into(),
    ];
    sql.bind_rows([row]).push(
        " ON CONFLICT (unit_id) DO UPDATE SET passes_quiet_hours = excluded.passes_quiet_hours, \
         repeat_minutes = excluded.repeat_minutes, max_repeats = excluded.max_repeats, \
         updated_by = excluded.updated_by, updated_at = excluded.updated_at",
    );
    sql.run(&tx).await?;
    reckon_anew(&tx).await?;
    tx.announce(events::policy("line_policy.set", unit));
    tx.commit().await
}

/// Takes back what a unit says for itself; what holds above holds there too.
///
/// # Errors
/// `NETWORK_ADMIN_REQUIRED`, `NotFound` where it says nothing.
pub async fn policy_remove(database: &Database, viewer: &Viewer, unit: OrgUnitId) -> Result<()> {
    viewer.require_network_admin()?;
    let mut tx = database.begin(viewer).await?;
    let mut sql = Sql::new("DELETE FROM line_policies WHERE unit_id = ");
    sql.bind(unit);
    if sql.run(&tx).await? == 0 {
        return Err(Error::NotFound);
    }
    reckon_anew(&tx).await?;
    tx.announce(events::policy("line_policy.removed", unit));
    tx.commit().await
}

/// Repeats that are still to come: marked as due, they are reckoned anew by the work that takes steps.
async fn reckon_anew(tx: &Tx) -> Result<()> {
    let mut sql = Sql::new("UPDATE dispatch_roll SET next_nudge_at = ");
    let now = sql.hold(tx.now());
    sql.push(&format!(
        "${now} WHERE next_nudge_at IS NOT NULL AND next_nudge_at > ${now}"
    ));
    sql.run(tx).await?;
    Ok(())
}
