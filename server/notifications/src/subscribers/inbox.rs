//! One subscriber of an inbox: takes what the hub hands on and leaves what concerns the viewer and
//! may be seen at this moment. Whatever is shown is read through the viewer's reader, so a right
//! that ended since the event was written hides it.

use std::collections::HashMap;
use std::sync::Arc;

use communities::policy::AccessMap;
use kernel::{
    CommunityId, ConversationId, Event, MessageId, NotificationId, PersonId, Position, Result,
    Viewer,
};
use messaging::{ConversationView, MessageView};
use platform::live::{Live, Signal};
use platform::{Database, Reader};

use crate::model::NotificationView;
use crate::{events, queries};

/// Something that concerns the viewer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum News {
    /// A line came, or rose.
    Notification(NotificationView),
    /// The viewer's own membership changed.
    Membership(CommunityId),
    /// A message came, or the viewer sent one on another device.
    Message(MessageView, ConversationView),
    /// A message's text or reactions changed, or it was deleted.
    MessageChanged(MessageView),
    /// The viewer has read a conversation, perhaps on another device.
    ConversationRead(ConversationView),
    /// The viewer's own things in a conversation changed: quiet, draft, waiting messages.
    ConversationChanged(ConversationView),
    /// Somebody is writing in a conversation.
    Writing(ConversationId, PersonId),
    /// All that was missed has been handed over.
    CaughtUp,
    /// Too much was missed; nothing follows.
    ReloadRequired,
}

/// News and its place in the journal, which is its cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Its place.
    pub position: Position,
    /// What it is.
    pub news: News,
}

/// What is to be looked up for an event.
#[derive(Debug, Clone)]
enum Wanted {
    Notification(NotificationId),
    Bundle(String),
    Membership(CommunityId),
    Message(MessageId, ConversationId),
    MessageChanged(MessageId),
    ConversationRead(ConversationId),
    ConversationChanged(ConversationId),
    Writing(ConversationId, PersonId),
    CaughtUp,
    ReloadRequired,
}

/// A viewer who follows the inbox.
pub struct Inbox {
    database: Database,
    access: Arc<AccessMap>,
    viewer: Viewer,
    person: PersonId,
    last: Position,
    counts_changed: bool,
}

impl Inbox {
    /// Starts following.
    ///
    /// # Errors
    /// `Unauthenticated` for everybody but people.
    pub fn new(database: &Database, access: Arc<AccessMap>, viewer: &Viewer) -> Result<Self> {
        Ok(Self {
            database: database.clone(),
            access,
            viewer: viewer.clone(),
            person: viewer.require_person()?,
            last: Position::START,
            counts_changed: false,
        })
    }

    /// A handle for reading what the viewer may see now.
    pub fn reader(&self) -> Reader {
        self.database.reader(&self.viewer.for_new_request())
    }

    /// The place up to which everything was taken.
    pub fn position(&self) -> Position {
        self.last
    }

    /// Whether unread counts may have changed since this was last asked.
    pub fn take_counts_changed(&mut self) -> bool {
        std::mem::take(&mut self.counts_changed)
    }

    /// What of the hub's news concerns the viewer, in order. Many cost as many statements as one.
    ///
    /// # Errors
    /// Database errors.
    pub async fn admit(&mut self, news: Vec<Live>) -> Result<Vec<Step>> {
        let mut wanted = Vec::new();
        for live in news {
            let want = match live {
                Live::Event(event) => {
                    self.last = event.position;
                    self.judge(&event)
                }
                Live::Signal(signal) => self.hear(&signal),
                Live::CaughtUp(position) => {
                    self.last = position;
                    Some(Wanted::CaughtUp)
                }
                Live::ReloadRequired(position) => {
                    self.last = position;
                    Some(Wanted::ReloadRequired)
                }
            };
            wanted.extend(want.map(|want| (self.last, want)));
        }
        self.look_up(wanted).await
    }

    /// Writing is told to the others of the conversation, not to whoever writes.
    fn hear(&self, signal: &Signal) -> Option<Wanted> {
        let Signal::Writing {
            conversation,
            person,
            members,
        } = signal
        else {
            return None;
        };
        let concerns = *person != self.person && members.contains(&self.person);
        (concerns && self.viewer.can_read()).then_some(Wanted::Writing(*conversation, *person))
    }

    /// What an event means for the viewer, before anything is read.
    fn judge(&mut self, event: &Event) -> Option<Wanted> {
        if event.imported || !self.viewer.can_read() {
            return None;
        }
        let wanted = self.wanted(event);
        let counts = match event.kind.as_str() {
            events::READ | events::REMOVED | feeds::events::FEED_READ => {
                feeds::live::visible(&self.access, &self.viewer, event)
            }
            "post.published" | "post.deleted" | "post.moved" | "post.expired" | "post.archived"
            | "post.restored" => self.is_in(event) && event.actor != Some(self.person),
            _ => wanted.is_some() || dispatches::events::concerns(event, self.person),
        };
        self.counts_changed |= counts;
        wanted
    }

    fn is_in(&self, event: &Event) -> bool {
        let community = event.community();
        community.is_some_and(|community| self.access.is_member(self.person, community))
    }

    fn wanted(&self, event: &Event) -> Option<Wanted> {
        let subject = event.subject.id;
        match event.kind.as_str() {
            events::CREATED if feeds::live::visible(&self.access, &self.viewer, event) => {
                Some(Wanted::Notification(subject.into()))
            }
            events::CREATED_MANY if self.is_in(event) => {
                Some(Wanted::Bundle(events::bundle(event)?.to_owned()))
            }
            messaging::events::SENT if messaging::events::concerns(event, self.person) => {
                Some(Wanted::Message(subject.into(), event.root?.into()))
            }
            messaging::events::CHANGED if messaging::events::concerns(event, self.person) => {
                Some(Wanted::MessageChanged(subject.into()))
            }
            messaging::events::READ if messaging::events::concerns(event, self.person) => {
                Some(Wanted::ConversationRead(subject.into()))
            }
            messaging::events::OWN if messaging::events::concerns(event, self.person) => {
                Some(Wanted::ConversationChanged(subject.into()))
            }
            kind if kind.starts_with("membership.") => {
                let person = event.payload_uuid(communities::events::PERSON)?;
                let community = event.community()?;
                (person == self.person.0).then_some(Wanted::Membership(community))
            }
            _ => None,
        }
    }

    async fn look_up(&self, wanted: Vec<(Position, Wanted)>) -> Result<Vec<Step>> {
        let reader = self.reader();
        let (mut notifications, mut messages, mut conversations) =
            (Vec::new(), Vec::new(), Vec::new());
        let mut bundles: HashMap<String, Option<NotificationView>> = HashMap::new();
        for (_, want) in &wanted {
            match want {
                Wanted::Notification(id) => notifications.push(*id),
                Wanted::Bundle(bundle) => {
                    let line = queries::unread_in_bundle(&reader, bundle).await?;
                    bundles.insert(bundle.clone(), line);
                }
                Wanted::Message(id, conversation) => {
                    messages.push(*id);
                    conversations.push(*conversation);
                }
                Wanted::MessageChanged(id) => messages.push(*id),
                Wanted::ConversationRead(id)
                | Wanted::ConversationChanged(id)
                | Wanted::Writing(id, _) => conversations.push(*id),
                Wanted::Membership(_) | Wanted::CaughtUp | Wanted::ReloadRequired => {}
            }
        }
        let notifications = match notifications.is_empty() {
            true => HashMap::new(),
            false => queries::notifications_by_id(&reader, &notifications).await?,
        };
        let messages = match messages.is_empty() {
            true => HashMap::new(),
            false => messaging::queries::messages_by_id(&reader, &messages).await?,
        };
        let conversations = match conversations.is_empty() {
            true => HashMap::new(),
            false => messaging::queries::conversations_by_id(&reader, &conversations).await?,
        };
        let steps = wanted.into_iter().filter_map(|(position, want)| {
            let news = match want {
                Wanted::Notification(id) => News::Notification(notifications.get(&id)?.clone()),
                Wanted::Bundle(bundle) => News::Notification(bundles.get(&bundle)?.clone()?),
                Wanted::Membership(community) => News::Membership(community),
                Wanted::Message(id, conversation) => {
                    let conversation = *conversations.get(&conversation)?;
                    News::Message(messages.get(&id)?.clone(), conversation)
                }
                Wanted::MessageChanged(id) => News::MessageChanged(messages.get(&id)?.clone()),
                Wanted::ConversationRead(id) => News::ConversationRead(*conversations.get(&id)?),
                Wanted::ConversationChanged(id) => {
                    News::ConversationChanged(*conversations.get(&id)?)
                }
                Wanted::Writing(id, person) => News::Writing(conversations.get(&id)?.id, person),
                Wanted::CaughtUp => News::CaughtUp,
                Wanted::ReloadRequired => News::ReloadRequired,
            };
            Some(Step { position, news })
        });
        Ok(steps.collect())
    }
}
