//! Finding units by name.

use identity::queries::Reads;
use identity::{fold, search_words};
use kernel::{OrgUnitId, Result};
use platform::Sql;
use sea_orm::FromQueryResult;

use super::{require_somebody, units};
use crate::model::OrgUnit;

#[derive(FromQueryResult)]
struct NameRow {
    id: OrgUnitId,
    code: String,
    name: String,
}

/// Units whose name or code has all words of `query` in it, whatever their case and accents; those
/// first that begin with it. At most `limit`.
///
/// Names are compared here and not in SQL: an organisation has some thousands of units, and the
/// databases fold letters differently.
///
/// # Errors
/// `Unauthenticated` for nobody; database errors.
pub async fn search_units<R: Reads>(reader: &R, query: &str, limit: usize) -> Result<Vec<OrgUnit>> {
    require_somebody(reader)?;
    let words = search_words(query);
    let Some(start) = words.first() else {
        return Ok(Vec::new());
    };
    let rows: Vec<NameRow> = Sql::new("SELECT id, code, name FROM org_units")
        .all(reader)
        .await?;
    let mut found: Vec<(bool, String, OrgUnitId)> = Vec::new();
    for row in rows {
        let text = fold(&format!("{} {}", row.name, row.code));
        if words.iter().all(|word| text.contains(word.as_str())) {
            found.push((!text.starts_with(start.as_str()), text, row.id));
        }
    }
    found.sort();
    let ids: Vec<_> = found.iter().take(limit).map(|(_, _, id)| *id).collect();
    let mut units = units(reader, &ids).await?;
    units.sort_by_key(|unit| ids.iter().position(|id| *id == unit.id));
    Ok(units)
}
