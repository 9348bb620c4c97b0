//! `inboxEvents`: everything live that concerns the viewer alone.

use std::sync::Arc;
use std::time::Duration;

use async_graphql::{ComplexObject, Context, Result, SimpleObject, Subscription, Union};
use communities::policy::AccessMap;
use feeds::UnreadCounts;
use feeds::live::{CaughtUpEvent, ReloadRequiredEvent, decode_cursor, encode_cursor};
use futures_util::{Stream, StreamExt};
use kernel::{CommunityId, ConversationId, PersonId, Position};
use messaging::graphql::{Conversation, Message};
use platform::ContextExt;
use tokio::time::{Instant, sleep_until};

use super::objects::Notification;
use crate::subscribers::{Inbox, News, Step};

/// Events handled together when many have waited.
const CHUNK: usize = 200;
/// Unread counts are told at once, and then at most this often.
const COUNTS_EVERY: Duration = Duration::from_secs(1);

/// A notification came, or rose because more happened.
#[derive(SimpleObject)]
pub struct NotificationEvent {
    /// Cursor to resume behind this event.
    pub cursor: String,
    /// Notification that came.
    pub notification: Notification,
}

/// Unread counts may have changed.
#[derive(SimpleObject)]
pub struct UnreadChangedEvent {
    /// Cursor to resume behind this event.
    pub cursor: String,
    /// Unread counts as they are now.
    pub unread: UnreadCounts,
}

/// The viewer joined or left a community, or has another role or setting there.
#[derive(SimpleObject)]
pub struct MembershipChangedEvent {
    /// Cursor to resume behind this event.
    pub cursor: String,
    /// Id of the community.
    pub community_id: CommunityId,
}

/// A message came, or the viewer sent one on another device.
#[derive(SimpleObject)]
pub struct MessageEvent {
    /// Cursor to resume behind this event.
    pub cursor: String,
    /// Message that came.
    pub message: Message,
    /// Conversation it is in, as it is now.
    pub conversation: Conversation,
}

/// The viewer has read a conversation, perhaps on another device.
#[derive(SimpleObject)]
pub struct ConversationReadEvent {
    /// Cursor to resume behind this event.
    pub cursor: String,
    /// Conversation as it is now.
    pub conversation: Conversation,
}

/// A message's text or reactions changed, or it was deleted.
#[derive(SimpleObject)]
pub struct MessageChangedEvent {
    /// Cursor to resume behind this event.
    pub cursor: String,
    /// Message as it is now.
    pub message: Message,
}

/// The viewer's own things in a conversation changed, perhaps on another device: whether it is quiet,
/// what is half written, what waits to be sent.
#[derive(SimpleObject)]
pub struct ConversationChangedEvent {
    /// Cursor to resume behind this event.
    pub cursor: String,
    /// Conversation as it is now.
    pub conversation: Conversation,
}

/// Somebody is writing in a conversation; true for a few seconds.
#[derive(SimpleObject)]
#[graphql(complex)]
pub struct ConversationTypingEvent {
    /// Cursor to resume behind this event.
    pub cursor: String,
    /// Id of the conversation.
    pub conversation_id: ConversationId,
    #[graphql(skip)]
    person_id: PersonId,
}

#[ComplexObject]
impl ConversationTypingEvent {
    /// Person who writes.
    async fn person(&self, ctx: &Context<'_>) -> Result<identity::graphql::Person> {
        identity::graphql::person(ctx, self.person_id).await
    }
}

/// What concerns the viewer.
#[derive(Union)]
pub enum InboxEvent {
    /// A notification came.
    Notification(NotificationEvent),
    /// Unread counts may have changed.
    Unread(UnreadChangedEvent),
    /// The viewer's membership changed.
    Membership(MembershipChangedEvent),
    /// A message came.
    Message(MessageEvent),
    /// A message changed.
    MessageChanged(MessageChangedEvent),
    /// A conversation was read.
    ConversationRead(ConversationReadEvent),
    /// The viewer's own things in a conversation changed.
    ConversationChanged(ConversationChangedEvent),
    /// Somebody is writing.
    ConversationTyping(ConversationTypingEvent),
    /// Live from here.
    CaughtUp(CaughtUpEvent),
    /// Load anew.
    ReloadRequired(ReloadRequiredEvent),
}

impl From<Step> for InboxEvent {
    fn from(step: Step) -> Self {
        let cursor = encode_cursor(step.position);
        match step.news {
            News::Notification(view) => Self::Notification(NotificationEvent {
                cursor,
                notification: view.into(),
            }),
            News::Membership(community_id) => Self::Membership(MembershipChangedEvent {
                cursor,
                community_id,
            }),
            News::Message(message, conversation) => Self::Message(MessageEvent {
                cursor,
                message: message.into(),
                conversation: conversation.into(),
            }),
            News::MessageChanged(message) => Self::MessageChanged(MessageChangedEvent {
                cursor,
                message: message.into(),
            }),
            News::ConversationChanged(conversation) => {
                Self::ConversationChanged(ConversationChangedEvent {
                    cursor,
                    conversation: conversation.into(),
                })
            }
            News::Writing(conversation_id, person_id) => {
                Self::ConversationTyping(ConversationTypingEvent {
                    cursor,
                    conversation_id,
                    person_id,
                })
            }
            News::ConversationRead(conversation) => Self::ConversationRead(ConversationReadEvent {
                cursor,
                conversation: conversation.into(),
            }),
            News::CaughtUp => Self::CaughtUp(CaughtUpEvent { cursor }),
            News::ReloadRequired => Self::ReloadRequired(ReloadRequiredEvent {
                cursor,
                reason: "TOO_MUCH_MISSED".to_owned(),
            }),
        }
    }
}

/// When unread counts are told: at once after a quiet time, else when the pause is over.
struct Pace {
    waiting: bool,
    next: Instant,
}

impl Pace {
    fn new() -> Self {
        Self {
            waiting: false,
            next: Instant::now(),
        }
    }

    /// Returns when counts are due that could not be told yet; never returns when none wait.
    async fn due(&self) {
        if self.waiting {
            sleep_until(self.next).await;
        } else {
            std::future::pending::<()>().await;
        }
    }

    /// Whether to tell now.
    fn tell(&mut self, changed: bool) -> bool {
        self.waiting |= changed;
        let now = Instant::now();
        if !self.waiting || now < self.next {
            return false;
        }
        self.waiting = false;
        self.next = now + COUNTS_EVERY;
        true
    }
}

async fn counts(inbox: &Inbox, position: Position) -> kernel::Result<InboxEvent> {
    Ok(InboxEvent::Unread(UnreadChangedEvent {
        cursor: encode_cursor(position),
        unread: UnreadCounts::load(&inbox.reader(), position).await?,
    }))
}

/// What concerns the viewer, live.
#[derive(Debug, Default, Clone, Copy)]
pub struct NotificationsSubscription;

/// What concerns the viewer, live.
#[Subscription]
impl NotificationsSubscription {
    /// Notifications, messages, own memberships and unread counts, in order and each once. First comes
    /// what was missed since `after`.
    async fn inbox_events(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Cursor of the last event.")] after: Option<String>,
    ) -> Result<impl Stream<Item = Result<InboxEvent>> + use<>> {
        let after = after.map(|cursor| decode_cursor(&cursor)).transpose()?;
        let access = ctx.data_unchecked::<Arc<AccessMap>>().clone();
        let mut inbox = Inbox::new(ctx.database(), access, ctx.viewer())?;
        let news = ctx.hub().subscribe(after);
        Ok(async_stream::stream! {
            let news = news.ready_chunks(CHUNK);
            futures_util::pin_mut!(news);
            let mut pace = Pace::new();
            loop {
                let chunk = tokio::select! {
                    chunk = news.next() => match chunk {
                        Some(chunk) => chunk,
                        None => return,
                    },
                    () = pace.due() => Vec::new(),
                };
                match inbox.admit(chunk).await {
                    Ok(steps) => {
                        for step in steps {
                            yield Ok(step.into());
                        }
                    }
                    Err(error) => {
                        yield Err(error.into());
                        return;
                    }
                }
                if pace.tell(inbox.take_counts_changed()) {
                    match counts(&inbox, inbox.position()).await {
                        Ok(event) => yield Ok(event),
                        Err(error) => {
                            yield Err(error.into());
                            return;
                        }
                    }
                }
            }
        })
    }
}
