//! Queries.

use async_graphql::{Context, Object, Result};
use kernel::{Error, PageArgs, ReorganisationId};
use platform::ContextExt as _;

use super::objects::{
    Reorganisation, ReorganisationConnection, ReorganisationLine, ReorganisationLineConnection,
};
use crate::model::ReorganisationPart;
use crate::queries;

/// Queries of reorganisations.
#[derive(Debug, Default, Clone, Copy)]
pub struct ReorganisationsQuery;

/// Queries of reorganisations.
#[Object]
impl ReorganisationsQuery {
    /// Reorganisations, the newest first; for network admins.
    #[graphql(complexity = "1 + usize::try_from(first).unwrap_or(0) * child_complexity")]
    async fn reorganisations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Size of the page, 1 to 100.")] first: i32,
        #[graphql(desc = "Cursor to start behind.")] after: Option<String>,
    ) -> Result<ReorganisationConnection> {
        let args = PageArgs::forward(first, after)?;
        let page = queries::list(&ctx.reader(), &args).await?;
        Ok(ReorganisationConnection::new(
            page.map(Reorganisation::from),
        ))
    }

    /// One reorganisation, for network admins; null when there is none with this id.
    async fn reorganisation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Global id of the reorganisation.")] id: ReorganisationId,
    ) -> Result<Option<Reorganisation>> {
        match queries::one(&ctx.reader(), id).await {
            Ok(view) => Ok(Some(view.into())),
            Err(Error::NotFound) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Lines of one part of what was found, for network admins, in the order of the people's names. Of
    /// audiences and communities only those the viewer may see.
    #[graphql(complexity = "1 + usize::try_from(first).unwrap_or(0) * child_complexity")]
    async fn reorganisation_lines(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Reorganisation they are of.")] reorganisation_id: ReorganisationId,
        #[graphql(desc = "Part to read.")] part: ReorganisationPart,
        #[graphql(desc = "Text that has to occur in them.")] query: Option<String>,
        #[graphql(desc = "Size of the page, 1 to 100.")] first: i32,
        #[graphql(desc = "Cursor to start behind.")] after: Option<String>,
    ) -> Result<ReorganisationLineConnection> {
        let args = PageArgs::forward(first, after)?;
        let wanted = (part, query.as_deref());
        let (page, total) = queries::lines(&ctx.reader(), reorganisation_id, wanted, &args).await?;
        Ok(ReorganisationLineConnection::new(
            page.map(ReorganisationLine::from),
            total,
        ))
    }
}
