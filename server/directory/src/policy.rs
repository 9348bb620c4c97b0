//! Who may see what of the tree: everybody who is signed in sees all of it. For other rooms'
//! statements: who holds which place, as SQL.

use kernel::{OrgUnitId, Timestamp};
use platform::Sql;
use sea_orm::Value;

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
