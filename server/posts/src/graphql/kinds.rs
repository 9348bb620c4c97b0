//! What the kinds of posts show beside the text. One `of` for each, none for posts of other kinds.

use std::sync::Arc;

use async_graphql::{Context, Object, Result, SimpleObject};
use content::Thread;
use content::graphql::Reply;
use identity::graphql::{Person, people, person};
use kernel::{PersonId, PollOptionId, PostId, Timestamp};
use platform::ContextExt;

use super::Post;
use crate::loaders::{AudienceByPost, BackingByPost, PollByPost, PraisedByPost, SeenByPost};
use crate::model::{
    AddressedTo, IdeaDetails, IdeaState, PollDetails, PollView, PostView, PraiseBadge,
};

/// End of a thread: no more replies and votes.
#[derive(Debug, Clone)]
pub struct Closure {
    closed: content::Closed,
}

impl From<content::Closed> for Closure {
    fn from(closed: content::Closed) -> Self {
        Self { closed }
    }
}

/// End of a thread: no more replies and votes.
#[Object]
impl Closure {
    /// Reason given for the closing.
    async fn reason(&self) -> &str {
        &self.closed.reason
    }

    /// Person who closed the thread.
    async fn closed_by(&self, ctx: &Context<'_>) -> Result<Person> {
        person(ctx, self.closed.by).await
    }

    /// Moment of the closing.
    async fn closed_at(&self) -> Timestamp {
        self.closed.at
    }
}

/// Share of another post.
#[derive(Debug, Clone)]
pub struct SharedPost {
    original: PostId,
}

impl SharedPost {
    pub(super) fn new(original: PostId) -> Self {
        Self { original }
    }
}

/// Share of another post.
#[Object]
impl SharedPost {
    /// Original post. Null when the viewer may not see it.
    async fn post(&self, ctx: &Context<'_>) -> Result<Option<Post>> {
        super::post(ctx, self.original).await
    }
}

/// Question that can have a best answer.
#[derive(Debug, Clone)]
pub struct Question {
    thread: Arc<Thread>,
}

impl Question {
    pub(super) fn new(thread: Arc<Thread>) -> Self {
        Self { thread }
    }
}

/// Question that can have a best answer.
#[Object]
impl Question {
    /// Reply marked as the best answer.
    async fn best_answer(&self, ctx: &Context<'_>) -> Result<Option<Reply>> {
        match self.thread.best_answer {
            Some(reply) => content::graphql::reply(ctx, reply).await,
            None => Ok(None),
        }
    }

    /// Whether a reply is marked as the best answer.
    async fn is_answered(&self) -> bool {
        self.thread.best_answer.is_some()
    }
}

/// Praise of people.
#[derive(Debug, Clone)]
pub struct Praise {
    post: PostId,
    badge: PraiseBadge,
}

impl Praise {
    pub(super) fn of(post: &PostView) -> Option<Self> {
        let badge = post.details.praise.as_ref()?.badge;
        Some(Self {
            post: post.id(),
            badge,
        })
    }
}

/// Praise of people.
#[Object]
impl Praise {
    /// Badge that says what for.
    async fn badge(&self) -> PraiseBadge {
        self.badge
    }

    /// People praised.
    async fn people(&self, ctx: &Context<'_>) -> Result<Vec<Person>> {
        let named = ctx
            .loader::<PraisedByPost, PostId>()
            .load_one(self.post)
            .await;
        let named: Vec<PersonId> = named?.unwrap_or_default();
        people(ctx, &named).await
    }
}

/// Poll with its options.
#[derive(Debug, Clone)]
pub struct Poll {
    details: PollDetails,
    view: Arc<PollView>,
}

impl Poll {
    pub(super) async fn of(ctx: &Context<'_>, post: &PostView) -> Result<Option<Self>> {
        let Some(details) = post.details.poll.clone() else {
            return Ok(None);
        };
        let view = Arc::new(poll_view(ctx, post.id()).await?);
        Ok(Some(Self { details, view }))
    }
}

/// Options of a poll and whether the viewer voted; through the request's loader.
pub(super) async fn poll_view(ctx: &Context<'_>, post: PostId) -> Result<PollView> {
    let view = ctx.loader::<PollByPost, PostId>().load_one(post).await;
    Ok(view?.unwrap_or_default())
}

/// Poll with its options.
#[Object]
impl Poll {
    /// Options in order.
    async fn options(&self) -> Vec<PollOption> {
        let options = self.view.choices.iter();
        options
            .map(|choice| PollOption {
                id: choice.id,
                text: choice.text.clone(),
                vote_count: choice.vote_count.map(count),
                viewer_chose: choice.viewer_chose,
            })
            .collect()
    }

    /// Whether several options may be chosen.
    async fn is_multiple_choice(&self) -> bool {
        self.details.is_multiple_choice
    }

    /// Whether the link between people and what they chose is never stored; votes are final then.
    async fn is_anonymous(&self) -> bool {
        self.details.is_anonymous
    }

    /// Moment at which voting ends by itself.
    async fn closes_at(&self) -> Option<Timestamp> {
        self.details.closes_at
    }

    /// Whether voting has ended.
    async fn is_closed(&self) -> bool {
        self.view.is_closed
    }

    /// Number of people who voted.
    async fn voter_count(&self) -> i32 {
        count(self.details.voter_count)
    }

    /// Whether the viewer voted.
    async fn viewer_has_voted(&self) -> bool {
        self.view.viewer_has_voted
    }
}

/// Option of a poll.
#[derive(Debug, Clone, SimpleObject)]
pub struct PollOption {
    /// Id of the option.
    pub id: PollOptionId,
    /// Text of the option.
    pub text: String,
    /// Number of people who chose the option. Null while results are hidden: until the viewer voted
    /// or the poll is closed.
    pub vote_count: Option<i32>,
    /// Whether the viewer chose the option. Never in an anonymous poll, where that is not known.
    pub viewer_chose: bool,
}

/// Idea that collects votes.
#[derive(Debug, Clone)]
pub struct Idea {
    post: PostId,
    details: IdeaDetails,
}

impl Idea {
    pub(super) fn of(post: &PostView) -> Option<Self> {
        let details = post.details.idea.clone()?;
        Some(Self {
            post: post.id(),
            details,
        })
    }
}

/// Idea that collects votes.
#[Object]
impl Idea {
    /// What became of the idea.
    async fn state(&self) -> IdeaState {
        self.details.state
    }

    /// Reason for the state, empty where none was given.
    async fn state_reason(&self) -> &str {
        &self.details.reason
    }

    /// Number of people who are for the idea.
    async fn vote_count(&self) -> i32 {
        count(self.details.vote_count)
    }

    /// Whether the viewer is for the idea.
    async fn viewer_voted(&self, ctx: &Context<'_>) -> Result<bool> {
        let backed = ctx
            .loader::<BackingByPost, PostId>()
            .load_one(self.post)
            .await;
        Ok(backed?.unwrap_or_default())
    }
}

/// Whom an announcement is meant for: an audience as it was when it was written.
#[derive(Debug, Clone)]
pub struct AnnouncementAudience {
    to: AddressedTo,
}

/// Whom an announcement is meant for: an audience as it was when it was written.
#[Object]
impl AnnouncementAudience {
    /// Name of the audience.
    async fn name(&self) -> &str {
        &self.to.name
    }

    /// Who is in it, in a sentence; null where the viewer may not see all it names.
    async fn sentence(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Language, `de` or `en`.")] locale: String,
    ) -> Result<Option<String>> {
        let sentence = audiences::queries::sentence(&ctx.reader(), &self.to.rule, &locale).await;
        match sentence {
            Ok(sentence) => Ok(Some(sentence)),
            Err(kernel::Error::Invalid(_)) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Whether the viewer is in it at present.
    async fn means_viewer(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(audiences::queries::means_viewer(&ctx.reader(), &self.to.rule).await?)
    }
}

/// Announcement by a community's moderators.
#[derive(Debug, Clone)]
pub struct Announcement {
    post: PostId,
    seen_count: i64,
}

impl Announcement {
    pub(super) fn of(post: &PostView) -> Option<Self> {
        let seen_count = post.details.seen_count?;
        Some(Self {
            post: post.id(),
            seen_count,
        })
    }
}

/// Announcement by a community's moderators.
#[Object]
impl Announcement {
    /// Whether the viewer has seen the announcement. Until then it stays on top of the home feed.
    async fn seen_by_viewer(&self, ctx: &Context<'_>) -> Result<bool> {
        let seen = ctx.loader::<SeenByPost, PostId>().load_one(self.post).await;
        Ok(seen?.unwrap_or_default())
    }

    /// Whom it is meant for; null: everybody in the community. All who may read there can read it; it
    /// stays on top and is told only to these.
    async fn audience(&self, ctx: &Context<'_>) -> Result<Option<AnnouncementAudience>> {
        let found = ctx
            .loader::<AudienceByPost, PostId>()
            .load_one(self.post)
            .await;
        Ok(found?.map(|to| AnnouncementAudience { to }))
    }

    /// Number of people who have seen the announcement.
    async fn seen_count(&self) -> i32 {
        count(self.seen_count)
    }
}

/// A count as GraphQL writes it.
pub(super) fn count(number: i64) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}
