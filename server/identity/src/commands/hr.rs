//! Marking what the personnel department keeps.

use kernel::{Error, PersonId, Problem, Result};
use platform::{Sql, Tx};

use crate::events;
use crate::model::HrField;
use crate::policy;

/// People written by one statement.
const CHUNK: usize = 500;

/// Makes `fields` those of a person's profile that come from the personnel department, instead of the ones
/// before. The values are written by whoever brings them in.
///
/// # Errors
/// `NETWORK_ADMIN_REQUIRED`, `NotFound`, database errors.
pub async fn set_hr_fields(tx: &mut Tx, person: PersonId, fields: &[HrField]) -> Result<()> {
    tx.viewer().require_network_admin()?;
    policy::locked_person(tx, person)
        .await?
        .ok_or(Error::NotFound)?;
    let mut sql = Sql::new("DELETE FROM person_hr_fields WHERE person_id = ");
    sql.bind(person);
    sql.run(tx).await?;
    let mut fields: Vec<HrField> = fields.to_vec();
    fields.sort_unstable();
    fields.dedup();
    if !fields.is_empty() {
        let mut sql = Sql::new("INSERT INTO person_hr_fields (person_id, field) VALUES ");
        sql.bind_rows(
            fields
                .into_iter()
                .map(|field| vec![person.into(), field.as_str().into()]),
        );
        sql.run(tx).await?;
    }
    tx.announce(events::public(events::PERSON_CHANGED, person));
    Ok(())
}

/// The same for many people at once, as an importer brings them. Nobody is notified of it.
///
/// # Errors
/// `NETWORK_ADMIN_REQUIRED`, database errors.
pub async fn bring_hr_fields(tx: &mut Tx, people: &[(PersonId, Vec<HrField>)]) -> Result<()> {
    tx.viewer().require_network_admin()?;
    for chunk in people.chunks(CHUNK) {
        let mut sql = Sql::new("DELETE FROM person_hr_fields WHERE person_id IN (");
        sql.bind_all(chunk.iter().map(|(person, _)| *person))
            .push(")");
        sql.run(tx).await?;
        let rows: Vec<_> = chunk
            .iter()
            .flat_map(|(person, fields)| fields.iter().map(move |field| (*person, *field)))
            .collect();
        if !rows.is_empty() {
            let mut sql = Sql::new("INSERT INTO person_hr_fields (person_id, field) VALUES ");
            sql.bind_rows(
                rows.into_iter()
                    .map(|(person, field)| vec![person.into(), field.as_str().into()]),
            );
            sql.run(tx).await?;
        }
        for (person, _) in chunk {
            tx.announce(events::public(events::PERSON_CHANGED, *person).imported(true));
        }
    }
    Ok(())
}

/// What is wrong with changing a field the personnel department keeps.
pub fn hr_problem(field: HrField) -> Problem {
    let message = "This comes from the personnel department, which also changes it.";
    Problem::new(field.as_str(), "KEPT_BY_HR", message)
}
