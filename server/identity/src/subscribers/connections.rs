//! Open sockets and what ends them.

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use kernel::{PersonId, Viewer};
use tokio::sync::watch;

use super::standing::{Credential, Standing};

/// One open socket. It lives as long as the session or token behind it, not as long as the access
/// token it was opened with; it ends when the session or token is revoked or over, when the person
/// is deactivated, and when the person's role changes (the client comes back with the new one).
#[derive(Debug)]
pub struct Connection {
    viewer: Viewer,
    number: u64,
    ended: watch::Receiver<bool>,
    registry: Arc<Connections>,
}

impl Connection {
    /// Who is connected.
    pub fn viewer(&self) -> &Viewer {
        &self.viewer
    }

    /// Returns when the connection must be closed.
    pub async fn ended(&self) {
        let mut ended = self.ended.clone();
        // A sender that is gone means the same.
        let _ = ended.wait_for(|ended| *ended).await;
    }

    /// Whether the connection must be closed.
    pub fn has_ended(&self) -> bool {
        *self.ended.borrow()
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.registry.lock().remove(&self.number);
    }
}

#[derive(Debug)]
struct Open {
    credential: Credential,
    standing: Standing,
    ends: watch::Sender<bool>,
}

/// All open sockets of this node.
#[derive(Debug, Default)]
pub(super) struct Connections {
    next: AtomicU64,
    open: Mutex<HashMap<u64, Open>>,
}

impl Connections {
    /// Notes a new connection.
    pub(super) fn add(
        registry: &Arc<Self>,
        viewer: Viewer,
        credential: Credential,
        standing: Standing,
    ) -> Connection {
        let (ends, ended) = watch::channel(false);
        let number = registry.next.fetch_add(1, Ordering::Relaxed);
        let open = Open {
            credential,
            standing,
            ends,
        };
        registry.lock().insert(number, open);
        Connection {
            viewer,
            number,
            ended,
            registry: registry.clone(),
        }
    }

    /// Ends the connections `over` says.
    pub(super) fn end(&self, over: impl Fn(&Credential, &Standing) -> bool) {
        for open in self.lock().values() {
            if over(&open.credential, &open.standing) {
                open.ends.send_replace(true);
            }
        }
    }

    /// Ends all connections of a person.
    pub(super) fn end_person(&self, person: PersonId) {
        self.end(|_, standing| standing.person == person);
    }

    /// What the open connections rest on, each once.
    pub(super) fn credentials(&self) -> Vec<Credential> {
        let open = self.lock();
        let living = open.values().filter(|open| !*open.ends.borrow());
        let unique: HashSet<_> = living.map(|open| open.credential.clone()).collect();
        unique.into_iter().collect()
    }

    /// Ends what no longer rests on anything, or on another role than when it was opened.
    pub(super) fn keep(&self, asked: &[Credential], found: &HashMap<Credential, Standing>) {
        let asked: HashSet<_> = asked.iter().collect();
        let gone = |credential: &Credential, then: &Standing| {
            asked.contains(credential)
                && found
                    .get(credential)
                    .is_none_or(|now| now.role != then.role)
        };
        self.end(gone);
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<u64, Open>> {
        // Every entry is valid by itself, so a panic elsewhere leaves nothing half done.
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
