//! Reading the tree. Everybody in the organisation may.

mod absences;
mod away;
mod line;
mod reach;
mod roles;
mod search;
mod size;
mod whole;
mod working;

pub use absences::absences;
pub(crate) use absences::{absence, absences_since};
pub use away::away_until;
pub use line::{manager, managers, peers, reports};
pub use reach::{
    Below, Lead, Placed, RoleCount, UnitHead, above, below, leads, placed, placed_among,
    roles_below, unit_heads,
};
pub use roles::{roles, unit_counts, unknown_roles};
pub use search::search_units;
pub use size::{UnitNumber, child_counts, children_page, people_counts};
pub use whole::{
    KnownPlace, PersonInUnit, all_leads, all_units, calendar_names, everybody_placed,
    lasting_places,
};
pub use working::{WorkingCalendars, calendars, opening, stand_in, stand_ins, working_calendars};

use identity::queries::Reads;
use kernel::{Cursor, OrgUnitId, Page, PageArgs, PersonId, Result};
use platform::Reader;
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};

use crate::model::{Assignment, MAX_DEPTH, OrgUnit, OrgUnitKind, UnitTimes};
use crate::table::{assignments, org_units};

fn unit_of(row: org_units::Model) -> Result<OrgUnit> {
    let kind = OrgUnitKind::parse(&row.kind)?;
    Ok(OrgUnit {
        id: row.id,
        parent_id: row.parent_id,
        code: row.code,
        name: row.name,
        kind,
        times: UnitTimes {
            time_zone: row.time_zone,
            opening_hours: row.opening_hours,
            calendar_id: row.calendar_id,
        },
    })
}

fn assignment_of(row: assignments::Model) -> Assignment {
    Assignment {
        id: row.id,
        unit_id: row.unit_id,
        person_id: row.person_id,
        role: row.role,
        is_head: row.is_head,
        starts_at: row.starts_at,
        ends_at: row.ends_at,
    }
}

/// Places that are held at the reader's moment.
fn current(reader: &Reader) -> Condition {
    let now = reader.now();
    let not_ended = Condition::any()
        .add(assignments::Column::EndsAt.is_null())
        .add(assignments::Column::EndsAt.gt(now));
    Condition::all()
        .add(assignments::Column::StartsAt.lte(now))
        .add(not_ended)
}

/// Units by id.
///
/// # Errors
/// `Unauthenticated` for nobody; database errors.
pub async fn units<R: Reads>(reader: &R, ids: &[OrgUnitId]) -> Result<Vec<OrgUnit>> {
    require_somebody(reader)?;
    let rows = org_units::Entity::find()
        .filter(org_units::Column::Id.is_in(ids.iter().copied()))
        .all(reader)
        .await?;
    rows.into_iter().map(unit_of).collect()
}

/// Units directly below `parent`, or at the top, by name.
///
/// # Errors
/// `Unauthenticated` for nobody; database errors.
pub async fn children(reader: &Reader, parents: &[OrgUnitId]) -> Result<Vec<OrgUnit>> {
    require_somebody(reader)?;
    let below = org_units::Column::ParentId.is_in(parents.iter().copied());
    let rows = org_units::Entity::find()
        .filter(below)
        .order_by_asc(org_units::Column::Name);
    rows.order_by_asc(org_units::Column::Id)
        .all(reader)
        .await?
        .into_iter()
        .map(unit_of)
        .collect()
}

/// Units without a unit above.
///
/// # Errors
/// `Unauthenticated` for nobody; database errors.
pub async fn top(reader: &Reader) -> Result<Vec<OrgUnit>> {
    require_somebody(reader)?;
    let rows = org_units::Entity::find().filter(org_units::Column::ParentId.is_null());
    rows.order_by_asc(org_units::Column::Name)
        .all(reader)
        .await?
        .into_iter()
        .map(unit_of)
        .collect()
}

/// From the top down to the unit itself.
///
/// # Errors
/// `Unauthenticated` for nobody; database errors.
pub async fn path(reader: &Reader, unit: OrgUnit) -> Result<Vec<OrgUnit>> {
    let mut path = vec![unit];
    while let Some(parent) = path.last().and_then(|unit| unit.parent_id) {
        if path.len() >= MAX_DEPTH {
            break;
        }
        match units(reader, &[parent]).await?.pop() {
            Some(unit) => path.push(unit),
            None => break,
        }
    }
    path.reverse();
    Ok(path)
}

/// Present places of these people.
///
/// # Errors
/// `Unauthenticated` for nobody; database errors.
pub async fn assignments_of(reader: &Reader, people: &[PersonId]) -> Result<Vec<Assignment>> {
    require_somebody(reader)?;
    let rows = assignments::Entity::find()
        .filter(assignments::Column::PersonId.is_in(people.iter().copied()))
        .filter(current(reader))
        .order_by_asc(assignments::Column::Id);
    Ok(rows
        .all(reader)
        .await?
        .into_iter()
        .map(assignment_of)
        .collect())
}

/// Present members of a unit, and how many there are.
///
/// # Errors
/// `Unauthenticated` for nobody, an invalid cursor, database errors.
pub async fn members(
    reader: &Reader,
    unit: OrgUnitId,
    args: &PageArgs,
) -> Result<(Page<Assignment>, u64)> {
    require_somebody(reader)?;
    let all = assignments::Entity::find()
        .filter(assignments::Column::UnitId.eq(unit))
        .filter(current(reader));
    let total = all.clone().count(reader).await?;
    let mut page = all
        .order_by_asc(assignments::Column::Id)
        .limit(args.limit + 1);
    if let Some(after) = args.from_key()? {
        page = page.filter(assignments::Column::Id.gt(after));
    }
    let rows = page
        .all(reader)
        .await?
        .into_iter()
        .map(assignment_of)
        .collect();
    Ok((
        Page::from_rows(rows, args, |row: &Assignment| Cursor::key(row.id.0)),
        total,
    ))
}

fn require_somebody<R: Reads>(reader: &R) -> Result<()> {
    if reader.who().can_read() {
        Ok(())
    } else {
        Err(kernel::Error::Unauthenticated)
    }
}
