//! Who would get a dispatch, before it is sent.

use std::collections::HashMap;

use kernel::{AudienceId, OrgUnitId, Result};
use platform::Reader;

use super::person;
use crate::policy;

/// Who would get it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Preview {
    /// How many people.
    pub recipient_count: i64,
    /// How many people lead a unit it would pass, and would get a copy.
    pub copy_count: i64,
    /// Units with how many recipients have their place there, the largest first.
    pub units: Vec<(OrgUnitId, i64)>,
}

/// Counts who would get a dispatch with the right over `unit`. Nothing is written.
///
/// # Errors
/// As sending: `LINE_RIGHT_MISSING`, `UNIT_OUT_OF_REACH`, `ROLE_NOT_GRANTED`, `AUDIENCE_UNKNOWN`.
pub async fn preview(
    reader: &Reader,
    unit: OrgUnitId,
    targets: &[OrgUnitId],
    roles: &[String],
    audience: Option<AudienceId>,
) -> Result<Preview> {
    let viewer = person(reader)?;
    policy::may_send(reader, viewer, unit, targets, roles, reader.now()).await?;
    let roots = if targets.is_empty() {
        vec![unit]
    } else {
        targets.to_vec()
    };
    let audience = policy::audience(reader, audience).await?;
    let among = |bound| {
        let audience = audience.as_ref()?;
        Some(audiences::queries::people_part(
            &audience.rule,
            reader.now(),
            bound,
        ))
    };
    let mut placed =
        directory::queries::placed_among(reader, &roots, roles, reader.now(), among).await?;
    placed.retain(|place| place.person_id != viewer);
    let line = policy::Line::read(reader, unit, reader.now()).await?;
    let mut managers: Vec<_> = line
        .passed(unit, &placed, viewer)
        .into_iter()
        .map(|head| head.person_id)
        .collect();
    managers.sort();
    managers.dedup();
    let mut counts: HashMap<OrgUnitId, i64> = HashMap::new();
    for place in &placed {
        *counts.entry(place.unit_id).or_default() += 1;
    }
    let mut units: Vec<(OrgUnitId, i64)> = counts.into_iter().collect();
    units.sort_by_key(|(id, count)| (-count, *id));
    Ok(Preview {
        recipient_count: i64::try_from(placed.len()).unwrap_or(i64::MAX),
        copy_count: i64::try_from(managers.len()).unwrap_or(i64::MAX),
        units,
    })
}
