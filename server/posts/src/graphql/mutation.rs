//! Mutations about posts, replies, reactions and votes.

use async_graphql::{Context, Object, Result, SimpleObject};
use content::graphql::Reply;
use kernel::{ContentId, Error, GlobalId, PostId, ReplyId, UserError, split};
use platform::ContextExt;

use super::Post;
use super::inputs::{
    BestAnswerSetInput, IdeaSetStateInput, IdeaVoteInput, PollVoteInput, PostCloseInput,
    PostCreateInput, PostIdInput, PostMoveInput, PostScheduleInput, PostSetPinnedInput,
    PostShareInput, PostUpdateInput, ReactionSetInput, ReplyCreateInput, ReplyIdInput,
    ReplyUpdateInput, ThreadSubscribeInput,
};
use crate::commands;

/// Outcome of a change of a post.
#[derive(SimpleObject)]
pub struct PostPayload {
    /// Post as it is now.
    pub post: Option<Post>,
    /// What the person can mend.
    pub user_errors: Vec<UserError>,
}

/// Outcome of deleting a post.
#[derive(SimpleObject)]
pub struct PostDeletePayload {
    /// Post that is gone.
    pub post_id: Option<PostId>,
    /// What the person can mend.
    pub user_errors: Vec<UserError>,
}

/// Outcome of a change of a reply.
#[derive(SimpleObject)]
pub struct ReplyPayload {
    /// Reply as it is now.
    pub reply: Option<Reply>,
    /// Post that starts its thread, as it is now.
    pub post: Option<Post>,
    /// What the person can mend.
    pub user_errors: Vec<UserError>,
}

/// Outcome of a reaction.
#[derive(SimpleObject)]
pub struct ReactionPayload {
    /// Post as it is now: the one reacted to, or the start of the reply's thread.
    pub post: Option<Post>,
    /// Reply as it is now, if it was one.
    pub reply: Option<Reply>,
    /// What the person can mend.
    pub user_errors: Vec<UserError>,
}

async fn post_payload(
    ctx: &Context<'_>,
    id: PostId,
    result: kernel::Result<()>,
) -> Result<PostPayload> {
    made_post(ctx, result.map(|()| id)).await
}

async fn made_post(ctx: &Context<'_>, result: kernel::Result<PostId>) -> Result<PostPayload> {
    let (id, user_errors) = split(result)?;
    let post = match id {
        Some(id) => super::post(ctx, id).await?,
        None => None,
    };
    Ok(PostPayload { post, user_errors })
}

async fn reply_payload(
    ctx: &Context<'_>,
    result: kernel::Result<content::Content>,
) -> Result<ReplyPayload> {
    let (content, user_errors) = split(result)?;
    let (reply, post) = match content {
        Some(content) => (
            content::graphql::reply(ctx, content.reply_id()).await?,
            super::post(ctx, content.root_post_id()).await?,
        ),
        None => (None, None),
    };
    Ok(ReplyPayload {
        reply,
        post,
        user_errors,
    })
}

/// The content a reaction is about.
fn subject(id: &GlobalId) -> kernel::Result<ContentId> {
    match id.prefix.as_str() {
        PostId::PREFIX | ReplyId::PREFIX => Ok(ContentId(id.uuid)),
        _ => {
            let text = "Give the id of a post or a reply.";
            Err(Error::invalid("subjectId", "INVALID_ID", text))
        }
    }
}

/// Mutations about posts, replies, reactions and votes.
#[derive(Debug, Default)]
pub struct PostsMutation;

/// Mutations about posts, replies, reactions and votes.
#[Object]
impl PostsMutation {
    /// Writes a post: publishes it, or keeps it until its time.
    async fn post_create(&self, ctx: &Context<'_>, input: PostCreateInput) -> Result<PostPayload> {
        made_post(
            ctx,
            commands::create(ctx.database(), ctx.viewer(), input.into()).await,
        )
        .await
    }

    /// Changes title, text, topics or attachments of one's own post.
    async fn post_update(&self, ctx: &Context<'_>, input: PostUpdateInput) -> Result<PostPayload> {
        let id = input.post_id;
        let done = commands::update(ctx.database(), ctx.viewer(), id, input.into()).await;
        post_payload(ctx, id, done).await
    }

    /// Takes a post away.
    async fn post_delete(
        &self,
        ctx: &Context<'_>,
        input: PostIdInput,
    ) -> Result<PostDeletePayload> {
        let id = input.post_id;
        let done = commands::delete(ctx.database(), ctx.viewer(), id).await;
        let (post_id, user_errors) = split(done.map(|()| id))?;
        Ok(PostDeletePayload {
            post_id,
            user_errors,
        })
    }

    /// Pins a post on top of its community, or takes the pin away.
    async fn post_set_pinned(
        &self,
        ctx: &Context<'_>,
        input: PostSetPinnedInput,
    ) -> Result<PostPayload> {
        let (database, viewer) = (ctx.database(), ctx.viewer());
        let done = commands::set_pinned(database, viewer, input.post_id, input.pinned).await;
        post_payload(ctx, input.post_id, done).await
    }

    /// Closes a thread with a reason.
    async fn post_close(&self, ctx: &Context<'_>, input: PostCloseInput) -> Result<PostPayload> {
        let (database, viewer) = (ctx.database(), ctx.viewer());
        let done = commands::close(database, viewer, input.post_id, &input.reason).await;
        post_payload(ctx, input.post_id, done).await
    }

    /// Opens a closed thread again.
    async fn post_reopen(&self, ctx: &Context<'_>, input: PostIdInput) -> Result<PostPayload> {
        let done = commands::reopen(ctx.database(), ctx.viewer(), input.post_id).await;
        post_payload(ctx, input.post_id, done).await
    }

    /// Moves a post with its thread to another community.
    async fn post_move(&self, ctx: &Context<'_>, input: PostMoveInput) -> Result<PostPayload> {
        let (database, viewer) = (ctx.database(), ctx.viewer());
        let done = commands::move_to(database, viewer, input.post_id, input.community_id).await;
        post_payload(ctx, input.post_id, done).await
    }

    /// Shares a public post into another community.
    async fn post_share(&self, ctx: &Context<'_>, input: PostShareInput) -> Result<PostPayload> {
        made_post(
            ctx,
            commands::share(ctx.database(), ctx.viewer(), input.into()).await,
        )
        .await
    }

    /// Sets another time for a scheduled post, or publishes it now.
    async fn post_schedule(
        &self,
        ctx: &Context<'_>,
        input: PostScheduleInput,
    ) -> Result<PostPayload> {
        let (database, viewer) = (ctx.database(), ctx.viewer());
        let done = commands::schedule(database, viewer, input.post_id, input.scheduled_for).await;
        post_payload(ctx, input.post_id, done).await
    }

    /// Follows a thread, mutes it, or neither.
    async fn thread_subscribe(
        &self,
        ctx: &Context<'_>,
        input: ThreadSubscribeInput,
    ) -> Result<PostPayload> {
        let (database, viewer) = (ctx.database(), ctx.viewer());
        let (id, how) = (input.post_id, input.subscription);
        let done = content::commands::subscribe_thread(database, viewer, id, how).await;
        made_post(ctx, done.map(|_| id)).await
    }

    /// Writes a reply.
    async fn reply_create(
        &self,
        ctx: &Context<'_>,
        input: ReplyCreateInput,
    ) -> Result<ReplyPayload> {
        let (database, viewer) = (ctx.database(), ctx.viewer());
        let done = content::commands::create_reply(database, viewer, input.into()).await;
        reply_payload(ctx, done).await
    }

    /// Changes one's own reply.
    async fn reply_update(
        &self,
        ctx: &Context<'_>,
        input: ReplyUpdateInput,
    ) -> Result<ReplyPayload> {
        let (database, viewer, id) = (ctx.database(), ctx.viewer(), input.reply_id);
        let done = content::commands::update_reply(database, viewer, id, input.into()).await;
        reply_payload(ctx, done).await
    }

    /// Takes a reply away; its empty place remains.
    async fn reply_delete(&self, ctx: &Context<'_>, input: ReplyIdInput) -> Result<ReplyPayload> {
        let (database, viewer) = (ctx.database(), ctx.viewer());
        let done = content::commands::delete_reply(database, viewer, input.reply_id).await;
        reply_payload(ctx, done).await
    }

    /// Marks a reply as the best answer to a question, or takes the mark away.
    async fn best_answer_set(
        &self,
        ctx: &Context<'_>,
        input: BestAnswerSetInput,
    ) -> Result<PostPayload> {
        let (database, viewer) = (ctx.database(), ctx.viewer());
        let done = commands::best_answer_set(database, viewer, input.post_id, input.reply_id).await;
        post_payload(ctx, input.post_id, done).await
    }

    /// Sets or takes back a reaction to a post or a reply.
    async fn reaction_set(
        &self,
        ctx: &Context<'_>,
        input: ReactionSetInput,
    ) -> Result<ReactionPayload> {
        let (database, viewer) = (ctx.database(), ctx.viewer());
        let done = match subject(&input.subject_id) {
            Ok(id) => {
                content::commands::react(database, viewer, id, &input.emoji, input.reacted).await
            }
            Err(error) => Err(error),
        };
        let (content, user_errors) = split(done)?;
        let (mut post, mut reply) = (None, None);
        if let Some(content) = content {
            post = super::post(ctx, content.root_post_id()).await?;
            if !content.is_root() {
                reply = content::graphql::reply(ctx, content.reply_id()).await?;
            }
        }
        Ok(ReactionPayload {
            post,
            reply,
            user_errors,
        })
    }

    /// Votes in a poll, or changes the vote where the poll is not anonymous.
    async fn poll_vote(&self, ctx: &Context<'_>, input: PollVoteInput) -> Result<PostPayload> {
        let (database, viewer) = (ctx.database(), ctx.viewer());
        let done = commands::poll_vote(database, viewer, input.post_id, &input.option_ids).await;
        post_payload(ctx, input.post_id, done).await
    }

    /// Votes for an idea, or takes the vote back.
    async fn idea_vote(&self, ctx: &Context<'_>, input: IdeaVoteInput) -> Result<PostPayload> {
        let (database, viewer) = (ctx.database(), ctx.viewer());
        let done = commands::idea_vote(database, viewer, input.post_id, input.voted).await;
        post_payload(ctx, input.post_id, done).await
    }

    /// Says what becomes of an idea.
    async fn idea_set_state(
        &self,
        ctx: &Context<'_>,
        input: IdeaSetStateInput,
    ) -> Result<PostPayload> {
        let (database, viewer, id) = (ctx.database(), ctx.viewer(), input.post_id);
        let done = commands::idea_set_state(database, viewer, id, input.state, &input.reason).await;
        post_payload(ctx, id, done).await
    }

    /// Remembers that the viewer has seen an announcement.
    async fn announcement_mark_seen(
        &self,
        ctx: &Context<'_>,
        input: PostIdInput,
    ) -> Result<PostPayload> {
        let done =
            commands::announcement_mark_seen(ctx.database(), ctx.viewer(), input.post_id).await;
        post_payload(ctx, input.post_id, done).await
    }
}
