//! When somebody usually works, as the units of his oldest place say.

use directory::model::{DEFAULT_TIME_ZONE, UnitTimes};
use kernel::working_time::WeeklyHours;
use kernel::{Error, PersonId, Result, Timestamp};
use platform::Reader;

/// When somebody works.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hours {
    /// Time zone of the IANA database.
    pub time_zone: String,
    /// Hours of the week, written like `mo-fr 09:00-17:00`.
    pub weekly: String,
    /// Until when the person is away, when that is so now.
    pub away_until: Option<Timestamp>,
}

/// When a person works, or nothing for who has no place.
///
/// # Errors
/// `Unauthenticated` for nobody; database errors.
pub async fn hours(reader: &Reader, person: PersonId) -> Result<Option<Hours>> {
    let places = directory::queries::assignments_of(reader, &[person]).await?;
    let oldest = places
        .iter()
        .min_by_key(|place| (place.starts_at, place.id));
    let Some(place) = oldest else {
        return Ok(None);
    };
    let unit = directory::queries::units(reader, &[place.unit_id])
        .await?
        .pop();
    let unit = unit.ok_or(Error::bug("the unit of a place is missing"))?;
    let mut times = UnitTimes::default();
    for unit in directory::queries::path(reader, unit)
        .await?
        .into_iter()
        .rev()
    {
        times.time_zone = times.time_zone.or(unit.times.time_zone);
        times.opening_hours = times.opening_hours.or(unit.times.opening_hours);
    }
    let now = reader.now();
    let absences = directory::queries::absences(reader, person).await?;
    let away = absences
        .iter()
        .filter(|absence| absence.starts_at <= now && absence.ends_at > now);
    let office = || WeeklyHours::office().to_string();
    Ok(Some(Hours {
        time_zone: times
            .time_zone
            .unwrap_or_else(|| DEFAULT_TIME_ZONE.to_owned()),
        weekly: times.opening_hours.unwrap_or_else(office),
        away_until: away.map(|absence| absence.ends_at).max(),
    }))
}
