//! The tree in GraphQL.

mod times;

use std::collections::HashMap;

use async_graphql::{ComplexObject, Context, Object, Request, Result, SimpleObject};
use identity::graphql::{Person, PersonConnection};
use kernel::{CalendarId, OrgUnitId, Page, PageArgs, PersonId, Timestamp};
use platform::{ContextExt as _, Reader};

use crate::loaders::{
    AssignmentsByPerson, ChildCountByUnit, HeadByUnit, PeopleCountByUnit, UnitById, UnitsByParent,
};
use crate::model::{self, OrgUnitKind};
use crate::{policy, queries};

pub use times::{Absence, Calendar, DirectoryMutation, OrgUnitOpening, StandIn};

/// Most units a search shows.
const MAX_FOUND: i32 = 50;

/// A unit of the organisation: a region, a branch, a team.
#[derive(Clone, SimpleObject)]
#[graphql(complex)]
pub struct OrgUnit {
    /// Global id of the unit.
    pub id: OrgUnitId,
    /// Short code, unique in the organisation.
    code: String,
    /// Name of the unit.
    name: String,
    /// Kind of unit.
    kind: OrgUnitKind,
    /// Time zone of the unit; null: as the unit above.
    time_zone: Option<String>,
    /// Opening hours, written like `mo-fr 09:00-17:00; sa 10:00-13:00`; null: as the unit above.
    opening_hours: Option<String>,
    /// Id of the calendar of days on which the unit is closed; null: as the unit above.
    calendar_id: Option<CalendarId>,
    #[graphql(skip)]
    parent_id: Option<OrgUnitId>,
}

impl From<model::OrgUnit> for OrgUnit {
    fn from(unit: model::OrgUnit) -> Self {
        Self {
            id: unit.id,
            code: unit.code,
            name: unit.name,
            kind: unit.kind,
            time_zone: unit.times.time_zone,
            opening_hours: unit.times.opening_hours,
            calendar_id: unit.times.calendar_id,
            parent_id: unit.parent_id,
        }
    }
}

#[ComplexObject]
impl OrgUnit {
    /// Unit above; null at the top.
    async fn parent(&self, ctx: &Context<'_>) -> Result<Option<OrgUnit>> {
        let Some(parent) = self.parent_id else {
            return Ok(None);
        };
        Ok(ctx
            .loader::<UnitById, _>()
            .load_one(parent)
            .await?
            .map(OrgUnit::from))
    }

    /// Units directly below, by name.
    async fn children(&self, ctx: &Context<'_>) -> Result<Vec<OrgUnit>> {
        let below = ctx.loader::<UnitsByParent, _>().load_one(self.id).await?;
        Ok(below
            .unwrap_or_default()
            .into_iter()
            .map(OrgUnit::from)
            .collect())
    }

    /// Units directly below, by name, page by page.
    #[graphql(complexity = "1 + usize::try_from(first).unwrap_or(0) * child_complexity")]
    async fn units(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Size of the page, 1 to 100.")] first: i32,
        #[graphql(desc = "Cursor to start behind.")] after: Option<String>,
    ) -> Result<OrgUnitConnection> {
        let args = PageArgs::forward(first, after)?;
        let (page, total) = queries::children_page(&ctx.reader(), self.id, &args).await?;
        Ok(OrgUnitConnection::new(page.map(OrgUnit::from), total))
    }

    /// How many units stand directly below.
    async fn child_count(&self, ctx: &Context<'_>) -> Result<i32> {
        let found = ctx
            .loader::<ChildCountByUnit, _>()
            .load_one(self.id)
            .await?;
        Ok(number(found))
    }

    /// How many people have a place in the unit or below, each person once.
    async fn people_count(&self, ctx: &Context<'_>) -> Result<i32> {
        let found = ctx
            .loader::<PeopleCountByUnit, _>()
            .load_one(self.id)
            .await?;
        Ok(number(found))
    }

    /// When the unit is open, completed by the units above.
    async fn opening(&self, ctx: &Context<'_>) -> Result<OrgUnitOpening> {
        let unit = ctx.loader::<UnitById, _>().load_one(self.id).await?;
        let unit = unit.ok_or(kernel::Error::NotFound)?;
        let found = queries::opening(&ctx.reader(), unit).await?;
        Ok(OrgUnitOpening::from(found))
    }

    /// What the viewer may do with the unit.
    async fn viewer_can(&self, ctx: &Context<'_>) -> Result<OrgUnitAbilities> {
        Ok(OrgUnitAbilities {
            set_times: ctx.viewer().is_network_admin(),
            name_stand_ins: policy::leads_line(&ctx.reader(), self.id).await?,
        })
    }

    /// Units from the top down to this one.
    async fn path(&self, ctx: &Context<'_>) -> Result<Vec<OrgUnit>> {
        let Some(unit) = ctx.loader::<UnitById, _>().load_one(self.id).await? else {
            return Ok(Vec::new());
        };
        let path = queries::path(&ctx.reader(), unit).await?;
        Ok(path.into_iter().map(OrgUnit::from).collect())
    }

    /// Person who leads the unit.
    async fn head(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        match ctx.loader::<HeadByUnit, _>().load_one(self.id).await? {
            Some(head) => Ok(Some(identity::graphql::person(ctx, head).await?)),
            None => Ok(None),
        }
    }

    /// People who stand in for who leads the unit, now or later.
    async fn stand_ins(&self, ctx: &Context<'_>) -> Result<Vec<StandIn>> {
        let found = queries::stand_ins(&ctx.reader(), self.id).await?;
        Ok(found.into_iter().map(StandIn::from).collect())
    }

    /// People of the unit itself, without the units below.
    async fn members(
        &self,
        ctx: &Context<'_>,
        first: i32,
        after: Option<String>,
    ) -> Result<OrgAssignmentConnection> {
        let args = PageArgs::forward(first, after)?;
        let (page, total) = queries::members(&ctx.reader(), self.id, &args).await?;
        let total = i64::try_from(total).unwrap_or(i64::MAX);
        Ok(OrgAssignmentConnection::new(
            page.map(OrgAssignment::from),
            total,
        ))
    }
}

kernel::connection!(OrgUnitConnection, OrgUnitEdge, OrgUnit, total);

/// What the viewer may do with a unit.
#[derive(SimpleObject)]
pub struct OrgUnitAbilities {
    /// Say when it is open.
    set_times: bool,
    /// Name who stands in for its head, and end that.
    name_stand_ins: bool,
}

fn number(found: Option<i64>) -> i32 {
    i32::try_from(found.unwrap_or(0)).unwrap_or(i32::MAX)
}

/// A person's place in a unit.
#[derive(Clone, SimpleObject)]
#[graphql(complex)]
pub struct OrgAssignment {
    /// Work the person does there.
    role: String,
    /// Whether the person leads the unit.
    is_head: bool,
    /// Start of the assignment.
    since: Timestamp,
    #[graphql(skip)]
    unit_id: OrgUnitId,
    #[graphql(skip)]
    person_id: PersonId,
}

impl From<model::Assignment> for OrgAssignment {
    fn from(place: model::Assignment) -> Self {
        Self {
            role: place.role,
            is_head: place.is_head,
            since: place.starts_at,
            unit_id: place.unit_id,
            person_id: place.person_id,
        }
    }
}

#[ComplexObject]
impl OrgAssignment {
    /// Unit of the assignment.
    async fn unit(&self, ctx: &Context<'_>) -> Result<OrgUnit> {
        let unit = ctx.loader::<UnitById, _>().load_one(self.unit_id).await?;
        Ok(unit.ok_or(kernel::Error::NotFound)?.into())
    }

    /// Person of the assignment.
    async fn person(&self, ctx: &Context<'_>) -> Result<Person> {
        identity::graphql::person(ctx, self.person_id).await
    }
}

kernel::connection!(
    OrgAssignmentConnection,
    OrgAssignmentEdge,
    OrgAssignment,
    total
);

/// A unit by its id.
///
/// # Errors
/// Database errors.
pub async fn org_unit(ctx: &Context<'_>, id: OrgUnitId) -> Result<Option<OrgUnit>> {
    Ok(ctx
        .loader::<UnitById, _>()
        .load_one(id)
        .await?
        .map(OrgUnit::from))
}

/// Root part of the directory.
#[derive(Default)]
pub struct DirectoryQuery;

#[Object]
impl DirectoryQuery {
    /// Unit of the organisation by its id.
    async fn org_unit(&self, ctx: &Context<'_>, id: OrgUnitId) -> Result<Option<OrgUnit>> {
        org_unit(ctx, id).await
    }

    /// Units at the top of the organisation's tree; empty when no tree was brought in.
    async fn org_units(&self, ctx: &Context<'_>) -> Result<Vec<OrgUnit>> {
        let top = queries::top(&ctx.reader()).await?;
        Ok(top.into_iter().map(OrgUnit::from).collect())
    }

    /// Calendars of days on which units are closed, by name.
    async fn calendars(&self, ctx: &Context<'_>) -> Result<Vec<Calendar>> {
        let found = queries::calendars(&ctx.reader()).await?;
        Ok(found.into_iter().map(Calendar::from).collect())
    }

    /// Times a person is away. The person, who leads the person by the tree, and network admins see the present and the
    /// coming ones; everybody else only until when the person is away now, and who can be asked meanwhile.
    async fn person_absences(
        &self,
        ctx: &Context<'_>,
        person_id: PersonId,
    ) -> Result<Vec<Absence>> {
        let found = queries::absences(&ctx.reader(), person_id).await?;
        Ok(found.into_iter().map(Absence::from).collect())
    }

    /// Units whose name or code has these words in it; those first that begin with them.
    #[graphql(complexity = "1 + usize::try_from(first).unwrap_or(0) * child_complexity")]
    async fn org_unit_search(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Words that name or code contain.")] query: String,
        #[graphql(desc = "How many units at most, 1 to 50.")] first: i32,
    ) -> Result<Vec<OrgUnit>> {
        let limit = usize::try_from(first.clamp(1, MAX_FOUND)).unwrap_or(1);
        let found = queries::search_units(&ctx.reader(), &query, limit).await?;
        Ok(found.into_iter().map(OrgUnit::from).collect())
    }

    /// Present places of a person.
    async fn person_assignments(
        &self,
        ctx: &Context<'_>,
        person_id: PersonId,
    ) -> Result<Vec<OrgAssignment>> {
        let places = ctx
            .loader::<AssignmentsByPerson, _>()
            .load_one(person_id)
            .await?;
        Ok(places
            .unwrap_or_default()
            .into_iter()
            .map(OrgAssignment::from)
            .collect())
    }

    /// Person who leads this person, by the tree.
    async fn person_manager(
        &self,
        ctx: &Context<'_>,
        person_id: PersonId,
    ) -> Result<Option<Person>> {
        match queries::manager(&ctx.reader(), person_id).await? {
            Some(manager) => Ok(Some(identity::graphql::person(ctx, manager).await?)),
            None => Ok(None),
        }
    }

    /// People above this person by the tree: the direct manager first, the top last.
    async fn person_managers(&self, ctx: &Context<'_>, person_id: PersonId) -> Result<Vec<Person>> {
        let line = queries::managers(&ctx.reader(), person_id).await?;
        identity::graphql::people(ctx, &line).await
    }

    /// People whom this person leads directly, by the tree.
    async fn person_reports(
        &self,
        ctx: &Context<'_>,
        person_id: PersonId,
        #[graphql(desc = "Size of the page, 1 to 100.")] first: i32,
        #[graphql(desc = "Cursor to start behind.")] after: Option<String>,
    ) -> Result<PersonConnection> {
        let args = PageArgs::forward(first, after)?;
        let (page, total) = queries::reports(&ctx.reader(), person_id, None, &args).await?;
        connection(ctx, page, total).await
    }

    /// People who have the same direct manager as this person.
    async fn person_peers(
        &self,
        ctx: &Context<'_>,
        person_id: PersonId,
        #[graphql(desc = "Size of the page, 1 to 100.")] first: i32,
        #[graphql(desc = "Cursor to start behind.")] after: Option<String>,
    ) -> Result<PersonConnection> {
        let args = PageArgs::forward(first, after)?;
        let (page, total) = queries::peers(&ctx.reader(), person_id, &args).await?;
        connection(ctx, page, total).await
    }
}

/// A page of people from their ids.
async fn connection(
    ctx: &Context<'_>,
    mut page: Page<PersonId>,
    total: i64,
) -> Result<PersonConnection> {
    let ids: Vec<_> = page.items.iter().map(|(_, id)| *id).collect();
    let people = identity::graphql::people(ctx, &ids).await?;
    let people: HashMap<_, _> = people.into_iter().map(|one| (one.view().id, one)).collect();
    page.items.retain(|(_, id)| people.contains_key(id));
    Ok(PersonConnection::new(
        page.map(|id| people[&id].clone()),
        total,
    ))
}

/// Adds the loaders of this room to a request.
pub fn request_data(request: Request, reader: &Reader) -> Request {
    use platform::graphql::loader;
    request
        .data(loader(UnitById {
            reader: reader.clone(),
        }))
        .data(loader(UnitsByParent {
            reader: reader.clone(),
        }))
        .data(loader(HeadByUnit {
            reader: reader.clone(),
        }))
        .data(loader(ChildCountByUnit {
            reader: reader.clone(),
        }))
        .data(loader(PeopleCountByUnit {
            reader: reader.clone(),
        }))
        .data(loader(AssignmentsByPerson {
            reader: reader.clone(),
        }))
}
