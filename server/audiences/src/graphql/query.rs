//! Queries.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};
use kernel::{AudienceId, PageArgs, PersonId};
use platform::ContextExt as _;

use super::inputs::AudienceRuleInput;
use super::objects::{
    Audience, AudienceConnection, AudiencePreview, AudienceReasons, AudienceRole, AudienceSkill,
    locale,
};
use crate::model::Rule;
use crate::{policy, queries};

/// Queries of audiences.
#[derive(Debug, Default, Clone, Copy)]
pub struct AudiencesQuery;

/// A rule the viewer may ask about.
async fn asked(ctx: &Context<'_>, rule: AudienceRuleInput) -> Result<Rule> {
    ctx.viewer().require_person()?;
    let rule = Rule::from(rule);
    rule.validate()?;
    policy::require_visible(&ctx.reader(), &rule).await?;
    Ok(rule)
}

/// Queries of audiences.
#[Object]
impl AudiencesQuery {
    /// Who is meant by a rule, before it is used.
    async fn audience_preview(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who is meant.")] rule: AudienceRuleInput,
    ) -> Result<AudiencePreview> {
        let rule = Arc::new(asked(ctx, rule).await?);
        Ok(AudiencePreview { rule })
    }

    /// Why somebody is meant by a rule, or not.
    async fn audience_reasons(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who is meant.")] rule: AudienceRuleInput,
        #[graphql(desc = "Person in question.")] person_id: PersonId,
    ) -> Result<AudienceReasons> {
        let rule = asked(ctx, rule).await?;
        let locale = locale(ctx).await?;
        let (is_in, reasons) = queries::why(&ctx.reader(), &rule, person_id, &locale).await?;
        let reasons = reasons.into_iter().map(Into::into).collect();
        Ok(AudienceReasons { is_in, reasons })
    }

    /// Roles people hold at present, in the order of the alphabet.
    async fn audience_roles(&self, ctx: &Context<'_>) -> Result<Vec<AudienceRole>> {
        ctx.viewer().require_person()?;
        let roles = queries::roles(&ctx.reader()).await?;
        Ok(roles.into_iter().map(AudienceRole::from).collect())
    }

    /// Skills people name whose name contains a text, the most frequent first.
    async fn audience_skills(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Part of the name.")] query: String,
        #[graphql(desc = "How many at most, 1 to 50.")] first: i32,
    ) -> Result<Vec<AudienceSkill>> {
        ctx.viewer().require_person()?;
        let limit = u64::try_from(first.clamp(1, 50)).unwrap_or(1);
        let skills = queries::named_skills(&ctx.reader(), &query, limit).await?;
        Ok(skills.into_iter().map(AudienceSkill::from).collect())
    }

    /// Audiences kept under a name, the viewer's own and those shared with everybody, in the order
    /// of their names.
    #[graphql(complexity = "1 + usize::try_from(first).unwrap_or(0) * child_complexity")]
    async fn audiences(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whether only the viewer's own are listed.", default = false)]
        only_own: bool,
        #[graphql(desc = "Size of the page, 1 to 100.")] first: i32,
        #[graphql(desc = "Cursor to start behind.")] after: Option<String>,
    ) -> Result<AudienceConnection> {
        let person = ctx.viewer().require_person()?;
        let args = PageArgs::forward(first, after)?;
        let owner = only_own.then_some(person);
        let (page, total) = queries::saved_page(&ctx.reader(), owner, &args).await?;
        Ok(AudienceConnection::new(page.map(Audience::from), total))
    }

    /// Audience kept under a name; null when there is none the viewer may see.
    async fn audience(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Global id of the audience.")] id: AudienceId,
    ) -> Result<Option<Audience>> {
        super::audience(ctx, id).await
    }
}
