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

/// Heads of units.
pub struct HeadByUnit {
    pub(crate) reader: Reader,
}

impl Loader<OrgUnitId> for HeadByUnit {
    type Value = Assignment;

    async fn load(&self, ids: &[OrgUnitId]) -> Result<HashMap<OrgUnitId, Assignment>> {
        let heads = queries::heads(&self.reader, ids).await?;
        Ok(heads
            .into_iter()
            .rev()
            .map(|head| (head.unit_id, head))
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
