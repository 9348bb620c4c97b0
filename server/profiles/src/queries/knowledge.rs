//! Who says to know something, and who endorses it.

use identity::queries::Reads;
use kernel::{PersonId, Result, Timestamp};
use platform::Sql;
use sea_orm::FromQueryResult;

use super::require_somebody;

/// Most pieces of evidence of one kind that are read.
const MOST: u64 = 2_000;

/// By what somebody is known to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KnownBy {
    /// The person says one may ask about it.
    AskAbout,
    /// The person names it as a skill.
    Skill,
    /// Somebody endorses the skill.
    Endorsement,
}

/// Something a person is known to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Who.
    pub person_id: PersonId,
    /// By what.
    pub by: KnownBy,
    /// As the person writes it.
    pub name: String,
    /// When it was endorsed.
    pub at: Option<Timestamp>,
}

#[derive(FromQueryResult)]
struct KnownRow {
    person_id: PersonId,
    name: String,
    at: Option<Timestamp>,
}

#[derive(FromQueryResult)]
struct IdRow {
    id: PersonId,
}

/// What people say to know under these folded names, and who endorses it.
///
/// # Errors
/// `Unauthenticated` for nobody; database errors.
pub async fn knowing<R: Reads>(reader: &R, keys: &[String]) -> Result<Vec<Known>> {
    require_somebody(reader)?;
    let mut found = Vec::new();
    if keys.is_empty() {
        return Ok(found);
    }
    for (by, start) in [
        (
            KnownBy::AskAbout,
            "SELECT t.person_id, t.name, CAST(NULL AS BIGINT) AS at FROM person_ask_topics t WHERE t.topic IN (",
        ),
        (
            KnownBy::Skill,
            "SELECT t.person_id, t.name, CAST(NULL AS BIGINT) AS at FROM person_skills t WHERE t.skill IN (",
        ),
        (
            KnownBy::Endorsement,
            "SELECT t.person_id, t.name, e.created_at AS at FROM person_skills t \
             JOIN skill_endorsements e ON e.person_id = t.person_id AND e.skill = t.skill WHERE t.skill IN (",
        ),
    ] {
        let mut sql = Sql::new(start);
        sql.bind_all(keys.iter().map(String::as_str))
            .push(&format!(") ORDER BY at DESC, t.person_id LIMIT {MOST}"));
        let rows: Vec<KnownRow> = sql.all(reader).await?;
        found.extend(rows.into_iter().map(|row| Known {
            person_id: row.person_id,
            by,
            name: row.name,
            at: row.at,
        }));
    }
    Ok(found)
}

/// Those of these people who may sign in and want to be suggested.
///
/// # Errors
/// `Unauthenticated` for nobody; database errors.
pub async fn suggestable<R: Reads>(reader: &R, people: &[PersonId]) -> Result<Vec<PersonId>> {
    require_somebody(reader)?;
    if people.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new("SELECT p.id FROM people p WHERE p.is_active AND p.id IN (");
    sql.bind_all(people.iter().copied()).push(
        ") AND NOT EXISTS (SELECT 1 FROM person_details d WHERE d.person_id = p.id AND NOT d.is_suggested)",
    );
    let rows: Vec<IdRow> = sql.all(reader).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}
