//! Mutations of drafts, topics and the viewer's picture. Those of replies and reactions give posts
//! back and stand beside the posts.

use std::sync::Arc;

use async_graphql::{Context, InputObject, Object, Result, SimpleObject};
use identity::graphql::{PersonPayload, person};
use kernel::{AttachmentId, CommunityId, DraftId, PostId, UserError, split};
use platform::ContextExt;
use platform::blobs::BlobStore;
use platform::config::Config;

use super::{Draft, Topic};
use crate::commands;
use crate::model::{DraftSave, PostKind};
use crate::queries;

/// Mutations of drafts, topics and the viewer's picture.
#[derive(Debug, Default)]
pub struct ContentMutation;

/// Draft as the composer has it.
#[derive(Debug, Clone, InputObject)]
pub struct DraftSaveInput {
    /// Id of the draft, made by the client for a new one.
    pub draft_id: DraftId,
    /// Version the client has changed; 0 for a new draft.
    pub base_version: i32,
    /// Kind of post it will become.
    pub kind: PostKind,
    /// Community it will be published in.
    pub community_id: Option<CommunityId>,
    /// Post it answers, for a reply.
    pub reply_to_post_id: Option<PostId>,
    /// Title so far; may be empty.
    pub title: String,
    /// Text so far, in Markdown; may be empty.
    pub body: String,
    /// Poll options, praise and so on, as a JSON object.
    #[graphql(default = "{}")]
    pub extras: String,
    /// Own uploads so far, in order.
    #[graphql(default)]
    pub attachment_ids: Vec<AttachmentId>,
}

impl From<DraftSaveInput> for DraftSave {
    fn from(input: DraftSaveInput) -> Self {
        Self {
            id: input.draft_id,
            base_version: input.base_version,
            kind: input.kind,
            community: input.community_id,
            reply_to: input.reply_to_post_id,
            title: input.title,
            body: input.body,
            extras: input.extras,
            attachments: input.attachment_ids,
        }
    }
}

/// Draft something is done to.
#[derive(Debug, Clone, InputObject)]
pub struct DraftIdInput {
    /// Draft it is about.
    pub draft_id: DraftId,
}

/// Topic to follow or not.
#[derive(Debug, Clone, InputObject)]
pub struct TopicFollowInput {
    /// Name of the topic, with or without the #.
    pub topic: String,
    /// Whether the viewer wants to follow it.
    pub follow: bool,
}

/// Picture of the viewer.
#[derive(Debug, Clone, InputObject)]
pub struct AvatarSetInput {
    /// Own upload that is a picture; null removes the picture.
    pub attachment_id: Option<AttachmentId>,
}

/// Result of saving a draft.
#[derive(Debug, SimpleObject)]
pub struct DraftSavePayload {
    /// Draft just saved.
    draft: Option<Draft>,
    /// Other text, when another device wrote meanwhile: both are kept.
    conflict: Option<Draft>,
    /// What the person can mend.
    user_errors: Vec<UserError>,
}

/// Result of removing a draft.
#[derive(Debug, SimpleObject)]
pub struct DraftDeletePayload {
    /// Id of the draft that is gone.
    draft_id: Option<DraftId>,
    /// What the person can mend.
    user_errors: Vec<UserError>,
}

/// Result of following a topic.
#[derive(Debug, SimpleObject)]
pub struct TopicPayload {
    /// Topic as it is now.
    topic: Option<Topic>,
    /// What the person can mend.
    user_errors: Vec<UserError>,
}

/// Mutations of drafts, topics and the viewer's picture.
#[Object]
impl ContentMutation {
    /// Saves a draft. With an outdated base version both texts are kept.
    async fn draft_save(
        &self,
        ctx: &Context<'_>,
        input: DraftSaveInput,
    ) -> Result<DraftSavePayload> {
        let saved = commands::save_draft(ctx.database(), ctx.viewer(), input.into()).await;
        let (saved, user_errors) = split(saved)?;
        let (draft, conflict) = saved.map(|s| (s.draft, s.conflict)).unzip();
        Ok(DraftSavePayload {
            draft: draft.map(Draft::from),
            conflict: conflict.flatten().map(Draft::from),
            user_errors,
        })
    }

    /// Removes a draft with its versions.
    async fn draft_delete(
        &self,
        ctx: &Context<'_>,
        input: DraftIdInput,
    ) -> Result<DraftDeletePayload> {
        let removed = commands::delete_draft(ctx.database(), ctx.viewer(), input.draft_id).await;
        let (draft_id, user_errors) = split(removed)?;
        Ok(DraftDeletePayload {
            draft_id,
            user_errors,
        })
    }

    /// Follows a topic, or stops following it.
    async fn topic_follow(
        &self,
        ctx: &Context<'_>,
        input: TopicFollowInput,
    ) -> Result<TopicPayload> {
        let followed =
            commands::follow_topic(ctx.database(), ctx.viewer(), &input.topic, input.follow).await;
        let (name, user_errors) = split(followed)?;
        let topic = match name {
            Some(name) => Some(queries::topic_named(&ctx.reader(), &name).await?),
            None => None,
        };
        Ok(TopicPayload {
            topic: topic.map(Topic::from),
            user_errors,
        })
    }

    /// Sets the viewer's picture, or removes it.
    async fn avatar_set(&self, ctx: &Context<'_>, input: AvatarSetInput) -> Result<PersonPayload> {
        let (store, config) = (ctx.data::<BlobStore>()?, ctx.data::<Arc<Config>>()?);
        let set = commands::set_avatar(
            ctx.database(),
            ctx.viewer(),
            store,
            &config.media,
            input.attachment_id,
        );
        let (id, user_errors) = split(set.await)?;
        let person = match id {
            Some(id) => Some(person(ctx, id).await?),
            None => None,
        };
        Ok(PersonPayload {
            person,
            user_errors,
        })
    }
}
