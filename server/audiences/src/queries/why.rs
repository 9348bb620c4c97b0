//! Why somebody is in an audience, or not.

use identity::queries::Reads;
use kernel::{PersonId, Result};
use platform::Sql;
use sea_orm::FromQueryResult;

use super::condition::names_first;
use super::sentence::Words;
use crate::model::{Reason, Rule};
use crate::policy::require_visible;

#[derive(FromQueryResult)]
struct Part {
    part: i32,
}

/// Whether somebody is meant.
///
/// # Errors
/// What [`require_visible`] refuses, `NotFound` for a person who does not exist, database errors.
pub async fn contains<R: Reads>(reader: &R, rule: &Rule, person: PersonId) -> Result<bool> {
    require_visible(reader, rule).await?;
    let holds = holds(reader, rule, person).await?;
    is_in(reader, rule, person, &holds).await
}

/// Whether the viewer is meant. Says nothing of anybody else, so it needs no right to see what the
/// rule names.
///
/// # Errors
/// Database errors.
pub async fn means_viewer<R: Reads>(reader: &R, rule: &Rule) -> Result<bool> {
    let Some(viewer) = reader.who().person_id() else {
        return Ok(false);
    };
    let mut sql = Sql::new("SELECT 1 AS found FROM people v WHERE v.id = ");
    sql.bind(viewer).push(" AND v.id IN (");
    let part = super::people_part(rule, reader.moment(), sql.bound());
    sql.append(part).push(")");
    Ok(sql.one::<FoundRow, _>(reader).await?.is_some())
}

#[derive(FromQueryResult)]
struct FoundRow {
    #[expect(dead_code, reason = "that there is a row is the answer")]
    found: i32,
}

/// Each condition of the rule in words with whether it names the person, and whether the person is
/// meant. Of people who may not sign in the conditions may hold; they are not meant all the same.
///
/// # Errors
/// What [`require_visible`] refuses, `NotFound` for a person who does not exist, database errors.
pub async fn why<R: Reads>(
    reader: &R,
    rule: &Rule,
    person: PersonId,
    locale: &str,
) -> Result<(bool, Vec<Reason>)> {
    require_visible(reader, rule).await?;
    let holds = holds(reader, rule, person).await?;
    let words = Words::load(reader, rule, locale).await?;
    let parts = rule.parts().into_iter().zip(&holds);
    let reasons = parts.map(|((part, excludes), holds)| Reason {
        sentence: words.sentence(part),
        holds: *holds,
        excludes,
    });
    let reasons = reasons.collect();
    Ok((is_in(reader, rule, person, &holds).await?, reasons))
}

async fn is_in<R: Reads>(
    reader: &R,
    rule: &Rule,
    person: PersonId,
    holds: &[bool],
) -> Result<bool> {
    let person = identity::queries::person(reader, person).await?;
    Ok(person.is_active && rule.decide(&mut holds.iter().copied()))
}

/// For each part of the rule whether it names the person, in one statement.
async fn holds<R: Reads>(reader: &R, rule: &Rule, person: PersonId) -> Result<Vec<bool>> {
    let parts = rule.parts();
    let mut sql = Sql::default();
    sql.hold(person);
    for (index, (part, _)) in parts.iter().enumerate() {
        let union = if index > 0 { " UNION ALL " } else { "" };
        let start = format!("{union}SELECT {index} AS part WHERE ");
        sql.push(&start);
        let names = names_first(part, reader.moment(), sql.bound());
        sql.append(names);
    }
    let mut holds = vec![false; parts.len()];
    for row in sql.all::<Part, _>(reader).await? {
        if let Some(part) = usize::try_from(row.part)
            .ok()
            .and_then(|at| holds.get_mut(at))
        {
            *part = true;
        }
    }
    Ok(holds)
}
