//! Root fields that read posts.

use async_graphql::{Context, Object, Result};
use kernel::{PageArgs, PostId};
use platform::ContextExt;

use super::{Post, PostConnection};
use crate::queries;

/// Root fields that read posts.
#[derive(Debug, Default)]
pub struct PostsQuery;

/// Root fields that read posts.
#[Object]
impl PostsQuery {
    /// Post with this id, if there is one the viewer may see.
    async fn post(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Id of the post.")] id: PostId,
    ) -> Result<Option<Post>> {
        super::post(ctx, id).await
    }

    /// Posts of the viewer that wait for their time, the next one first. Before them stand those that
    /// could not be published and came back as drafts.
    async fn scheduled_posts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Number of items, 1 to 100.")] first: i32,
        #[graphql(desc = "Cursor to start behind.")] after: Option<String>,
    ) -> Result<PostConnection> {
        let args = PageArgs::forward(first, after)?;
        let page = queries::scheduled(&ctx.reader(), &args).await?;
        Ok(PostConnection::new(page.map(Post::from)))
    }
}
