//! Reading profiles. Each starts from who asks.

mod directory;
mod facets;
mod hours;
mod knowledge;
mod named;

pub use self::directory::{DirectoryFilter, people};
pub use facets::{FacetCount, FacetKind, facet};
pub use hours::{Hours, hours};
pub use knowledge::{Known, KnownBy, knowing, suggestable};
pub use named::named_skills;

use identity::queries::{Reads, hr_fields};
use kernel::{Error, PersonId, Result};
use platform::Sql;
use sea_orm::FromQueryResult;

use crate::model::{Card, Choices, ProfileAudience, ProfileView, SkillView};
use crate::policy::near;

#[derive(FromQueryResult)]
struct ContactRow {
    phone: Option<String>,
    mobile: Option<String>,
    email: Option<String>,
    office: Option<String>,
}

#[derive(FromQueryResult)]
struct DetailsRow {
    phone: String,
    mobile: String,
    office: String,
    phone_for: String,
    mobile_for: String,
    email_for: String,
    is_suggested: bool,
}

#[derive(FromQueryResult)]
struct NameRow {
    name: String,
}

#[derive(FromQueryResult)]
struct SkillRow {
    skill: String,
    name: String,
    total: i64,
    mine: i64,
}

#[derive(FromQueryResult)]
struct EndorserRow {
    endorser_id: PersonId,
}

/// A profile as the reader's viewer may see it.
///
/// # Errors
/// `NotFound`; `Unauthenticated` for nobody; database errors.
pub async fn profile<R: Reads>(reader: &R, person: PersonId) -> Result<ProfileView> {
    require_somebody(reader)?;
    let contact = contact(reader, person).await?;
    let present = |text: Option<String>| text.filter(|text| !text.is_empty());
    let is_self = reader.who().person_id() == Some(person);
    Ok(ProfileView {
        person_id: person,
        phone: present(contact.phone),
        mobile: present(contact.mobile),
        email: present(contact.email),
        office: contact.office.unwrap_or_default(),
        languages: names(reader, "language", "person_languages", person).await?,
        skills: skills(reader, person).await?,
        ask_about: names(reader, "name", "person_ask_topics", person).await?,
        hr_fields: hr_fields(reader, person).await?,
        choices: if is_self {
            Some(details(reader, person).await?.3)
        } else {
            None
        },
    })
}

/// How to reach somebody, as far as the person shows it to the viewer. The database decides.
async fn contact<R: Reads>(reader: &R, person: PersonId) -> Result<ContactRow> {
    let mut sql = near(reader, person);
    let shown = |value: &str, choice: &str, default: ProfileAudience| {
        format!(
            "CASE WHEN s.is_self OR COALESCE({choice}, '{d}') = 'everybody' \
             OR (COALESCE({choice}, '{d}') = 'unit_line' AND EXISTS (SELECT 1 FROM near)) \
             THEN {value} END",
            d = default.as_str()
        )
    };
    let defaults = Choices::default();
    sql.push(&format!(
        "SELECT {} AS phone, {} AS mobile, {} AS email, d.office FROM (SELECT p.id, p.email, (p.id = ",
        shown("d.phone", "d.phone_for", defaults.phone),
        shown("d.mobile", "d.mobile_for", defaults.mobile),
        shown("s.email", "d.email_for", defaults.email),
    ))
    .bind(reader.who().person_id().unwrap_or(PersonId(sea_orm::prelude::Uuid::nil())))
    .push(") AS is_self FROM people p WHERE p.id = ")
    .bind(person)
    .push(") s LEFT JOIN person_details d ON d.person_id = s.id");
    sql.one(reader).await?.ok_or(Error::NotFound)
}

/// Phone, mobile, office and choices as stored; for the person and for writing.
pub(crate) async fn details<R: Reads>(
    reader: &R,
    person: PersonId,
) -> Result<(String, String, String, Choices)> {
    let mut sql = Sql::new(
        "SELECT d.phone, d.mobile, d.office, d.phone_for, d.mobile_for, d.email_for, d.is_suggested \
         FROM person_details d WHERE d.person_id = ",
    );
    sql.bind(person);
    let Some(row) = sql.one::<DetailsRow, _>(reader).await? else {
        return Ok((
            String::new(),
            String::new(),
            String::new(),
            Choices::default(),
        ));
    };
    let choices = Choices {
        phone: ProfileAudience::parse(&row.phone_for)?,
        mobile: ProfileAudience::parse(&row.mobile_for)?,
        email: ProfileAudience::parse(&row.email_for)?,
        is_suggested: row.is_suggested,
    };
    Ok((row.phone, row.mobile, row.office, choices))
}

async fn names<R: Reads>(
    reader: &R,
    column: &str,
    table: &str,
    person: PersonId,
) -> Result<Vec<String>> {
    let mut sql = Sql::new(format!(
        "SELECT n.{column} AS name FROM {table} n WHERE n.person_id = "
    ));
    sql.bind(person).push(" ORDER BY n.place");
    let rows: Vec<NameRow> = sql.all(reader).await?;
    Ok(rows.into_iter().map(|row| row.name).collect())
}

/// Skills of a person with how many endorse each.
async fn skills<R: Reads>(reader: &R, person: PersonId) -> Result<Vec<SkillView>> {
    let viewer = reader.who().person_id();
    let mut sql = Sql::new(
        "SELECT k.skill, k.name, COUNT(e.endorser_id) AS total, \
         COUNT(CASE WHEN e.endorser_id = ",
    );
    sql.bind(viewer.unwrap_or(PersonId(sea_orm::prelude::Uuid::nil())))
        .push(
            " THEN 1 END) AS mine FROM person_skills k LEFT JOIN skill_endorsements e \
             ON e.person_id = k.person_id AND e.skill = k.skill WHERE k.person_id = ",
        )
        .bind(person)
        .push(" GROUP BY k.skill, k.name, k.place ORDER BY k.place");
    let rows: Vec<SkillRow> = sql.all(reader).await?;
    let view = |row: SkillRow| SkillView {
        person_id: person,
        key: row.skill,
        name: row.name,
        endorsement_count: row.total,
        is_endorsed_by_viewer: row.mine > 0,
    };
    Ok(rows.into_iter().map(view).collect())
}

/// Who endorses a skill of somebody, the newest first.
///
/// # Errors
/// `Unauthenticated` for nobody; database errors.
pub async fn endorsers<R: Reads>(
    reader: &R,
    person: PersonId,
    skill: &str,
    limit: u64,
) -> Result<Vec<PersonId>> {
    require_somebody(reader)?;
    let mut sql = Sql::new("SELECT e.endorser_id FROM skill_endorsements e WHERE e.person_id = ");
    sql.bind(person)
        .push(" AND e.skill = ")
        .bind(skill)
        .push(&format!(
            " ORDER BY e.created_at DESC, e.endorser_id LIMIT {limit}"
        ));
    let rows: Vec<EndorserRow> = sql.all(reader).await?;
    Ok(rows.into_iter().map(|row| row.endorser_id).collect())
}

/// The business card of a person with what the viewer may see, and nothing else.
///
/// # Errors
/// `NotFound`; `Unauthenticated` for nobody; database errors.
pub async fn card(reader: &platform::Reader, person: PersonId, url: String) -> Result<Card> {
    let profile = profile(reader, person).await?;
    let who = identity::queries::person(reader, person).await?;
    let places = ::directory::queries::assignments_of(reader, &[person]).await?;
    let oldest = places
        .iter()
        .min_by_key(|place| (place.starts_at, place.id));
    let mut units: Vec<String> = Vec::new();
    if let Some(place) = oldest
        && let Some(unit) = ::directory::queries::units(reader, &[place.unit_id])
            .await?
            .pop()
    {
        let path = ::directory::queries::path(reader, unit).await?;
        units = path.into_iter().map(|unit| unit.name).collect();
    } else if let Some(organisation) = identity::queries::organisation(reader).await? {
        units.push(organisation.name);
    }
    Ok(Card {
        person_id: Some(person),
        name: who.name,
        title: who.title,
        units,
        phone: profile.phone.unwrap_or_default(),
        mobile: profile.mobile.unwrap_or_default(),
        email: profile.email.unwrap_or_default(),
        office: profile.office,
        location: who.location,
        languages: profile.languages,
        skills: profile.skills.into_iter().map(|skill| skill.name).collect(),
        url,
    })
}

pub(crate) fn require_somebody<R: Reads>(reader: &R) -> Result<()> {
    if reader.who().can_read() {
        Ok(())
    } else {
        Err(Error::Unauthenticated)
    }
}
