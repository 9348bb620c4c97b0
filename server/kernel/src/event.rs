//! The journal's envelope: one fact, in order, with actor, subject and what decides who may see it.

use std::fmt;
use std::str::FromStr;

use uuid::Uuid;

use crate::error::{Error, Result};
use crate::id::{CommunityId, EventId, PersonId};
use crate::time::Timestamp;

/// A fact's place in the journal. Total and stable order for every reader.
///
/// On PostgreSQL numbers are handed out before commits are visible, so order is by transaction
/// first (see `platform::journal`); on SQLite, with its one writer, `transaction` is 0.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Default,
    serde::Serialize,
    serde::Deserialize,
)]
pub struct Position {
    /// Database transaction that wrote the fact (0 on SQLite).
    pub transaction: i64,
    /// Number of the fact.
    pub sequence: i64,
}

impl Position {
    /// Before the first fact.
    pub const START: Self = Self {
        transaction: 0,
        sequence: 0,
    };
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.transaction, self.sequence)
    }
}

impl FromStr for Position {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let parse = |part: &str| part.parse::<i64>().ok().filter(|n| *n >= 0);
        text.split_once('-')
            .and_then(|(t, s)| {
                Some(Self {
                    transaction: parse(t)?,
                    sequence: parse(s)?,
                })
            })
            .ok_or_else(crate::page::invalid_cursor)
    }
}

/// Who may learn of a fact. Evaluated again at every delivery, never copied into inboxes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Whoever may see the community's content at that moment.
    Community(CommunityId),
    /// One person.
    Person(PersonId),
    /// Everybody in the organisation.
    Organisation,
    /// Only the house itself and its auditors.
    System,
}

/// What a fact is about: a type's prefix and the id.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SubjectRef {
    /// The id prefix of the subject's type, for example `post`.
    pub kind: String,
    /// The subject's id.
    pub id: Uuid,
}

impl SubjectRef {
    /// A reference to something.
    pub fn new(kind: &str, id: impl Into<Uuid>) -> Self {
        Self {
            kind: kind.to_owned(),
            id: id.into(),
        }
    }
}

/// A fact to be written with the rows it is about.
#[derive(Debug, Clone)]
pub struct NewEvent {
    /// What happened, `noun.past_tense`, for example `post.published`.
    pub kind: &'static str,
    /// What it is about.
    pub subject: SubjectRef,
    /// The thread, page or conversation it belongs to, if it is a part of something.
    pub root: Option<Uuid>,
    /// Who may learn of it.
    pub scope: Scope,
    /// Whether it was brought in by an importer: nobody is notified of it.
    pub imported: bool,
    /// Details consumers need, small; never secrets.
    pub payload: serde_json::Value,
}

impl NewEvent {
    /// A fact without details.
    pub fn new(kind: &'static str, subject: SubjectRef, scope: Scope) -> Self {
        Self {
            kind,
            subject,
            root: None,
            scope,
            imported: false,
            payload: serde_json::Value::Null,
        }
    }

    /// Names the thread, page or conversation it belongs to.
    #[must_use]
    pub fn in_root(mut self, root: impl Into<Uuid>) -> Self {
        self.root = Some(root.into());
        self
    }

    /// Adds details.
    #[must_use]
    pub fn with(mut self, payload: serde_json::Value) -> Self {
        self.payload = payload;
        self
    }

    /// Marks it as brought in by an importer.
    #[must_use]
    pub fn imported(mut self, imported: bool) -> Self {
        self.imported = imported;
        self
    }
}

/// A fact as read from the journal.
#[derive(Debug, Clone)]
pub struct Event {
    /// Its place.
    pub position: Position,
    /// Its stable id.
    pub id: EventId,
    /// What happened.
    pub kind: String,
    /// Who did it; `None` for the house itself.
    pub actor: Option<PersonId>,
    /// What it is about.
    pub subject: SubjectRef,
    /// The thread, page or conversation it belongs to.
    pub root: Option<Uuid>,
    /// Who may learn of it.
    pub scope: Scope,
    /// Whether an importer brought it in.
    pub imported: bool,
    /// Details.
    pub payload: serde_json::Value,
    /// When it was written (clock of the writing node; order comes from `position`).
    pub occurred_at: Timestamp,
}

impl Event {
    /// The community whose viewers may learn of it, if that is its scope.
    pub fn community(&self) -> Option<CommunityId> {
        match self.scope {
            Scope::Community(id) => Some(id),
            _ => None,
        }
    }

    /// A field of the details as a UUID.
    pub fn payload_uuid(&self, name: &str) -> Option<Uuid> {
        self.payload
            .get(name)?
            .as_str()
            .and_then(|text| Uuid::try_parse(text).ok())
    }
}
