//! Who sees which private field, and who may change and endorse what; for other rooms' statements, who has which
//! skill and language, as SQL.

use identity::queries::Reads;
use kernel::{Error, PersonId, Result};
use platform::{Sql, Tx};
use sea_orm::{FromQueryResult, Value};

/// Deepest way up the tree that is looked at.
const MAX_DEPTH: usize = directory::model::MAX_DEPTH;

/// Starts a statement with `near`: one row when viewer and person stand in one line of units, that is, when a
/// unit of one is a unit of the other or lies above it. Both ways up are as long as the tree is deep, however
/// many people there are.
pub(crate) fn near<R: Reads>(reader: &R, person: PersonId) -> Sql {
    let mut sql = Sql::new("WITH RECURSIVE ");
    let viewer = reader.who().person_id();
    for (name, who) in [("theirs", Some(person)), ("mine", viewer)] {
        sql.push(name)
            .push(" (id, parent_id, depth) AS (SELECT u.id, u.parent_id, 0 FROM assignments a JOIN org_units u ON u.id = a.unit_id WHERE a.starts_at <= ")
            .bind(reader.moment())
            .push(" AND (a.ends_at IS NULL OR a.ends_at > ")
            .bind(reader.moment())
            .push(") AND a.person_id = ")
            .bind(who.unwrap_or(PersonId(uuid_nil())))
            .push(&format!(
                " UNION SELECT u.id, u.parent_id, {name}.depth + 1 FROM org_units u JOIN {name} \
                 ON u.id = {name}.parent_id WHERE {name}.depth < {MAX_DEPTH}), "
            ));
    }
    sql.push(
        "near (is_near) AS (SELECT 1 FROM theirs JOIN mine ON mine.id = theirs.id \
         WHERE theirs.depth = 0 OR mine.depth = 0 LIMIT 1) ",
    );
    sql
}

fn uuid_nil() -> sea_orm::prelude::Uuid {
    sea_orm::prelude::Uuid::nil()
}

/// Whoever has one of these skills, given by their folded names: a query with the one column `person_id`.
pub fn skilled_sql(skills: &[String], bound: usize) -> (String, Vec<Value>) {
    let mut sql = Sql::after(bound);
    let keys = skills.iter().map(|skill| identity::fold(skill));
    sql.push("SELECT k.person_id FROM person_skills k WHERE k.skill IN (")
        .bind_all(keys)
        .push(")");
    sql.into_parts()
}

/// Whoever speaks one of these languages, given by their codes: a query with the one column `person_id`.
pub fn speaking_sql(languages: &[String], bound: usize) -> (String, Vec<Value>) {
    let mut sql = Sql::after(bound);
    let codes = languages
        .iter()
        .map(|code| code.trim().to_ascii_lowercase());
    sql.push("SELECT l.person_id FROM person_languages l WHERE l.language IN (")
        .bind_all(codes)
        .push(")");
    sql.into_parts()
}

#[derive(FromQueryResult)]
struct Found {
    person_id: PersonId,
}

/// Leave to endorse a skill of somebody else, or to take that back.
#[derive(Debug)]
pub struct MayEndorse {
    pub(crate) endorser: PersonId,
    pub(crate) person: PersonId,
    pub(crate) skill: String,
}

/// Whether the viewer may endorse this skill.
///
/// # Errors
/// `NotFound` when the person is not there or does not name the skill; a problem for one's own.
pub async fn may_endorse(tx: &Tx, person: PersonId, skill: &str) -> Result<MayEndorse> {
    let endorser = tx.viewer().require_person()?;
    if endorser == person {
        let message = "You cannot endorse yourself.";
        return Err(Error::invalid("personId", "CANNOT_ENDORSE_SELF", message));
    }
    let skill = identity::fold(skill);
    let mut sql = Sql::new(
        "SELECT k.person_id FROM person_skills k JOIN people p ON p.id = k.person_id WHERE p.is_active AND k.person_id = ",
    );
    sql.bind(person)
        .push(" AND k.skill = ")
        .bind(skill.as_str())
        .lock(tx, "k");
    sql.one::<Found, _>(tx)
        .await?
        .map(|found| MayEndorse {
            endorser,
            person: found.person_id,
            skill,
        })
        .ok_or(Error::NotFound)
}
