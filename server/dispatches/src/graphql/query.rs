//! Root fields that read.

use async_graphql::{Context, InputObject, Object, Result, SimpleObject};
use directory::graphql::OrgUnit;
use kernel::{AudienceId, DispatchId, OrgUnitId, PageArgs};
use platform::ContextExt;

use super::exchange::{LineQuestion, LineQuestionConnection};
use super::object::{Dispatch, DispatchConnection, int};
use super::people::{
    LineGrant, LineGrantConnection, LinePolicy, LineRight, PersonalLook, PersonalLookConnection,
};
use crate::queries::{self, Box};

/// Whom a dispatch would address.
#[derive(Debug, InputObject)]
pub struct DispatchTargetInput {
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
}

/// Unit with how many recipients have their place there.
#[derive(Clone, SimpleObject)]
pub struct DispatchPreviewUnit {
    /// Unit.
    unit: OrgUnit,
    /// Number of recipients.
    count: i32,
}

/// Who would get a dispatch.
#[derive(Clone)]
pub struct DispatchPreview {
    preview: queries::Preview,
}

/// Who would get a dispatch.
#[Object]
impl DispatchPreview {
    /// Number of recipients.
    async fn recipient_count(&self) -> i32 {
        int(self.preview.recipient_count)
    }

    /// Number of people who lead a unit it would pass, and would get a copy.
    async fn copy_count(&self) -> i32 {
        int(self.preview.copy_count)
    }

    /// Number of units with recipients.
    async fn unit_count(&self) -> i32 {
        i32::try_from(self.preview.units.len()).unwrap_or(i32::MAX)
    }

    /// Units with recipients, the one with most first.
    async fn units(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Number of units, at most 100.")] first: i32,
    ) -> Result<Vec<DispatchPreviewUnit>> {
        let first = usize::try_from(first.clamp(0, 100)).unwrap_or(0);
        let units = self.preview.units.iter().take(first);
        let load = units.map(|(id, count)| async move {
            let unit = directory::graphql::org_unit(ctx, *id).await?;
            Ok::<_, async_graphql::Error>(unit.map(|unit| DispatchPreviewUnit {
                unit,
                count: int(*count),
            }))
        });
        let units = futures_util::future::try_join_all(load).await?;
        Ok(units.into_iter().flatten().collect())
    }
}

/// Questions up the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, async_graphql::Enum)]
pub enum LineQuestionBox {
    /// Those the viewer asked.
    Asked,
    /// Those the viewer was asked.
    Received,
    /// Those from the viewer's units whose answers are shown to all of the unit.
    Shared,
}

/// Queries of this room.
#[derive(Debug, Default, Clone, Copy)]
pub struct DispatchesQuery;

/// Dispatches and questions up the line.
#[Object]
impl DispatchesQuery {
    /// Dispatches of the viewer, the newest first.
    #[graphql(complexity = "1 + usize::try_from(first).unwrap_or(0) * child_complexity")]
    async fn dispatches(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which ones.", name = "box")] which: Box,
        #[graphql(desc = "Number of dispatches, 1 to 100.")] first: i32,
        #[graphql(desc = "Cursor behind which the page starts.")] after: Option<String>,
    ) -> Result<DispatchConnection> {
        let page = PageArgs::forward(first, after)?;
        let found = queries::list(&ctx.reader(), which, &page).await?;
        Ok(DispatchConnection::new(found.map(Dispatch::from)))
    }

    /// Dispatch the viewer sent, helps with, is addressed by, has a copy of or may audit; null for others.
    async fn dispatch(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Id of the dispatch.")] id: DispatchId,
    ) -> Result<Option<Dispatch>> {
        super::dispatch(ctx, id).await
    }

    /// Lines the viewer may send down.
    async fn line_rights(&self, ctx: &Context<'_>) -> Result<Vec<LineRight>> {
        let rights = queries::rights(&ctx.reader()).await?;
        Ok(rights.into_iter().map(LineRight::from).collect())
    }

    /// Whether the viewer may audit dispatches.
    async fn viewer_can_audit_dispatches(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(queries::audited(&ctx.reader()).await?)
    }

    /// Who would get a dispatch of the viewer; null where the viewer may not send it.
    async fn dispatch_preview(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whom it would address.")] target: DispatchTargetInput,
    ) -> Result<Option<DispatchPreview>> {
        let (reader, unit) = (ctx.reader(), target.unit_id);
        let (units, roles) = (&target.target_unit_ids, &target.target_roles);
        let audience = target.target_audience_id;
        match queries::preview(&reader, unit, units, roles, audience).await {
            Err(kernel::Error::Forbidden(_) | kernel::Error::Invalid(_)) => Ok(None),
            preview => Ok(Some(DispatchPreview { preview: preview? })),
        }
    }

    /// Rights on lines that were given by hand, the newest first; for network admins.
    #[graphql(complexity = "1 + usize::try_from(first).unwrap_or(0) * child_complexity")]
    async fn line_grants(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Number of rights, 1 to 100.")] first: i32,
        #[graphql(desc = "Cursor behind which the page starts.")] after: Option<String>,
    ) -> Result<LineGrantConnection> {
        let page = PageArgs::forward(first, after)?;
        let found = queries::grants(&ctx.reader(), &page).await?;
        Ok(LineGrantConnection::new(found.map(LineGrant::from)))
    }

    /// What units say about urgent dispatches, in the order of the units' names; for network admins.
    async fn line_policies(&self, ctx: &Context<'_>) -> Result<Vec<LinePolicy>> {
        let found = queries::policies(&ctx.reader()).await?;
        Ok(found.into_iter().map(LinePolicy::from).collect())
    }

    /// Looks of others at lists the viewer stands in by name, the newest first.
    #[graphql(complexity = "1 + usize::try_from(first).unwrap_or(0) * child_complexity")]
    async fn personal_looks(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Number of looks, 1 to 100.")] first: i32,
        #[graphql(desc = "Cursor behind which the page starts.")] after: Option<String>,
    ) -> Result<PersonalLookConnection> {
        let page = PageArgs::forward(first, after)?;
        let found = queries::looks(&ctx.reader(), &page).await?;
        Ok(PersonalLookConnection::new(found.map(PersonalLook::from)))
    }

    /// Questions up the line, the newest first.
    #[graphql(complexity = "1 + usize::try_from(first).unwrap_or(0) * child_complexity")]
    async fn line_questions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which ones.", name = "box")] which: LineQuestionBox,
        #[graphql(desc = "Number of questions, 1 to 100.")] first: i32,
        #[graphql(desc = "Cursor behind which the page starts.")] after: Option<String>,
    ) -> Result<LineQuestionConnection> {
        let page = PageArgs::forward(first, after)?;
        let reader = ctx.reader();
        let found = match which {
            LineQuestionBox::Asked => queries::questions_asked(&reader, &page).await?,
            LineQuestionBox::Received => queries::questions_received(&reader, &page).await?,
            LineQuestionBox::Shared => queries::questions_shared(&reader, &page).await?,
        };
        Ok(LineQuestionConnection::new(found.map(LineQuestion::from)))
    }
}
