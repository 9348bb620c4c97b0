//! Audiences in GraphQL: arguments in, domain calls, views out. No rule stands here.

mod inputs;
mod mutation;
mod objects;
mod query;

pub use inputs::{
    AudienceCommunitiesInput, AudienceLanguagesInput, AudienceLocationsInput, AudiencePeopleInput,
    AudiencePlaceInput, AudienceRuleInput, AudienceSkillsInput,
};
pub use mutation::AudiencesMutation;
pub use objects::{
    Audience, AudienceConnection, AudienceEdge, AudiencePreview, AudienceReason, AudienceReasons,
    AudienceRole, AudienceRulePart, AudienceRulePartKind, AudienceSkill, AudienceUnitCount,
    rule_parts,
};
pub use query::AudiencesQuery;

use async_graphql::Context;
use kernel::{AudienceId, Error};
use platform::ContextExt as _;

/// An audience kept under a name, if there is one the viewer may see.
///
/// # Errors
/// `Unauthenticated` for nobody, database errors.
pub async fn audience(
    ctx: &Context<'_>,
    id: AudienceId,
) -> async_graphql::Result<Option<Audience>> {
    ctx.viewer().require_person()?;
    match crate::queries::saved(&ctx.reader(), id).await {
        Ok(saved) => Ok(Some(saved.into())),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error.into()),
    }
}
