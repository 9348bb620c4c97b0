//! The whole tree and all places at once, for bringing in what the staff department's files say. For the
//! house itself and network admins.

use std::collections::HashMap;

use kernel::{AssignmentId, CalendarId, OrgUnitId, PersonId, Result, Timestamp};
use platform::{Sql, Tx};
use sea_orm::{EntityTrait, FromQueryResult};

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

/// All units.
///
/// # Errors
/// `NETWORK_ADMIN_REQUIRED`, database errors.
pub async fn all_units(tx: &Tx) -> Result<Vec<OrgUnit>> {
    tx.viewer().require_network_admin()?;
    let rows = org_units::Entity::find().all(tx).await?;
    rows.into_iter().map(unit_of).collect()
}

/// All places that have not ended, those to come included.
///
/// # Errors
/// `NETWORK_ADMIN_REQUIRED`, database errors.
pub async fn lasting_places(tx: &Tx) -> Result<Vec<KnownPlace>> {
    tx.viewer().require_network_admin()?;
    let mut sql = Sql::new(
        "SELECT a.id, a.person_id, a.unit_id, a.role, a.is_head, a.ends_at FROM assignments a \
         WHERE a.ends_at IS NULL OR a.ends_at > ",
    );
    sql.bind(tx.now());
    sql.all(tx).await
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
