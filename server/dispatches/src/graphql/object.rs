//! `Dispatch` and what belongs to it.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use directory::graphql::OrgUnit;
use identity::graphql::Person;
use kernel::{AudienceId, ContentState, DispatchId, OrgUnitId, PageArgs, PersonId, Timestamp};
use platform::ContextExt;

use super::exchange::{DispatchTheme, DispatchThread, DispatchThreadConnection};
use super::people::{DispatchRecipient, DispatchRecipientConnection};
use super::proof::{self, DispatchProof, DispatchProofEntryConnection};
use crate::loaders::{DutyByDispatch, TextsByDispatch};
use crate::model::{
    self, Comprehension, DispatchView, Duty, LookKind, RecipientFilter, RightSource, Texts,
};
use crate::{commands, queries};

/// Kept audience a dispatch is narrowed to.
#[derive(Clone, SimpleObject)]
pub struct DispatchTargetAudience {
    /// Id of the audience, which may be gone by now.
    id: AudienceId,
    /// Name it had when the dispatch was last saved.
    name: String,
}

/// Text of a dispatch in one language.
#[derive(Clone, SimpleObject)]
pub struct DispatchText {
    /// Number of the version.
    version: i32,
    /// Language: `de` or `en`.
    language: String,
    /// Title.
    title: String,
    /// Text as sanitised HTML.
    body_html: String,
    /// Text as it was written, in Markdown.
    body_source: String,
    /// SHA-256 of language, title and text, as it stands in the proof.
    hash: String,
}

impl From<Texts> for DispatchText {
    fn from(text: Texts) -> Self {
        Self {
            version: text.version,
            language: text.language,
            title: text.title,
            body_html: text.html,
            body_source: text.source,
            hash: text.hash,
        }
    }
}

/// What people who lead a unit in between may say about a dispatch.
#[derive(Clone, SimpleObject)]
pub struct DispatchTalkingPoints {
    /// Language: `de` or `en`.
    language: String,
    /// Talking points as sanitised HTML.
    html: String,
    /// Talking points as they were written, in Markdown.
    source: String,
}

/// Question of understanding, to be answered before confirming.
#[derive(Clone, SimpleObject)]
pub struct DispatchQuestion {
    /// Language: `de` or `en`.
    language: String,
    /// Question.
    prompt: String,
    /// What one can choose.
    options: Vec<String>,
}

/// Question of understanding with its right answer; for the sender.
#[derive(Clone, SimpleObject)]
pub struct DispatchQuestionKey {
    /// Language: `de` or `en`.
    language: String,
    /// Question.
    prompt: String,
    /// What one can choose.
    options: Vec<String>,
    /// Number of the right option, counted from 0.
    right: i32,
}

/// Version of a dispatch.
#[derive(Clone, SimpleObject)]
pub struct DispatchVersion {
    /// Number, counted from 1.
    number: i32,
    /// Whether it had to be confirmed again.
    is_material: bool,
    /// Moment at which it was made.
    made_at: Timestamp,
}

/// How a text changed since an earlier version.
#[derive(Clone, SimpleObject)]
pub struct DispatchChange {
    /// Difference as sanitised HTML: text with `ins` and `del`.
    html: String,
    /// Number of words that differ.
    changed_words: i32,
}

/// What the viewer, as a recipient, has done about a dispatch.
#[derive(Clone, SimpleObject)]
pub struct DispatchDuty {
    /// Moment until which it is to be confirmed, in the recipient's own working time.
    due_at: Option<Timestamp>,
    /// Newest version that was opened.
    seen_version: Option<i32>,
    /// Moment at which a version was last opened for the first time.
    seen_at: Option<Timestamp>,
    /// Newest version that was confirmed.
    acknowledged_version: Option<i32>,
    /// Moment at which a version was last confirmed.
    acknowledged_at: Option<Timestamp>,
}

impl From<Duty> for DispatchDuty {
    fn from(duty: Duty) -> Self {
        Self {
            due_at: duty.due_at,
            seen_version: duty.seen_version,
            seen_at: duty.seen_at,
            acknowledged_version: duty.acknowledged_version,
            acknowledged_at: duty.acknowledged_at,
        }
    }
}

/// How far recipients are. Numbers of a group too small to tell are null.
#[derive(Clone, SimpleObject)]
pub struct DispatchProgress {
    /// People on the roll.
    delivered: i32,
    /// People who opened it.
    seen: Option<i32>,
    /// People who confirmed what is required; null too when nothing is.
    acknowledged: Option<i32>,
    /// People who did not confirm in time.
    overdue: Option<i32>,
}

impl From<model::Progress> for DispatchProgress {
    fn from(progress: model::Progress) -> Self {
        Self {
            delivered: int(progress.delivered),
            seen: progress.seen.map(int),
            acknowledged: progress.acknowledged.map(int),
            overdue: progress.overdue.map(int),
        }
    }
}

/// How far the recipients of a unit, with all below it, are.
#[derive(Clone)]
pub struct DispatchUnitProgress {
    view: model::UnitProgress,
}

/// How far the recipients of a unit, with all below it, are.
#[Object]
impl DispatchUnitProgress {
    /// Unit.
    async fn unit(&self, ctx: &Context<'_>) -> Result<Option<OrgUnit>> {
        directory::graphql::org_unit(ctx, self.view.unit_id).await
    }

    /// How far its recipients are.
    async fn progress(&self) -> DispatchProgress {
        self.view.progress.into()
    }
}

/// How the viewer stands to a dispatch; several may hold.
#[derive(Clone, SimpleObject)]
pub struct DispatchRelation {
    /// Sent it.
    is_sender: bool,
    /// Helps with its answers.
    is_helper: bool,
    /// Is addressed by it.
    is_recipient: bool,
    /// Leads a unit it passed, and has a copy.
    has_copy: bool,
    /// May check its proof.
    is_auditor: bool,
}

/// Message from the head of a unit to everybody below, privately to each.
#[derive(Debug, Clone)]
pub struct Dispatch {
    view: DispatchView,
}

impl From<DispatchView> for Dispatch {
    fn from(view: DispatchView) -> Self {
        Self { view }
    }
}

impl Dispatch {
    async fn all_texts(&self, ctx: &Context<'_>) -> Result<Vec<Texts>> {
        let found = ctx
            .loader::<TextsByDispatch, _>()
            .load_one(self.view.id)
            .await;
        Ok(found?.unwrap_or_default())
    }

    /// Notes the look at the proof; whether it may be looked at.
    async fn note_proof(&self, ctx: &Context<'_>) -> Result<bool> {
        let (database, viewer, id) = (ctx.database(), ctx.viewer(), self.view.id);
        match commands::note_look(database, viewer, id, LookKind::Proof, None).await {
            Err(kernel::Error::Forbidden(_)) => Ok(false),
            noted => {
                noted?;
                Ok(true)
            }
        }
    }

    async fn questions_of_newest(&self, ctx: &Context<'_>) -> Result<Vec<Comprehension>> {
        let versions = queries::versions(&ctx.reader(), &self.view).await?;
        let newest = versions.into_iter().next_back();
        Ok(newest.map(|version| version.questions).unwrap_or_default())
    }
}

/// Message from the head of a unit to everybody below, privately to each.
#[Object]
impl Dispatch {
    /// Id of the dispatch.
    pub async fn id(&self) -> DispatchId {
        self.view.id
    }

    /// Where it is in its life; one that was withdrawn is archived.
    async fn state(&self) -> ContentState {
        self.view.state
    }

    /// Person who sent it.
    async fn sender(&self, ctx: &Context<'_>) -> Result<Person> {
        identity::graphql::person(ctx, self.view.sender_id).await
    }

    /// Unit whose line was used.
    async fn unit(&self, ctx: &Context<'_>) -> Result<Option<OrgUnit>> {
        directory::graphql::org_unit(ctx, self.view.unit_id).await
    }

    /// Where the sender's right came from.
    async fn right_source(&self) -> RightSource {
        self.view.right_source
    }

    /// Units addressed with all below them; empty: the whole line.
    async fn target_units(&self, ctx: &Context<'_>) -> Result<Vec<OrgUnit>> {
        let units = &self.view.target_units;
        let load = units
            .iter()
            .map(|id| directory::graphql::org_unit(ctx, *id));
        let units = futures_util::future::try_join_all(load).await?;
        Ok(units.into_iter().flatten().collect())
    }

    /// Roles addressed; empty: everybody.
    async fn target_roles(&self) -> &[String] {
        &self.view.target_roles
    }

    /// Audience it is narrowed to; null for none, and for who neither sent nor audits it.
    async fn target_audience(&self) -> Option<DispatchTargetAudience> {
        let audience = self.view.audience.as_ref()?;
        Some(DispatchTargetAudience {
            id: audience.id,
            name: audience.name.clone(),
        })
    }

    /// Text of the newest version, in each language it was written in.
    async fn texts(&self, ctx: &Context<'_>) -> Result<Vec<DispatchText>> {
        let texts = self.all_texts(ctx).await?;
        let newest = texts
            .into_iter()
            .filter(|text| text.version == self.view.version);
        Ok(newest.map(DispatchText::from).collect())
    }

    /// Language of those whose own is missing.
    async fn language(&self) -> &str {
        &self.view.language
    }

    /// What people who lead a unit in between may say about it; for them and the sender's side.
    async fn talking_points(&self, ctx: &Context<'_>) -> Result<Vec<DispatchTalkingPoints>> {
        let relation = self.view.relation;
        if !(relation.has_copy || relation.reads_answers() || relation.is_auditor) {
            return Ok(Vec::new());
        }
        let texts = self.all_texts(ctx).await?;
        let newest = texts
            .into_iter()
            .filter(|text| text.version == self.view.version && !text.talking_points.is_empty());
        Ok(newest
            .map(|text| DispatchTalkingPoints {
                language: text.language,
                html: text.talking_points_html,
                source: text.talking_points,
            })
            .collect())
    }

    /// Versions, the oldest first.
    async fn versions(&self, ctx: &Context<'_>) -> Result<Vec<DispatchVersion>> {
        let versions = queries::versions(&ctx.reader(), &self.view).await?;
        Ok(versions
            .into_iter()
            .map(|version| DispatchVersion {
                number: version.number,
                is_material: version.is_material,
                made_at: version.made_at,
            })
            .collect())
    }

    /// What changed in the newest version since an earlier one; null where one of the two has no text in
    /// this language.
    async fn changes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Number of the earlier version.")] since: i32,
        #[graphql(desc = "Language to compare.")] language: String,
    ) -> Result<Option<DispatchChange>> {
        let texts = self.all_texts(ctx).await?;
        let find = |version: i32| {
            texts
                .iter()
                .find(|text| text.version == version && text.language == language)
        };
        let (Some(before), Some(after)) = (find(since), find(self.view.version)) else {
            return Ok(None);
        };
        let diff = model::diff(&before.source, &after.source);
        Ok(Some(DispatchChange {
            html: diff.html,
            changed_words: i32::try_from(diff.changed_words).unwrap_or(i32::MAX),
        }))
    }

    /// Questions of understanding about the newest version, in all languages.
    async fn questions(&self, ctx: &Context<'_>) -> Result<Vec<DispatchQuestion>> {
        let questions = self.questions_of_newest(ctx).await?;
        Ok(questions
            .into_iter()
            .map(|question| DispatchQuestion {
                language: question.language,
                prompt: question.prompt,
                options: question.options,
            })
            .collect())
    }

    /// The same questions with their right answers; empty for everybody but the sender.
    async fn question_keys(&self, ctx: &Context<'_>) -> Result<Vec<DispatchQuestionKey>> {
        if !self.view.relation.is_sender {
            return Ok(Vec::new());
        }
        let questions = self.questions_of_newest(ctx).await?;
        Ok(questions
            .into_iter()
            .map(|question| DispatchQuestionKey {
                language: question.language,
                prompt: question.prompt,
                options: question.options,
                right: i32::try_from(question.right).unwrap_or(0),
            })
            .collect())
    }

    /// Whether each recipient has to confirm it.
    async fn is_must_read(&self) -> bool {
        self.view.is_must_read
    }

    /// Whether confirming takes the password again.
    async fn needs_signature(&self) -> bool {
        self.view.needs_signature
    }

    /// Whether reminders repeat until it is confirmed.
    async fn is_urgent(&self) -> bool {
        self.view.is_urgent
    }

    /// Whether recipients may answer.
    async fn takes_answers(&self) -> bool {
        self.view.takes_answers
    }

    /// Deadline in working hours of each recipient.
    async fn working_hours(&self) -> Option<i32> {
        self.view.working_hours
    }

    /// For how many days people who join the addressed places are added.
    async fn joiner_days(&self) -> i32 {
        self.view.joiner_days
    }

    /// UUID the sender's client made for it, by which `dispatchSave` finds it again; null for others.
    async fn client_id(&self) -> Option<ID> {
        let client = self.view.client_id;
        let is_sender = self.view.relation.is_sender;
        is_sender.then(|| ID(client.to_string()))
    }

    /// Number of the newest version.
    async fn version(&self) -> i32 {
        self.view.version
    }

    /// Number of the version that has to be confirmed at least.
    async fn required_version(&self) -> i32 {
        self.view.required_version
    }

    /// Number of people on the roll.
    async fn recipient_count(&self) -> i32 {
        int(self.view.recipient_count)
    }

    /// Moment at which it was begun.
    async fn created_at(&self) -> Timestamp {
        self.view.created_at
    }

    /// Moment at which it will be sent.
    async fn scheduled_for(&self) -> Option<Timestamp> {
        self.view.scheduled_for
    }

    /// Moment at which it was sent.
    async fn sent_at(&self) -> Option<Timestamp> {
        self.view.sent_at
    }

    /// Moment at which it was withdrawn.
    async fn withdrawn_at(&self) -> Option<Timestamp> {
        self.view.withdrawn_at
    }

    /// Moment at which the sender last reminded those who were overdue; null for others.
    async fn reminded_at(&self) -> Option<Timestamp> {
        self.view
            .reminded_at
            .filter(|_| self.view.relation.is_sender)
    }

    /// How the viewer stands to it.
    async fn viewer_relation(&self) -> DispatchRelation {
        let relation = self.view.relation;
        DispatchRelation {
            is_sender: relation.is_sender,
            is_helper: relation.is_helper,
            is_recipient: relation.is_recipient,
            has_copy: relation.has_copy,
            is_auditor: relation.is_auditor,
        }
    }

    /// What the viewer has done about it; null for who is not addressed.
    async fn viewer_duty(&self, ctx: &Context<'_>) -> Result<Option<DispatchDuty>> {
        if !self.view.relation.is_recipient {
            return Ok(None);
        }
        let duty = ctx
            .loader::<DutyByDispatch, _>()
            .load_one(self.view.id)
            .await;
        Ok(duty?.map(DispatchDuty::from))
    }

    /// Viewer's private exchange with the sender's side; null before somebody wrote.
    async fn viewer_thread(&self, ctx: &Context<'_>) -> Result<Option<DispatchThread>> {
        let Some(person) = ctx.viewer().person_id() else {
            return Ok(None);
        };
        if !self.view.relation.is_recipient {
            return Ok(None);
        }
        let thread = queries::thread(&ctx.reader(), &self.view, person).await?;
        Ok(thread.map(|thread| DispatchThread::new(self.view.clone(), thread)))
    }

    /// People who help with answers; for the sender's side.
    async fn helpers(&self, ctx: &Context<'_>) -> Result<Vec<Person>> {
        let helpers = queries::helpers(&ctx.reader(), &self.view).await?;
        identity::graphql::people(ctx, &helpers).await
    }

    /// How far all recipients are whom the viewer may know of; null for mere recipients.
    async fn progress(&self, ctx: &Context<'_>) -> Result<Option<DispatchProgress>> {
        let progress = queries::progress(&ctx.reader(), &self.view).await?;
        Ok(progress.map(DispatchProgress::from))
    }

    /// How far the recipients of units are: of those at the top of what the viewer may see, or directly
    /// below another.
    async fn unit_progress(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Unit whose parts are wanted.")] parent_id: Option<OrgUnitId>,
    ) -> Result<Vec<DispatchUnitProgress>> {
        let rows = queries::unit_progress(&ctx.reader(), &self.view, parent_id).await?;
        Ok(rows
            .into_iter()
            .map(|view| DispatchUnitProgress { view })
            .collect())
    }

    /// Recipients by name. The look is noted and shown to those it concerns. For the sender and auditors
    /// of a must-read; who has a copy may ask for those who are overdue in the own units. Null for others.
    #[graphql(complexity = "1 + usize::try_from(first).unwrap_or(0) * child_complexity")]
    async fn recipients(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which recipients.")] filter: RecipientFilter,
        #[graphql(desc = "Only of this unit and below.")] unit_id: Option<OrgUnitId>,
        #[graphql(desc = "Number of recipients, 1 to 100.")] first: i32,
        #[graphql(desc = "Cursor behind which the page starts.")] after: Option<String>,
    ) -> Result<Option<DispatchRecipientConnection>> {
        let what = match filter {
            RecipientFilter::Overdue => LookKind::Overdue,
            _ => LookKind::Recipients,
        };
        let page = PageArgs::forward(first, after)?;
        let noted = commands::note_look(ctx.database(), ctx.viewer(), self.view.id, what, None);
        match noted.await {
            Err(kernel::Error::Forbidden(_)) => return Ok(None),
            noted => noted?,
        }
        let reader = ctx.reader();
        let found = queries::recipients(&reader, &self.view, filter, unit_id, &page);
        let (found, total) = found.await?;
        let page = found.map(DispatchRecipient::from);
        Ok(Some(DispatchRecipientConnection::new(page, total)))
    }

    /// Proof of who was obliged and whether the roll is the one that was frozen; for the sender and auditors of a
    /// must-read, null for others. The look is noted and shown to those it concerns.
    async fn proof(&self, ctx: &Context<'_>) -> Result<Option<DispatchProof>> {
        if !self.note_proof(ctx).await? {
            return Ok(None);
        }
        let proof = queries::proof(&ctx.reader(), self.view.id).await?;
        Ok(Some(DispatchProof::from(proof)))
    }

    /// Lines of the proof, in the order of the people's names; null where `proof` is.
    #[graphql(complexity = "1 + usize::try_from(first).unwrap_or(0) * child_complexity")]
    async fn proof_entries(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Number of lines, 1 to 100.")] first: i32,
        #[graphql(desc = "Cursor behind which the page starts.")] after: Option<String>,
    ) -> Result<Option<DispatchProofEntryConnection>> {
        let page = PageArgs::forward(first, after)?;
        if !self.note_proof(ctx).await? {
            return Ok(None);
        }
        Ok(Some(proof::entries(ctx, self.view.id, &page).await?))
    }

    /// Private exchanges with recipients, the one with the newest message first; null for everybody but the
    /// sender's side.
    #[graphql(complexity = "1 + usize::try_from(first).unwrap_or(0) * child_complexity")]
    async fn threads(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only of this unit and below.")] unit_id: Option<OrgUnitId>,
        #[graphql(desc = "Only about this theme; empty: those without one.")] theme: Option<String>,
        #[graphql(desc = "Only those not answered yet.", default)] open_only: bool,
        #[graphql(desc = "Number of exchanges, 1 to 100.")] first: i32,
        #[graphql(desc = "Cursor behind which the page starts.")] after: Option<String>,
    ) -> Result<Option<DispatchThreadConnection>> {
        if !self.view.relation.reads_answers() {
            return Ok(None);
        }
        let page = PageArgs::forward(first, after)?;
        let (reader, theme) = (ctx.reader(), theme.as_deref());
        let found = queries::threads(&reader, &self.view, unit_id, theme, open_only, &page);
        let (found, total) = found.await?;
        let page = found.map(|thread| DispatchThread::new(self.view.clone(), thread));
        Ok(Some(DispatchThreadConnection::new(page, total)))
    }

    /// One private exchange; null where the viewer may not read it or nobody wrote.
    async fn thread(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Recipient whose exchange it is.")] person_id: PersonId,
    ) -> Result<Option<DispatchThread>> {
        match queries::thread(&ctx.reader(), &self.view, person_id).await {
            Err(kernel::Error::Forbidden(_)) => Ok(None),
            found => Ok(found?.map(|thread| DispatchThread::new(self.view.clone(), thread))),
        }
    }

    /// Themes of the answers; empty for everybody but the sender's side.
    async fn themes(&self, ctx: &Context<'_>) -> Result<Vec<DispatchTheme>> {
        if !self.view.relation.reads_answers() {
            return Ok(Vec::new());
        }
        let themes = queries::themes(&ctx.reader(), &self.view).await?;
        Ok(themes
            .into_iter()
            .map(|(theme, count)| DispatchTheme {
                theme,
                count: int(count),
            })
            .collect())
    }
}

kernel::connection!(DispatchConnection, DispatchEdge, Dispatch, plain);

pub(super) fn int(count: i64) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}
