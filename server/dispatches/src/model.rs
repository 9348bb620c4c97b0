//! Plain types of this room, and the rules that are pure.

mod grant;
mod proof;
mod roll;
mod steps;
mod text;
mod urgency;

pub use grant::{GrantRight, GrantView, LineRight, MAX_GRANT_DAYS, NewGrant, RightSource};
pub use proof::{
    Proof, ProofBatch, ProofEntry, ProofReceipt, ProofText, ProofVersion, moment, name_or_id,
};
pub(crate) use roll::BatchHasher;
pub use roll::{RollEntry, batch_hash, managers};
pub use steps::{Plan, Step, StepKind};
pub use text::{Comprehension, NewText, TextDiff, Texts, diff, text_hash};
pub use urgency::{
    MAX_REPEAT_MINUTES, MAX_REPEATS, MIN_REPEAT_MINUTES, PolicyView, Urgencies, Urgency,
};

use audiences::Rule;
use kernel::{
    AudienceId, ContentState, DispatchId, DispatchMessageId, OrgUnitId, PersonId, Timestamp,
};

/// Longest title, in characters.
pub const MAX_TITLE: usize = 160;
/// Longest theme of an answer, in characters.
pub const MAX_THEME: usize = 60;
/// Most helpers of one dispatch.
pub const MAX_HELPERS: usize = 20;
/// Most units one dispatch names.
pub const MAX_TARGETS: usize = 200;
/// Most questions of understanding.
pub const MAX_QUESTIONS: usize = 3;
/// Longest deadline, in working hours.
pub const MAX_WORKING_HOURS: i32 = 400;
/// Longest time in which people who join are added, in days.
pub const MAX_JOINER_DAYS: i32 = 365;
/// Unread dispatches are counted up to here.
pub const MAX_UNREAD: i64 = 100;
/// Below so many people numbers of a group are not told, so that nobody can be counted out.
pub const SMALLEST_GROUP: i64 = 5;

/// A dispatch to be written or changed before it is sent.
#[derive(Debug, Clone)]
pub struct DraftInput {
    /// UUID the client made for this dispatch; the same one changes the same draft.
    pub client_id: String,
    /// Whether it is kept on the way: what is still missing is no problem yet. Sending asks for all of it.
    pub is_unfinished: bool,
    /// The unit whose line is used: one the sender leads, or has a grant for.
    pub unit_id: OrgUnitId,
    /// Units below it that are addressed; empty: all of it.
    pub target_units: Vec<OrgUnitId>,
    /// Roles that are addressed; empty: everybody.
    pub target_roles: Vec<String>,
    /// A kept audience: of all these only who is in it.
    pub audience: Option<AudienceId>,
    /// The language of those whose own is missing.
    pub language: String,
    /// The text in each language.
    pub texts: Vec<NewText>,
    /// Questions of understanding, at most three.
    pub questions: Vec<Comprehension>,
    /// Whether each recipient must confirm.
    pub is_must_read: bool,
    /// Whether confirming takes the password again.
    pub needs_signature: bool,
    /// Whether reminders repeat until it is confirmed.
    pub is_urgent: bool,
    /// Whether recipients may answer.
    pub takes_answers: bool,
    /// Deadline in working hours of the recipient; needed for a must-read.
    pub working_hours: Option<i32>,
    /// For how many days people who join are added; 0: not at all.
    pub joiner_days: i32,
    /// People who may read and answer answers.
    pub helpers: Vec<PersonId>,
}

/// A kept audience a dispatch is narrowed to, as it was when the draft was saved. It never widens a line: who
/// is addressed is in both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetAudience {
    /// Its id; it may be gone by now.
    pub id: AudienceId,
    /// Its name.
    pub name: String,
    /// Who is meant.
    pub rule: Rule,
}

/// How a viewer stands to a dispatch. Several may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Relation {
    /// Sent it.
    pub is_sender: bool,
    /// Helps with its answers.
    pub is_helper: bool,
    /// Is on its roll.
    pub is_recipient: bool,
    /// Leads a unit it passed; has a copy.
    pub has_copy: bool,
    /// May check its proof.
    pub is_auditor: bool,
}

impl Relation {
    /// Whether there is any.
    pub fn is_any(self) -> bool {
        self.is_sender || self.is_helper || self.is_recipient || self.has_copy || self.is_auditor
    }

    /// Whether answers of others are his to read.
    pub fn reads_answers(self) -> bool {
        self.is_sender || self.is_helper
    }

    /// Whether all names are his to see.
    pub fn sees_names(self) -> bool {
        self.is_sender || self.is_auditor
    }
}

/// A dispatch as one viewer may see it.
#[derive(Debug, Clone)]
pub struct DispatchView {
    /// Its id.
    pub id: DispatchId,
    /// Where it is in its life; withdrawn is archived.
    pub state: ContentState,
    /// Who sent it.
    pub sender_id: PersonId,
    /// Whose line was used.
    pub unit_id: OrgUnitId,
    /// Where the right came from.
    pub right_source: RightSource,
    /// Units addressed; empty: the whole line.
    pub target_units: Vec<OrgUnitId>,
    /// Roles addressed; empty: everybody.
    pub target_roles: Vec<String>,
    /// The audience it was narrowed to; for the sender and for auditors.
    pub audience: Option<TargetAudience>,
    /// Language of those whose own is missing.
    pub language: String,
    /// Whether each recipient must confirm.
    pub is_must_read: bool,
    /// Whether confirming takes the password again.
    pub needs_signature: bool,
    /// Whether reminders repeat.
    pub is_urgent: bool,
    /// Whether recipients may answer.
    pub takes_answers: bool,
    /// Deadline in working hours.
    pub working_hours: Option<i32>,
    /// For how many days people who join are added.
    pub joiner_days: i32,
    /// Id the sender's client made for it.
    pub client_id: uuid::Uuid,
    /// Number of the newest version.
    pub version: i32,
    /// Number of the version that must be confirmed.
    pub required_version: i32,
    /// People on the roll; 0 before it is sent.
    pub recipient_count: i64,
    /// When it was begun.
    pub created_at: Timestamp,
    /// When it will be sent.
    pub scheduled_for: Option<Timestamp>,
    /// When it was sent.
    pub sent_at: Option<Timestamp>,
    /// When it was withdrawn.
    pub withdrawn_at: Option<Timestamp>,
    /// When its sender last reminded those who were overdue.
    pub reminded_at: Option<Timestamp>,
    /// How the viewer stands to it.
    pub relation: Relation,
}

/// What a recipient has done about a dispatch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Duty {
    /// Until when it is to be confirmed.
    pub due_at: Option<Timestamp>,
    /// The newest version that was opened.
    pub seen_version: Option<i32>,
    /// When that was.
    pub seen_at: Option<Timestamp>,
    /// The newest version that was confirmed.
    pub acknowledged_version: Option<i32>,
    /// When that was.
    pub acknowledged_at: Option<Timestamp>,
}

/// How far a group of recipients is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// People on the roll.
    pub delivered: i64,
    /// Of them, who opened it; nothing for a group too small to tell.
    pub seen: Option<i64>,
    /// Of them, who confirmed what is required; nothing for a group too small to tell.
    pub acknowledged: Option<i64>,
    /// Of them, whose deadline has passed; nothing for a group too small to tell.
    pub overdue: Option<i64>,
}

/// How far the recipients of one unit, and all below it, are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitProgress {
    /// The unit.
    pub unit_id: OrgUnitId,
    /// How far its recipients are.
    pub progress: Progress,
}

/// Which recipients are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, async_graphql::Enum)]
#[graphql(name = "DispatchRecipientFilter")]
pub enum RecipientFilter {
    /// All of them.
    All,
    /// Those who have not confirmed what is required.
    Open,
    /// Those whose deadline has passed.
    Overdue,
    /// Those who have confirmed what is required.
    Acknowledged,
}

/// A recipient by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecipientView {
    /// The person.
    pub person_id: PersonId,
    /// The unit, when it was sent.
    pub unit_id: OrgUnitId,
    /// The role, when it was sent.
    pub role: String,
    /// Who led the person, when it was sent.
    pub manager_id: Option<PersonId>,
    /// Whether the person joined later and was added by rule.
    pub joined_later: bool,
    /// What the person has done.
    pub duty: Duty,
}

/// A private exchange between a recipient and the sender.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThreadView {
    /// The dispatch.
    pub dispatch_id: DispatchId,
    /// The recipient.
    pub person_id: PersonId,
    /// The recipient's unit.
    pub unit_id: OrgUnitId,
    /// What it is about, as the sender's side sorted it; empty: not sorted.
    pub theme: String,
    /// Whether the sender's side wrote last.
    pub is_answered: bool,
    /// The newest message.
    pub last_message_id: DispatchMessageId,
}

/// A message of such an exchange.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExchangeMessage {
    /// Its id.
    pub id: DispatchMessageId,
    /// The recipient whose exchange it is in.
    pub person_id: PersonId,
    /// Who wrote it.
    pub author_id: PersonId,
    /// As written.
    pub source: String,
    /// As safe HTML.
    pub html: String,
    /// When it was sent.
    pub sent_at: Timestamp,
}

/// Whom an answer of the sender's side reaches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReplyTo {
    /// One recipient, who need not have asked.
    Person(PersonId),
    /// All who asked, of one unit and below.
    Unit(OrgUnitId),
    /// All who asked about this theme.
    Theme(String),
    /// All who asked.
    Everybody,
}

/// A look at personal data, as shown to those it concerned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookView {
    /// Its id.
    pub id: kernel::PersonalLookId,
    /// Who looked.
    pub viewer_id: PersonId,
    /// At which dispatch's names.
    pub dispatch_id: DispatchId,
    /// What was looked at.
    pub what: LookKind,
    /// When.
    pub looked_at: Timestamp,
}

/// What was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, async_graphql::Enum)]
#[graphql(name = "PersonalLookKind")]
pub enum LookKind {
    /// The list of recipients with what each has done.
    Recipients,
    /// The names of those who are overdue.
    Overdue,
    /// The whole proof.
    Proof,
}

impl LookKind {
    /// All kinds.
    pub const ALL: [Self; 3] = [Self::Recipients, Self::Overdue, Self::Proof];

    /// As stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Recipients => "recipients",
            Self::Overdue => "overdue",
            Self::Proof => "proof",
        }
    }

    /// Reads what [`LookKind::as_str`] wrote.
    ///
    /// # Errors
    /// Any other text is a fault of the stored data.
    pub fn parse(text: &str) -> kernel::Result<Self> {
        let found = Self::ALL.into_iter().find(|kind| kind.as_str() == text);
        found.ok_or_else(|| kernel::Error::bug("unknown kind of look in the database"))
    }
}

/// A question up the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionView {
    /// Its id.
    pub id: kernel::LineQuestionId,
    /// Who asked; nothing for peers when it was asked anonymously.
    pub asker_id: Option<PersonId>,
    /// The unit it was asked from.
    pub unit_id: OrgUnitId,
    /// Who was asked.
    pub addressee_id: PersonId,
    /// Whether peers do not learn who asked.
    pub is_anonymous: bool,
    /// As written.
    pub source: String,
    /// As safe HTML.
    pub html: String,
    /// When it was asked.
    pub asked_at: Timestamp,
    /// The answer as written.
    pub answer_source: Option<String>,
    /// The answer as safe HTML.
    pub answer_html: Option<String>,
    /// When it was answered.
    pub answered_at: Option<Timestamp>,
    /// Whether question and answer are shown to the asker's whole unit.
    pub is_shared: bool,
}
