//! Changing one's profile, endorsing others, and what the personnel department brings in.

use identity::HrField;
use identity::commands::{hr_problem, set_hr_fields};
use identity::policy::may_edit_self;
use identity::queries::{Reads as _, hr_fields};
use kernel::{Error, PersonId, Problem, Result, Viewer};
use platform::{Database, Sql, Tx};
use sea_orm::Value;

use crate::events;
use crate::model::{CheckedChange, Named, ProfileChange};
use crate::policy::may_endorse;
use crate::queries;

/// Changes the viewer's own profile.
///
/// # Errors
/// All problems of the input; `KEPT_BY_HR` for what the personnel department keeps.
pub async fn profile_details_update(
    database: &Database,
    viewer: &Viewer,
    change: ProfileChange,
) -> Result<PersonId> {
    let mut tx = database.begin(viewer).await?;
    may_edit_self(&tx).await?;
    let person = tx.viewer().require_person()?;
    let mut problems = Vec::new();
    let checked = CheckedChange::collect(&change, &mut problems);
    problems.extend(kept_by_hr(&tx, person, &checked).await?);
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    write(&mut tx, person, &change, &checked).await?;
    tx.commit().await?;
    Ok(person)
}

/// Problems of changing what the personnel department keeps; the same value again is none.
async fn kept_by_hr(tx: &Tx, person: PersonId, checked: &CheckedChange) -> Result<Vec<Problem>> {
    let fields = hr_fields(tx, person).await?;
    if fields.is_empty() {
        return Ok(Vec::new());
    }
    let now = queries::profile(tx, person).await?;
    let differs = |new: &Option<String>, old: &str| new.as_ref().is_some_and(|new| new != old);
    let changed = |field: &HrField| match field {
        HrField::Phone => differs(&checked.phone, now.phone.as_deref().unwrap_or_default()),
        HrField::Mobile => differs(&checked.mobile, now.mobile.as_deref().unwrap_or_default()),
        HrField::Office => differs(&checked.office, &now.office),
        HrField::Languages => {
            let new = checked.languages.as_ref();
            new.is_some_and(|new| *new != now.languages)
        }
        HrField::Name | HrField::Title | HrField::Location | HrField::Email => false,
    };
    Ok(fields.into_iter().filter(changed).map(hr_problem).collect())
}

/// Brings in what the personnel department knows of somebody, and marks exactly `fields` as kept by it. The
/// values of name, title, location and e-mail are written where people are.
///
/// # Errors
/// `NETWORK_ADMIN_REQUIRED`, `NotFound`, all problems of the values.
pub async fn set_from_hr(
    tx: &mut Tx,
    person: PersonId,
    values: ProfileChange,
    fields: &[HrField],
) -> Result<()> {
    set_hr_fields(tx, person, fields).await?;
    let mut problems = Vec::new();
    let checked = CheckedChange::collect(&values, &mut problems);
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    write(tx, person, &values, &checked).await
}

async fn write(
    tx: &mut Tx,
    person: PersonId,
    change: &ProfileChange,
    checked: &CheckedChange,
) -> Result<()> {
    write_details(tx, person, change, checked).await?;
    if let Some(languages) = &checked.languages {
        forget(tx, "person_languages", person).await?;
        let rows = languages.iter().zip(0_i32..);
        let rows =
            rows.map(|(code, place)| vec![person.into(), code.as_str().into(), place.into()]);
        insert(tx, "person_languages (person_id, language, place)", rows).await?;
    }
    if let Some(skills) = &checked.skills {
        forget(tx, "person_skills", person).await?;
        let rows = named_rows(person, skills);
        insert(tx, "person_skills (person_id, skill, name, place)", rows).await?;
        let mut sql = Sql::new("DELETE FROM skill_endorsements WHERE person_id = ");
        sql.bind(person)
            .push(" AND skill NOT IN (SELECT k.skill FROM person_skills k WHERE k.person_id = ")
            .bind(person)
            .push(")");
        sql.run(tx).await?;
    }
    if let Some(topics) = &checked.ask_about {
        forget(tx, "person_ask_topics", person).await?;
        let rows = named_rows(person, topics);
        insert(
            tx,
            "person_ask_topics (person_id, topic, name, place)",
            rows,
        )
        .await?;
    }
    tx.announce(events::about(events::PROFILE_CHANGED, person));
    Ok(())
}

async fn write_details(
    tx: &Tx,
    person: PersonId,
    change: &ProfileChange,
    checked: &CheckedChange,
) -> Result<()> {
    let (mut phone, mut mobile, mut office, mut choices) = queries::details(tx, person).await?;
    let replace = |old: &mut String, new: &Option<String>| {
        if let Some(new) = new {
            old.clone_from(new);
        }
    };
    replace(&mut phone, &checked.phone);
    replace(&mut mobile, &checked.mobile);
    replace(&mut office, &checked.office);
    choices.phone = change.phone_for.unwrap_or(choices.phone);
    choices.mobile = change.mobile_for.unwrap_or(choices.mobile);
    choices.email = change.email_for.unwrap_or(choices.email);
    choices.is_suggested = change.is_suggested.unwrap_or(choices.is_suggested);
    let row: Vec<Value> = vec![
        person.into(),
        phone.into(),
        mobile.into(),
        office.into(),
        choices.phone.as_str().into(),
        choices.mobile.as_str().into(),
        choices.email.as_str().into(),
        choices.is_suggested.into(),
        tx.moment().into(),
    ];
    let mut sql = Sql::new(
        "INSERT INTO person_details (person_id, phone, mobile, office, phone_for, mobile_for, \
         email_for, is_suggested, updated_at) VALUES ",
    );
    sql.bind_rows([row]).push(
        " ON CONFLICT (person_id) DO UPDATE SET phone = excluded.phone, mobile = excluded.mobile, \
         office = excluded.office, phone_for = excluded.phone_for, mobile_for = excluded.mobile_for, \
         email_for = excluded.email_for, is_suggested = excluded.is_suggested, \
         updated_at = excluded.updated_at",
    );
    sql.run(tx).await.map(|_| ())
}

fn named_rows(person: PersonId, list: &[Named]) -> impl Iterator<Item = Vec<Value>> {
    list.iter().zip(0_i32..).map(move |(one, place)| {
        vec![
            person.into(),
            one.key.as_str().into(),
            one.name.as_str().into(),
            place.into(),
        ]
    })
}

async fn forget(tx: &Tx, table: &str, person: PersonId) -> Result<()> {
    let mut sql = Sql::new(format!("DELETE FROM {table} WHERE person_id = "));
    sql.bind(person);
    sql.run(tx).await.map(|_| ())
}

async fn insert(tx: &Tx, into: &str, rows: impl Iterator<Item = Vec<Value>>) -> Result<()> {
    let rows: Vec<_> = rows.collect();
    if rows.is_empty() {
        return Ok(());
    }
    let mut sql = Sql::new(format!("INSERT INTO {into} VALUES "));
    sql.bind_rows(rows);
    sql.run(tx).await.map(|_| ())
}

/// Endorses a skill of somebody, or takes that back. Doing it twice is doing it once.
///
/// # Errors
/// `NotFound` when the person does not name the skill; `CANNOT_ENDORSE_SELF`.
pub async fn skill_endorse(
    database: &Database,
    viewer: &Viewer,
    person: PersonId,
    skill: &str,
    is_endorsed: bool,
) -> Result<PersonId> {
    let mut tx = database.begin(viewer).await?;
    let permit = may_endorse(&tx, person, skill).await?;
    let kind = if is_endorsed {
        let row: Vec<Value> = vec![
            permit.person.into(),
            permit.skill.into(),
            permit.endorser.into(),
            tx.now().into(),
        ];
        let mut sql = Sql::new(
            "INSERT INTO skill_endorsements (person_id, skill, endorser_id, created_at) VALUES ",
        );
        sql.bind_rows([row]).push(" ON CONFLICT DO NOTHING");
        sql.run(&tx).await?;
        events::SKILL_ENDORSED
    } else {
        let mut sql = Sql::new("DELETE FROM skill_endorsements WHERE person_id = ");
        sql.bind(permit.person)
            .push(" AND skill = ")
            .bind(permit.skill)
            .push(" AND endorser_id = ")
            .bind(permit.endorser);
        sql.run(&tx).await?;
        events::SKILL_ENDORSEMENT_WITHDRAWN
    };
    tx.announce(events::about(kind, person));
    tx.commit().await?;
    Ok(person)
}
