//! Inputs of the mutations.

use async_graphql::{ID, InputObject, OneofObject};
use kernel::{AudienceId, DispatchId, LineGrantId, LineQuestionId, OrgUnitId, PersonId, Timestamp};

use crate::model::{Comprehension, DraftInput, GrantRight, NewGrant, NewText, ReplyTo};

/// Text of a dispatch in one language.
#[derive(Debug, InputObject)]
pub struct DispatchTextInput {
    /// Language: `de` or `en`.
    language: String,
    /// Title, up to 160 characters.
    title: String,
    /// Text, in Markdown.
    body: String,
    /// What people who lead a unit in between may say about it, in Markdown.
    #[graphql(default)]
    talking_points: String,
}

impl From<DispatchTextInput> for NewText {
    fn from(input: DispatchTextInput) -> Self {
        Self {
            language: input.language,
            title: input.title,
            body: input.body,
            talking_points: input.talking_points,
        }
    }
}

/// Question of understanding in one language.
#[derive(Debug, InputObject)]
pub struct DispatchQuestionInput {
    /// Language: `de` or `en`.
    language: String,
    /// Question.
    prompt: String,
    /// What one can choose, two to five.
    options: Vec<String>,
    /// Number of the right option, counted from 0.
    right: i32,
}

impl From<DispatchQuestionInput> for Comprehension {
    fn from(input: DispatchQuestionInput) -> Self {
        Self {
            language: input.language,
            prompt: input.prompt,
            options: input.options,
            right: usize::try_from(input.right).unwrap_or(usize::MAX),
        }
    }
}

/// Dispatch to be written, or changed before it is sent.
#[derive(Debug, InputObject)]
pub struct DispatchSaveInput {
    /// UUID the client made for this dispatch; the same one changes the same draft.
    client_id: ID,
    /// Unit whose line is used, see `lineRights`.
    unit_id: OrgUnitId,
    /// Units below it that are addressed; empty: all of it.
    #[graphql(default)]
    target_unit_ids: Vec<OrgUnitId>,
    /// Roles that are addressed; empty: everybody.
    #[graphql(default)]
    target_roles: Vec<String>,
    /// Kept audience: of all these only who is in it.
    target_audience_id: Option<AudienceId>,
    /// Language of those whose own is missing.
    language: String,
    /// Text in each language.
    texts: Vec<DispatchTextInput>,
    /// Questions of understanding, at most three, the same number in each language.
    #[graphql(default)]
    questions: Vec<DispatchQuestionInput>,
    /// Whether each recipient has to confirm it.
    #[graphql(default)]
    is_must_read: bool,
    /// Whether confirming takes the password again.
    #[graphql(default)]
    needs_signature: bool,
    /// Whether reminders repeat until it is confirmed.
    #[graphql(default)]
    is_urgent: bool,
    /// Whether recipients may answer.
    #[graphql(default = true)]
    takes_answers: bool,
    /// Deadline in working hours of each recipient, 1 to 400; needed when it has to be confirmed.
    working_hours: Option<i32>,
    /// For how many days people who join the addressed places are added, 0 to 365.
    #[graphql(default)]
    joiner_days: i32,
    /// People who may read and answer answers, at most 20.
    #[graphql(default)]
    helper_ids: Vec<PersonId>,
    /// Whether it is kept on the way: what is still missing is no problem before it is sent. Not for one that
    /// will be sent at a set time.
    #[graphql(default)]
    is_unfinished: bool,
}

impl From<DispatchSaveInput> for DraftInput {
    fn from(input: DispatchSaveInput) -> Self {
        Self {
            client_id: input.client_id.to_string(),
            is_unfinished: input.is_unfinished,
            unit_id: input.unit_id,
            target_units: input.target_unit_ids,
            target_roles: input.target_roles,
            audience: input.target_audience_id,
            language: input.language,
            texts: input.texts.into_iter().map(NewText::from).collect(),
            questions: input
                .questions
                .into_iter()
                .map(Comprehension::from)
                .collect(),
            is_must_read: input.is_must_read,
            needs_signature: input.needs_signature,
            is_urgent: input.is_urgent,
            takes_answers: input.takes_answers,
            working_hours: input.working_hours,
            joiner_days: input.joiner_days,
            helpers: input.helper_ids,
        }
    }
}

/// Dispatch by its id.
#[derive(Debug, InputObject)]
pub struct DispatchIdInput {
    /// Id of the dispatch.
    pub dispatch_id: DispatchId,
}

/// Dispatch to be sent.
#[derive(Debug, InputObject)]
pub struct DispatchSendInput {
    /// Id of the dispatch.
    pub dispatch_id: DispatchId,
    /// Moment at which it is to be sent; null: now.
    pub scheduled_for: Option<Timestamp>,
}

/// New text of a dispatch that was sent.
#[derive(Debug, InputObject)]
pub struct DispatchReviseInput {
    /// Id of the dispatch.
    pub dispatch_id: DispatchId,
    /// Text in each language.
    pub texts: Vec<DispatchTextInput>,
    /// Questions of understanding.
    #[graphql(default)]
    pub questions: Vec<DispatchQuestionInput>,
    /// Whether it means something else now, so that it has to be confirmed again.
    pub is_material: bool,
}

/// Version of a dispatch that was opened.
#[derive(Debug, InputObject)]
pub struct DispatchMarkSeenInput {
    /// Id of the dispatch.
    pub dispatch_id: DispatchId,
    /// Number of the version that was shown.
    pub version: i32,
    /// Language that was shown.
    pub language: String,
}

/// Version of a dispatch that is confirmed.
#[derive(Debug, InputObject)]
pub struct DispatchAcknowledgeInput {
    /// Id of the dispatch.
    pub dispatch_id: DispatchId,
    /// Number of the version that was read.
    pub version: i32,
    /// Language that was read.
    pub language: String,
    /// Password, where it has to be signed.
    pub password: Option<String>,
    /// Numbers of the chosen options, counted from 0, in the order of the questions.
    #[graphql(default)]
    pub answers: Vec<i32>,
}

/// Answer of a recipient to the sender's side.
#[derive(Debug, InputObject)]
pub struct DispatchAnswerInput {
    /// Id of the dispatch.
    pub dispatch_id: DispatchId,
    /// UUID the client made for this attempt; a repeated attempt sends nothing twice.
    pub client_id: ID,
    /// Text, in Markdown.
    pub body: String,
}

/// Whom an answer of the sender's side reaches; exactly one.
#[derive(Debug, OneofObject)]
pub enum DispatchReplyToInput {
    /// One recipient.
    PersonId(PersonId),
    /// All who asked, of this unit and below.
    UnitId(OrgUnitId),
    /// All who asked about this theme.
    Theme(String),
    /// All who asked, if true.
    Everybody(bool),
}

impl From<DispatchReplyToInput> for ReplyTo {
    fn from(input: DispatchReplyToInput) -> Self {
        match input {
            DispatchReplyToInput::PersonId(person) => Self::Person(person),
            DispatchReplyToInput::UnitId(unit) => Self::Unit(unit),
            DispatchReplyToInput::Theme(theme) => Self::Theme(theme),
            DispatchReplyToInput::Everybody(_) => Self::Everybody,
        }
    }
}

/// Answer of the sender's side.
#[derive(Debug, InputObject)]
pub struct DispatchReplyInput {
    /// Id of the dispatch.
    pub dispatch_id: DispatchId,
    /// UUID the client made for this attempt; a repeated attempt sends nothing twice.
    pub client_id: ID,
    /// Whom it reaches.
    pub to: DispatchReplyToInput,
    /// Text, in Markdown.
    pub body: String,
}

/// Theme for some answers.
#[derive(Debug, InputObject)]
pub struct DispatchSetThemeInput {
    /// Id of the dispatch.
    pub dispatch_id: DispatchId,
    /// Recipients whose exchanges are sorted.
    pub person_ids: Vec<PersonId>,
    /// Theme, up to 60 characters; empty takes it away.
    pub theme: String,
}

/// Right to be given.
#[derive(Debug, InputObject)]
pub struct LineGrantGiveInput {
    /// Person who gets it.
    person_id: PersonId,
    /// Unit it is good for, with all below.
    unit_id: OrgUnitId,
    /// What it allows.
    right: GrantRight,
    /// Roles it is good for; empty: all.
    #[graphql(default)]
    roles: Vec<String>,
    /// Why it is given.
    reason: String,
    /// Moment at which it ends, within two years.
    ends_at: Timestamp,
}

impl From<LineGrantGiveInput> for NewGrant {
    fn from(input: LineGrantGiveInput) -> Self {
        Self {
            person_id: input.person_id,
            unit_id: input.unit_id,
            right: input.right,
            roles: input.roles,
            reason: input.reason,
            ends_at: input.ends_at,
        }
    }
}

/// What holds for urgent dispatches in a unit and everything below that says nothing else.
#[derive(Debug, InputObject)]
pub struct LinePolicySetInput {
    /// Unit.
    pub unit_id: OrgUnitId,
    /// Whether they may come through quiet hours and outside of working time.
    pub passes_quiet_hours: bool,
    /// Minutes between two repeats, 10 to 1440.
    pub repeat_minutes: i32,
    /// How often they come back at most, 0 to 200.
    pub max_repeats: i32,
}

/// Unit that no longer says anything about urgent dispatches.
#[derive(Debug, InputObject)]
pub struct LinePolicyRemoveInput {
    /// Unit.
    pub unit_id: OrgUnitId,
}

/// Right to be taken back.
#[derive(Debug, InputObject)]
pub struct LineGrantRevokeInput {
    /// Id of the grant.
    pub grant_id: LineGrantId,
}

/// Question up the viewer's own line.
#[derive(Debug, InputObject)]
pub struct LineQuestionAskInput {
    /// UUID the client made for this attempt; a repeated attempt asks nothing twice.
    pub client_id: ID,
    /// Person who is asked; one of the viewer's managers.
    pub addressee_id: PersonId,
    /// Question, in Markdown.
    pub body: String,
    /// Whether peers do not learn who asked, should the answer be shown to all of the unit.
    #[graphql(default)]
    pub is_anonymous: bool,
}

/// Answer to a question up the line.
#[derive(Debug, InputObject)]
pub struct LineQuestionRespondInput {
    /// Id of the question.
    pub question_id: LineQuestionId,
    /// Answer, in Markdown.
    pub body: String,
    /// Whether question and answer are shown to the whole unit it came from.
    #[graphql(default)]
    pub is_shared: bool,
}
