//! Which fields of a profile the personnel department keeps.

use std::collections::HashMap;

use kernel::{PersonId, Result};
use platform::Sql;
use sea_orm::FromQueryResult;

use super::Reads;
use crate::model::HrField;
use crate::policy::visible;

#[derive(FromQueryResult)]
struct FieldRow {
    field: String,
}

/// The fields of a person's profile that come from the personnel department; all others are the person's own.
///
/// # Errors
/// Database errors.
pub async fn hr_fields<R: Reads>(reader: &R, person: PersonId) -> Result<Vec<HrField>> {
    let mut sql = Sql::new(format!(
        "SELECT h.field FROM person_hr_fields h WHERE {} AND h.person_id = ",
        visible(reader.who())
    ));
    sql.bind(person);
    let rows: Vec<FieldRow> = sql.all(reader).await?;
    let mut fields: Vec<_> = rows
        .iter()
        .filter_map(|row| HrField::parse(&row.field))
        .collect();
    fields.sort_unstable();
    Ok(fields)
}

#[derive(FromQueryResult)]
struct OwnedRow {
    person_id: PersonId,
    field: String,
}

/// People looked up by one statement.
const CHUNK: usize = 1_000;

/// The same for many people; who has none is missing.
///
/// # Errors
/// Database errors.
pub async fn hr_fields_of<R: Reads>(
    reader: &R,
    people: &[PersonId],
) -> Result<HashMap<PersonId, Vec<HrField>>> {
    let mut found: HashMap<PersonId, Vec<HrField>> = HashMap::new();
    for chunk in people.chunks(CHUNK) {
        let mut sql = Sql::new(format!(
            "SELECT h.person_id, h.field FROM person_hr_fields h WHERE {} AND h.person_id IN (",
            visible(reader.who())
        ));
        sql.bind_all(chunk.iter().copied()).push(")");
        for row in sql.all::<OwnedRow, _>(reader).await? {
            if let Some(field) = HrField::parse(&row.field) {
                found.entry(row.person_id).or_default().push(field);
            }
        }
    }
    for fields in found.values_mut() {
        fields.sort_unstable();
    }
    Ok(found)
}
