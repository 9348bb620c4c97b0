//! Units and assignments as the rest of the house sees them.

use async_graphql::Enum;
use kernel::{
    AbsenceId, AssignmentId, CalendarId, Error, OrgUnitId, PersonId, Result, StandInId, Timestamp,
};
use sea_orm::FromQueryResult;

/// Deepest tree; a walk up stops here even if stored data were damaged.
pub const MAX_DEPTH: usize = 32;

/// What kind of unit it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Enum)]
pub enum OrgUnitKind {
    /// The whole organisation or a company in it.
    Company,
    /// A region or division.
    Region,
    /// A district or department.
    District,
    /// A branch or site.
    Branch,
    /// A team.
    Team,
}

impl OrgUnitKind {
    /// All kinds, from the top down.
    pub const ALL: [Self; 5] = [
        Self::Company,
        Self::Region,
        Self::District,
        Self::Branch,
        Self::Team,
    ];

    /// As stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Company => "company",
            Self::Region => "region",
            Self::District => "district",
            Self::Branch => "branch",
            Self::Team => "team",
        }
    }

    /// Reads what [`OrgUnitKind::as_str`] wrote.
    ///
    /// # Errors
    /// Any other text is a fault of the stored data.
    pub fn parse(text: &str) -> Result<Self> {
        let found = Self::ALL.into_iter().find(|kind| kind.as_str() == text);
        found.ok_or_else(|| Error::bug("unknown kind of unit in the database"))
    }
}

/// A unit of the organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrgUnit {
    /// Its id.
    pub id: OrgUnitId,
    /// The unit above; `None` at the top.
    pub parent_id: Option<OrgUnitId>,
    /// Short code, unique in the organisation, for example `F-0421`.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What kind of unit it is.
    pub kind: OrgUnitKind,
    /// When it is open, as far as it says so itself.
    pub times: UnitTimes,
}

/// When a unit is open. What is missing holds as in the unit above; at the top Monday to Friday, nine to five,
/// in Berlin.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct UnitTimes {
    /// Time zone of the IANA database.
    pub time_zone: Option<String>,
    /// Opening hours, see [`kernel::working_time::WeeklyHours`].
    pub opening_hours: Option<String>,
    /// Calendar of days on which it is closed.
    pub calendar_id: Option<CalendarId>,
}

/// Time zone at the top of the tree where nothing is set.
pub const DEFAULT_TIME_ZONE: &str = "Europe/Berlin";

/// A calendar of days on which nobody works.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// Its id.
    pub id: CalendarId,
    /// Its name, for example `Bayern`.
    pub name: String,
    /// The days, `YYYY-MM-DD`, each with its name, in order.
    pub days: Vec<(String, String)>,
}

/// Somebody who stands in for the head of a unit.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct StandIn {
    /// Its id.
    pub id: StandInId,
    /// The unit.
    pub unit_id: OrgUnitId,
    /// Who stands in.
    pub person_id: PersonId,
    /// From when.
    pub starts_at: Timestamp,
    /// Until when.
    pub ends_at: Timestamp,
}

/// Why somebody is away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Enum)]
pub enum AbsenceKind {
    /// Holiday.
    Vacation,
    /// Illness.
    Illness,
    /// Training.
    Training,
    /// A journey for the work.
    BusinessTrip,
    /// Parental leave.
    ParentalLeave,
    /// Another reason.
    Other,
}

impl AbsenceKind {
    /// All kinds.
    pub const ALL: [Self; 6] = [
        Self::Vacation,
        Self::Illness,
        Self::Training,
        Self::BusinessTrip,
        Self::ParentalLeave,
        Self::Other,
    ];

    /// As stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Vacation => "vacation",
            Self::Illness => "illness",
            Self::Training => "training",
            Self::BusinessTrip => "business_trip",
            Self::ParentalLeave => "parental_leave",
            Self::Other => "other",
        }
    }

    /// Reads what [`AbsenceKind::as_str`] wrote.
    ///
    /// # Errors
    /// Any other text is a fault of the stored data.
    pub fn parse(text: &str) -> Result<Self> {
        let found = Self::ALL.into_iter().find(|kind| kind.as_str() == text);
        found.ok_or_else(|| Error::bug("unknown kind of absence in the database"))
    }
}

/// A time somebody is away, as far as the viewer may know of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AbsenceView {
    /// Its id.
    pub id: AbsenceId,
    /// From when; `None` where that is not for the viewer.
    pub starts_at: Option<Timestamp>,
    /// Until when.
    pub ends_at: Timestamp,
    /// Why; `None` where that is not for the viewer.
    pub kind: Option<AbsenceKind>,
    /// Who can be asked meanwhile.
    pub substitute_id: Option<PersonId>,
}

/// When a unit is open, completed by the units above; each part with the unit that says so, `None` where none does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// Time zone of the IANA database.
    pub time_zone: String,
    /// Unit that says the time zone.
    pub time_zone_from: Option<OrgUnit>,
    /// Opening hours, see [`kernel::working_time::WeeklyHours`].
    pub weekly: String,
    /// Unit that says the hours.
    pub weekly_from: Option<OrgUnit>,
    /// Calendar of days on which the unit is closed.
    pub calendar: Option<Calendar>,
    /// Unit that says the calendar.
    pub calendar_from: Option<OrgUnit>,
}

/// A person's place in a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    /// Its id.
    pub id: AssignmentId,
    /// The unit.
    pub unit_id: OrgUnitId,
    /// The person.
    pub person_id: PersonId,
    /// What the person does there, for example `Teller`.
    pub role: String,
    /// Whether the person leads the unit.
    pub is_head: bool,
    /// Since when.
    pub starts_at: Timestamp,
    /// Until when; `None` while it lasts.
    pub ends_at: Option<Timestamp>,
}
