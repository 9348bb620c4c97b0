//! What was before the files were brought in, and going back to it.
//!
//! Going back makes units, places and people as they were. Who came with the files stays as somebody who
//! may not sign in, since what people wrote stays; the number is remembered, so that the same files find
//! the same person.

use directory::commands::{
    BroughtUnit, NewUnit, bring_unit, change_place, take_back_places, take_back_unit,
};
use directory::queries::KnownPlace;
use directory::{OrgUnit, OrgUnitKind, UnitTimes};
use identity::HrField;
use identity::commands::{StaffRecord, bring_hr_fields, person_take_over};
use identity::model::PersonView;
use kernel::{AssignmentId, CalendarId, OrgUnitId, PersonId, Result, Timestamp};
use platform::Tx;
use serde::{Deserialize, Serialize};

use super::SOURCE;
use crate::keys;

/// What [`take_back`] needs. Kept as JSON.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Record {
    pub(super) people_made: Vec<PersonId>,
    pub(super) people: Vec<PersonBefore>,
    pub(super) kept: Vec<(PersonId, Vec<String>)>,
    pub(super) keys: Vec<String>,
    /// Parents before their children.
    pub(super) units_made: Vec<OrgUnitId>,
    pub(super) units: Vec<UnitBefore>,
    pub(super) places_made: Vec<(AssignmentId, PersonId, OrgUnitId)>,
    pub(super) places: Vec<PlaceBefore>,
}

impl Record {
    /// Whether nothing was written.
    pub fn is_empty(&self) -> bool {
        self.people_made.is_empty()
            && self.people.is_empty()
            && self.kept.is_empty()
            && self.keys.is_empty()
            && self.units_made.is_empty()
            && self.units.is_empty()
            && self.places_made.is_empty()
            && self.places.is_empty()
    }

    /// People who came with the files.
    pub fn people_made(&self) -> &[PersonId] {
        &self.people_made
    }

    /// Units that came with the files.
    pub fn units_made(&self) -> &[OrgUnitId] {
        &self.units_made
    }

    pub(super) fn keep(&mut self, person: PersonId, fields: &[HrField]) {
        let fields = fields.iter().map(|field| field.as_str().to_owned());
        self.kept.push((person, fields.collect()));
    }
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct PersonBefore {
    id: PersonId,
    name: String,
    title: String,
    location: String,
    is_active: bool,
}

impl From<&PersonView> for PersonBefore {
    fn from(person: &PersonView) -> Self {
        Self {
            id: person.id,
            name: person.name.clone(),
            title: person.title.clone(),
            location: person.location.clone(),
            is_active: person.is_active,
        }
    }
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct UnitBefore {
    id: OrgUnitId,
    parent_id: Option<OrgUnitId>,
    code: String,
    name: String,
    kind: String,
    time_zone: Option<String>,
    opening_hours: Option<String>,
    calendar_id: Option<CalendarId>,
}

impl From<&OrgUnit> for UnitBefore {
    fn from(unit: &OrgUnit) -> Self {
        Self {
            id: unit.id,
            parent_id: unit.parent_id,
            code: unit.code.clone(),
            name: unit.name.clone(),
            kind: unit.kind.as_str().to_owned(),
            time_zone: unit.times.time_zone.clone(),
            opening_hours: unit.times.opening_hours.clone(),
            calendar_id: unit.times.calendar_id,
        }
    }
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct PlaceBefore {
    id: AssignmentId,
    person_id: PersonId,
    unit_id: OrgUnitId,
    role: String,
    is_head: bool,
    ends_at: Option<Timestamp>,
}

impl From<&KnownPlace> for PlaceBefore {
    fn from(place: &KnownPlace) -> Self {
        Self {
            id: place.id,
            person_id: place.person_id,
            unit_id: place.unit_id,
            role: place.role.clone(),
            is_head: place.is_head,
            ends_at: place.ends_at,
        }
    }
}

/// Makes everything as it was before, in the caller's transaction. The caller has made sure that nothing
/// of it was changed since.
///
/// # Errors
/// `NETWORK_ADMIN_REQUIRED`; `Conflict("UNIT_IN_USE")` when something hangs on a unit that came;
/// `LAST_NETWORK_ADMIN`; database errors.
pub async fn take_back(tx: &mut Tx, record: &Record) -> Result<()> {
    tx.viewer().require_network_admin()?;
    take_back_places(tx, &record.places_made).await?;
    for place in &record.places {
        let known = KnownPlace {
            id: place.id,
            person_id: place.person_id,
            unit_id: place.unit_id,
            role: place.role.clone(),
            is_head: place.is_head,
            ends_at: place.ends_at,
        };
        change_place(tx, &known, place.is_head, place.ends_at).await?;
    }
    for unit in &record.units {
        let brought = BroughtUnit {
            unit: NewUnit {
                parent_id: unit.parent_id,
                code: unit.code.clone(),
                name: unit.name.clone(),
                kind: OrgUnitKind::parse(&unit.kind)?,
            },
            times: UnitTimes {
                time_zone: unit.time_zone.clone(),
                opening_hours: unit.opening_hours.clone(),
                calendar_id: unit.calendar_id,
            },
        };
        bring_unit(tx, Some(unit.id), brought).await?;
    }
    // Children go before their parents.
    for unit in record.units_made.iter().rev() {
        take_back_unit(tx, *unit).await?;
    }
    for person in &record.people {
        let before = StaffRecord {
            name: person.name.clone(),
            title: person.title.clone(),
            location: person.location.clone(),
            is_active: person.is_active,
        };
        person_take_over(tx, person.id, &before).await?;
    }
    for person in identity::queries::people_by_ids(tx, &record.people_made).await? {
        let gone = StaffRecord {
            name: person.name,
            title: person.title,
            location: person.location,
            is_active: false,
        };
        person_take_over(tx, person.id, &gone).await?;
    }
    let kept: Vec<(PersonId, Vec<HrField>)> = record
        .kept
        .iter()
        .map(|(person, fields)| {
            let fields = fields.iter().filter_map(|field| HrField::parse(field));
            (*person, fields.collect())
        })
        .collect();
    bring_hr_fields(tx, &kept).await?;
    keys::forget(tx, SOURCE, &record.keys).await
}
