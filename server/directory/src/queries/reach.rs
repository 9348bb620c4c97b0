//! How far a unit reaches: who leads it, what stands below it, who has a place there. What rooms
//! that write to a whole line need; each question costs one statement whatever the tree's size.

use kernel::{OrgUnitId, PersonId, Result, Timestamp};
use platform::Sql;
use sea_orm::{ConnectionTrait, FromQueryResult, Value};

use super::line::HELD;
use crate::model::MAX_DEPTH;

/// Most values bound by one statement.
const MAX_VALUES: usize = 10_000;

/// A unit that a person leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromQueryResult)]
pub struct Lead {
    /// The unit.
    pub unit_id: OrgUnitId,
    /// Whether the person stands in for the head.
    pub is_deputy: bool,
}

/// A unit with what it needs to be found in the tree.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Below {
    /// The unit.
    pub id: OrgUnitId,
    /// The unit above.
    pub parent_id: Option<OrgUnitId>,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// A place somebody has, with the language the person reads.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Placed {
    /// The person.
    pub person_id: PersonId,
    /// The unit the place is in.
    pub unit_id: OrgUnitId,
    /// What the person does there.
    pub role: String,
    /// The person's language.
    pub language: String,
}

/// The head of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromQueryResult)]
pub struct UnitHead {
    /// The unit.
    pub unit_id: OrgUnitId,
    /// Who leads it.
    pub person_id: PersonId,
}

/// Places held at `at` by people who are here, as a subquery.
pub(super) fn held(sql: &mut Sql, at: Timestamp) {
    let place = sql.hold(at);
    let held = HELD.replace("$1", &format!("${place}"));
    sql.push("(").push(&held).push(")");
}

/// `WITH RECURSIVE reach (id) AS (…) `: these units and all below.
fn reach(sql: &mut Sql, roots: &[OrgUnitId]) {
    sql.push("WITH RECURSIVE reach (id, depth) AS (SELECT u.id, 0 FROM org_units u WHERE u.id IN (")
        .bind_all(roots.iter().copied())
        .push(") UNION SELECT u.id, reach.depth + 1 FROM org_units u JOIN reach ON u.parent_id = reach.id ")
        .push(&format!("WHERE reach.depth < {MAX_DEPTH}) "));
}

/// Units a person leads at `at`, or stands in for who leads them; of two heads of a unit both lead. Who stands
/// in for a unit without a head leads it for that time.
///
/// # Errors
/// Database errors.
pub async fn leads(
    db: &impl ConnectionTrait,
    person: PersonId,
    at: Timestamp,
) -> Result<Vec<Lead>> {
    let mut sql = Sql::new("SELECT DISTINCT held.unit_id, FALSE AS is_deputy FROM ");
    held(&mut sql, at);
    sql.push(" held WHERE held.is_head AND held.person_id = ")
        .bind(person)
        .push(
            " UNION SELECT s.unit_id, TRUE AS is_deputy FROM stand_ins s \
             JOIN people p ON p.id = s.person_id AND p.is_active WHERE s.person_id = ",
        )
        .bind(person)
        .push(" AND s.starts_at <= ")
        .bind(at)
        .push(" AND s.ends_at > ")
        .bind(at)
        .push(" ORDER BY unit_id, is_deputy");
    sql.all(db).await
}

/// These units and everything below them, each once.
///
/// # Errors
/// Database errors.
pub async fn below(db: &impl ConnectionTrait, roots: &[OrgUnitId]) -> Result<Vec<Below>> {
    if roots.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new("");
    reach(&mut sql, roots);
    sql.push(
        "SELECT u.id, u.parent_id, u.code, u.name FROM org_units u \
         WHERE u.id IN (SELECT reach.id FROM reach) ORDER BY u.name, u.id",
    );
    sql.all(db).await
}

/// These units and everything above them, each once.
///
/// # Errors
/// Database errors.
pub async fn above(db: &impl ConnectionTrait, units: &[OrgUnitId]) -> Result<Vec<Below>> {
    if units.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new(
        "WITH RECURSIVE up (id, parent_id, depth) AS (\
         SELECT u.id, u.parent_id, 0 FROM org_units u WHERE u.id IN (",
    );
    sql.bind_all(units.iter().copied())
        .push(") UNION SELECT u.id, u.parent_id, up.depth + 1 FROM org_units u ")
        .push(&format!(
            "JOIN up ON u.id = up.parent_id WHERE up.depth < {MAX_DEPTH}) "
        ))
        .push(
            "SELECT u.id, u.parent_id, u.code, u.name FROM org_units u \
             WHERE u.id IN (SELECT up.id FROM up) ORDER BY u.id",
        );
    sql.all(db).await
}

/// People with a place in these units or below at `at`, each once: the oldest place counts. With
/// `roles` only places with one of them.
///
/// # Errors
/// Database errors.
pub async fn placed(
    db: &impl ConnectionTrait,
    roots: &[OrgUnitId],
    roles: &[String],
    at: Timestamp,
) -> Result<Vec<Placed>> {
    placed_among(db, roots, roles, at, |_| None).await
}

/// As [`placed`], and only those whom the statement `among` gives, which is put in behind as many values as it
/// is told: a query for ids of people.
///
/// # Errors
/// Database errors.
pub async fn placed_among(
    db: &impl ConnectionTrait,
    roots: &[OrgUnitId],
    roles: &[String],
    at: Timestamp,
    among: impl FnOnce(usize) -> Option<(String, Vec<Value>)>,
) -> Result<Vec<Placed>> {
    if roots.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new("");
    reach(&mut sql, roots);
    sql.push(
        "SELECT one.person_id, one.unit_id, one.role, p.locale AS language FROM (\
             SELECT held.person_id, held.unit_id, held.role, ROW_NUMBER() OVER (\
             PARTITION BY held.person_id ORDER BY held.starts_at, held.id) AS place FROM ",
    );
    held(&mut sql, at);
    sql.push(" held WHERE held.unit_id IN (SELECT reach.id FROM reach)");
    if !roles.is_empty() {
        sql.push(" AND ").push_same_text("held.role", roles);
    }
    if let Some(people) = among(sql.bound()) {
        sql.push(" AND held.person_id IN (")
            .append(people)
            .push(")");
    }
    sql.push(
        ") one JOIN people p ON p.id = one.person_id WHERE one.place = 1 ORDER BY one.person_id",
    );
    sql.all(db).await
}

/// Who leads each of these units at `at`; units without a head are missing. The active person who has
/// headed a unit longest leads it.
///
/// # Errors
/// Database errors.
pub async fn unit_heads(
    db: &impl ConnectionTrait,
    units: &[OrgUnitId],
    at: Timestamp,
) -> Result<Vec<UnitHead>> {
    let mut heads = Vec::new();
    for units in units.chunks(MAX_VALUES) {
        let mut sql = Sql::new(
            "SELECT one.unit_id, one.person_id FROM (SELECT held.unit_id, held.person_id, \
             ROW_NUMBER() OVER (PARTITION BY held.unit_id ORDER BY held.starts_at, held.id) AS place FROM ",
        );
        held(&mut sql, at);
        sql.push(" held WHERE held.is_head AND held.unit_id IN (")
            .bind_all(units.iter().copied())
            .push(")) one WHERE one.place = 1");
        heads.extend(sql.all::<UnitHead, _>(db).await?);
    }
    Ok(heads)
}

/// Current roles in these units and below, by how many people have them.
///
/// # Errors
/// Database errors.
pub async fn roles_below(
    db: &impl ConnectionTrait,
    roots: &[OrgUnitId],
    at: Timestamp,
) -> Result<Vec<RoleCount>> {
    if roots.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new("");
    reach(&mut sql, roots);
    sql.push("SELECT held.role, COUNT(DISTINCT held.person_id) AS people FROM ");
    held(&mut sql, at);
    sql.push(
        " held WHERE held.unit_id IN (SELECT reach.id FROM reach) GROUP BY held.role \
         ORDER BY people DESC, role",
    );
    sql.all(db).await
}

/// A role and how many people have it.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct RoleCount {
    /// The role.
    pub role: String,
    /// People who have it.
    pub people: i64,
}
