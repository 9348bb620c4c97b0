//! The whole tree and all places at once, for bringing in what the staff department's files say. For the
//! house itself and network admins.

use std::collections::HashMap;

use identity::queries::Reads;
use kernel::{AssignmentId, CalendarId, OrgUnitId, PersonId, Result, Timestamp};
use platform::{Sql, Tx};
use sea_orm::{EntityTrait, FromQueryResult, QueryOrder};

use super::reach::held;
use super::unit_of;
use crate::model::OrgUnit;
use crate::table::org_units;

/// A place that has not ended.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct KnownPlace {
    /// Its id.
    pub id: AssignmentId,
    /// Whose it is.
    pub person_id: PersonId,
    /// Where.
    pub unit_id: OrgUnitId,
    /// What the person does there.
    pub role: String,
    /// Whether the person leads the unit.
    pub is_head: bool,
    /// Until when, if an end is set.
    pub ends_at: Option<Timestamp>,
}

/// All units, the oldest first.
///
/// # Errors
/// `NETWORK_ADMIN_REQUIRED`, database errors.
pub async fn all_units<R: Reads>(reader: &R) -> Result<Vec<OrgUnit>> {
    reader.who().require_network_admin()?;
    let rows = org_units::Entity::find()
        .order_by_asc(org_units::Column::Id)
        .all(reader)
        .await?;
    rows.into_iter().map(unit_of).collect()
}

/// All places that have not ended at `at`, those to come included; the oldest first.
///
/// # Errors
/// `NETWORK_ADMIN_REQUIRED`, database errors.
pub async fn lasting_places<R: Reads>(reader: &R, at: Timestamp) -> Result<Vec<KnownPlace>> {
    reader.who().require_network_admin()?;
    let mut sql = Sql::new(
        "SELECT a.id, a.person_id, a.unit_id, a.role, a.is_head, a.ends_at FROM assignments a \
         WHERE a.ends_at IS NULL OR a.ends_at > ",
    );
    sql.bind(at).push(" ORDER BY a.id");
    sql.all(reader).await
}

/// A person and a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, FromQueryResult)]
pub struct PersonInUnit {
    /// The person.
    pub person_id: PersonId,
    /// The unit.
    pub unit_id: OrgUnitId,
}

/// Who has a place where at `at`, each once; people who may not sign in have none.
///
/// # Errors
/// `NETWORK_ADMIN_REQUIRED`, database errors.
pub async fn everybody_placed<R: Reads>(reader: &R, at: Timestamp) -> Result<Vec<PersonInUnit>> {
    reader.who().require_network_admin()?;
    let mut sql = Sql::new("SELECT DISTINCT held.person_id, held.unit_id FROM ");
    held(&mut sql, at);
    sql.push(" held");
    sql.all(reader).await
}

/// Who leads what at `at`, standing in included; see [`super::leads`].
///
/// # Errors
/// `NETWORK_ADMIN_REQUIRED`, database errors.
pub async fn all_leads<R: Reads>(reader: &R, at: Timestamp) -> Result<Vec<PersonInUnit>> {
    reader.who().require_network_admin()?;
    let mut sql = Sql::new("SELECT held.person_id, held.unit_id FROM ");
    held(&mut sql, at);
    sql.push(
        " held WHERE held.is_head UNION SELECT s.person_id, s.unit_id FROM stand_ins s \
         JOIN people p ON p.id = s.person_id AND p.is_active WHERE s.starts_at <= ",
    )
    .bind(at)
    .push(" AND s.ends_at > ")
    .bind(at);
    sql.all(reader).await
}

#[derive(FromQueryResult)]
struct Named {
    id: CalendarId,
    name: String,
}

/// Calendars by name.
///
/// # Errors
/// `NETWORK_ADMIN_REQUIRED`, database errors.
pub async fn calendar_names(tx: &Tx) -> Result<HashMap<String, CalendarId>> {
    tx.viewer().require_network_admin()?;
    let sql = Sql::new("SELECT c.id, c.name FROM calendars c");
    let rows: Vec<Named> = sql.all(tx).await?;
    Ok(rows.into_iter().map(|row| (row.name, row.id)).collect())
}
