//! Rows of the tables of this room. Private to this crate.

use kernel::{
    AudienceId, ContentState, DispatchId, DispatchMessageId, Error, LineGrantId, LineQuestionId,
    OrgUnitId, PersonId, PersonalLookId, Result, Timestamp,
};
pub(crate) use platform::Sql;
use sea_orm::FromQueryResult;

use crate::model::{
    Comprehension, DispatchView, Duty, ExchangeMessage, GrantRight, GrantView, LookKind, LookView,
    QuestionView, RecipientView, Relation, RightSource, RollEntry, TargetAudience, Texts,
    ThreadView,
};

/// Columns of [`DispatchRow`], of a table named `d`.
pub(crate) const DISPATCH: &str = "d.id, d.state, d.sender_id, d.unit_id, d.right_source, d.target_units, \
    d.target_roles, d.audience_id, d.audience_name, d.audience_rule, d.addressed, d.language, d.is_must_read, d.needs_signature, \
    d.is_urgent, d.takes_answers, d.working_hours, d.joiner_days, d.client_id, d.version, d.required_version, \
    d.recipient_count, d.created_at, d.scheduled_for, d.sent_at, d.withdrawn_at, d.reminded_at";

/// A row of `dispatches`.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct DispatchRow {
    pub(crate) id: DispatchId,
    state: String,
    pub(crate) sender_id: PersonId,
    pub(crate) unit_id: OrgUnitId,
    right_source: String,
    target_units: String,
    target_roles: String,
    audience_id: Option<AudienceId>,
    audience_name: Option<String>,
    audience_rule: Option<String>,
    pub(crate) addressed: String,
    pub(crate) language: String,
    pub(crate) is_must_read: bool,
    pub(crate) needs_signature: bool,
    pub(crate) is_urgent: bool,
    pub(crate) takes_answers: bool,
    pub(crate) working_hours: Option<i32>,
    pub(crate) joiner_days: i32,
    pub(crate) client_id: uuid::Uuid,
    pub(crate) version: i32,
    pub(crate) required_version: i32,
    pub(crate) recipient_count: i64,
    created_at: Timestamp,
    pub(crate) scheduled_for: Option<Timestamp>,
    pub(crate) sent_at: Option<Timestamp>,
    withdrawn_at: Option<Timestamp>,
    pub(crate) reminded_at: Option<Timestamp>,
}

impl DispatchRow {
    pub(crate) fn state(&self) -> Result<ContentState> {
        ContentState::parse(&self.state)
    }

    pub(crate) fn target_units(&self) -> Result<Vec<OrgUnitId>> {
        Ok(serde_json::from_str(&self.target_units)?)
    }

    pub(crate) fn target_roles(&self) -> Result<Vec<String>> {
        Ok(serde_json::from_str(&self.target_roles)?)
    }

    /// The audience it is narrowed to.
    pub(crate) fn audience(&self) -> Result<Option<TargetAudience>> {
        match (self.audience_id, &self.audience_name, &self.audience_rule) {
            (Some(id), Some(name), Some(rule)) => Ok(Some(TargetAudience {
                id,
                name: name.clone(),
                rule: audiences::Rule::from_text(rule)?,
            })),
            (None, None, None) => Ok(None),
            // Without its rule it would reach everybody.
            _ => Err(Error::bug("half an audience of a dispatch in the database")),
        }
    }

    /// Units the roll is taken from: those named, or the whole line.
    pub(crate) fn roots(&self) -> Result<Vec<OrgUnitId>> {
        let named = self.target_units()?;
        Ok(if named.is_empty() {
            vec![self.unit_id]
        } else {
            named
        })
    }

    pub(crate) fn view(&self, relation: Relation) -> Result<DispatchView> {
        Ok(DispatchView {
            id: self.id,
            state: self.state()?,
            sender_id: self.sender_id,
            unit_id: self.unit_id,
            right_source: RightSource::parse(&self.right_source)?,
            target_units: self.target_units()?,
            target_roles: self.target_roles()?,
            audience: if relation.sees_names() {
                self.audience()?
            } else {
                None
            },
            language: self.language.clone(),
            is_must_read: self.is_must_read,
            needs_signature: self.needs_signature,
            is_urgent: self.is_urgent,
            takes_answers: self.takes_answers,
            working_hours: self.working_hours,
            joiner_days: self.joiner_days,
            client_id: self.client_id,
            version: self.version,
            required_version: self.required_version,
            recipient_count: self.recipient_count,
            created_at: self.created_at,
            scheduled_for: self.scheduled_for,
            sent_at: self.sent_at,
            withdrawn_at: self.withdrawn_at,
            reminded_at: self.reminded_at,
            relation,
        })
    }
}

/// Columns of [`TextRow`], of a table named `t`.
pub(crate) const TEXT: &str = "t.dispatch_id, t.version, t.language, t.title, t.source, t.html, \
    t.talking_points, t.talking_points_html, t.hash";

/// A row of `dispatch_texts`.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct TextRow {
    pub(crate) dispatch_id: DispatchId,
    version: i32,
    language: String,
    title: String,
    source: String,
    html: String,
    talking_points: String,
    talking_points_html: String,
    hash: String,
}

impl From<TextRow> for Texts {
    fn from(row: TextRow) -> Self {
        Self {
            version: row.version,
            language: row.language,
            title: row.title,
            source: row.source,
            html: row.html,
            talking_points: row.talking_points,
            talking_points_html: row.talking_points_html,
            hash: row.hash,
        }
    }
}

/// A row of `dispatch_versions`.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct VersionRow {
    pub(crate) number: i32,
    pub(crate) is_material: bool,
    pub(crate) questions: String,
    pub(crate) created_at: Timestamp,
}

impl VersionRow {
    pub(crate) fn questions(&self) -> Result<Vec<Comprehension>> {
        Ok(serde_json::from_str(&self.questions)?)
    }
}

/// A row of `dispatch_roll`, frozen part.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct RollRow {
    pub(crate) person_id: PersonId,
    unit_id: OrgUnitId,
    unit_code: String,
    role: String,
    manager_id: Option<PersonId>,
    language: String,
    pub(crate) batch: i32,
    pub(crate) due_at: Option<Timestamp>,
}

impl From<RollRow> for RollEntry {
    fn from(row: RollRow) -> Self {
        Self {
            person_id: row.person_id,
            unit_id: row.unit_id,
            unit_code: row.unit_code,
            role: row.role,
            manager_id: row.manager_id,
            language: row.language,
        }
    }
}

/// A row of `dispatch_batches`.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct BatchRow {
    pub(crate) number: i32,
    pub(crate) reason: String,
    pub(crate) added: i64,
    pub(crate) hash: String,
    pub(crate) added_at: Timestamp,
}

/// A row of `dispatch_receipts`.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct ReceiptRow {
    pub(crate) person_id: PersonId,
    pub(crate) version: i32,
    pub(crate) language: String,
    pub(crate) seen_at: Timestamp,
    pub(crate) acknowledged_at: Option<Timestamp>,
    pub(crate) method: Option<String>,
}

/// What a recipient did, joined from the roll and the receipts.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct RecipientRow {
    pub(crate) dispatch_id: DispatchId,
    pub(crate) person_id: PersonId,
    pub(crate) unit_id: OrgUnitId,
    role: String,
    manager_id: Option<PersonId>,
    batch: i32,
    due_at: Option<Timestamp>,
    seen_version: Option<i32>,
    seen_at: Option<Timestamp>,
    acknowledged_version: Option<i32>,
    acknowledged_at: Option<Timestamp>,
}

impl From<RecipientRow> for RecipientView {
    fn from(row: RecipientRow) -> Self {
        Self {
            person_id: row.person_id,
            unit_id: row.unit_id,
            role: row.role,
            manager_id: row.manager_id,
            joined_later: row.batch > 1,
            duty: Duty {
                due_at: row.due_at,
                seen_version: row.seen_version,
                seen_at: row.seen_at,
                acknowledged_version: row.acknowledged_version,
                acknowledged_at: row.acknowledged_at,
            },
        }
    }
}

/// Columns of [`RecipientRow`], of the roll named `r`. Receipts grow with versions, so that the newest
/// one is the largest of each column.
pub(crate) const RECIPIENT: &str = "r.dispatch_id, r.person_id, r.unit_id, r.role, r.manager_id, r.batch, r.due_at, \
    (SELECT MAX(x.version) FROM dispatch_receipts x WHERE x.dispatch_id = r.dispatch_id \
    AND x.person_id = r.person_id) AS seen_version, \
    (SELECT MAX(x.seen_at) FROM dispatch_receipts x WHERE x.dispatch_id = r.dispatch_id \
    AND x.person_id = r.person_id) AS seen_at, \
    (SELECT MAX(x.version) FROM dispatch_receipts x WHERE x.dispatch_id = r.dispatch_id \
    AND x.person_id = r.person_id AND x.acknowledged_at IS NOT NULL) AS acknowledged_version, \
    (SELECT MAX(x.acknowledged_at) FROM dispatch_receipts x WHERE x.dispatch_id = r.dispatch_id \
    AND x.person_id = r.person_id) AS acknowledged_at";

/// A row of `line_grants`.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct GrantRow {
    pub(crate) id: LineGrantId,
    person_id: PersonId,
    pub(crate) unit_id: OrgUnitId,
    right_kind: String,
    roles: String,
    reason: String,
    granted_by: Option<PersonId>,
    starts_at: Timestamp,
    ends_at: Timestamp,
    revoked_at: Option<Timestamp>,
}

/// Columns of [`GrantRow`], of a table named `g`.
pub(crate) const GRANT: &str = "g.id, g.person_id, g.unit_id, g.right_kind, g.roles, g.reason, \
    g.granted_by, g.starts_at, g.ends_at, g.revoked_at";

impl GrantRow {
    pub(crate) fn roles(&self) -> Result<Vec<String>> {
        Ok(serde_json::from_str(&self.roles)?)
    }

    pub(crate) fn view(&self) -> Result<GrantView> {
        Ok(GrantView {
            id: self.id,
            person_id: self.person_id,
            unit_id: self.unit_id,
            right: GrantRight::parse(&self.right_kind)?,
            roles: self.roles()?,
            reason: self.reason.clone(),
            granted_by: self.granted_by,
            starts_at: self.starts_at,
            ends_at: self.ends_at,
            revoked_at: self.revoked_at,
        })
    }
}

/// Columns of [`ThreadRow`], of a table named `t`.
pub(crate) const THREAD: &str =
    "t.dispatch_id, t.person_id, t.unit_id, t.theme, t.is_answered, t.last_message_id";

/// A row of `dispatch_threads`.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct ThreadRow {
    pub(crate) dispatch_id: DispatchId,
    pub(crate) person_id: PersonId,
    pub(crate) unit_id: OrgUnitId,
    theme: String,
    is_answered: bool,
    last_message_id: DispatchMessageId,
}

impl From<ThreadRow> for ThreadView {
    fn from(row: ThreadRow) -> Self {
        Self {
            dispatch_id: row.dispatch_id,
            person_id: row.person_id,
            unit_id: row.unit_id,
            theme: row.theme,
            is_answered: row.is_answered,
            last_message_id: row.last_message_id,
        }
    }
}

/// A row of `dispatch_messages`.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct MessageRow {
    id: DispatchMessageId,
    person_id: PersonId,
    author_id: PersonId,
    source: String,
    html: String,
    sent_at: Timestamp,
}

/// Columns of [`MessageRow`], of a table named `m`.
pub(crate) const MESSAGE: &str = "m.id, m.person_id, m.author_id, m.source, m.html, m.sent_at";

impl From<MessageRow> for ExchangeMessage {
    fn from(row: MessageRow) -> Self {
        Self {
            id: row.id,
            person_id: row.person_id,
            author_id: row.author_id,
            source: row.source,
            html: row.html,
            sent_at: row.sent_at,
        }
    }
}

/// A row of `personal_looks`.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct LookRow {
    id: PersonalLookId,
    viewer_id: PersonId,
    dispatch_id: DispatchId,
    what: String,
    looked_at: Timestamp,
}

impl LookRow {
    pub(crate) fn view(self) -> Result<LookView> {
        Ok(LookView {
            id: self.id,
            viewer_id: self.viewer_id,
            dispatch_id: self.dispatch_id,
            what: LookKind::parse(&self.what)?,
            looked_at: self.looked_at,
        })
    }
}

/// Columns of [`QuestionRow`], of a table named `q`.
pub(crate) const QUESTION: &str = "q.id, q.asker_id, q.unit_id, q.addressee_id, q.is_anonymous, q.source, \
    q.html, q.asked_at, q.answer_source, q.answer_html, q.answered_at, q.is_shared";

/// A row of `line_questions`.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct QuestionRow {
    pub(crate) id: LineQuestionId,
    pub(crate) asker_id: PersonId,
    unit_id: OrgUnitId,
    pub(crate) addressee_id: PersonId,
    is_anonymous: bool,
    source: String,
    html: String,
    asked_at: Timestamp,
    answer_source: Option<String>,
    answer_html: Option<String>,
    pub(crate) answered_at: Option<Timestamp>,
    is_shared: bool,
}

impl QuestionRow {
    /// As `viewer` may see it: peers do not learn who asked anonymously, who was asked does.
    pub(crate) fn view(self, viewer: PersonId) -> QuestionView {
        let knows = !self.is_anonymous || viewer == self.asker_id || viewer == self.addressee_id;
        QuestionView {
            id: self.id,
            asker_id: knows.then_some(self.asker_id),
            unit_id: self.unit_id,
            addressee_id: self.addressee_id,
            is_anonymous: self.is_anonymous,
            source: self.source,
            html: self.html,
            asked_at: self.asked_at,
            answer_source: self.answer_source,
            answer_html: self.answer_html,
            answered_at: self.answered_at,
            is_shared: self.is_shared,
        }
    }
}

/// A number of rows.
#[derive(Debug, FromQueryResult)]
pub(crate) struct Total {
    pub(crate) total: i64,
}

impl Total {
    pub(crate) fn of(row: Option<Self>) -> i64 {
        row.map_or(0, |row| row.total)
    }
}

/// A client-made id.
///
/// # Errors
/// `INVALID_CLIENT_ID`.
pub(crate) fn client_id(text: &str) -> Result<uuid::Uuid> {
    uuid::Uuid::try_parse(text).map_err(|_| {
        let message = "The client id must be a UUID made by the client.";
        Error::invalid("clientId", "INVALID_CLIENT_ID", message)
    })
}
