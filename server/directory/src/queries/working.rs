//! When people work: the opening hours, holidays and time zone of the unit of their oldest place, each taken
//! from the next unit above that says so, without the times they are away.

use std::collections::HashMap;
use std::sync::Mutex;

use kernel::working_time::{WeeklyHours, WorkingTime};
use kernel::{CalendarId, Error, OrgUnitId, PersonId, Result, StandInId, Timestamp};
use platform::{Reader, Sql};
use sea_orm::{ConnectionTrait, FromQueryResult};

use super::absences::absences_since;
use super::{path, require_somebody};
use crate::model::{Calendar, DEFAULT_TIME_ZONE, MAX_DEPTH, Opening, OrgUnit, StandIn, UnitTimes};

/// Most values bound by one statement.
const MAX_VALUES: usize = 10_000;
/// How long ago an absence may have ended to count, in seconds.
const A_YEAR: i64 = 366 * 86_400;

#[derive(FromQueryResult)]
struct UnitRow {
    id: OrgUnitId,
    parent_id: Option<OrgUnitId>,
    time_zone: Option<String>,
    opening_hours: Option<String>,
    calendar_id: Option<CalendarId>,
}

#[derive(FromQueryResult)]
struct PlaceRow {
    person_id: PersonId,
    unit_id: OrgUnitId,
}

#[derive(FromQueryResult)]
struct DayRow {
    calendar_id: CalendarId,
    day: String,
    name: String,
}

#[derive(FromQueryResult)]
struct CalendarRow {
    id: CalendarId,
    name: String,
}

/// The working times of many people. Few calendars serve them all, and each answer is computed once.
#[derive(Debug)]
pub struct WorkingCalendars {
    times: Vec<WorkingTime>,
    of: HashMap<PersonId, usize>,
    away: HashMap<PersonId, WorkingTime>,
    known: Mutex<HashMap<(usize, Timestamp, i64), Option<Timestamp>>>,
}

impl WorkingCalendars {
    /// When a person works; people without a place as at the top of the tree.
    pub fn of(&self, person: PersonId) -> Option<&WorkingTime> {
        self.away
            .get(&person)
            .or_else(|| self.times.get(self.of.get(&person).copied().unwrap_or(0)))
    }

    /// Whether a person is away at `at`.
    pub fn is_away(&self, person: PersonId, at: Timestamp) -> bool {
        self.away.get(&person).is_some_and(|own| own.is_away(at))
    }

    /// The moment at which `minutes` of the person's working time have passed since `start`; nothing where
    /// there is not enough of it within two years.
    pub fn after(&self, person: PersonId, start: Timestamp, minutes: i64) -> Option<Timestamp> {
        if let Some(own) = self.away.get(&person) {
            return own.add(start, minutes);
        }
        let index = self.of.get(&person).copied().unwrap_or(0);
        let mut known = self.known.lock().ok()?;
        *known
            .entry((index, start, minutes))
            .or_insert_with(|| self.times.get(index)?.add(start, minutes))
    }
}

/// When these people work, seen from `at`. The number of statements does not grow with the people but by the
/// ten thousand.
///
/// # Errors
/// Database errors; stored opening hours that cannot be read.
pub async fn working_calendars(
    db: &impl ConnectionTrait,
    people: &[PersonId],
    at: Timestamp,
) -> Result<WorkingCalendars> {
    let sql = Sql::new(
        "SELECT u.id, u.parent_id, u.time_zone, u.opening_hours, u.calendar_id FROM org_units u",
    );
    let units: Vec<UnitRow> = sql.all(db).await?;
    let units: HashMap<OrgUnitId, UnitRow> =
        units.into_iter().map(|unit| (unit.id, unit)).collect();
    let days = closed_days(db).await?;
    let mut found = WorkingCalendars {
        times: vec![working_time(&UnitTimes::default(), &days)?],
        of: HashMap::with_capacity(people.len()),
        away: HashMap::new(),
        known: Mutex::new(HashMap::new()),
    };
    let mut by_times: HashMap<UnitTimes, usize> = HashMap::new();
    let mut by_unit: HashMap<OrgUnitId, usize> = HashMap::new();
    for chunk in people.chunks(MAX_VALUES) {
        for place in oldest_places(db, chunk, at).await? {
            let index = match by_unit.get(&place.unit_id) {
                Some(index) => *index,
                None => {
                    let times = resolve(&units, place.unit_id);
                    let index = match by_times.get(&times) {
                        Some(index) => *index,
                        None => {
                            found.times.push(working_time(&times, &days)?);
                            by_times.insert(times, found.times.len() - 1);
                            found.times.len() - 1
                        }
                    };
                    by_unit.insert(place.unit_id, index);
                    index
                }
            };
            found.of.insert(place.person_id, index);
        }
        for absence in absences_since(db, chunk, at.plus_seconds(-A_YEAR)).await? {
            let own = match found.away.remove(&absence.person_id) {
                Some(own) => own,
                None => {
                    let index = found.of.get(&absence.person_id).copied().unwrap_or(0);
                    let shared = found.times.get(index);
                    shared.cloned().ok_or(Error::bug("a calendar is missing"))?
                }
            };
            let own = own.away(absence.starts_at, absence.ends_at);
            found.away.insert(absence.person_id, own);
        }
    }
    Ok(found)
}

/// What a unit says, completed by the units above.
fn resolve(units: &HashMap<OrgUnitId, UnitRow>, unit: OrgUnitId) -> UnitTimes {
    let mut times = UnitTimes::default();
    let mut next = Some(unit);
    for _ in 0..MAX_DEPTH {
        let Some(unit) = next.and_then(|id| units.get(&id)) else {
            break;
        };
        times.time_zone = times.time_zone.or_else(|| unit.time_zone.clone());
        times.opening_hours = times.opening_hours.or_else(|| unit.opening_hours.clone());
        times.calendar_id = times.calendar_id.or(unit.calendar_id);
        next = unit.parent_id;
    }
    times
}

fn working_time(
    times: &UnitTimes,
    days: &HashMap<CalendarId, Vec<jiff::civil::Date>>,
) -> Result<WorkingTime> {
    let hours = match &times.opening_hours {
        Some(text) => text.parse().map_err(Error::internal)?,
        None => WeeklyHours::office(),
    };
    let zone = times.time_zone.as_deref().unwrap_or(DEFAULT_TIME_ZONE);
    let closed = times.calendar_id.and_then(|id| days.get(&id));
    Ok(WorkingTime::new(zone, hours).closed_on(closed.into_iter().flatten().copied()))
}

async fn closed_days(
    db: &impl ConnectionTrait,
) -> Result<HashMap<CalendarId, Vec<jiff::civil::Date>>> {
    let sql = Sql::new("SELECT d.calendar_id, d.day, d.name FROM calendar_days d");
    let rows: Vec<DayRow> = sql.all(db).await?;
    let mut days: HashMap<CalendarId, Vec<jiff::civil::Date>> = HashMap::new();
    for row in rows {
        let day = row.day.parse().map_err(Error::internal)?;
        days.entry(row.calendar_id).or_default().push(day);
    }
    Ok(days)
}

async fn oldest_places(
    db: &impl ConnectionTrait,
    people: &[PersonId],
    at: Timestamp,
) -> Result<Vec<PlaceRow>> {
    let mut sql = Sql::new(
        "SELECT one.person_id, one.unit_id FROM (SELECT a.person_id, a.unit_id, ROW_NUMBER() OVER (\
         PARTITION BY a.person_id ORDER BY a.starts_at, a.id) AS place FROM assignments a \
         WHERE a.starts_at <= ",
    );
    sql.bind(at)
        .push(" AND (a.ends_at IS NULL OR a.ends_at > ")
        .bind(at)
        .push(") AND a.person_id IN (")
        .bind_all(people.iter().copied())
        .push(")) one WHERE one.place = 1");
    sql.all(db).await
}

/// Who stands in, or will, for the head of a unit.
///
/// # Errors
/// `Unauthenticated` for nobody; database errors.
pub async fn stand_ins(reader: &Reader, unit: OrgUnitId) -> Result<Vec<StandIn>> {
    require_somebody(reader)?;
    let mut sql = Sql::new(
        "SELECT s.id, s.unit_id, s.person_id, s.starts_at, s.ends_at FROM stand_ins s \
         WHERE s.unit_id = ",
    );
    sql.bind(unit)
        .push(" AND s.ends_at > ")
        .bind(reader.now())
        .push(" ORDER BY s.starts_at, s.id");
    sql.all(reader).await
}

/// One stand-in.
///
/// # Errors
/// `NotFound`; database errors.
pub async fn stand_in(db: &impl ConnectionTrait, id: StandInId) -> Result<StandIn> {
    let mut sql = Sql::new(
        "SELECT s.id, s.unit_id, s.person_id, s.starts_at, s.ends_at FROM stand_ins s WHERE s.id = ",
    );
    sql.bind(id);
    sql.one(db).await?.ok_or(Error::NotFound)
}

/// All calendars, by name.
///
/// # Errors
/// `Unauthenticated` for nobody; database errors.
pub async fn calendars(reader: &Reader) -> Result<Vec<Calendar>> {
    require_somebody(reader)?;
    let sql = Sql::new("SELECT c.id, c.name FROM calendars c ORDER BY c.name, c.id");
    let rows: Vec<CalendarRow> = sql.all(reader).await?;
    let sql = Sql::new("SELECT d.calendar_id, d.day, d.name FROM calendar_days d ORDER BY d.day");
    let days: Vec<DayRow> = sql.all(reader).await?;
    Ok(rows
        .into_iter()
        .map(|row| Calendar {
            id: row.id,
            name: row.name,
            days: days
                .iter()
                .filter(|day| day.calendar_id == row.id)
                .map(|day| (day.day.clone(), day.name.clone()))
                .collect(),
        })
        .collect())
}

/// When a unit is open, completed by the units above.
///
/// # Errors
/// `Unauthenticated` for nobody; database errors.
pub async fn opening(reader: &Reader, unit: OrgUnit) -> Result<Opening> {
    let mut line = path(reader, unit).await?;
    line.reverse();
    let from = |says: fn(&UnitTimes) -> bool| line.iter().find(|unit| says(&unit.times)).cloned();
    let time_zone_from = from(|times| times.time_zone.is_some());
    let weekly_from = from(|times| times.opening_hours.is_some());
    let calendar_from = from(|times| times.calendar_id.is_some());
    let calendar = match calendar_from
        .as_ref()
        .and_then(|unit| unit.times.calendar_id)
    {
        Some(id) => {
            let all = calendars(reader).await?;
            all.into_iter().find(|calendar| calendar.id == id)
        }
        None => None,
    };
    let zone = time_zone_from.as_ref();
    let zone = zone.and_then(|unit| unit.times.time_zone.clone());
    let weekly = weekly_from.as_ref();
    let weekly = weekly.and_then(|unit| unit.times.opening_hours.clone());
    Ok(Opening {
        time_zone: zone.unwrap_or_else(|| DEFAULT_TIME_ZONE.to_owned()),
        time_zone_from,
        weekly: weekly.unwrap_or_else(|| WeeklyHours::office().to_string()),
        weekly_from,
        calendar,
        calendar_from,
    })
}
