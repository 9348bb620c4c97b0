//! Who is away. Everybody says so of oneself.

use kernel::{
    AbsenceId, Error, NewEvent, PersonId, Problem, Result, Scope, SubjectRef, Timestamp, Viewer,
};
use platform::{Database, Sql, Tx};
use sea_orm::Value;

use crate::model::AbsenceKind;
use crate::queries;

/// Most absences of one person that are still to come.
const MAX_ABSENCES: usize = 50;
/// Longest absence, in seconds.
const LONGEST: i64 = 2 * 366 * 86_400;

/// A time to be away.
#[derive(Debug, Clone)]
pub struct NewAbsence {
    /// From when.
    pub starts_at: Timestamp,
    /// Until when.
    pub ends_at: Timestamp,
    /// Why.
    pub kind: AbsenceKind,
    /// Who can be asked meanwhile.
    pub substitute_id: Option<PersonId>,
}

/// Says that the viewer is away for a time.
///
/// # Errors
/// `ABSENCE_RANGE`, `TOO_MANY`, `PERSON_NOT_FOUND`, `SUBSTITUTE_IS_SELF`.
pub async fn absence_add(
    database: &Database,
    viewer: &Viewer,
    absence: &NewAbsence,
) -> Result<AbsenceId> {
    let person = viewer.require_person()?;
    let mut tx = database.begin(viewer).await?;
    check(&tx, person, absence).await?;
    let coming = queries::absences_since(&tx, &[person], tx.now()).await?;
    if coming.len() >= MAX_ABSENCES {
        let text = format!("At most {MAX_ABSENCES} absences can be entered ahead.");
        return Err(Error::invalid("startsAt", "TOO_MANY", text));
    }
    let id = AbsenceId::at(tx.now());
    let mut sql = Sql::new(
        "INSERT INTO absences (id, person_id, starts_at, ends_at, kind, substitute_id) VALUES ",
    );
    let row: Vec<Value> = vec![
        id.into(),
        person.into(),
        absence.starts_at.into(),
        absence.ends_at.into(),
        absence.kind.as_str().into(),
        absence.substitute_id.into(),
    ];
    sql.bind_rows([row]);
    sql.run(&tx).await?;
    announce(&mut tx, "absence.added", id, person);
    tx.commit().await?;
    Ok(id)
}

/// Changes an absence of the viewer that is not over.
///
/// # Errors
/// `NotFound` for those of others and those that are over; the problems of [`absence_add`].
pub async fn absence_change(
    database: &Database,
    viewer: &Viewer,
    id: AbsenceId,
    absence: &NewAbsence,
) -> Result<()> {
    let person = viewer.require_person()?;
    let mut tx = database.begin(viewer).await?;
    let known = queries::absence(&tx, id).await?;
    if known.person_id != person || known.ends_at <= tx.now() {
        return Err(Error::NotFound);
    }
    check(&tx, person, absence).await?;
    let mut sql = Sql::new("UPDATE absences SET starts_at = ");
    sql.bind(absence.starts_at)
        .push(", ends_at = ")
        .bind(absence.ends_at)
        .push(", kind = ")
        .bind(absence.kind.as_str())
        .push(", substitute_id = ")
        .bind(absence.substitute_id)
        .push(" WHERE id = ")
        .bind(id);
    sql.run(&tx).await?;
    announce(&mut tx, "absence.changed", id, person);
    tx.commit().await
}

/// Takes an absence of the viewer away.
///
/// # Errors
/// `NotFound` for those of others.
pub async fn absence_remove(database: &Database, viewer: &Viewer, id: AbsenceId) -> Result<()> {
    let person = viewer.require_person()?;
    let mut tx = database.begin(viewer).await?;
    if queries::absence(&tx, id).await?.person_id != person {
        return Err(Error::NotFound);
    }
    let mut sql = Sql::new("DELETE FROM absences WHERE id = ");
    sql.bind(id);
    sql.run(&tx).await?;
    announce(&mut tx, "absence.removed", id, person);
    tx.commit().await
}

async fn check(tx: &Tx, person: PersonId, absence: &NewAbsence) -> Result<()> {
    let mut problems = Vec::new();
    let NewAbsence {
        starts_at, ends_at, ..
    } = *absence;
    if ends_at <= starts_at || ends_at <= tx.now() || ends_at > starts_at.plus_seconds(LONGEST) {
        let text = "Choose an end after the start, not in the past and within two years.";
        problems.push(Problem::new("endsAt", "ABSENCE_RANGE", text));
    }
    if let Some(substitute) = absence.substitute_id {
        let people = identity::queries::people_by_ids(tx, &[substitute]).await?;
        if substitute == person {
            let text = "Name somebody else than yourself.";
            problems.push(Problem::new("substituteId", "SUBSTITUTE_IS_SELF", text));
        } else if !people.iter().any(|person| person.is_active) {
            let text = "This person does not work here.";
            problems.push(Problem::new("substituteId", "PERSON_NOT_FOUND", text));
        }
    }
    if problems.is_empty() {
        Ok(())
    } else {
        Err(Error::Invalid(problems))
    }
}

fn announce(tx: &mut Tx, kind: &'static str, id: AbsenceId, person: PersonId) {
    let subject = SubjectRef::new(AbsenceId::PREFIX, id);
    tx.announce(NewEvent::new(kind, subject, Scope::Person(person)));
}
