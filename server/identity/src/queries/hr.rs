//! Which fields of a profile the personnel department keeps.

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
