//! Drafts.

use std::collections::HashMap;

use async_graphql::{Context, Object, Result, SimpleObject};
use communities::graphql::{Community, visible_community};
use kernel::{AttachmentId, DraftId, PostId, Timestamp};
use platform::ContextExt;

use super::Attachment;
use crate::loaders::OwnUploadById;
use crate::model::{AttachmentView, DraftVersionView, DraftView, PostKind};
use crate::queries;

/// What somebody is still writing; seen by nobody else.
#[derive(Debug, Clone)]
pub struct Draft {
    view: DraftView,
}

impl From<DraftView> for Draft {
    fn from(view: DraftView) -> Self {
        Self { view }
    }
}

/// Earlier version of a draft.
#[derive(Debug, Clone, SimpleObject)]
pub struct DraftVersion {
    /// Number of the version.
    version: i32,
    /// Title then.
    title: String,
    /// Text then.
    body: String,
    /// Time it was saved.
    saved_at: Timestamp,
}

impl From<DraftVersionView> for DraftVersion {
    fn from(view: DraftVersionView) -> Self {
        Self {
            version: view.version,
            title: view.title,
            body: view.body,
            saved_at: view.saved_at,
        }
    }
}

/// What somebody is still writing; seen by nobody else.
#[Object]
impl Draft {
    /// Global id of the draft.
    pub async fn id(&self) -> DraftId {
        self.view.id
    }

    /// Number of its newest version; give it back as `baseVersion` when saving.
    async fn version(&self) -> i32 {
        self.view.version
    }

    /// Kind of post it will become.
    async fn kind(&self) -> PostKind {
        self.view.kind
    }

    /// Community it will be published in; null while none is chosen or when the viewer no longer
    /// sees it.
    async fn community(&self, ctx: &Context<'_>) -> Result<Option<Community>> {
        match self.view.community {
            Some(community) => visible_community(ctx, community).await,
            None => Ok(None),
        }
    }

    /// Id of the post it answers; null when it will be a post itself.
    async fn reply_to_post_id(&self) -> Option<PostId> {
        self.view.reply_to
    }

    /// Title so far.
    async fn title(&self) -> &str {
        &self.view.title
    }

    /// Text so far, in Markdown.
    async fn body(&self) -> &str {
        &self.view.body
    }

    /// Poll options, praise and so on as the composer left them, as JSON text.
    async fn extras(&self) -> &str {
        &self.view.extras
    }

    /// Files so far, in order.
    async fn attachments(&self, ctx: &Context<'_>) -> Result<Vec<Attachment>> {
        let ids = self.view.attachments.iter().copied();
        let found = ctx.loader::<OwnUploadById, _>().load_many(ids).await;
        let mut found: HashMap<AttachmentId, AttachmentView> = found?;
        let views = self
            .view
            .attachments
            .iter()
            .filter_map(|id| found.remove(id));
        Ok(views.map(Attachment::from).collect())
    }

    /// Time it was last saved.
    async fn updated_at(&self) -> Timestamp {
        self.view.updated_at
    }

    /// Id of the other draft when this copy was kept because two devices wrote at once.
    async fn conflict_of_draft_id(&self) -> Option<DraftId> {
        self.view.conflict_of
    }

    /// Kept versions, newest first; at most 50.
    async fn versions(&self, ctx: &Context<'_>) -> Result<Vec<DraftVersion>> {
        let versions = queries::draft_versions(&ctx.reader(), self.view.id).await?;
        Ok(versions.into_iter().map(DraftVersion::from).collect())
    }
}
