//! What the people of the directory are, with counts: each facet is one statement with a short answer.

use directory::queries as tree;
use identity::queries::Reads;
use kernel::{OrgUnitId, Result};
use platform::{Reader, Sql};
use sea_orm::FromQueryResult;

use super::{DirectoryFilter, require_somebody};

/// Most values shown of one facet.
const SHOWN: u64 = 20;
/// Most units counted; a unit with more below it is rare, and is searched instead.
const MAX_UNITS: usize = 200;

/// What people are counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, async_graphql::Enum)]
#[graphql(name = "PeopleFacetKind")]
pub enum FacetKind {
    /// Units, each with all below: those below the chosen one, or those at the top.
    Unit,
    /// What people do in their units.
    Role,
    /// Where they work.
    Location,
    /// What they speak, as codes of BCP 47.
    Language,
    /// What they can do.
    Skill,
}

/// How many of the people are one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetCount {
    /// What to filter by: a text, or the id of a unit.
    pub value: String,
    /// What to show.
    pub label: String,
    /// How many people.
    pub total: i64,
}

#[derive(FromQueryResult)]
struct CountRow {
    value: String,
    label: String,
    total: i64,
}

#[derive(FromQueryResult)]
struct UnitRow {
    unit_id: OrgUnitId,
    total: i64,
}

/// The most frequent values of a facet among the people meant, the choices of the same facet left aside.
///
/// # Errors
/// `Unauthenticated` for nobody; database errors.
pub async fn facet(
    reader: &Reader,
    filter: &DirectoryFilter,
    kind: FacetKind,
) -> Result<Vec<FacetCount>> {
    require_somebody(reader)?;
    if kind == FacetKind::Unit {
        return units(reader, filter).await;
    }
    // Nobody has a location, language or skill twice; of a role one may have two places.
    let mut sql = Sql::default();
    let (value, label, group) = match kind {
        FacetKind::Role | FacetKind::Unit => ("lower(trim(a.role))", "MIN(a.role)", "a.role <> ''"),
        FacetKind::Location => (
            "lower(trim(s.location))",
            "MIN(s.location)",
            "s.location <> ''",
        ),
        FacetKind::Language => ("l.language", "l.language", "TRUE"),
        FacetKind::Skill => ("k.skill", "MIN(k.name)", "TRUE"),
    };
    sql.push(&if kind == FacetKind::Role {
        format!(
            "SELECT held.value, MIN(held.label) AS label, COUNT(*) AS total FROM (\
             SELECT s.id, {value} AS value, {label} AS label FROM people s "
        )
    } else {
        format!("SELECT {value} AS value, {label} AS label, COUNT(*) AS total FROM people s ")
    });
    match kind {
        FacetKind::Role | FacetKind::Unit => {
            sql.push("JOIN assignments a ON a.person_id = s.id AND a.starts_at <= ")
                .bind(reader.moment())
                .push(" AND (a.ends_at IS NULL OR a.ends_at > ")
                .bind(reader.moment())
                .push(") ");
        }
        FacetKind::Location => {}
        FacetKind::Language => {
            sql.push("JOIN person_languages l ON l.person_id = s.id ");
        }
        FacetKind::Skill => {
            sql.push("JOIN person_skills k ON k.person_id = s.id ");
        }
    }
    let condition = filter.condition(reader, Some(kind), sql.bound());
    sql.push(&format!("WHERE {group} AND "))
        .append(condition.into_parts())
        .push(&if kind == FacetKind::Role {
            format!(" GROUP BY s.id, {value}) held GROUP BY held.value")
        } else {
            format!(" GROUP BY {value}")
        })
        .push(&format!(" ORDER BY total DESC, value LIMIT {SHOWN}"));
    let rows: Vec<CountRow> = sql.all(reader).await?;
    let count = |row: CountRow| FacetCount {
        value: row.value,
        label: row.label,
        total: row.total,
    };
    Ok(rows.into_iter().map(count).collect())
}

/// Units below the chosen ones, or below the one at the top, with everybody below each.
async fn units(reader: &Reader, filter: &DirectoryFilter) -> Result<Vec<FacetCount>> {
    let mut shown = match filter.units.as_slice() {
        [] => {
            let top = tree::top(reader).await?;
            match top.as_slice() {
                [one] => tree::children(reader, &[one.id]).await?,
                _ => top,
            }
        }
        chosen => tree::children(reader, chosen).await?,
    };
    shown.truncate(MAX_UNITS);
    if shown.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new(
        "WITH RECURSIVE below (top, id) AS (SELECT u.id, u.id FROM org_units u WHERE u.id IN (",
    );
    sql.bind_all(shown.iter().map(|unit| unit.id))
        .push(
            ") UNION SELECT below.top, u.id FROM org_units u JOIN below ON u.parent_id = below.id) \
             SELECT held.top AS unit_id, COUNT(*) AS total FROM (SELECT DISTINCT below.top, s.id FROM below \
             JOIN assignments a ON a.unit_id = below.id AND a.starts_at <= ",
        )
        .bind(reader.moment())
        .push(" AND (a.ends_at IS NULL OR a.ends_at > ")
        .bind(reader.moment())
        .push(") JOIN people s ON s.id = a.person_id WHERE ");
    let condition = filter.condition(reader, Some(FacetKind::Unit), sql.bound());
    sql.append(condition.into_parts()).push(&format!(
        ") held GROUP BY held.top ORDER BY total DESC, held.top LIMIT {SHOWN}"
    ));
    let rows: Vec<UnitRow> = sql.all(reader).await?;
    let name = |id: OrgUnitId| shown.iter().find(|unit| unit.id == id);
    let count = |row: UnitRow| FacetCount {
        value: row.unit_id.to_string(),
        label: name(row.unit_id).map_or_else(String::new, |unit| unit.name.clone()),
        total: row.total,
    };
    Ok(rows.into_iter().map(count).collect())
}
