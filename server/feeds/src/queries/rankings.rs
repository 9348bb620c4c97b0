//! Scored lists of snapshots, kept in memory so that the pages of one reading fit together. Bounded:
//! the lists not used for longest are forgotten first.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use content::queries::timeline::Entry;
use kernel::PersonId;
use uuid::Uuid;

use super::latest::Place;
use crate::model::Reason;

/// Lists of one generation; two are kept.
const LISTS: usize = 200;

/// What a ranked list was made of: everything up to `key`, scored as of `at_ms`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Snapshot {
    /// Newest key.
    pub(super) key: Uuid,
    /// Moment of scoring, in milliseconds.
    pub(super) at_ms: i64,
}

/// A scored post.
#[derive(Debug, Clone)]
pub(super) struct RankedEntry {
    pub(super) entry: Entry,
    pub(super) score: f64,
    pub(super) reasons: Vec<Reason>,
}

/// A scored list and where the feed goes on behind it.
#[derive(Debug)]
pub(super) struct Ranking {
    pub(super) snapshot: Snapshot,
    /// Highest score first.
    pub(super) entries: Vec<RankedEntry>,
    pub(super) tail: Option<Place>,
}

impl Ranking {
    /// The index behind a post; behind its former score when it is not in the list any more.
    pub(super) fn behind(&self, key: Uuid, score: f64) -> usize {
        let found = self
            .entries
            .iter()
            .position(|ranked| ranked.entry.key == key);
        found.map_or_else(
            || {
                self.entries.partition_point(|ranked| {
                    ranked.score > score || (ranked.score >= score && ranked.entry.key >= key)
                })
            },
            |index| index + 1,
        )
    }
}

type Lists = HashMap<(PersonId, Snapshot), Arc<Ranking>>;

/// Ranked lists of this node, by person and snapshot.
#[derive(Debug, Default)]
pub struct Rankings {
    /// The young lists and the old ones.
    lists: Mutex<(Lists, Lists)>,
}

impl Rankings {
    pub(super) fn get(&self, person: PersonId, snapshot: Snapshot) -> Option<Arc<Ranking>> {
        let lists = self.lists.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (person, snapshot);
        lists.0.get(&key).or_else(|| lists.1.get(&key)).cloned()
    }

    pub(super) fn put(&self, person: PersonId, ranking: Arc<Ranking>) {
        let mut lists = self.lists.lock().unwrap_or_else(PoisonError::into_inner);
        if lists.0.len() >= LISTS {
            lists.1 = std::mem::take(&mut lists.0);
        }
        lists.0.insert((person, ranking.snapshot), ranking);
    }
}
