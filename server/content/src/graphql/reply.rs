//! Replies.

use std::sync::Arc;

use async_graphql::{Context, Object, Result, SimpleObject};
use identity::graphql::{Person, person};
use kernel::{ContentState, PostId, ReplyId, Timestamp};
use platform::ContextExt;

use super::{Attachment, LinkCard, ReactionCount, RevisionConnection, fields};
use crate::loaders::{ContentById, StandingByCommunity};
use crate::model::Content;
use crate::policy::{refuse_answering, refuse_deleting, refuse_editing, refuse_reacting};
use crate::queries;

/// Reply in a thread. A deleted one keeps its place and shows nothing.
#[derive(Debug, Clone)]
pub struct Reply {
    content: Arc<Content>,
}

impl From<Arc<Content>> for Reply {
    fn from(content: Arc<Content>) -> Self {
        Self { content }
    }
}

impl From<Content> for Reply {
    fn from(content: Content) -> Self {
        Arc::new(content).into()
    }
}

impl Reply {
    /// Content the reply is.
    pub fn content(&self) -> &Content {
        &self.content
    }
}

/// What the viewer may do with a reply.
#[derive(Debug, Clone, Copy, SimpleObject)]
pub struct ReplyAbilities {
    /// Whether the viewer may change the text.
    edit: bool,
    /// Whether the viewer may delete it.
    delete: bool,
    /// Whether the viewer may react to it.
    react: bool,
    /// Whether the viewer may mark it as the best answer.
    mark_as_best_answer: bool,
}

/// Reply in a thread. A deleted one keeps its place and shows nothing.
#[Object]
impl Reply {
    /// Global id of the reply.
    pub async fn id(&self) -> ReplyId {
        self.content.reply_id()
    }

    /// Id of the post the thread starts with.
    async fn post_id(&self) -> PostId {
        self.content.root_post_id()
    }

    /// Id of the reply it answers; null when it answers the post.
    async fn parent_id(&self) -> Option<ReplyId> {
        self.content.parent.map(|parent| ReplyId(parent.0))
    }

    /// State of the reply: published or deleted.
    async fn state(&self) -> ContentState {
        self.content.state
    }

    /// Text as sanitised HTML; empty when deleted.
    async fn body_html(&self) -> &str {
        &self.content.html
    }

    /// Text as written, in Markdown; empty when deleted.
    async fn body_source(&self) -> &str {
        &self.content.source
    }

    /// Author of the reply.
    async fn author(&self, ctx: &Context<'_>) -> Result<Person> {
        person(ctx, self.content.author).await
    }

    /// Files of the reply, in order.
    async fn attachments(&self, ctx: &Context<'_>) -> Result<Vec<Attachment>> {
        fields::attachments(ctx, &self.content).await
    }

    /// Cards of the pages the reply links to.
    async fn links(&self, ctx: &Context<'_>) -> Result<Vec<LinkCard>> {
        fields::links(ctx, &self.content).await
    }

    /// Reactions by emoji, most given first.
    async fn reactions(&self, ctx: &Context<'_>) -> Result<Vec<ReactionCount>> {
        fields::reactions(ctx, &self.content).await
    }

    /// Number of reactions of all emoji together.
    async fn reaction_count(&self, ctx: &Context<'_>) -> Result<i32> {
        fields::reaction_count(ctx, &self.content).await
    }

    /// Time of publication.
    async fn published_at(&self) -> Timestamp {
        self.content.published_at.unwrap_or(self.content.created_at)
    }

    /// Time of the last change; null when it was never changed.
    async fn edited_at(&self) -> Option<Timestamp> {
        self.content
            .edited_at
            .filter(|_| !self.content.is_deleted())
    }

    /// Whether it is marked as the best answer.
    async fn is_best_answer(&self, ctx: &Context<'_>) -> Result<bool> {
        let thread = fields::thread(ctx, &self.content).await?;
        Ok(thread.best_answer == Some(self.content.reply_id()))
    }

    /// Whether an importer brought it in.
    async fn is_imported(&self) -> bool {
        self.content.imported
    }

    /// Number of texts the reply has had; 0 when deleted.
    async fn revision_count(&self) -> i32 {
        queries::revision_count(&self.content)
    }

    /// Texts the reply has had, newest first.
    #[graphql(complexity = "1 + usize::try_from(first).unwrap_or(0) * child_complexity")]
    async fn revisions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Size of the page, 1 to 100.")] first: i32,
        #[graphql(desc = "Cursor of the item the page starts behind.")] after: Option<String>,
    ) -> Result<RevisionConnection> {
        fields::revisions(ctx, &self.content, first, after).await
    }

    /// What the viewer may do with the reply.
    async fn viewer_can(&self, ctx: &Context<'_>) -> Result<ReplyAbilities> {
        let (content, viewer) = (&*self.content, ctx.viewer());
        let standing = match content.community {
            Some(community) => {
                let found = ctx
                    .loader::<StandingByCommunity, _>()
                    .load_one(community)
                    .await;
                found?
            }
            None => None,
        };
        let standing = standing.as_ref();
        let thread = fields::thread(ctx, content).await?;
        let may_answer = if thread.takes_answers && !content.is_deleted() {
            let root = ctx.loader::<ContentById, _>().load_one(content.root).await;
            let root = root?;
            root.is_some_and(|root| {
                refuse_answering(viewer, root.author, &thread, standing).is_none()
            })
        } else {
            false
        };
        Ok(ReplyAbilities {
            edit: refuse_editing(viewer, content, standing).is_none(),
            delete: refuse_deleting(viewer, content, standing).is_none(),
            react: refuse_reacting(content, standing).is_none(),
            mark_as_best_answer: may_answer,
        })
    }
}

kernel::connection!(ReplyConnection, ReplyEdge, Reply, total);
