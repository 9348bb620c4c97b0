//! The post in the GraphQL schema. Everything about one post that is not in its own rows comes from
//! a loader, so that a page of posts costs the same statements however long it is.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};
use communities::graphql::{Community, community};
use content::graphql::{
    Attachment, LinkCard, ReactionConnection, ReactionCount, Reply, ReplyConnection,
    RevisionConnection, fields,
};
use content::{Content, PostKind, Thread, ThreadSubscription};
use identity::graphql::{Person, person};
use kernel::{CommunityId, ContentState, Error, PostId, Timestamp};
use platform::ContextExt;

use super::kinds::{
    Announcement, Closure, Idea, Poll, Praise, Question, SharedPost, count, poll_view,
};
use crate::loaders::{StandingByCommunity, VisitByCommunity};
use crate::model::PostView;
use crate::policy::{PostAbilities, Scene};

kernel::connection!(PostConnection, PostEdge, Post, plain);

/// Start of a thread in a community.
#[derive(Debug, Clone)]
pub struct Post {
    view: Arc<PostView>,
}

impl From<PostView> for Post {
    fn from(view: PostView) -> Self {
        Self {
            view: Arc::new(view),
        }
    }
}

impl Post {
    /// What the object shows.
    pub fn view(&self) -> &PostView {
        &self.view
    }

    fn content(&self) -> &Content {
        &self.view.content
    }

    fn community_id(&self) -> Result<CommunityId> {
        let missing = || Error::bug("a post belongs to a community");
        Ok(self.content().community.ok_or_else(missing)?)
    }

    async fn thread(&self, ctx: &Context<'_>) -> Result<Arc<Thread>> {
        fields::thread(ctx, self.content()).await
    }

    async fn abilities(&self, ctx: &Context<'_>) -> Result<PostAbilities> {
        let loader = ctx.loader::<StandingByCommunity, CommunityId>();
        let community = self.community_id()?;
        let (standing, thread, has_voted) = futures_util::try_join!(
            async { Ok(loader.load_one(community).await?) },
            self.thread(ctx),
            self.has_voted(ctx),
        )?;
        Ok(PostAbilities::of(&Scene {
            viewer: ctx.viewer(),
            content: self.content(),
            details: &self.view.details,
            thread: &thread,
            standing: standing.as_ref(),
            has_voted,
            now: ctx.database().now(),
        }))
    }

    /// Whether the viewer voted where a vote is final; elsewhere it decides nothing.
    async fn has_voted(&self, ctx: &Context<'_>) -> Result<bool> {
        match &self.view.details.poll {
            Some(poll) if poll.is_anonymous => {
                Ok(poll_view(ctx, self.view.id()).await?.viewer_has_voted)
            }
            _ => Ok(false),
        }
    }
}

/// Start of a thread in a community.
#[Object]
impl Post {
    /// Id of the post.
    pub async fn id(&self) -> PostId {
        self.view.id()
    }

    /// What the post is for.
    async fn kind(&self) -> PostKind {
        self.view.kind()
    }

    /// Where the post is in its life.
    async fn state(&self) -> ContentState {
        self.content().state
    }

    /// Title, empty where there is none.
    async fn title(&self) -> &str {
        &self.content().title
    }

    /// Text as sanitised HTML.
    async fn body_html(&self) -> &str {
        &self.content().html
    }

    /// Text as written (Markdown).
    async fn body_source(&self) -> &str {
        &self.content().source
    }

    /// First words of the text, without markup.
    async fn excerpt(&self) -> &str {
        &self.content().excerpt
    }

    /// Person who wrote the post.
    async fn author(&self, ctx: &Context<'_>) -> Result<Person> {
        person(ctx, self.content().author).await
    }

    /// Community the post is in.
    async fn community(&self, ctx: &Context<'_>) -> Result<Community> {
        community(ctx, self.community_id()?).await
    }

    /// Topics (hashtags) of the post, in lower case.
    async fn topics(&self, ctx: &Context<'_>) -> Result<Vec<String>> {
        fields::topics(ctx, self.content()).await
    }

    /// Files of the post, in order.
    async fn attachments(&self, ctx: &Context<'_>) -> Result<Vec<Attachment>> {
        fields::attachments(ctx, self.content()).await
    }

    /// Cards of pages the text links to.
    async fn links(&self, ctx: &Context<'_>) -> Result<Vec<LinkCard>> {
        fields::links(ctx, self.content()).await
    }

    /// Reactions to the post by emoji, the most frequent first.
    async fn reactions(&self, ctx: &Context<'_>) -> Result<Vec<ReactionCount>> {
        fields::reactions(ctx, self.content()).await
    }

    /// Number of reactions to the post.
    async fn reaction_count(&self, ctx: &Context<'_>) -> Result<i32> {
        fields::reaction_count(ctx, self.content()).await
    }

    /// People who reacted, emoji by emoji.
    async fn reactors(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Number of items, 1 to 100.")] first: i32,
        #[graphql(desc = "Cursor to start behind.")] after: Option<String>,
    ) -> Result<ReactionConnection> {
        fields::reactors(ctx, self.content(), first, after).await
    }

    /// Number of published replies.
    async fn reply_count(&self, ctx: &Context<'_>) -> Result<i32> {
        Ok(count(self.thread(ctx).await?.reply_count))
    }

    /// Newest published replies, the oldest of them first.
    async fn latest_replies(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Number of replies, up to 10.", default = 2)] count: i32,
    ) -> Result<Vec<Reply>> {
        fields::latest_replies(ctx, self.content(), count).await
    }

    /// Replies in the order in which they were written. Either `first` or `last` is required.
    async fn replies(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Number of items from the start, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Cursor to start behind.")] after: Option<String>,
        #[graphql(desc = "Number of items from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Cursor to end before.")] before: Option<String>,
    ) -> Result<ReplyConnection> {
        fields::replies(ctx, self.content(), first, after, last, before).await
    }

    /// Whether the post is pinned on top of its community.
    async fn is_pinned(&self) -> bool {
        self.view.details.pinned_at.is_some()
    }

    /// Set when the thread takes no more replies.
    async fn closure(&self, ctx: &Context<'_>) -> Result<Option<Closure>> {
        let thread = self.thread(ctx).await?;
        Ok(thread.closed.clone().map(Closure::from))
    }

    /// Moment at which the post was written.
    async fn created_at(&self) -> Timestamp {
        self.content().created_at
    }

    /// Moment at which its audience could first see the post.
    async fn published_at(&self) -> Option<Timestamp> {
        self.content().published_at
    }

    /// Moment of the last change of title or text after that.
    async fn edited_at(&self) -> Option<Timestamp> {
        self.content().edited_at
    }

    /// Moment at which the post will be published by itself.
    async fn scheduled_for(&self) -> Option<Timestamp> {
        self.content().scheduled_for
    }

    /// Moment at which somebody last wrote in the thread.
    async fn last_activity_at(&self, ctx: &Context<'_>) -> Result<Timestamp> {
        Ok(self.thread(ctx).await?.last_activity_at)
    }

    /// Whether the post was brought in by an importer.
    async fn is_imported(&self) -> bool {
        self.content().imported
    }

    /// Number of states the text has had, the present one included.
    async fn revision_count(&self) -> i32 {
        self.content().revision
    }

    /// States the text has had, the newest first.
    async fn revisions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Number of items, 1 to 100.")] first: i32,
        #[graphql(desc = "Cursor to start behind.")] after: Option<String>,
    ) -> Result<RevisionConnection> {
        fields::revisions(ctx, self.content(), first, after).await
    }

    /// Set when the post shares another one.
    async fn shared_from(&self) -> Option<SharedPost> {
        self.view.details.shared_from.map(SharedPost::new)
    }

    /// Whether the post was moved here from another community.
    async fn moved_from_community(&self) -> bool {
        self.view.details.moved_from.is_some()
    }

    /// Set for a question.
    async fn question(&self, ctx: &Context<'_>) -> Result<Option<Question>> {
        if self.view.kind() == PostKind::Question {
            Ok(Some(Question::new(self.thread(ctx).await?)))
        } else {
            Ok(None)
        }
    }

    /// Set for a praise.
    async fn praise(&self) -> Option<Praise> {
        Praise::of(&self.view)
    }

    /// Set for a poll.
    async fn poll(&self, ctx: &Context<'_>) -> Result<Option<Poll>> {
        Poll::of(ctx, &self.view).await
    }

    /// Set for an idea.
    async fn idea(&self) -> Option<Idea> {
        Idea::of(&self.view)
    }

    /// Set for an announcement.
    async fn announcement(&self) -> Option<Announcement> {
        Announcement::of(&self.view)
    }

    /// How the viewer follows the thread.
    async fn viewer_subscription(&self, ctx: &Context<'_>) -> Result<ThreadSubscription> {
        fields::subscription(ctx, self.content()).await
    }

    /// Whether the post, written by somebody else, came after the viewer's last visit.
    async fn is_new_to_viewer(&self, ctx: &Context<'_>) -> Result<bool> {
        let is_own = ctx.viewer().person_id() == Some(self.content().author);
        let Some(key) = self.content().feed_key.filter(|_| !is_own) else {
            return Ok(false);
        };
        let loader = ctx.loader::<VisitByCommunity, CommunityId>();
        let visit = loader.load_one(self.community_id()?).await?;
        Ok(visit.is_some_and(|visit| key > visit))
    }

    /// What the viewer may do to the post.
    async fn viewer_can(&self, ctx: &Context<'_>) -> Result<PostAbilities> {
        self.abilities(ctx).await
    }
}
