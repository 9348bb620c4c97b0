//! What people and the house chose.

use std::collections::HashMap;

use kernel::{PersonId, Result};
use platform::Sql;
use sea_orm::{ConnectionTrait, FromQueryResult};

use crate::model::{Choice, EmailTiming, House, NotificationCategory, Rhythm};

#[derive(FromQueryResult)]
struct ChoiceRow {
    category: String,
    in_app: bool,
    email: String,
    push: bool,
}

impl ChoiceRow {
    fn read(self) -> Result<(NotificationCategory, Choice)> {
        let choice = Choice {
            in_app: self.in_app,
            email: EmailTiming::parse(&self.email)?,
            push: self.push,
        };
        Ok((NotificationCategory::parse(&self.category)?, choice))
    }
}

#[derive(FromQueryResult)]
struct RhythmRow {
    person_id: PersonId,
    quiet_from: Option<i32>,
    quiet_until: Option<i32>,
    in_working_hours: bool,
    digest_at: i32,
}

#[derive(FromQueryResult)]
struct HouseRow {
    text_in_mail: bool,
    text_in_push: bool,
}

async fn chosen(
    db: &impl ConnectionTrait,
    sql: Sql,
) -> Result<HashMap<NotificationCategory, Choice>> {
    let rows: Vec<ChoiceRow> = sql.all(db).await?;
    rows.into_iter().map(ChoiceRow::read).collect()
}

/// What holds for people who have chosen nothing, in the order of the categories.
///
/// # Errors
/// Database errors.
pub async fn defaults(db: &impl ConnectionTrait) -> Result<Vec<(NotificationCategory, Choice)>> {
    let sql = Sql::new("SELECT d.category, d.in_app, d.email, d.push FROM notification_defaults d");
    let house = chosen(db, sql).await?;
    let all = NotificationCategory::ALL.iter().map(|category| {
        let choice = house.get(category).copied();
        (*category, choice.unwrap_or_else(|| category.built_in()))
    });
    Ok(all.collect())
}

/// What holds for a person, and whether the person chose it, in the order of the categories.
///
/// # Errors
/// Database errors.
pub async fn choices(
    db: &impl ConnectionTrait,
    person: PersonId,
) -> Result<Vec<(NotificationCategory, Choice, bool)>> {
    let mut sql = Sql::new(
        "SELECT c.category, c.in_app, c.email, c.push FROM notification_choices c \
         WHERE c.person_id = ",
    );
    sql.bind(person);
    let own = chosen(db, sql).await?;
    let all = defaults(db)
        .await?
        .into_iter()
        .map(|(category, default)| match own.get(&category) {
            Some(choice) => (category, *choice, true),
            None => (category, default, false),
        });
    Ok(all.collect())
}

/// The rhythms of those of these people who have chosen one.
///
/// # Errors
/// Database errors.
pub async fn rhythms(
    db: &impl ConnectionTrait,
    people: &[PersonId],
) -> Result<HashMap<PersonId, Rhythm>> {
    if people.is_empty() {
        return Ok(HashMap::new());
    }
    let mut sql = Sql::new(
        "SELECT r.person_id, r.quiet_from, r.quiet_until, r.in_working_hours, r.digest_at \
         FROM notification_rhythms r WHERE r.person_id IN (",
    );
    sql.bind_all(people.iter().copied()).push(")");
    let rows: Vec<RhythmRow> = sql.all(db).await?;
    let rhythms = rows.into_iter().map(|row| {
        let rhythm = Rhythm {
            quiet: row.quiet_from.zip(row.quiet_until),
            in_working_hours: row.in_working_hours,
            digest_at: row.digest_at,
        };
        (row.person_id, rhythm)
    });
    Ok(rhythms.collect())
}

/// What the house decided for what leaves it.
///
/// # Errors
/// Database errors.
pub async fn house(db: &impl ConnectionTrait) -> Result<House> {
    let sql = "SELECT h.text_in_mail, h.text_in_push FROM notification_house h WHERE h.id = 1";
    let row: Option<HouseRow> = Sql::new(sql).one(db).await?;
    Ok(row.map_or_else(House::default, |row| House {
        text_in_mail: row.text_in_mail,
        text_in_push: row.text_in_push,
    }))
}
