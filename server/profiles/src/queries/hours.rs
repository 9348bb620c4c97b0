//! When somebody usually works, as the units of his oldest place say.

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
    let opening = directory::queries::opening(reader, unit).await?;
    let away = directory::queries::away_until(reader, &[person], reader.now()).await?;
    Ok(Some(Hours {
        time_zone: opening.time_zone,
        weekly: opening.weekly,
        away_until: away.get(&person).copied(),
    }))
}
