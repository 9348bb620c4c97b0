//! The live hub of a node: one reader of the journal that hands each event to all subscribers of
//! this node, and short-lived signals (typing, presence) that are never stored.
//!
//! Before an event is handed on, every observer has seen it: caches of rights are up to date when a
//! subscriber decides whether its viewer may learn of the event.

use std::collections::VecDeque;
use std::sync::{Arc, RwLock};
use std::time::Duration;

use async_trait::async_trait;
use futures_util::Stream;
use kernel::{ConversationId, Error, Event, PersonId, Position, PostId, Result, Viewer};
use tokio::sync::broadcast::{self, error::RecvError};
use tokio_util::sync::CancellationToken;

use crate::db::Database;
use crate::journal;

/// Events kept in memory for subscribers that come back.
const RECENT: usize = 20_000;
/// Events a slow subscriber may fall behind before it reads from memory or the journal instead.
const BUFFER: usize = 2048;
/// Events a returning subscriber may have missed before it is told to load the page anew.
const REPLAY_LIMIT: usize = 20_000;
const PAGE: u64 = 500;

/// Keeps something up to date before subscribers learn of an event.
#[async_trait]
pub trait Observer: Send + Sync {
    /// Takes note of an event; must not fail for long (it holds up live delivery).
    async fn observe(&self, event: &Event);
}

/// Something that is true only now and is not stored.
#[derive(Debug, Clone)]
pub enum Signal {
    /// A person writes in a thread.
    Typing {
        /// The thread.
        post: PostId,
        /// Who writes.
        person: PersonId,
    },
    /// A person writes in a private conversation.
    Writing {
        /// The conversation.
        conversation: ConversationId,
        /// Who writes.
        person: PersonId,
        /// Who may know.
        members: Arc<[PersonId]>,
    },
    /// A person came, went or became idle.
    Presence {
        /// Who.
        person: PersonId,
    },
}

/// What a subscriber receives.
#[derive(Debug, Clone)]
pub enum Live {
    /// An event, in order, each once.
    Event(Arc<Event>),
    /// A signal; not ordered with events, may be lost.
    Signal(Signal),
    /// All that was missed has been handed over; what follows is live.
    CaughtUp(Position),
    /// Too much was missed: load the page anew and subscribe without a cursor.
    ReloadRequired(Position),
}

struct Inner {
    database: Database,
    events: broadcast::Sender<Arc<Event>>,
    signals: broadcast::Sender<Signal>,
    recent: RwLock<Recent>,
    observers: RwLock<Vec<Arc<dyn Observer>>>,
}

#[derive(Default)]
struct Recent {
    /// Everything behind this place is in `events`.
    since: Position,
    events: VecDeque<Arc<Event>>,
    head: Position,
}

/// The hub. Cheap to clone.
#[derive(Clone)]
pub struct LiveHub {
    inner: Arc<Inner>,
}

impl LiveHub {
    /// A hub that knows nothing before [`LiveHub::start`].
    pub fn new(database: Database) -> Self {
        let (events, _) = broadcast::channel(BUFFER);
        let (signals, _) = broadcast::channel(BUFFER);
        let inner = Inner {
            database,
            events,
            signals,
            recent: RwLock::new(Recent::default()),
            observers: RwLock::new(Vec::new()),
        };
        Self {
            inner: Arc::new(inner),
        }
    }

    /// Adds an observer; call before [`LiveHub::start`].
    pub fn observe(&self, observer: Arc<dyn Observer>) {
        if let Ok(mut observers) = self.inner.observers.write() {
            observers.push(observer);
        }
    }

    /// Takes the journal's head as the place where live begins. Call after observers have loaded.
    ///
    /// # Errors
    /// Database errors.
    pub async fn start(&self) -> Result<()> {
        let reader = self.inner.database.reader(&Viewer::system("live"));
        let head = journal::head(&reader).await?;
        let mut recent = self
            .inner
            .recent
            .write()
            .map_err(|_| Error::bug("live hub poisoned"))?;
        recent.since = head;
        recent.head = head;
        Ok(())
    }

    /// Follows the journal until `stop`.
    pub async fn run(&self, poll: Duration, stop: CancellationToken) {
        let mut wake = self.inner.database.wake();
        while !stop.is_cancelled() {
            wake.mark_unchanged();
            let pause = match self.pump().await {
                Ok(0) => poll,
                Ok(_) => continue,
                Err(error) => {
                    tracing::error!(%error, "live hub cannot read the journal");
                    poll
                }
            };
            tokio::select! {
                () = stop.cancelled() => break,
                () = tokio::time::sleep(pause) => {}
                _ = wake.changed() => {}
            }
        }
    }

    /// Hands on what is new in the journal; returns how many events.
    ///
    /// # Errors
    /// Database errors.
    pub async fn pump(&self) -> Result<usize> {
        let reader = self.inner.database.reader(&Viewer::system("live"));
        let events = journal::read(&reader, self.head(), PAGE).await?;
        let observers = self
            .inner
            .observers
            .read()
            .map(|o| o.clone())
            .unwrap_or_default();
        let count = events.len();
        for event in events {
            for observer in &observers {
                observer.observe(&event).await;
            }
            let event = Arc::new(event);
            if let Ok(mut recent) = self.inner.recent.write() {
                recent.head = event.position;
                recent.events.push_back(event.clone());
                if recent.events.len() > RECENT
                    && let Some(oldest) = recent.events.pop_front()
                {
                    recent.since = oldest.position;
                }
            }
            let _ = self.inner.events.send(event);
        }
        Ok(count)
    }

    /// The place of the last event handed on.
    pub fn head(&self) -> Position {
        self.inner
            .recent
            .read()
            .map(|recent| recent.head)
            .unwrap_or_default()
    }

    /// Sends a signal to all subscribers of this node.
    pub fn signal(&self, signal: Signal) {
        let _ = self.inner.signals.send(signal);
    }

    /// What has happened behind `after`, up to now; `None` when more than a replay may hold was missed.
    async fn missed(&self, after: Position) -> Result<Option<Vec<Arc<Event>>>> {
        if after > self.head() {
            // A cursor from the future: the database was restored from a backup meanwhile.
            return Ok(None);
        }
        if let Ok(recent) = self.inner.recent.read()
            && after >= recent.since
        {
            let start = recent
                .events
                .partition_point(|event| event.position <= after);
            return Ok(Some(recent.events.range(start..).cloned().collect()));
        }
        let reader = self.inner.database.reader(&Viewer::system("live"));
        if after < journal::floor(&reader).await? {
            return Ok(None);
        }
        let (mut from, head) = (after, self.head());
        let mut missed = Vec::new();
        while from < head {
            let page = journal::read(&reader, from, PAGE).await?;
            let Some(last) = page.last() else { break };
            from = last.position;
            missed.extend(
                page.into_iter()
                    .filter(|event| event.position <= head)
                    .map(Arc::new),
            );
            if missed.len() > REPLAY_LIMIT {
                return Ok(None);
            }
        }
        Ok(Some(missed))
    }

    /// Everything behind `after` (or from now on), in order and each once, then live.
    ///
    /// The stream ends after [`Live::ReloadRequired`].
    pub fn subscribe(&self, after: Option<Position>) -> impl Stream<Item = Live> + Send + use<> {
        let hub = self.clone();
        let (mut events, mut signals) = (
            self.inner.events.subscribe(),
            self.inner.signals.subscribe(),
        );
        let mut last = after.unwrap_or_else(|| self.head());
        async_stream::stream! {
            let mut behind = true;
            loop {
                if behind {
                    match hub.missed(last).await {
                        Ok(Some(missed)) => {
                            for event in missed {
                                last = last.max(event.position);
                                yield Live::Event(event);
                            }
                        }
                        Ok(None) | Err(_) => {
                            yield Live::ReloadRequired(hub.head());
                            return;
                        }
                    }
                    behind = false;
                    yield Live::CaughtUp(last);
                }
                tokio::select! {
                    event = events.recv() => match event {
                        Ok(event) if event.position > last => {
                            last = event.position;
                            yield Live::Event(event);
                        }
                        Ok(_) => {}
                        Err(RecvError::Lagged(_)) => behind = true,
                        Err(RecvError::Closed) => return,
                    },
                    signal = signals.recv() => match signal {
                        Ok(signal) => yield Live::Signal(signal),
                        Err(RecvError::Lagged(_)) => {}
                        Err(RecvError::Closed) => return,
                    },
                }
            }
        }
    }
}
