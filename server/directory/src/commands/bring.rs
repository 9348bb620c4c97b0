//! Writing what the staff department's files say, within one transaction of the caller's. Events are
//! marked as imported, so that nobody is told of each of them.

use kernel::{
    AssignmentId, Error, NewEvent, OrgUnitId, PersonId, Result, Scope, SubjectRef, Timestamp,
};
use platform::{Sql, Tx};
use sea_orm::{ConnectionTrait, DbBackend, SqlErr, Statement, Value};
use serde_json::json;

use super::{NewUnit, create_unit};
use crate::model::UnitTimes;

/// Rows written by one statement: seven values each, below SQLite's limit of 32,766.
const CHUNK: usize = 2_000;

/// A unit as the files have it.
#[derive(Debug, Clone)]
pub struct BroughtUnit {
    /// The unit.
    pub unit: NewUnit,
    /// When it is open.
    pub times: UnitTimes,
}

/// A place as the files have it.
#[derive(Debug, Clone)]
pub struct BroughtPlace {
    /// Whose it is.
    pub person_id: PersonId,
    /// Where.
    pub unit_id: OrgUnitId,
    /// What the person does there.
    pub role: String,
    /// Whether the person leads the unit.
    pub is_head: bool,
    /// Since when.
    pub starts_at: Timestamp,
    /// Until when, if an end is set.
    pub ends_at: Option<Timestamp>,
}

/// Makes a unit, or makes the one with this id as the files have it. The caller has made sure that
/// there are no rings.
///
/// # Errors
/// `NETWORK_ADMIN_REQUIRED`, problems of the input.
pub async fn bring_unit(
    tx: &mut Tx,
    here: Option<OrgUnitId>,
    brought: BroughtUnit,
) -> Result<OrgUnitId> {
    tx.viewer().require_network_admin()?;
    let BroughtUnit { unit, times } = brought;
    let id = match here {
        Some(id) => {
            let mut problems = Vec::new();
            let name = super::line(&unit.name, 120, "name", &mut problems);
            if !problems.is_empty() {
                return Err(Error::Invalid(problems));
            }
            let mut sql = Sql::new("UPDATE org_units SET name = ");
            sql.bind(name).push(", kind = ").bind(unit.kind.as_str());
            sql.push(", parent_id = ").bind(unit.parent_id);
            sql.push(", updated_at = ").bind(tx.now());
            sql.push(" WHERE id = ").bind(id);
            sql.run(tx).await?;
            id
        }
        None => create_unit(tx, unit).await?.id,
    };
    if here.is_some() || times != UnitTimes::default() {
        let mut sql = Sql::new("UPDATE org_units SET time_zone = ");
        sql.bind(times.time_zone).push(", opening_hours = ");
        sql.bind(times.opening_hours).push(", calendar_id = ");
        sql.bind(times.calendar_id).push(" WHERE id = ").bind(id);
        sql.run(tx).await?;
        let subject = SubjectRef::new(OrgUnitId::PREFIX, id);
        let event = NewEvent::new("org_unit.changed", subject, Scope::Organisation);
        tx.announce(event.imported(true));
    }
    Ok(id)
}

/// Gives many places; returns their ids in the same order.
///
/// # Errors
/// `NETWORK_ADMIN_REQUIRED`, database errors.
pub async fn bring_places(tx: &mut Tx, places: &[BroughtPlace]) -> Result<Vec<AssignmentId>> {
    tx.viewer().require_network_admin()?;
    let mut ids = Vec::with_capacity(places.len());
    for chunk in places.chunks(CHUNK) {
        let mut rows: Vec<Vec<Value>> = Vec::with_capacity(chunk.len());
        for place in chunk {
            let id = AssignmentId::at(tx.now());
            ids.push(id);
            rows.push(vec![
                id.into(),
                place.unit_id.into(),
                place.person_id.into(),
                place.role.clone().into(),
                place.is_head.into(),
                place.starts_at.into(),
                place.ends_at.into(),
            ]);
            announce(tx, "assignment.created", id, place.person_id, place.unit_id);
        }
        let mut sql = Sql::new(
            "INSERT INTO assignments (id, unit_id, person_id, role, is_head, starts_at, ends_at) VALUES ",
        );
        sql.bind_rows(rows);
        sql.run(tx).await?;
    }
    Ok(ids)
}

/// Keeps everybody else from changing units and places until the transaction ends. SQLite has one writer.
///
/// # Errors
/// `NETWORK_ADMIN_REQUIRED`, database errors.
pub async fn hold_tree(tx: &Tx) -> Result<()> {
    tx.viewer().require_network_admin()?;
    if tx.get_database_backend() == DbBackend::Postgres {
        let lock = "LOCK TABLE org_units, assignments IN SHARE ROW EXCLUSIVE MODE";
        tx.execute_unprepared(lock).await?;
    }
    Ok(())
}

/// Takes back places that were brought in and never should have been: they leave no trace but in the
/// journal.
///
/// # Errors
/// `NETWORK_ADMIN_REQUIRED`, database errors.
pub async fn take_back_places(
    tx: &mut Tx,
    places: &[(AssignmentId, PersonId, OrgUnitId)],
) -> Result<()> {
    tx.viewer().require_network_admin()?;
    for chunk in places.chunks(CHUNK) {
        let mut sql = Sql::new("DELETE FROM assignments WHERE id IN (");
        sql.bind_all(chunk.iter().map(|(id, ..)| *id)).push(")");
        sql.run(tx).await?;
        for (id, person, unit) in chunk {
            announce(tx, "assignment.removed", *id, *person, *unit);
        }
    }
    Ok(())
}

/// Takes back a unit that was brought in, if nothing hangs on it.
///
/// # Errors
/// `NETWORK_ADMIN_REQUIRED`; `Conflict("UNIT_IN_USE")` when somebody has used it since; database errors.
pub async fn take_back_unit(tx: &mut Tx, id: OrgUnitId) -> Result<()> {
    tx.viewer().require_network_admin()?;
    let mut sql = Sql::new("DELETE FROM org_units WHERE id = ");
    sql.bind(id);
    let (text, values) = sql.into_parts();
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), text, values);
    if let Err(error) = tx.execute_raw(statement).await {
        return Err(match error.sql_err() {
            Some(SqlErr::ForeignKeyConstraintViolation(_)) => Error::Conflict("UNIT_IN_USE"),
            _ => error.into(),
        });
    }
    let subject = SubjectRef::new(OrgUnitId::PREFIX, id);
    let event = NewEvent::new("org_unit.removed", subject, Scope::Organisation);
    tx.announce(event.imported(true));
    Ok(())
}

/// Says anew until when a place lasts and whether it is that of the head.
///
/// # Errors
/// `NETWORK_ADMIN_REQUIRED`, database errors.
pub async fn change_place(
    tx: &mut Tx,
    place: &crate::queries::KnownPlace,
    is_head: bool,
    ends_at: Option<Timestamp>,
) -> Result<()> {
    tx.viewer().require_network_admin()?;
    let mut sql = Sql::new("UPDATE assignments SET is_head = ");
    sql.bind(is_head).push(", ends_at = ").bind(ends_at);
    sql.push(" WHERE id = ").bind(place.id);
    sql.run(tx).await?;
    announce(
        tx,
        "assignment.changed",
        place.id,
        place.person_id,
        place.unit_id,
    );
    Ok(())
}

fn announce(tx: &mut Tx, kind: &'static str, id: AssignmentId, person: PersonId, unit: OrgUnitId) {
    let subject = SubjectRef::new(AssignmentId::PREFIX, id);
    let payload = json!({
        "person": person.uuid().simple().to_string(),
        "unit": unit.uuid().simple().to_string(),
    });
    let event = NewEvent::new(kind, subject, Scope::Organisation);
    tx.announce(event.with(payload).imported(true));
}
