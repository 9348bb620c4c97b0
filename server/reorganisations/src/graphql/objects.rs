//! What is said of a reorganisation.

use async_graphql::{Context, Object, Result, SimpleObject};
use directory::graphql::OrgUnit;
use identity::graphql::Person;
use importers::org::Fault;
use kernel::{PersonId, ReorganisationId, Timestamp, connection};
use platform::ContextExt as _;

use crate::model::{LineView, ReorganisationPart, ReorganisationState, ReorganisationView};
use crate::queries;

/// Tomorrow's files of the staff department, tried out.
#[derive(Debug, Clone)]
pub struct Reorganisation {
    view: ReorganisationView,
}

impl From<ReorganisationView> for Reorganisation {
    fn from(view: ReorganisationView) -> Self {
        Self { view }
    }
}

connection!(
    ReorganisationConnection,
    ReorganisationEdge,
    Reorganisation,
    plain
);
connection!(
    ReorganisationLineConnection,
    ReorganisationLineEdge,
    ReorganisationLine,
    total
);

async fn person(ctx: &Context<'_>, id: Option<PersonId>) -> Result<Option<Person>> {
    match id {
        Some(id) => identity::graphql::person_if_visible(ctx, id).await,
        None => Ok(None),
    }
}

/// Tomorrow's files of the staff department, tried out.
#[Object]
impl Reorganisation {
    /// Global id of the reorganisation.
    async fn id(&self) -> ReorganisationId {
        self.view.id
    }

    /// Where it stands.
    async fn state(&self) -> ReorganisationState {
        self.view.state
    }

    /// Time it was tried out.
    async fn created_at(&self) -> Timestamp {
        self.view.created_at
    }

    /// Person who tried it out; null when it was done at the command line.
    async fn created_by(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        person(ctx, self.view.created_by).await
    }

    /// Moment at which before and after are compared.
    async fn effective_at(&self) -> Timestamp {
        self.view.effective_at
    }

    /// Time it was applied.
    async fn applied_at(&self) -> Option<Timestamp> {
        self.view.applied_at
    }

    /// Person who applied it.
    async fn applied_by(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        person(ctx, self.view.applied_by).await
    }

    /// Time it was taken back.
    async fn undone_at(&self) -> Option<Timestamp> {
        self.view.undone_at
    }

    /// Person who took it back.
    async fn undone_by(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        person(ctx, self.view.undone_by).await
    }

    /// Whether the organisation has changed since, so that it can be applied or undone no longer.
    #[graphql(complexity = 50)]
    async fn is_stale(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(queries::is_stale(&ctx.reader(), &self.view).await?)
    }

    /// How many lines each part has, for the parts that have any.
    #[graphql(complexity = "10 + child_complexity")]
    async fn totals(&self, ctx: &Context<'_>) -> Result<Vec<ReorganisationTotal>> {
        let totals = queries::totals(&ctx.reader(), self.view.id).await?;
        let totals = totals.into_iter().map(|(part, count)| ReorganisationTotal {
            part,
            count: i32::try_from(count).unwrap_or(i32::MAX),
        });
        Ok(totals.collect())
    }
}

/// Number of lines of a part.
#[derive(Debug, Clone, SimpleObject)]
pub struct ReorganisationTotal {
    /// Part.
    part: ReorganisationPart,
    /// Number of its lines.
    count: i32,
}

/// One line of what was found.
#[derive(Debug, Clone)]
pub struct ReorganisationLine {
    view: LineView,
}

impl From<LineView> for ReorganisationLine {
    fn from(view: LineView) -> Self {
        Self { view }
    }
}

/// One line of what was found.
#[Object]
impl ReorganisationLine {
    /// Name of the person it is about; null when it is about more, or something else.
    async fn person_name(&self) -> Option<&str> {
        self.view.person_name.as_deref()
    }

    /// Person it is about, if already here.
    async fn person(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        person(ctx, self.view.person_id).await
    }

    /// What is gained or lost by name, or the whole line.
    async fn text(&self) -> &str {
        &self.view.text
    }

    /// Unit it is about, if it is about one that is already here.
    async fn unit(&self, ctx: &Context<'_>) -> Result<Option<OrgUnit>> {
        match self.view.unit_id {
            Some(unit) => directory::graphql::org_unit(ctx, unit).await,
            None => Ok(None),
        }
    }
}

/// Fault of a file.
#[derive(Debug, Clone, SimpleObject)]
pub struct ReorganisationFault {
    /// Name of the file.
    file: String,
    /// Line of the file, from 1; 0 for the file as a whole.
    line: i32,
    /// What is wrong, in English.
    reason: String,
}

impl From<Fault> for ReorganisationFault {
    fn from(fault: Fault) -> Self {
        Self {
            file: fault.file.to_owned(),
            line: i32::try_from(fault.line).unwrap_or(i32::MAX),
            reason: fault.reason,
        }
    }
}
