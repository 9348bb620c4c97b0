//! What people do in their places (roles are words, alike whatever their case), and how many of some
//! people have a place where.

use std::collections::BTreeMap;

use identity::queries::Reads;
use kernel::{OrgUnitId, Result};
use platform::Sql;
use sea_orm::{FromQueryResult, Value};

use super::require_somebody;

#[derive(FromQueryResult)]
struct RoleRow {
    role: String,
    total: i64,
}

#[derive(FromQueryResult)]
struct UnitRow {
    unit_id: OrgUnitId,
    total: i64,
}

#[derive(FromQueryResult)]
struct Total {
    total: i64,
}

#[derive(FromQueryResult)]
struct Known {
    number: i32,
}

/// `SELECT …` of the places held at the reader's moment by people who may sign in.
fn held<R: Reads>(reader: &R, columns: &str) -> Sql {
    let mut sql = Sql::new(format!(
        "SELECT {columns} FROM assignments a JOIN people p ON p.id = a.person_id \
         WHERE p.is_active AND a.starts_at <= "
    ));
    sql.bind(reader.moment())
        .push(" AND (a.ends_at IS NULL OR a.ends_at > ")
        .bind(reader.moment())
        .push(")");
    sql
}

/// The roles held at the reader's moment with the number of people who may sign in and hold them,
/// in the order of the alphabet. Of several spellings the most frequent one stands for all.
///
/// # Errors
/// `Unauthenticated` for nobody; database errors.
pub async fn roles<R: Reads>(reader: &R) -> Result<Vec<(String, i64)>> {
    require_somebody(reader)?;
    let mut sql = held(reader, "a.role, COUNT(DISTINCT a.person_id) AS total");
    sql.push(" GROUP BY a.role ORDER BY total DESC, a.role");
    let mut spellings: BTreeMap<String, Vec<RoleRow>> = BTreeMap::new();
    for row in sql.all::<RoleRow, _>(reader).await? {
        let key = row.role.trim().to_lowercase();
        spellings.entry(key).or_default().push(row);
    }
    let mut found = Vec::with_capacity(spellings.len());
    for rows in spellings.into_values() {
        let is_spelled_alike = rows.len() == 1;
        let Some(row) = rows.into_iter().next() else {
            continue;
        };
        // Whoever holds the role in two spellings is one person.
        let total = if is_spelled_alike {
            row.total
        } else {
            let mut sql = held(reader, "COUNT(DISTINCT a.person_id) AS total");
            sql.push(" AND ")
                .push_same_text("a.role", std::slice::from_ref(&row.role));
            sql.one::<Total, _>(reader)
                .await?
                .map_or(0, |row| row.total)
        };
        found.push((row.role, total));
    }
    Ok(found)
}

/// Those of `roles` that nobody holds, held or will hold.
///
/// # Errors
/// `Unauthenticated` for nobody; database errors.
pub async fn unknown_roles<R: Reads>(reader: &R, roles: &[String]) -> Result<Vec<String>> {
    require_somebody(reader)?;
    let mut known = vec![false; roles.len()];
    let numbered: Vec<_> = roles.iter().enumerate().collect();
    for some in numbered.chunks(100) {
        let mut sql = Sql::default();
        for (index, (number, role)) in some.iter().enumerate() {
            let union = if index > 0 { " UNION ALL " } else { "" };
            sql.push(&format!(
                "{union}SELECT {number} AS number WHERE EXISTS (SELECT 1 FROM assignments a WHERE "
            ));
            sql.push_same_text("a.role", std::slice::from_ref(*role))
                .push(")");
        }
        for row in sql.all::<Known, _>(reader).await? {
            if let Some(known) = usize::try_from(row.number)
                .ok()
                .and_then(|at| known.get_mut(at))
            {
                *known = true;
            }
        }
    }
    let unknown = roles.iter().zip(known).filter(|(_, known)| !known);
    Ok(unknown.map(|(role, _)| role.clone()).collect())
}

/// Units in which people of a set hold a place at the reader's moment, with how many they are; the
/// largest first. `people` makes a query with the one column `id`, given the number of values bound
/// before it.
///
/// # Errors
/// `Unauthenticated` for nobody; database errors.
pub async fn unit_counts<R: Reads>(
    reader: &R,
    people: impl FnOnce(usize) -> (String, Vec<Value>),
    limit: u64,
) -> Result<Vec<(OrgUnitId, i64)>> {
    require_somebody(reader)?;
    let mut sql = held(reader, "a.unit_id, COUNT(DISTINCT a.person_id) AS total");
    let people = people(sql.bound());
    sql.push(" AND (a.person_id IN (")
        .append(people)
        .push(&format!(
            ")) IS TRUE GROUP BY a.unit_id ORDER BY total DESC, a.unit_id LIMIT {limit}"
        ));
    let rows: Vec<UnitRow> = sql.all(reader).await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.unit_id, row.total))
        .collect())
}
