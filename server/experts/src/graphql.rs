//! Suggestions in GraphQL: arguments in, domain call, views out.

use async_graphql::{Context, Object, Result, SimpleObject};
use identity::graphql::Person;
use kernel::Error;
use platform::ContextExt as _;

use crate::model::{Reason, ReasonKind};
use crate::queries;

/// Most people suggested at once.
const MAX_FIRST: i32 = 20;

/// Somebody who may know, and why.
#[derive(Clone, SimpleObject)]
pub struct ExpertSuggestion {
    /// Person who may know.
    person: Person,
    /// Reasons the viewer may see, the weightiest kind first.
    reasons: Vec<ExpertReason>,
}

/// Why somebody may know: evidence of one kind about one thing.
#[derive(Clone, SimpleObject)]
pub struct ExpertReason {
    /// Kind of the evidence.
    kind: ReasonKind,
    /// Topic or skill it is about.
    about: String,
    /// Number of pieces of it.
    count: i32,
}

impl From<Reason> for ExpertReason {
    fn from(reason: Reason) -> Self {
        Self {
            kind: reason.kind,
            about: reason.about,
            count: i32::try_from(reason.count).unwrap_or(i32::MAX),
        }
    }
}

/// Root part of the experts.
#[derive(Default)]
pub struct ExpertsQuery;

#[Object]
impl ExpertsQuery {
    /// People who may know something about a topic or a question, the best first. Give either topic or text.
    #[graphql(complexity = "20 + usize::try_from(first).unwrap_or(0) * child_complexity")]
    async fn expert_suggestions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Name of a topic.")] topic: Option<String>,
        #[graphql(desc = "Words of a question.")] text: Option<String>,
        #[graphql(desc = "How many at most, 1 to 20.")] first: i32,
    ) -> Result<Vec<ExpertSuggestion>> {
        let ((Some(text), None) | (None, Some(text))) = (topic, text) else {
            let problem = "Give either topic or text.";
            return Err(Error::invalid("topic", "TOPIC_OR_TEXT", problem).into());
        };
        let limit = usize::try_from(first.clamp(1, MAX_FIRST)).unwrap_or(1);
        let found = queries::suggestions(ctx.database(), ctx.viewer(), &text, limit).await?;
        let ids: Vec<_> = found.iter().map(|one| one.person_id).collect();
        let people = identity::graphql::people(ctx, &ids).await?;
        let mut all = Vec::with_capacity(found.len());
        for suggestion in found {
            let who = |person: &&Person| person.view().id == suggestion.person_id;
            if let Some(person) = people.iter().find(who) {
                all.push(ExpertSuggestion {
                    person: person.clone(),
                    reasons: suggestion.reasons.into_iter().map(Into::into).collect(),
                });
            }
        }
        Ok(all)
    }
}
