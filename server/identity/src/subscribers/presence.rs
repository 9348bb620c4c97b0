//! Who is there: in memory, by the sockets open on this node. Nothing is stored; nodes do not know
//! of each other's sockets.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use kernel::{PersonId, Viewer};
use platform::LiveHub;
use platform::live::Signal;

use crate::model::{PersonView, PresenceState};

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Sockets {
    active: usize,
    idle: usize,
}

impl Sockets {
    fn state(self) -> PresenceState {
        match self {
            Self { active: 1.., .. } => PresenceState::Online,
            Self { idle: 1.., .. } => PresenceState::Away,
            _ => PresenceState::Offline,
        }
    }
}

struct Inner {
    hub: LiveHub,
    people: Mutex<HashMap<PersonId, Sockets>>,
}

/// The registry of who is there. Cheap to clone.
#[derive(Clone)]
pub struct Presence {
    inner: Arc<Inner>,
}

impl Presence {
    /// An empty registry that tells changes to `hub`.
    pub fn new(hub: LiveHub) -> Self {
        Self {
            inner: Arc::new(Inner {
                hub,
                people: Mutex::default(),
            }),
        }
    }

    /// Notes a socket of a person, who is active. Keep the guard as long as the socket.
    pub fn enter(&self, person: PersonId) -> PresenceGuard {
        self.change(person, |sockets| sockets.active += 1);
        PresenceGuard {
            presence: self.clone(),
            person,
            is_idle: false,
        }
    }

    /// Whether a person is there, whatever the person shows.
    pub fn state(&self, person: PersonId) -> PresenceState {
        let people = self.lock();
        people.get(&person).copied().unwrap_or_default().state()
    }

    /// What `viewer` may see of whether a person is there.
    pub fn state_for(&self, viewer: &Viewer, person: &PersonView) -> PresenceState {
        if person.show_presence || viewer.person_id() == Some(person.id) {
            self.state(person.id)
        } else {
            PresenceState::Offline
        }
    }

    fn change(&self, person: PersonId, change: impl FnOnce(&mut Sockets)) {
        let (before, after) = {
            let mut people = self.lock();
            let sockets = people.entry(person).or_default();
            let before = sockets.state();
            change(sockets);
            let after = sockets.state();
            if *sockets == Sockets::default() {
                people.remove(&person);
            }
            (before, after)
        };
        if before != after {
            self.inner.hub.signal(Signal::Presence { person });
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<PersonId, Sockets>> {
        // Every count is valid by itself, so a panic elsewhere leaves nothing half done.
        self.inner
            .people
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

/// A person's socket, as long as it is open.
pub struct PresenceGuard {
    presence: Presence,
    person: PersonId,
    is_idle: bool,
}

impl PresenceGuard {
    /// Notes that the person at this socket has done nothing for a while, or does something again.
    pub fn set_idle(&mut self, is_idle: bool) {
        if self.is_idle != is_idle {
            self.is_idle = is_idle;
            self.presence.change(self.person, |sockets| {
                if is_idle {
                    sockets.active = sockets.active.saturating_sub(1);
                    sockets.idle += 1;
                } else {
                    sockets.idle = sockets.idle.saturating_sub(1);
                    sockets.active += 1;
                }
            });
        }
    }
}

impl Drop for PresenceGuard {
    fn drop(&mut self) {
        let is_idle = self.is_idle;
        self.presence.change(self.person, |sockets| {
            let count = if is_idle {
                &mut sockets.idle
            } else {
                &mut sockets.active
            };
            *count = count.saturating_sub(1);
        });
    }
}
