//! Private exchanges about a dispatch, and questions up the line.

use async_graphql::{Context, Object, Result, SimpleObject};
use directory::graphql::OrgUnit;
use identity::graphql::Person;
use kernel::{DispatchMessageId, LineQuestionId, Timestamp};
use platform::ContextExt;

use crate::model::{DispatchView, ExchangeMessage, QuestionView, ThreadView};
use crate::queries;

/// Theme under which answers are sorted.
#[derive(Debug, Clone, SimpleObject)]
pub struct DispatchTheme {
    /// Theme; empty for those without one.
    pub theme: String,
    /// Number of exchanges.
    pub count: i32,
}

/// Private exchange between a recipient and the sender's side.
#[derive(Debug, Clone)]
pub struct DispatchThread {
    dispatch: DispatchView,
    view: ThreadView,
}

impl DispatchThread {
    pub(super) fn new(dispatch: DispatchView, view: ThreadView) -> Self {
        Self { dispatch, view }
    }
}

/// Private exchange between a recipient and the sender's side.
#[Object]
impl DispatchThread {
    /// Recipient.
    async fn person(&self, ctx: &Context<'_>) -> Result<Person> {
        identity::graphql::person(ctx, self.view.person_id).await
    }

    /// Unit of the recipient when it was sent.
    async fn unit(&self, ctx: &Context<'_>) -> Result<Option<OrgUnit>> {
        directory::graphql::org_unit(ctx, self.view.unit_id).await
    }

    /// Theme the sender's side sorted it under; null for others, empty when not sorted.
    async fn theme(&self) -> Option<&str> {
        let shown = self.dispatch.relation.reads_answers();
        shown.then_some(self.view.theme.as_str())
    }

    /// Whether the sender's side wrote last.
    async fn is_answered(&self) -> bool {
        self.view.is_answered
    }

    /// Messages, the oldest first, at most 500.
    async fn messages(&self, ctx: &Context<'_>) -> Result<Vec<DispatchMessage>> {
        let reader = ctx.reader();
        let messages = queries::messages(&reader, &self.dispatch, self.view.person_id);
        Ok(messages
            .await?
            .into_iter()
            .map(DispatchMessage::from)
            .collect())
    }
}

kernel::connection!(
    DispatchThreadConnection,
    DispatchThreadEdge,
    DispatchThread,
    total
);

/// Message of a private exchange about a dispatch.
#[derive(Debug, Clone)]
pub struct DispatchMessage {
    view: ExchangeMessage,
}

impl From<ExchangeMessage> for DispatchMessage {
    fn from(view: ExchangeMessage) -> Self {
        Self { view }
    }
}

/// Message of a private exchange about a dispatch.
#[Object]
impl DispatchMessage {
    /// Id of the message.
    pub async fn id(&self) -> DispatchMessageId {
        self.view.id
    }

    /// Person who wrote it.
    async fn author(&self, ctx: &Context<'_>) -> Result<Person> {
        identity::graphql::person(ctx, self.view.author_id).await
    }

    /// Text as sanitised HTML.
    async fn body_html(&self) -> &str {
        &self.view.html
    }

    /// Text as it was written, in Markdown.
    async fn body_source(&self) -> &str {
        &self.view.source
    }

    /// Moment at which it was sent.
    async fn sent_at(&self) -> Timestamp {
        self.view.sent_at
    }
}

/// Question somebody asked up the own line.
#[derive(Debug, Clone)]
pub struct LineQuestion {
    view: QuestionView,
}

impl From<QuestionView> for LineQuestion {
    fn from(view: QuestionView) -> Self {
        Self { view }
    }
}

/// Question somebody asked up the own line.
#[Object]
impl LineQuestion {
    /// Id of the question.
    pub async fn id(&self) -> LineQuestionId {
        self.view.id
    }

    /// Person who asked; null for peers when it was asked anonymously.
    async fn asker(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        match self.view.asker_id {
            Some(asker) => identity::graphql::person_if_visible(ctx, asker).await,
            None => Ok(None),
        }
    }

    /// Unit it was asked from.
    async fn unit(&self, ctx: &Context<'_>) -> Result<Option<OrgUnit>> {
        directory::graphql::org_unit(ctx, self.view.unit_id).await
    }

    /// Person who was asked.
    async fn addressee(&self, ctx: &Context<'_>) -> Result<Person> {
        identity::graphql::person(ctx, self.view.addressee_id).await
    }

    /// Whether peers do not learn who asked.
    async fn is_anonymous(&self) -> bool {
        self.view.is_anonymous
    }

    /// Question as sanitised HTML.
    async fn body_html(&self) -> &str {
        &self.view.html
    }

    /// Question as it was written, in Markdown.
    async fn body_source(&self) -> &str {
        &self.view.source
    }

    /// Moment at which it was asked.
    async fn asked_at(&self) -> Timestamp {
        self.view.asked_at
    }

    /// Answer as sanitised HTML; null before it was answered.
    async fn answer_html(&self) -> Option<&str> {
        self.view.answer_html.as_deref()
    }

    /// Answer as it was written, in Markdown.
    async fn answer_source(&self) -> Option<&str> {
        self.view.answer_source.as_deref()
    }

    /// Moment at which it was answered.
    async fn answered_at(&self) -> Option<Timestamp> {
        self.view.answered_at
    }

    /// Whether question and answer are shown to the whole unit it came from.
    async fn is_shared(&self) -> bool {
        self.view.is_shared
    }
}

kernel::connection!(
    LineQuestionConnection,
    LineQuestionEdge,
    LineQuestion,
    plain
);
