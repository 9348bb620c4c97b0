//! Live feeds: subscriptions of this room.

use std::sync::Arc;

use async_graphql::{Context, Object, Result, SimpleObject, Subscription, Union};
use communities::policy::AccessMap;
use content::graphql::Reply;
use futures_util::{Stream, StreamExt};
use identity::graphql::{Person, person};
use kernel::{ContentId, PersonId, PostId};
use platform::ContextExt;
use platform::live::{Live, Signal};
use posts::graphql::Post;

use super::inputs::{FeedScopeInput, watched};
use crate::model::FeedScope;
use crate::subscribers::{Change, Follower, Step, decode_cursor, encode_cursor};

/// Changes handled together when many have waited.
const CHUNK: usize = 200;

/// A post came into the feed.
#[derive(SimpleObject)]
pub struct PostPublishedEvent {
    /// Cursor to resume behind this event.
    pub cursor: String,
    /// Post that came.
    pub post: Post,
}

/// A post's text, state or place changed.
#[derive(SimpleObject)]
pub struct PostChangedEvent {
    /// Cursor to resume behind this event.
    pub cursor: String,
    /// Post as it is now.
    pub post: Post,
}

/// A post went away.
#[derive(SimpleObject)]
pub struct PostRemovedEvent {
    /// Cursor to resume behind this event.
    pub cursor: String,
    /// Id of the post that is no longer there.
    pub post_id: PostId,
}

/// Reactions, votes or reply count changed.
#[derive(SimpleObject)]
pub struct PostCountersEvent {
    /// Cursor to resume behind this event.
    pub cursor: String,
    /// Post as it is now.
    pub post: Post,
}

/// A reply came.
#[derive(SimpleObject)]
pub struct ReplyPublishedEvent {
    /// Cursor to resume behind this event.
    pub cursor: String,
    /// Post it answers, as it is now.
    pub post: Post,
    /// Reply that came.
    pub reply: Reply,
}

/// A reply's text, state or reactions changed.
#[derive(SimpleObject)]
pub struct ReplyChangedEvent {
    /// Cursor to resume behind this event.
    pub cursor: String,
    /// Reply as it is now.
    pub reply: Reply,
}

/// Somebody is writing in the thread.
pub struct TypingEvent {
    cursor: String,
    post: PostId,
    person: PersonId,
}

/// Somebody is writing in the thread.
#[Object]
impl TypingEvent {
    /// Cursor to resume behind this event.
    async fn cursor(&self) -> &str {
        &self.cursor
    }

    /// Id of the thread's post.
    async fn post_id(&self) -> PostId {
        self.post
    }

    /// Who is writing.
    async fn person(&self, ctx: &Context<'_>) -> Result<Person> {
        person(ctx, self.person).await
    }
}

/// All that was missed has been sent; live from here.
#[derive(SimpleObject)]
pub struct CaughtUpEvent {
    /// Cursor to resume behind this event.
    pub cursor: String,
}

/// Too much was missed: load the page anew and subscribe with its cursor. Ends the subscription.
#[derive(SimpleObject)]
pub struct ReloadRequiredEvent {
    /// Cursor of the present.
    pub cursor: String,
    /// Why, as a stable code.
    pub reason: String,
}

/// What happens to a feed.
#[derive(Union)]
pub enum FeedEvent {
    /// A post came.
    Published(PostPublishedEvent),
    /// A post changed.
    Changed(PostChangedEvent),
    /// A post went away.
    Removed(PostRemovedEvent),
    /// Counters changed.
    Counters(PostCountersEvent),
    /// A reply came.
    ReplyPublished(ReplyPublishedEvent),
    /// A reply changed.
    ReplyChanged(ReplyChangedEvent),
    /// Somebody is writing.
    Typing(TypingEvent),
    /// Live from here.
    CaughtUp(CaughtUpEvent),
    /// Load anew.
    ReloadRequired(ReloadRequiredEvent),
}

/// A person came, went or became idle.
pub struct PresenceEvent {
    person: PersonId,
}

/// A person came, went or became idle.
#[Object]
impl PresenceEvent {
    /// Person whose presence changed.
    async fn person(&self, ctx: &Context<'_>) -> Result<Person> {
        person(ctx, self.person).await
    }
}

/// Loads what the steps are about; what the viewer may not see any more is left out.
async fn events(follower: &Follower, steps: Vec<Step>) -> kernel::Result<Vec<FeedEvent>> {
    let reader = follower.reader();
    let (mut post_ids, mut reply_ids) = (Vec::new(), Vec::new());
    for step in &steps {
        post_ids.extend(step.change.post());
        if let Change::ReplyPublished(_, reply) | Change::ReplyChanged(_, reply) = step.change {
            reply_ids.push(ContentId::from(reply));
        }
    }
    let seen = match post_ids.is_empty() {
        true => std::collections::HashMap::new(),
        false => posts::queries::posts_by_ids(&reader, &post_ids).await?,
    };
    let replies = match reply_ids.is_empty() {
        true => std::collections::HashMap::new(),
        false => content::queries::contents(&reader, &reply_ids).await?,
    };
    let events = steps.into_iter().filter_map(|step| {
        let cursor = encode_cursor(step.position);
        let post = |id: PostId| seen.get(&id).cloned().map(Post::from);
        let reply =
            |id: kernel::ReplyId| replies.get(&ContentId::from(id)).cloned().map(Reply::from);
        Some(match step.change {
            Change::Published(id) => FeedEvent::Published(PostPublishedEvent {
                cursor,
                post: post(id)?,
            }),
            Change::Changed(id) | Change::Moved { post: id, .. } => {
                FeedEvent::Changed(PostChangedEvent {
                    cursor,
                    post: post(id)?,
                })
            }
            Change::Removed(post_id) => FeedEvent::Removed(PostRemovedEvent { cursor, post_id }),
            Change::Counters(id) => FeedEvent::Counters(PostCountersEvent {
                cursor,
                post: post(id)?,
            }),
            Change::ReplyPublished(id, reply_id) => {
                FeedEvent::ReplyPublished(ReplyPublishedEvent {
                    cursor,
                    post: post(id)?,
                    reply: reply(reply_id)?,
                })
            }
            Change::ReplyChanged(_, id) => FeedEvent::ReplyChanged(ReplyChangedEvent {
                cursor,
                reply: reply(id)?,
            }),
            Change::Typing(post, person) => FeedEvent::Typing(TypingEvent {
                cursor,
                post,
                person,
            }),
            Change::CaughtUp => FeedEvent::CaughtUp(CaughtUpEvent { cursor }),
            Change::ReloadRequired => FeedEvent::ReloadRequired(ReloadRequiredEvent {
                cursor,
                reason: "TOO_MUCH_MISSED".to_owned(),
            }),
        })
    });
    Ok(events.collect())
}

/// Live feeds and presence.
#[derive(Debug, Default, Clone, Copy)]
pub struct FeedsSubscription;

/// Live feeds and presence.
#[Subscription]
impl FeedsSubscription {
    /// What happens to a feed, in order and each once, as far as the viewer may see it at the moment
    /// of delivery. First comes what was missed since `after`.
    async fn feed_events(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Feed to follow.")] scope: FeedScopeInput,
        #[graphql(desc = "Cursor of the last event, or `liveCursor` of a page.")] after: Option<
            String,
        >,
    ) -> Result<impl Stream<Item = Result<FeedEvent>> + use<>> {
        let scope = FeedScope::try_from(scope)?;
        let after = after.map(|cursor| decode_cursor(&cursor)).transpose()?;
        let access = ctx.data_unchecked::<Arc<AccessMap>>().clone();
        let mut follower = Follower::new(ctx.database(), access, ctx.viewer(), scope).await?;
        let news = ctx.hub().subscribe(after);
        Ok(async_stream::stream! {
            let news = news.ready_chunks(CHUNK);
            futures_util::pin_mut!(news);
            while let Some(chunk) = news.next().await {
                let steps = match follower.admit(chunk).await {
                    Ok(steps) => steps,
                    Err(error) => {
                        yield Err(error.into());
                        return;
                    }
                };
                match events(&follower, steps).await {
                    Ok(events) => {
                        for event in events {
                            yield Ok(event);
                        }
                    }
                    Err(error) => {
                        yield Err(error.into());
                        return;
                    }
                }
            }
        })
    }

    /// When one of these people comes, goes or becomes idle.
    async fn presence_events(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "People to watch, up to 100.")] person_ids: Vec<PersonId>,
    ) -> Result<impl Stream<Item = PresenceEvent> + use<>> {
        ctx.viewer().require_person()?;
        let watched = watched(person_ids)?;
        let news = ctx.hub().subscribe(None);
        Ok(news.filter_map(move |live| {
            let event = match live {
                Live::Signal(Signal::Presence { person }) if watched.contains(&person) => {
                    Some(PresenceEvent { person })
                }
                _ => None,
            };
            std::future::ready(event)
        }))
    }
}
