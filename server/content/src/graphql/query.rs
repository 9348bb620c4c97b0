//! Queries.

use async_graphql::{Context, Object, Result};
use kernel::{DraftId, PageArgs, ReplyId};
use platform::ContextExt;
use richtext::Limits;

use super::{Draft, Preview, Reply, Topic};
use crate::commands;
use crate::queries;

/// Queries of replies, drafts, topics and previews.
#[derive(Debug, Default)]
pub struct ContentQuery;

/// Queries of replies, drafts, topics and previews.
#[Object]
impl ContentQuery {
    /// Reply by id; null when there is none the viewer may see.
    async fn reply(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Global id of the reply.")] id: ReplyId,
    ) -> Result<Option<Reply>> {
        ctx.viewer().require_person()?;
        super::reply(ctx, id).await
    }

    /// Drafts of the viewer, last saved first; at most 200.
    async fn drafts(&self, ctx: &Context<'_>) -> Result<Vec<Draft>> {
        let drafts = queries::drafts(&ctx.reader()).await?;
        Ok(drafts.into_iter().map(Draft::from).collect())
    }

    /// Draft of the viewer by id; null when there is none.
    async fn draft(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Global id of the draft.")] id: DraftId,
    ) -> Result<Option<Draft>> {
        super::draft(ctx, id).await
    }

    /// Topics whose names start with the query, or without one those used most of late.
    #[graphql(complexity = "1 + usize::try_from(first).unwrap_or(0) * child_complexity")]
    async fn topics(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Beginning of the name.")] query: Option<String>,
        #[graphql(desc = "Number of topics, 1 to 100.")] first: i32,
    ) -> Result<Vec<Topic>> {
        ctx.viewer().require_person()?;
        let args = PageArgs::forward(first, None)?;
        let topics = queries::topics(&ctx.reader(), query.as_deref(), args.limit).await?;
        Ok(topics.into_iter().map(Topic::from).collect())
    }

    /// Topic by name; null when the viewer sees no post with it and does not follow it.
    async fn topic(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Name of the topic, with or without the #.")] name: String,
    ) -> Result<Option<Topic>> {
        ctx.viewer().require_person()?;
        Ok(queries::topic(&ctx.reader(), &name).await?.map(Topic::from))
    }

    /// How a text will look when the viewer publishes it.
    async fn preview(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Text in Markdown.")] body: String,
    ) -> Result<Preview> {
        let (source, characters) = commands::clean_preview(&body)?;
        Ok(Preview {
            body_html: queries::preview(&ctx.reader(), &source).await?,
            character_count: i32::try_from(characters).unwrap_or(i32::MAX),
            max_characters: i32::try_from(Limits::POST.max_chars).unwrap_or(i32::MAX),
        })
    }
}
