//! When units are open, and who stands in.

use kernel::working_time::{WeeklyHours, is_time_zone};
use kernel::{
    CalendarId, Error, NewEvent, OrgUnitId, PersonId, Problem, Result, Scope, StandInId,
    SubjectRef, Timestamp, Viewer,
};
use platform::{Database, Sql, Tx};
use sea_orm::Value;

use super::line;
use crate::model::UnitTimes;
use crate::{policy, queries};

/// Longest time somebody stands in, in days.
const MAX_STAND_IN_DAYS: i64 = 366;
/// Most days of one calendar.
const MAX_DAYS: usize = 2_000;

/// Says when a unit is open; what is missing holds as in the unit above.
///
/// # Errors
/// `NETWORK_ADMIN_REQUIRED`, `NotFound`, problems of the input.
pub async fn unit_set_times(
    database: &Database,
    viewer: &Viewer,
    unit: OrgUnitId,
    times: &UnitTimes,
) -> Result<()> {
    viewer.require_network_admin()?;
    let mut problems = Vec::new();
    if times
        .time_zone
        .as_deref()
        .is_some_and(|zone| !is_time_zone(zone))
    {
        let text = "There is no such time zone. Write for example Europe/Berlin.";
        problems.push(Problem::new("timeZone", "TIME_ZONE_UNKNOWN", text));
    }
    if let Some(hours) = &times.opening_hours {
        match hours.parse::<WeeklyHours>() {
            Ok(hours) if !hours.is_empty() => {}
            Ok(_) => {
                let text = "Give at least one opening hour.";
                problems.push(Problem::new("openingHours", "HOURS_INVALID", text));
            }
            Err(error) => {
                problems.push(Problem::new(
                    "openingHours",
                    "HOURS_INVALID",
                    error.to_string(),
                ));
            }
        }
    }
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let mut tx = database.begin(viewer).await?;
    let mut sql = Sql::new("UPDATE org_units SET time_zone = ");
    sql.bind(times.time_zone.clone())
        .push(", opening_hours = ")
        .bind(times.opening_hours.clone())
        .push(", calendar_id = (SELECT c.id FROM calendars c WHERE c.id = ")
        .bind(times.calendar_id)
        .push("), updated_at = ")
        .bind(tx.now())
        .push(" WHERE id = ")
        .bind(unit);
    if sql.run(&tx).await? == 0 {
        return Err(Error::NotFound);
    }
    let subject = SubjectRef::new(OrgUnitId::PREFIX, unit);
    tx.announce(NewEvent::new(
        "org_unit.changed",
        subject,
        Scope::Organisation,
    ));
    tx.commit().await
}

/// Makes a calendar, or replaces the days of the one with this name.
///
/// # Errors
/// `NETWORK_ADMIN_REQUIRED`, problems of the input.
pub async fn calendar_save(
    database: &Database,
    viewer: &Viewer,
    name: &str,
    days: &[(String, String)],
) -> Result<CalendarId> {
    viewer.require_network_admin()?;
    let mut problems = Vec::new();
    let name = line(name, 80, "name", &mut problems);
    let mut ready: Vec<(String, String)> = Vec::new();
    for (day, label) in days {
        let label = line(label, 80, "days", &mut problems);
        match day.parse::<jiff::civil::Date>() {
            Ok(day) => ready.push((day.to_string(), label)),
            Err(_) => {
                let text = "Write days like 2026-12-25.";
                problems.push(Problem::new("days", "DAY_INVALID", text).with("day", day));
            }
        }
    }
    if days.len() > MAX_DAYS {
        let text = format!("A calendar has at most {MAX_DAYS} days.");
        problems.push(Problem::new("days", "TOO_MANY", text));
    }
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    ready.sort();
    ready.dedup_by(|a, b| a.0 == b.0);
    let mut tx = database.begin(viewer).await?;
    let reader = database.reader(viewer);
    let known = queries::calendars(&reader).await?;
    let known = known.into_iter().find(|calendar| calendar.name == name);
    let id = match known {
        Some(calendar) => calendar.id,
        None => {
            let id = CalendarId::at(tx.now());
            let mut sql = Sql::new("INSERT INTO calendars (id, name, created_at) VALUES ");
            let row: Vec<Value> = vec![id.into(), name.into(), tx.now().into()];
            sql.bind_rows([row]);
            sql.run(&tx).await?;
            id
        }
    };
    let mut sql = Sql::new("DELETE FROM calendar_days WHERE calendar_id = ");
    sql.bind(id);
    sql.run(&tx).await?;
    if !ready.is_empty() {
        let mut sql = Sql::new("INSERT INTO calendar_days (calendar_id, day, name) VALUES ");
        sql.bind_rows(
            ready
                .into_iter()
                .map(|(day, label)| vec![id.into(), day.into(), label.into()]),
        );
        sql.run(&tx).await?;
    }
    let subject = SubjectRef::new(CalendarId::PREFIX, id);
    tx.announce(NewEvent::new(
        "calendar.saved",
        subject,
        Scope::Organisation,
    ));
    tx.commit().await?;
    Ok(id)
}

/// Names somebody who stands in for the head of a unit for a time. The head does, who leads a unit above, or a
/// network admin.
///
/// # Errors
/// `NOT_YOUR_UNIT`, `STAND_IN_RANGE`, `PERSON_NOT_FOUND`.
pub async fn stand_in_name(
    database: &Database,
    viewer: &Viewer,
    unit: OrgUnitId,
    person: PersonId,
    starts_at: Option<Timestamp>,
    ends_at: Timestamp,
) -> Result<StandInId> {
    let mut tx = database.begin(viewer).await?;
    require_lead(&tx, unit).await?;
    let starts_at = starts_at.unwrap_or(tx.now());
    let mut problems = Vec::new();
    let longest = starts_at.plus_seconds(MAX_STAND_IN_DAYS * 86_400);
    if ends_at <= starts_at || ends_at <= tx.now() || ends_at > longest {
        let text = "Choose an end after the start, within a year.";
        problems.push(Problem::new("endsAt", "STAND_IN_RANGE", text));
    }
    let people = identity::queries::people_by_ids(&tx, &[person]).await?;
    if !people.iter().any(|person| person.is_active) {
        let text = "This person does not work here.";
        problems.push(Problem::new("personId", "PERSON_NOT_FOUND", text));
    }
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let id = StandInId::at(tx.now());
    let mut sql = Sql::new(
        "INSERT INTO stand_ins (id, unit_id, person_id, named_by, starts_at, ends_at) VALUES ",
    );
    let row: Vec<Value> = vec![
        id.into(),
        unit.into(),
        person.into(),
        viewer.person_id().into(),
        starts_at.into(),
        ends_at.into(),
    ];
    sql.bind_rows([row]);
    sql.run(&tx).await?;
    let subject = SubjectRef::new(StandInId::PREFIX, id);
    tx.announce(NewEvent::new(
        "stand_in.named",
        subject,
        Scope::Organisation,
    ));
    tx.commit().await?;
    Ok(id)
}

/// Ends a standing-in at once.
///
/// # Errors
/// `NotFound`, `NOT_YOUR_UNIT`.
pub async fn stand_in_end(
    database: &Database,
    viewer: &Viewer,
    id: StandInId,
) -> Result<OrgUnitId> {
    let mut tx = database.begin(viewer).await?;
    let found = queries::stand_in(&tx, id).await?;
    require_lead(&tx, found.unit_id).await?;
    if found.ends_at <= tx.now() {
        tx.rollback().await?;
        return Ok(found.unit_id);
    }
    let mut sql = Sql::new("UPDATE stand_ins SET ends_at = ");
    sql.bind(tx.now()).push(" WHERE id = ").bind(id);
    sql.run(&tx).await?;
    let subject = SubjectRef::new(StandInId::PREFIX, id);
    tx.announce(NewEvent::new(
        "stand_in.ended",
        subject,
        Scope::Organisation,
    ));
    tx.commit().await?;
    Ok(found.unit_id)
}

async fn require_lead(tx: &Tx, unit: OrgUnitId) -> Result<()> {
    if queries::units(tx, &[unit]).await?.is_empty() {
        return Err(Error::invalid(
            "unitId",
            "UNIT_NOT_FOUND",
            "There is no such unit.",
        ));
    }
    if policy::leads_line(tx, unit).await? {
        Ok(())
    } else {
        Err(Error::Forbidden("NOT_YOUR_UNIT"))
    }
}
