//! Rights on the line: from the tree, or given by hand for a time.

use kernel::{Error, LineGrantId, OrgUnitId, PersonId, Result, Timestamp};

/// Longest time a grant lasts, in days.
pub const MAX_GRANT_DAYS: i64 = 731;

/// Where the right to send came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, async_graphql::Enum)]
#[graphql(name = "LineRightSource")]
pub enum RightSource {
    /// Leads the unit.
    Head,
    /// Stands in for who leads the unit.
    Deputy,
    /// Has a grant.
    Grant,
}

impl RightSource {
    /// All sources.
    pub const ALL: [Self; 3] = [Self::Head, Self::Deputy, Self::Grant];

    /// As stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Head => "head",
            Self::Deputy => "deputy",
            Self::Grant => "grant",
        }
    }

    /// Reads what [`RightSource::as_str`] wrote.
    ///
    /// # Errors
    /// Any other text is a fault of the stored data.
    pub fn parse(text: &str) -> Result<Self> {
        let found = Self::ALL.into_iter().find(|source| source.as_str() == text);
        found.ok_or_else(|| Error::bug("unknown source of a right in the database"))
    }
}

/// A right to address everybody of a unit and below.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineRight {
    /// The unit.
    pub unit_id: OrgUnitId,
    /// Where it comes from.
    pub source: RightSource,
    /// The grant, if it is one.
    pub grant_id: Option<LineGrantId>,
    /// Roles it is good for; empty: all.
    pub roles: Vec<String>,
}

/// What a grant allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, async_graphql::Enum)]
#[graphql(name = "LineGrantRight")]
pub enum GrantRight {
    /// To send dispatches down the line of the unit.
    Send,
    /// To check the proof of dispatches sent in the unit and below.
    Audit,
}

impl GrantRight {
    /// As stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Send => "send",
            Self::Audit => "audit",
        }
    }

    /// Reads what [`GrantRight::as_str`] wrote.
    ///
    /// # Errors
    /// Any other text is a fault of the stored data.
    pub fn parse(text: &str) -> Result<Self> {
        match text {
            "send" => Ok(Self::Send),
            "audit" => Ok(Self::Audit),
            _ => Err(Error::bug("unknown kind of grant in the database")),
        }
    }
}

/// A grant to be given.
#[derive(Debug, Clone)]
pub struct NewGrant {
    /// To whom.
    pub person_id: PersonId,
    /// For which unit and all below.
    pub unit_id: OrgUnitId,
    /// What it allows.
    pub right: GrantRight,
    /// Roles it is good for; empty: all.
    pub roles: Vec<String>,
    /// Why; shown to admins and auditors.
    pub reason: String,
    /// Until when; at most two years.
    pub ends_at: Timestamp,
}

/// A grant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GrantView {
    /// Its id.
    pub id: LineGrantId,
    /// To whom.
    pub person_id: PersonId,
    /// For which unit and all below.
    pub unit_id: OrgUnitId,
    /// What it allows.
    pub right: GrantRight,
    /// Roles it is good for; empty: all.
    pub roles: Vec<String>,
    /// Why.
    pub reason: String,
    /// Who gave it.
    pub granted_by: Option<PersonId>,
    /// From when.
    pub starts_at: Timestamp,
    /// Until when.
    pub ends_at: Timestamp,
    /// When it was taken back.
    pub revoked_at: Option<Timestamp>,
}
