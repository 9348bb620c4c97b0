//! One subscriber of a feed: takes what the hub hands on and leaves what belongs to the feed and what
//! the viewer may see at this moment.
//!
//! Rights are asked twice: of the access map, which knows every change of rights before the hub hands
//! an event on, and of the database, when the post is looked up in the feed and its object is loaded.

use std::sync::Arc;

use communities::policy::AccessMap;
use content::queries::timeline;
use kernel::{CommunityId, Error, Event, PersonId, PostId, Result, Viewer};
use platform::live::{Live, Signal};
use platform::{Database, Reader};

use super::step::{Change, Step, change_of, coalesce};
use crate::model::FeedScope;
use crate::policy;

/// A viewer who follows a feed.
pub struct Follower {
    database: Database,
    access: Arc<AccessMap>,
    viewer: Viewer,
    person: PersonId,
    scope: FeedScope,
    /// Of a thread: where it is, and whether its end has been told.
    place: Option<CommunityId>,
    is_lost: bool,
    last: kernel::Position,
}

impl Follower {
    /// Starts following.
    ///
    /// # Errors
    /// `Unauthenticated`; `NotFound` for a community or thread the viewer may not read.
    pub async fn new(
        database: &Database,
        access: Arc<AccessMap>,
        viewer: &Viewer,
        scope: FeedScope,
    ) -> Result<Self> {
        let person = viewer.require_person()?;
        let mut place = None;
        match &scope {
            FeedScope::Community(id) if !access.can_read(person, *id) => {
                return Err(Error::NotFound);
            }
            FeedScope::Post(id) => {
                let reader = database.reader(viewer);
                let post = posts::queries::post(&reader, *id)
                    .await?
                    .ok_or(Error::NotFound)?;
                place = post.content.community;
            }
            _ => {}
        }
        Ok(Self {
            database: database.clone(),
            access,
            viewer: viewer.clone(),
            person,
            scope,
            place,
            is_lost: false,
            last: kernel::Position::START,
        })
    }

    /// A handle for reading what the viewer may see now.
    pub fn reader(&self) -> Reader {
        self.database.reader(&self.viewer.for_new_request())
    }

    /// What of the hub's news belongs to the feed, in order.
    ///
    /// # Errors
    /// Database errors.
    pub async fn admit(&mut self, news: Vec<Live>) -> Result<Vec<Step>> {
        let reader = self.reader();
        let mut steps = Vec::new();
        for live in news {
            let change = match live {
                Live::Event(event) => {
                    self.last = event.position;
                    self.judge(&reader, &event).await?
                }
                Live::Signal(signal) => self.hear(&signal),
                Live::CaughtUp(position) => {
                    self.last = position;
                    Some(Change::CaughtUp)
                }
                Live::ReloadRequired(position) => {
                    self.last = position;
                    Some(Change::ReloadRequired)
                }
            };
            steps.extend(change.map(|change| Step {
                position: self.last,
                change,
            }));
        }
        Ok(coalesce(steps))
    }

    fn can_read(&self, community: CommunityId) -> bool {
        self.access.can_read(self.person, community)
    }

    /// Typing is told to those who look at the thread, not to whoever writes.
    fn hear(&self, signal: &Signal) -> Option<Change> {
        let Signal::Typing { post, person } = *signal else {
            return None;
        };
        let concerns = self.scope == FeedScope::Post(post) && person != self.person;
        let may_know = self.place.is_some_and(|place| self.can_read(place));
        (concerns && may_know).then_some(Change::Typing(post, person))
    }

    async fn judge(&mut self, reader: &Reader, event: &Event) -> Result<Option<Change>> {
        let Some(change) = change_of(event) else {
            return Ok(self.losing_access(event));
        };
        if self.is_elsewhere(event, change) {
            return Ok(None);
        }
        if let Change::Moved { post, from } = change {
            return self.moved(reader, event, post, from).await;
        }
        if !policy::visible(&self.access, &self.viewer, event) {
            return Ok(None);
        }
        match (change, change.post()) {
            (Change::Removed(_), _) => Ok(Some(change)),
            (_, Some(post)) if self.holds(reader, post).await? => Ok(Some(change)),
            _ => Ok(None),
        }
    }

    /// Whether the event is of another feed for sure; saves a question to the database.
    fn is_elsewhere(&self, event: &Event, change: Change) -> bool {
        let from = match change {
            Change::Moved { from, .. } => Some(from),
            _ => None,
        };
        match &self.scope {
            FeedScope::Post(id) => change.post() != Some(*id),
            FeedScope::Community(id) => event.community() != Some(*id) && from != Some(*id),
            FeedScope::Person(id) if event.subject.kind == PostId::PREFIX => event
                .payload_uuid("author")
                .is_some_and(|author| author != id.0),
            _ => false,
        }
    }

    /// Whether a post stands in this feed now and the viewer may see it.
    async fn holds(&self, reader: &Reader, post: PostId) -> Result<bool> {
        if let FeedScope::Post(id) = self.scope {
            return Ok(id == post);
        }
        timeline::holds(reader, &self.scope.sources(), self.scope.wanted(), post).await
    }

    /// A thread went to another community: it comes, stays or goes, by what the viewer may read.
    async fn moved(
        &mut self,
        reader: &Reader,
        event: &Event,
        post: PostId,
        from: CommunityId,
    ) -> Result<Option<Change>> {
        let reads_there = policy::visible(&self.access, &self.viewer, event);
        let read_before = self.can_read(from);
        if matches!(self.scope, FeedScope::Post(_)) {
            self.place = event.community();
        }
        if reads_there && self.holds(reader, post).await? {
            let was_held = match &self.scope {
                FeedScope::Community(id) => *id == from,
                FeedScope::Home => self.access.is_member(self.person, from),
                _ => read_before,
            };
            let change = if was_held {
                Change::Changed(post)
            } else {
                Change::Published(post)
            };
            return Ok(Some(change));
        }
        let was_there = match &self.scope {
            FeedScope::Community(id) => *id == from,
            _ => true,
        };
        self.is_lost = true;
        Ok((read_before && was_there).then_some(Change::Removed(post)))
    }

    /// Of a thread: its end, when the viewer may no longer read the community it is in.
    fn losing_access(&mut self, event: &Event) -> Option<Change> {
        let FeedScope::Post(post) = self.scope else {
            return None;
        };
        let place = self
            .place
            .filter(|place| event.community() == Some(*place))?;
        let is_lost = !self.can_read(place);
        let was_lost = std::mem::replace(&mut self.is_lost, is_lost);
        (self.is_lost && !was_lost).then_some(Change::Removed(post))
    }
}
