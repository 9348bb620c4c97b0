//! Applying what was tried out, taking it back, throwing it away.

use importers::Watcher;
use importers::org::{self, Record, Sources};
use kernel::{Error, ReorganisationId, Result, Viewer};
use platform::{Database, Sql, Tx};

use super::rehearse::problem;
use crate::events;
use crate::model::ReorganisationState;
use crate::policy::may_decide;
use crate::queries::fingerprint;
use crate::table::{FileRow, RecordRow};

/// Makes the organisation as the files say, whole or not at all.
///
/// # Errors
/// `NETWORK_ADMIN_REQUIRED`, `NotFound`, `Conflict("WRONG_STATE")`; `Conflict` with `UNITS_CHANGED`,
/// `PLACES_CHANGED` or `PEOPLE_CHANGED` when the organisation is not the one it was tried out on; `Invalid` with
/// faults that only show now, such as an address that somebody else has got.
pub async fn apply(
    database: &Database,
    viewer: &Viewer,
    id: ReorganisationId,
    watcher: &dyn Watcher,
) -> Result<()> {
    let mut tx = database.begin(viewer).await?;
    let permit = may_decide(&tx, id, ReorganisationState::Rehearsed).await?;
    let view = permit.view();
    directory::commands::hold_tree(&tx).await?;
    let now = fingerprint(&tx, view.created_at).await?;
    if let Some(reason) = now.conflict_with(&view.base) {
        return Err(Error::Conflict(reason));
    }
    let sources = files(&tx, id).await?;
    let (report, record) = org::bring(&mut tx, &sources, false, watcher).await?;
    if !report.is_accepted() {
        return Err(Error::Invalid(report.faults.iter().map(problem).collect()));
    }
    let after = fingerprint(&tx, tx.now()).await?;
    let mut sql = Sql::new("UPDATE reorganisations SET state = ");
    sql.bind(ReorganisationState::Applied.as_str())
        .push(", applied_by = ")
        .bind(viewer.person_id())
        .push(", applied_at = ")
        .bind(tx.now())
        .push(", after_text = ")
        .bind(after.to_text())
        .push(", record = ")
        .bind(serde_json::to_string(&record)?)
        .push(" WHERE id = ")
        .bind(id);
    sql.run(&tx).await?;
    forget(&tx, "reorganisation_files", id).await?;
    tx.announce(events::about(events::APPLIED, id));
    tx.commit().await
}

/// Makes the organisation as it was before it was applied.
///
/// # Errors
/// `NETWORK_ADMIN_REQUIRED`, `NotFound`, `Conflict("WRONG_STATE")`; `Conflict` with `UNITS_CHANGED`,
/// `PLACES_CHANGED` or `PEOPLE_CHANGED` when something was changed since, `UNIT_IN_USE` when something
/// hangs on a unit that came with it.
pub async fn undo(database: &Database, viewer: &Viewer, id: ReorganisationId) -> Result<()> {
    let mut tx = database.begin(viewer).await?;
    let permit = may_decide(&tx, id, ReorganisationState::Applied).await?;
    let view = permit.view();
    directory::commands::hold_tree(&tx).await?;
    let (Some(after), Some(applied_at)) = (&view.after, view.applied_at) else {
        return Err(Error::bug("an applied reorganisation without its outcome"));
    };
    let now = fingerprint(&tx, applied_at).await?;
    if let Some(reason) = now.conflict_with(after) {
        return Err(Error::Conflict(reason));
    }
    let mut sql = Sql::new("SELECT r.record FROM reorganisations r WHERE r.id = ");
    sql.bind(id);
    let row: Option<RecordRow> = sql.one(&tx).await?;
    let record = row
        .and_then(|row| row.record)
        .ok_or_else(|| Error::bug("an applied reorganisation without its record"))?;
    let record: Record = serde_json::from_str(&record)?;
    if audiences::queries::any_names(&tx, record.units_made()).await? {
        return Err(Error::Conflict("UNIT_IN_USE"));
    }
    org::take_back(&mut tx, &record).await?;
    if fingerprint(&tx, view.created_at).await? != view.base {
        return Err(Error::bug("undoing would not bring back what was before"));
    }
    let mut sql = Sql::new("UPDATE reorganisations SET record = NULL, state = ");
    sql.bind(ReorganisationState::Undone.as_str())
        .push(", undone_by = ")
        .bind(viewer.person_id())
        .push(", undone_at = ")
        .bind(tx.now())
        .push(" WHERE id = ")
        .bind(id);
    sql.run(&tx).await?;
    tx.announce(events::about(events::UNDONE, id));
    tx.commit().await
}

/// Throws files and lines away without applying them; that it was tried out stays.
///
/// # Errors
/// `NETWORK_ADMIN_REQUIRED`, `NotFound`, `Conflict("WRONG_STATE")`.
pub async fn discard(database: &Database, viewer: &Viewer, id: ReorganisationId) -> Result<()> {
    let mut tx = database.begin(viewer).await?;
    may_decide(&tx, id, ReorganisationState::Rehearsed).await?;
    let mut sql = Sql::new("UPDATE reorganisations SET state = ");
    sql.bind(ReorganisationState::Discarded.as_str())
        .push(" WHERE id = ")
        .bind(id);
    sql.run(&tx).await?;
    forget(&tx, "reorganisation_files", id).await?;
    forget(&tx, "reorganisation_lines", id).await?;
    tx.announce(events::about(events::DISCARDED, id));
    tx.commit().await
}

async fn files(tx: &Tx, id: ReorganisationId) -> Result<Sources> {
    let mut sql =
        Sql::new("SELECT f.file, f.text FROM reorganisation_files f WHERE f.reorganisation_id = ");
    sql.bind(id);
    let rows: Vec<FileRow> = sql.all(tx).await?;
    let text = |name: &str| {
        let row = rows.iter().find(|row| row.file == name);
        let row = row.ok_or_else(|| Error::bug("a rehearsal without its files"))?;
        Ok::<_, Error>(row.text.clone().into_bytes())
    };
    Ok(Sources {
        people: text("people")?,
        org_units: text("org_units")?,
        assignments: text("assignments")?,
    })
}

async fn forget(tx: &Tx, table: &str, id: ReorganisationId) -> Result<()> {
    let mut sql = Sql::new(format!("DELETE FROM {table} WHERE reorganisation_id = "));
    sql.bind(id);
    sql.run(tx).await.map(|_| ())
}
