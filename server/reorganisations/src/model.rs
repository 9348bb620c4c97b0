//! A rehearsal, what it found, and the organisation it was made for.

use std::fmt;

use async_graphql::Enum;
use importers::org::Fault;
use kernel::{Error, OrgUnitId, PersonId, ReorganisationId, Result, Timestamp};

/// Where a reorganisation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Enum)]
pub enum ReorganisationState {
    /// Tried out; nothing was changed.
    Rehearsed,
    /// The organisation is as the files say.
    Applied,
    /// Applied and taken back.
    Undone,
    /// Thrown away without being applied.
    Discarded,
}

impl ReorganisationState {
    const ALL: [Self; 4] = [
        Self::Rehearsed,
        Self::Applied,
        Self::Undone,
        Self::Discarded,
    ];

    /// As stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Rehearsed => "rehearsed",
            Self::Applied => "applied",
            Self::Undone => "undone",
            Self::Discarded => "discarded",
        }
    }

    pub(crate) fn parse(text: &str) -> Result<Self> {
        let found = Self::ALL.into_iter().find(|state| state.as_str() == text);
        found.ok_or_else(|| Error::bug("unknown state of a reorganisation in the database"))
    }
}

/// Part of what a rehearsal found. Each is a list of lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Enum)]
pub enum ReorganisationPart {
    /// People who are not here yet.
    PeopleNew,
    /// People who may no longer sign in.
    PeopleDeactivated,
    /// People who may sign in again.
    PeopleReactivated,
    /// People who come into a unit and leave none.
    Joins,
    /// People who leave a unit and come into none.
    Leaves,
    /// People who leave a unit and come into another.
    Moves,
    /// Units that are not here yet.
    UnitsMade,
    /// Units that come below another one.
    UnitsMoved,
    /// Units that get another name.
    UnitsRenamed,
    /// Units that are in no file any more.
    UnitsNotInFile,
    /// Units in which people work and that nobody leads.
    UnitsWithoutHead,
    /// People whom nobody leads.
    Orphaned,
    /// A person gets a place in a unit.
    UnitGained,
    /// A person has no place in a unit any more.
    UnitLost,
    /// A person may send dispatches to a unit and everybody below.
    LineGained,
    /// A person may no longer send dispatches to a unit.
    LineLost,
    /// A person comes into an audience.
    AudienceGained,
    /// A person falls out of an audience.
    AudienceLost,
    /// A person comes into a community.
    CommunityGained,
    /// A person can no longer read a community, since he may not sign in.
    CommunityLost,
    /// Columns of the files that nobody asks for.
    UnknownColumns,
}

impl ReorganisationPart {
    /// All parts, in the order they are read.
    pub const ALL: [Self; 21] = [
        Self::PeopleNew,
        Self::PeopleDeactivated,
        Self::PeopleReactivated,
        Self::Joins,
        Self::Leaves,
        Self::Moves,
        Self::UnitsMade,
        Self::UnitsMoved,
        Self::UnitsRenamed,
        Self::UnitsNotInFile,
        Self::UnitsWithoutHead,
        Self::Orphaned,
        Self::UnitGained,
        Self::UnitLost,
        Self::LineGained,
        Self::LineLost,
        Self::AudienceGained,
        Self::AudienceLost,
        Self::CommunityGained,
        Self::CommunityLost,
        Self::UnknownColumns,
    ];

    /// As stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::PeopleNew => "people_new",
            Self::PeopleDeactivated => "people_deactivated",
            Self::PeopleReactivated => "people_reactivated",
            Self::Joins => "joins",
            Self::Leaves => "leaves",
            Self::Moves => "moves",
            Self::UnitsMade => "units_made",
            Self::UnitsMoved => "units_moved",
            Self::UnitsRenamed => "units_renamed",
            Self::UnitsNotInFile => "units_not_in_file",
            Self::UnitsWithoutHead => "units_without_head",
            Self::Orphaned => "orphaned",
            Self::UnitGained => "unit_gained",
            Self::UnitLost => "unit_lost",
            Self::LineGained => "line_gained",
            Self::LineLost => "line_lost",
            Self::AudienceGained => "audience_gained",
            Self::AudienceLost => "audience_lost",
            Self::CommunityGained => "community_gained",
            Self::CommunityLost => "community_lost",
            Self::UnknownColumns => "unknown_columns",
        }
    }

    pub(crate) fn parse(text: &str) -> Result<Self> {
        let found = Self::ALL.into_iter().find(|part| part.as_str() == text);
        found.ok_or_else(|| Error::bug("unknown part of a reorganisation in the database"))
    }

    /// Whether its lines are about audiences, which not every admin may see.
    pub(crate) fn is_of_audiences(self) -> bool {
        matches!(self, Self::AudienceGained | Self::AudienceLost)
    }

    /// Whether its lines are about communities, which not every admin may see.
    pub(crate) fn is_of_communities(self) -> bool {
        matches!(self, Self::CommunityGained | Self::CommunityLost)
    }
}

impl fmt::Display for ReorganisationPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.as_str().replace('_', " "))
    }
}

/// A reorganisation, without its lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReorganisationView {
    /// Its id.
    pub id: ReorganisationId,
    /// Where it stands.
    pub state: ReorganisationState,
    /// Who tried it out; nobody at the command line.
    pub created_by: Option<PersonId>,
    /// When it was tried out.
    pub created_at: Timestamp,
    /// The moment at which before and after are compared.
    pub effective_at: Timestamp,
    /// Who applied it.
    pub applied_by: Option<PersonId>,
    /// When it was applied.
    pub applied_at: Option<Timestamp>,
    /// Who took it back.
    pub undone_by: Option<PersonId>,
    /// When it was taken back.
    pub undone_at: Option<Timestamp>,
    pub(crate) base: Fingerprint,
    pub(crate) after: Option<Fingerprint>,
}

/// One line of what a rehearsal found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineView {
    /// Whom it is about, if it is about one person.
    pub person_name: Option<String>,
    /// The same person, if already here.
    pub person_id: Option<PersonId>,
    /// What is gained or lost, or the line itself.
    pub text: String,
    /// The unit, if it is about one that is already here.
    pub unit_id: Option<OrgUnitId>,
}

/// What became of files that were to be tried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rehearsed {
    /// They are refused whole, with every line that is wrong.
    Refused(Vec<Fault>),
    /// They were tried out.
    Done(ReorganisationId),
}

/// What an organisation is, in few letters: whoever has the same has the same units, places and people who may
/// sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fingerprint {
    pub(crate) units: String,
    pub(crate) places: String,
    pub(crate) people: String,
}

impl Fingerprint {
    pub(crate) fn to_text(&self) -> String {
        [&*self.units, &self.places, &self.people].join(" ")
    }

    pub(crate) fn parse(text: &str) -> Result<Self> {
        let parts: Vec<&str> = text.split(' ').collect();
        let [units, places, people] = parts[..] else {
            return Err(Error::bug("unknown fingerprint in the database"));
        };
        Ok(Self {
            units: units.to_owned(),
            places: places.to_owned(),
            people: people.to_owned(),
        })
    }

    /// Which part of the organisation is another one, as the reason of a conflict.
    pub(crate) fn conflict_with(&self, other: &Self) -> Option<&'static str> {
        if self.units != other.units {
            Some("UNITS_CHANGED")
        } else if self.places != other.places {
            Some("PLACES_CHANGED")
        } else if self.people != other.people {
            Some("PEOPLE_CHANGED")
        } else {
            None
        }
    }
}
