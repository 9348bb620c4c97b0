//! When people are away. Until when, and who can be asked meanwhile, is for all colleagues; since when, why and what
//! is still to come only for whom [`crate::policy::knows_absences`] names.

use kernel::{AbsenceId, Error, PersonId, Result, Timestamp};
use platform::{Reader, Sql};
use sea_orm::{ConnectionTrait, FromQueryResult};

use super::require_somebody;
use crate::model::{AbsenceKind, AbsenceView};
use crate::policy;

const COLUMNS: &str =
    "SELECT b.id, b.person_id, b.starts_at, b.ends_at, b.kind, b.substitute_id FROM absences b ";

/// A time somebody is away, as stored.
#[derive(FromQueryResult)]
pub(crate) struct AbsenceRow {
    pub(crate) id: AbsenceId,
    pub(crate) person_id: PersonId,
    pub(crate) starts_at: Timestamp,
    pub(crate) ends_at: Timestamp,
    kind: String,
    substitute_id: Option<PersonId>,
}

/// Times these people are away that end after `after`.
pub(crate) async fn absences_since(
    db: &impl ConnectionTrait,
    people: &[PersonId],
    after: Timestamp,
) -> Result<Vec<AbsenceRow>> {
    let mut sql = Sql::new(COLUMNS);
    sql.push("WHERE b.ends_at > ")
        .bind(after)
        .push(" AND b.person_id IN (")
        .bind_all(people.iter().copied())
        .push(") ORDER BY b.starts_at, b.id");
    sql.all(db).await
}

/// Present and coming absences of a person, in order, as far as the viewer may know of them: colleagues see the
/// present ones, and those that follow without a gap, without start and kind.
///
/// # Errors
/// `Unauthenticated` for nobody; database errors.
pub async fn absences(reader: &Reader, person: PersonId) -> Result<Vec<AbsenceView>> {
    require_somebody(reader)?;
    let now = reader.now();
    let rows = absences_since(reader, &[person], now).await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let knows = policy::knows_absences(reader, person).await?;
    let until = present_until(&rows, now);
    rows.into_iter()
        .filter(|row| knows || until.is_some_and(|until| row.starts_at <= until))
        .map(|row| {
            let kind = AbsenceKind::parse(&row.kind)?;
            Ok(AbsenceView {
                id: row.id,
                starts_at: knows.then_some(row.starts_at),
                ends_at: row.ends_at,
                kind: knows.then_some(kind),
                substitute_id: row.substitute_id,
            })
        })
        .collect()
}

/// The end of the present absence in a list ordered by start; absences that follow without a gap prolong it.
fn present_until(rows: &[AbsenceRow], now: Timestamp) -> Option<Timestamp> {
    let mut until = None;
    for row in rows {
        if row.starts_at <= until.unwrap_or(now) {
            until = until.max(Some(row.ends_at));
        }
    }
    until
}

/// One absence.
///
/// # Errors
/// `NotFound`; database errors.
pub(crate) async fn absence(db: &impl ConnectionTrait, id: AbsenceId) -> Result<AbsenceRow> {
    let mut sql = Sql::new(COLUMNS);
    sql.push("WHERE b.id = ").bind(id);
    sql.one(db).await?.ok_or(Error::NotFound)
}
