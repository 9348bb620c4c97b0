//! Batched reads for one request.

use std::collections::HashMap;

use kernel::{OrgUnitId, PersonId, Result};
use platform::Reader;
use platform::graphql::Loader;

use crate::model::{Assignment, OrgUnit};
use crate::queries;

/// Units by id.
pub struct UnitById {
    pub(crate) reader: Reader,
}

impl Loader<OrgUnitId> for UnitById {
    type Value = OrgUnit;

    async fn load(&self, ids: &[OrgUnitId]) -> Result<HashMap<OrgUnitId, OrgUnit>> {
        let units = queries::units(&self.reader, ids).await?;
        Ok(units.into_iter().map(|unit| (unit.id, unit)).collect())
    }
}

/// Units directly below others.
pub struct UnitsByParent {
    pub(crate) reader: Reader,
}

impl Loader<OrgUnitId> for UnitsByParent {
    type Value = Vec<OrgUnit>;

    async fn load(&self, ids: &[OrgUnitId]) -> Result<HashMap<OrgUnitId, Vec<OrgUnit>>> {
        let mut below: HashMap<_, Vec<_>> = HashMap::new();
        for unit in queries::children(&self.reader, ids).await? {
            if let Some(parent) = unit.parent_id {
                below.entry(parent).or_default().push(unit);
            }
        }
        Ok(below)
    }
}

/// Who leads units.
pub struct HeadByUnit {
    pub(crate) reader: Reader,
}

impl Loader<OrgUnitId> for HeadByUnit {
    type Value = PersonId;

    async fn load(&self, ids: &[OrgUnitId]) -> Result<HashMap<OrgUnitId, PersonId>> {
        let heads = queries::unit_heads(&self.reader, ids, self.reader.now()).await?;
        Ok(heads
            .into_iter()
            .map(|head| (head.unit_id, head.person_id))
            .collect())
    }
}

/// How many units stand directly below others.
pub struct ChildCountByUnit {
    pub(crate) reader: Reader,
}

impl Loader<OrgUnitId> for ChildCountByUnit {
    type Value = i64;

    async fn load(&self, ids: &[OrgUnitId]) -> Result<HashMap<OrgUnitId, i64>> {
        let counts = queries::child_counts(&self.reader, ids).await?;
        Ok(counts
            .into_iter()
            .map(|one| (one.unit_id, one.number))
            .collect())
    }
}

/// How many people have a place in units or below.
pub struct PeopleCountByUnit {
    pub(crate) reader: Reader,
}

impl Loader<OrgUnitId> for PeopleCountByUnit {
    type Value = i64;

    async fn load(&self, ids: &[OrgUnitId]) -> Result<HashMap<OrgUnitId, i64>> {
        let counts = queries::people_counts(&self.reader, ids).await?;
        Ok(counts
            .into_iter()
            .map(|one| (one.unit_id, one.number))
            .collect())
    }
}

/// Places of people.
pub struct AssignmentsByPerson {
    pub(crate) reader: Reader,
}

impl Loader<PersonId> for AssignmentsByPerson {
    type Value = Vec<Assignment>;

    async fn load(&self, ids: &[PersonId]) -> Result<HashMap<PersonId, Vec<Assignment>>> {
        let mut places: HashMap<_, Vec<_>> = HashMap::new();
        for place in queries::assignments_of(&self.reader, ids).await? {
            places.entry(place.person_id).or_default().push(place);
        }
        Ok(places)
    }
}
