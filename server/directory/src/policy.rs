//! Who may see what of the tree: everybody who is signed in sees all of it, but why somebody is away only the
//! person, the line above and network admins. For other rooms' statements: who holds which place, as SQL.

use identity::queries::Reads;
use kernel::{OrgUnitId, PersonId, Result, Timestamp};
use platform::{Reader, Sql};
use sea_orm::Value;

use crate::queries;

/// Whether the viewer may know since when, why and when next a person is away: the person, who leads the person by
/// the tree up to the top, and network admins.
///
/// # Errors
/// Database errors.
pub async fn knows_absences(reader: &Reader, person: PersonId) -> Result<bool> {
    let viewer = reader.viewer();
    if viewer.is_network_admin() || viewer.person_id() == Some(person) {
        return Ok(true);
    }
    match viewer.person_id() {
        Some(viewer) => Ok(queries::managers(reader, person).await?.contains(&viewer)),
        None => Ok(false),
    }
}

/// Whether the viewer leads a unit or one above, not standing in for who does; or is a network admin.
///
/// # Errors
/// Database errors.
pub async fn leads_line<R: Reads>(db: &R, unit: OrgUnitId) -> Result<bool> {
    if db.who().is_network_admin() {
        return Ok(true);
    }
    let Some(person) = db.who().person_id() else {
        return Ok(false);
    };
    let mut leads = queries::leads(db, person, db.moment()).await?;
    leads.retain(|lead| !lead.is_deputy);
    if leads.is_empty() {
        return Ok(false);
    }
    let above = queries::above(db, &[unit]).await?;
    Ok(leads
        .iter()
        .any(|lead| above.iter().any(|unit| unit.id == lead.unit_id)))
}

/// Which places. One and the same place must have all that is asked here.
#[derive(Debug, Clone, Copy)]
pub struct Places<'a> {
    /// In one of these units; empty: anywhere.
    pub units: &'a [OrgUnitId],
    /// Also in all units below them.
    pub with_below: bool,
    /// With one of these roles, whatever their case; empty: any.
    pub roles: &'a [String],
    /// Only who leads the unit.
    pub heads_only: bool,
}

/// Whoever holds such a place at a moment: a query with the one column `person_id`, people with
/// several places several times.
pub fn holders_sql(places: &Places<'_>, at: Timestamp, bound: usize) -> (String, Vec<Value>) {
    let mut sql = Sql::after(bound);
    sql.push("SELECT a.person_id FROM assignments a WHERE a.starts_at <= ")
        .bind(at)
        .push(" AND (a.ends_at IS NULL OR a.ends_at > ")
        .bind(at)
        .push(")");
    if places.heads_only {
        sql.push(" AND a.is_head");
    }
    if !places.roles.is_empty() {
        sql.push(" AND ").push_same_text("a.role", places.roles);
    }
    if !places.units.is_empty() {
        sql.push(" AND a.unit_id IN (");
        if places.with_below {
            // UNION, not UNION ALL: a ring in damaged data ends.
            sql.push("WITH RECURSIVE below (id) AS (SELECT u.id FROM org_units u WHERE u.id IN (")
                .bind_all(places.units.iter().copied())
                .push(
                    ") UNION SELECT u.id FROM org_units u JOIN below ON u.parent_id = below.id) \
                     SELECT below.id FROM below",
                );
        } else {
            sql.bind_all(places.units.iter().copied());
        }
        sql.push(")");
    }
    sql.into_parts()
}
