//! Building the tree. Only network admins and the house itself change it; who leads a unit names who stands
//! in, and everybody says when he is away.

mod absences;
mod bring;
mod times;

pub use absences::{NewAbsence, absence_add, absence_change, absence_remove};
pub use bring::{
    BroughtPlace, BroughtUnit, bring_places, bring_unit, change_place, hold_tree, take_back_places,
    take_back_unit,
};
pub use times::{calendar_save, stand_in_end, stand_in_name, unit_set_times};

use kernel::{
    AssignmentId, Error, NewEvent, OrgUnitId, PersonId, Problem, Result, Scope, SubjectRef,
    Timestamp,
};
use platform::Tx;
use sea_orm::{ActiveValue::Set, EntityTrait};
use serde_json::json;

use crate::model::{MAX_DEPTH, OrgUnit, OrgUnitKind, UnitTimes};
use crate::table::{assignments, org_units};

/// A unit to be made.
#[derive(Debug, Clone)]
pub struct NewUnit {
    /// The unit above; `None` at the top.
    pub parent_id: Option<OrgUnitId>,
    /// Short code, unique in the organisation.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What kind of unit it is.
    pub kind: OrgUnitKind,
}

/// A place to be given.
#[derive(Debug, Clone)]
pub struct NewAssignment {
    /// The unit.
    pub unit_id: OrgUnitId,
    /// The person.
    pub person_id: PersonId,
    /// What the person does there.
    pub role: String,
    /// Whether the person leads the unit.
    pub is_head: bool,
    /// Since when.
    pub starts_at: Timestamp,
}

/// Makes a unit.
///
/// # Errors
/// `Forbidden` for others than network admins, problems of the input, `ALREADY_EXISTS` for a code in use.
pub async fn create_unit(tx: &mut Tx, new: NewUnit) -> Result<OrgUnit> {
    tx.viewer().require_network_admin()?;
    let mut problems = Vec::new();
    let code = line(&new.code, 40, "code", &mut problems);
    let name = line(&new.name, 120, "name", &mut problems);
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    if let Some(parent) = new.parent_id {
        ensure_room_below(tx, parent).await?;
    }
    let unit = OrgUnit {
        id: OrgUnitId::at(tx.now()),
        parent_id: new.parent_id,
        code,
        name,
        kind: new.kind,
        times: UnitTimes::default(),
    };
    org_units::Entity::insert(org_units::ActiveModel {
        id: Set(unit.id),
        parent_id: Set(unit.parent_id),
        code: Set(unit.code.clone()),
        name: Set(unit.name.clone()),
        kind: Set(unit.kind.as_str().to_owned()),
        time_zone: Set(None),
        opening_hours: Set(None),
        calendar_id: Set(None),
        created_at: Set(tx.now()),
        updated_at: Set(tx.now()),
    })
    .exec_without_returning(tx)
    .await?;
    tx.announce(NewEvent::new(
        "org_unit.created",
        SubjectRef::new(OrgUnitId::PREFIX, unit.id),
        Scope::Organisation,
    ));
    Ok(unit)
}

/// Gives a person a place in a unit.
///
/// # Errors
/// `Forbidden` for others than network admins, problems of the input, `NotFound` for an unknown unit.
pub async fn assign(tx: &mut Tx, new: NewAssignment) -> Result<AssignmentId> {
    tx.viewer().require_network_admin()?;
    let mut problems = Vec::new();
    let role = line(&new.role, 120, "role", &mut problems);
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    org_units::Entity::find_by_id(new.unit_id)
        .one(tx)
        .await?
        .ok_or(Error::NotFound)?;
    let id = AssignmentId::at(tx.now());
    assignments::Entity::insert(assignments::ActiveModel {
        id: Set(id),
        unit_id: Set(new.unit_id),
        person_id: Set(new.person_id),
        role: Set(role),
        is_head: Set(new.is_head),
        starts_at: Set(new.starts_at),
        ends_at: Set(None),
    })
    .exec_without_returning(tx)
    .await?;
    let event = NewEvent::new(
        "assignment.created",
        SubjectRef::new(AssignmentId::PREFIX, id),
        Scope::Organisation,
    );
    let payload = json!({
        "person": new.person_id.uuid().simple().to_string(),
        "unit": new.unit_id.uuid().simple().to_string(),
    });
    tx.announce(event.with(payload));
    Ok(id)
}

pub(super) fn line(text: &str, max: usize, field: &str, problems: &mut Vec<Problem>) -> String {
    match richtext::clean_line(text, max) {
        Ok(text) => text,
        Err(problem) => {
            problems.push(Problem::new(field, "INVALID_TEXT", problem.to_string()));
            String::new()
        }
    }
}

async fn ensure_room_below(tx: &Tx, parent: OrgUnitId) -> Result<()> {
    let mut next = Some(parent);
    for _ in 1..MAX_DEPTH {
        let Some(unit) = next else { return Ok(()) };
        let row = org_units::Entity::find_by_id(unit)
            .one(tx)
            .await?
            .ok_or(Error::NotFound)?;
        next = row.parent_id;
    }
    let message = format!("The tree may be {MAX_DEPTH} levels deep.");
    Err(Error::invalid("parentId", "TREE_TOO_DEEP", message))
}
