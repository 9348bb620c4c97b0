//! When units are open, who stands in and who is away, in GraphQL.

use async_graphql::{ComplexObject, Context, InputObject, Object, Result, SimpleObject};
use identity::graphql::Person;
use kernel::{AbsenceId, CalendarId, OrgUnitId, PersonId, StandInId, Timestamp, UserError, split};
use platform::ContextExt as _;

use super::{OrgUnit, org_unit};
use crate::model::{self, AbsenceKind, UnitTimes};
use crate::{commands, queries};

/// Day on which nobody works.
#[derive(Clone, SimpleObject, InputObject)]
#[graphql(input_name = "CalendarDayInput")]
pub struct CalendarDay {
    /// Day, written like `2026-12-25`.
    day: String,
    /// Name of the day.
    name: String,
}

/// Calendar of days on which units are closed.
#[derive(Clone, SimpleObject)]
pub struct Calendar {
    /// Id of the calendar.
    pub id: CalendarId,
    /// Name of the calendar.
    name: String,
    /// Days, in order.
    days: Vec<CalendarDay>,
}

impl From<model::Calendar> for Calendar {
    fn from(calendar: model::Calendar) -> Self {
        Self {
            id: calendar.id,
            name: calendar.name,
            days: calendar
                .days
                .into_iter()
                .map(|(day, name)| CalendarDay { day, name })
                .collect(),
        }
    }
}

/// When a unit is open, completed by the units above.
#[derive(SimpleObject)]
#[graphql(complex)]
pub struct OrgUnitOpening {
    /// Time zone of the IANA database.
    time_zone: String,
    /// Unit that says the time zone; null: what holds where none does.
    time_zone_from: Option<OrgUnit>,
    /// Opening hours of a week, written like `mo-fr 09:00-17:00; sa 10:00-13:00`.
    weekly: String,
    /// Unit that says the hours; null: what holds where none does.
    weekly_from: Option<OrgUnit>,
    /// Calendar of days on which the unit is closed.
    calendar: Option<Calendar>,
    /// Unit that says the calendar.
    calendar_from: Option<OrgUnit>,
}

impl From<model::Opening> for OrgUnitOpening {
    fn from(opening: model::Opening) -> Self {
        Self {
            time_zone: opening.time_zone,
            time_zone_from: opening.time_zone_from.map(OrgUnit::from),
            weekly: opening.weekly,
            weekly_from: opening.weekly_from.map(OrgUnit::from),
            calendar: opening.calendar.map(Calendar::from),
            calendar_from: opening.calendar_from.map(OrgUnit::from),
        }
    }
}

#[ComplexObject]
impl OrgUnitOpening {
    /// Next days of the calendar, beginning with today where the unit is.
    async fn next_closed_days(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many at most, 1 to 50.")] first: i32,
    ) -> Result<Vec<CalendarDay>> {
        let Some(calendar) = &self.calendar else {
            return Ok(Vec::new());
        };
        let today = ctx.reader().now().day_in(&self.time_zone);
        let limit = usize::try_from(first.clamp(1, 50)).unwrap_or(1);
        let days = calendar.days.iter().filter(|day| day.day >= today);
        Ok(days.take(limit).cloned().collect())
    }
}

/// Somebody who stands in for who leads a unit.
#[derive(Clone, SimpleObject)]
#[graphql(complex)]
pub struct StandIn {
    /// Id of the standing-in.
    pub id: StandInId,
    /// Moment from which the person stands in.
    starts_at: Timestamp,
    /// Moment until which the person stands in.
    ends_at: Timestamp,
    #[graphql(skip)]
    person_id: PersonId,
}

impl From<model::StandIn> for StandIn {
    fn from(found: model::StandIn) -> Self {
        Self {
            id: found.id,
            starts_at: found.starts_at,
            ends_at: found.ends_at,
            person_id: found.person_id,
        }
    }
}

#[ComplexObject]
impl StandIn {
    /// Person who stands in.
    async fn person(&self, ctx: &Context<'_>) -> Result<Person> {
        identity::graphql::person(ctx, self.person_id).await
    }
}

/// Time somebody is away.
#[derive(Clone, SimpleObject)]
#[graphql(complex)]
pub struct Absence {
    /// Id of the absence.
    pub id: AbsenceId,
    /// First moment of it; null where that is not for the viewer.
    starts_at: Option<Timestamp>,
    /// Moment at which the person is back.
    ends_at: Timestamp,
    /// Why the person is away; null where that is not for the viewer.
    kind: Option<AbsenceKind>,
    #[graphql(skip)]
    substitute_id: Option<PersonId>,
}

impl From<model::AbsenceView> for Absence {
    fn from(absence: model::AbsenceView) -> Self {
        Self {
            id: absence.id,
            starts_at: absence.starts_at,
            ends_at: absence.ends_at,
            kind: absence.kind,
            substitute_id: absence.substitute_id,
        }
    }
}

#[ComplexObject]
impl Absence {
    /// Who can be asked meanwhile.
    async fn substitute(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        match self.substitute_id {
            Some(person) => Ok(Some(identity::graphql::person(ctx, person).await?)),
            None => Ok(None),
        }
    }
}

/// When a unit is open; what is null holds as in the unit above.
#[derive(Debug, InputObject)]
pub struct OrgUnitSetTimesInput {
    /// Id of the unit.
    unit_id: OrgUnitId,
    /// Time zone of the IANA database.
    time_zone: Option<String>,
    /// Opening hours, written like `mo-fr 09:00-17:00; sa 10:00-13:00`.
    opening_hours: Option<String>,
    /// Calendar of days on which it is closed.
    calendar_id: Option<CalendarId>,
}

/// Calendar to be made, or replaced by its name.
#[derive(InputObject)]
pub struct CalendarSaveInput {
    /// Name of the calendar.
    name: String,
    /// All its days.
    days: Vec<CalendarDay>,
}

/// Somebody to stand in for who leads a unit.
#[derive(Debug, InputObject)]
pub struct StandInNameInput {
    /// Id of the unit.
    unit_id: OrgUnitId,
    /// Person who stands in.
    person_id: PersonId,
    /// Moment from which; null: now.
    starts_at: Option<Timestamp>,
    /// Moment until which, within a year.
    ends_at: Timestamp,
}

/// Standing-in to be ended.
#[derive(Debug, InputObject)]
pub struct StandInEndInput {
    /// Id of the standing-in.
    stand_in_id: StandInId,
}

/// Time the viewer is away.
#[derive(Debug, InputObject)]
pub struct AbsenceAddInput {
    /// First moment of it.
    starts_at: Timestamp,
    /// Moment at which the viewer is back.
    ends_at: Timestamp,
    /// Why; seen by the viewer, who leads the viewer, and network admins.
    #[graphql(default_with = "AbsenceKind::Other")]
    kind: AbsenceKind,
    /// Who can be asked meanwhile.
    substitute_id: Option<PersonId>,
}

/// Absence of the viewer as it shall be from now on.
#[derive(Debug, InputObject)]
pub struct AbsenceChangeInput {
    /// Id of the absence.
    absence_id: AbsenceId,
    /// First moment of it.
    starts_at: Timestamp,
    /// Moment at which the viewer is back.
    ends_at: Timestamp,
    /// Why; seen by the viewer, who leads the viewer, and network admins.
    kind: AbsenceKind,
    /// Who can be asked meanwhile.
    substitute_id: Option<PersonId>,
}

/// Absence of the viewer to be taken away.
#[derive(Debug, InputObject)]
pub struct AbsenceRemoveInput {
    /// Id of the absence.
    absence_id: AbsenceId,
}

/// Answer about a unit.
#[derive(SimpleObject)]
pub struct OrgUnitPayload {
    /// Unit after the change.
    org_unit: Option<OrgUnit>,
    /// What the person can mend.
    user_errors: Vec<UserError>,
}

/// Answer about a calendar.
#[derive(SimpleObject)]
pub struct CalendarPayload {
    /// Calendar after the change.
    calendar: Option<Calendar>,
    /// What the person can mend.
    user_errors: Vec<UserError>,
}

/// Answer about the viewer's absences.
#[derive(SimpleObject)]
pub struct AbsencePayload {
    /// Present and coming absences of the viewer after the change.
    absences: Vec<Absence>,
    /// What the person can mend.
    user_errors: Vec<UserError>,
}

async fn unit_payload(
    ctx: &Context<'_>,
    done: kernel::Result<OrgUnitId>,
) -> Result<OrgUnitPayload> {
    let (id, user_errors) = split(done)?;
    let org_unit = match id {
        Some(id) => org_unit(ctx, id).await?,
        None => None,
    };
    Ok(OrgUnitPayload {
        org_unit,
        user_errors,
    })
}

async fn absence_payload(ctx: &Context<'_>, done: kernel::Result<()>) -> Result<AbsencePayload> {
    let (_, user_errors) = split(done)?;
    let viewer = ctx.viewer().require_person()?;
    let absences = queries::absences(&ctx.reader(), viewer).await?;
    Ok(AbsencePayload {
        absences: absences.into_iter().map(Absence::from).collect(),
        user_errors,
    })
}

/// Mutations of this room.
#[derive(Debug, Default, Clone, Copy)]
pub struct DirectoryMutation;

/// When units are open, who stands in, who is away.
#[Object]
impl DirectoryMutation {
    /// Says when a unit is open; for network admins.
    async fn org_unit_set_times(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "When the unit is open.")] input: OrgUnitSetTimesInput,
    ) -> Result<OrgUnitPayload> {
        let times = UnitTimes {
            time_zone: input.time_zone,
            opening_hours: input.opening_hours,
            calendar_id: input.calendar_id,
        };
        let unit = input.unit_id;
        let done = commands::unit_set_times(ctx.database(), ctx.viewer(), unit, &times).await;
        unit_payload(ctx, done.map(|()| unit)).await
    }

    /// Makes a calendar of closed days, or replaces the one with this name; for network admins.
    async fn calendar_save(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Calendar.")] input: CalendarSaveInput,
    ) -> Result<CalendarPayload> {
        let days: Vec<(String, String)> = input
            .days
            .into_iter()
            .map(|day| (day.day, day.name))
            .collect();
        let saved = commands::calendar_save(ctx.database(), ctx.viewer(), &input.name, &days).await;
        let (id, user_errors) = split(saved)?;
        let calendars = queries::calendars(&ctx.reader()).await?;
        let calendar = calendars
            .into_iter()
            .find(|calendar| Some(calendar.id) == id);
        Ok(CalendarPayload {
            calendar: calendar.map(Calendar::from),
            user_errors,
        })
    }

    /// Names somebody who stands in for who leads a unit; for this one, heads above and network admins.
    async fn stand_in_name(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who stands in where.")] input: StandInNameInput,
    ) -> Result<OrgUnitPayload> {
        let (unit, person) = (input.unit_id, input.person_id);
        let (database, viewer) = (ctx.database(), ctx.viewer());
        let (from, to) = (input.starts_at, input.ends_at);
        let named = commands::stand_in_name(database, viewer, unit, person, from, to).await;
        unit_payload(ctx, named.map(|_| unit)).await
    }

    /// Ends a standing-in at once; for who may name one.
    async fn stand_in_end(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Standing-in to be ended.")] input: StandInEndInput,
    ) -> Result<OrgUnitPayload> {
        let done = commands::stand_in_end(ctx.database(), ctx.viewer(), input.stand_in_id).await;
        unit_payload(ctx, done).await
    }

    /// Says that the viewer is away for a time; deadlines wait.
    async fn absence_add(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "When the viewer is away.")] input: AbsenceAddInput,
    ) -> Result<AbsencePayload> {
        let absence = commands::NewAbsence {
            starts_at: input.starts_at,
            ends_at: input.ends_at,
            kind: input.kind,
            substitute_id: input.substitute_id,
        };
        let done = commands::absence_add(ctx.database(), ctx.viewer(), &absence).await;
        absence_payload(ctx, done.map(|_| ())).await
    }

    /// Changes an absence of the viewer.
    async fn absence_change(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Absence as it shall be.")] input: AbsenceChangeInput,
    ) -> Result<AbsencePayload> {
        let absence = commands::NewAbsence {
            starts_at: input.starts_at,
            ends_at: input.ends_at,
            kind: input.kind,
            substitute_id: input.substitute_id,
        };
        let id = input.absence_id;
        let done = commands::absence_change(ctx.database(), ctx.viewer(), id, &absence).await;
        absence_payload(ctx, done).await
    }

    /// Takes an absence of the viewer away.
    async fn absence_remove(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Absence to be taken away.")] input: AbsenceRemoveInput,
    ) -> Result<AbsencePayload> {
        let done = commands::absence_remove(ctx.database(), ctx.viewer(), input.absence_id).await;
        absence_payload(ctx, done).await
    }
}
