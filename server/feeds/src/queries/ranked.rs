//! The ranked home feed: the newest few hundred posts, re-scored; behind them the rest in the order of
//! publication.
//!
//! Paging is stable: the first page takes a snapshot (newest key and moment), every cursor carries it,
//! and the scored list of a snapshot is kept in memory. Without it (another node, a restart) the same
//! snapshot is scored again; what has changed in between may then move.

use content::queries::timeline::{self, Entry};
use kernel::id::made_at;
use kernel::{Cursor, PageArgs, Result};
use platform::Reader;
use std::collections::HashSet;
use std::sync::Arc;
use uuid::Uuid;

use super::latest::{self, Place, Placed};
use super::rankings::{RankedEntry, Ranking, Snapshot};
use super::{FeedPage, Rankings, facts_of, marks_for};
use crate::model::{CANDIDATES, FeedScope, Item, Marks, plain_reasons, rank, signals};

/// A place in a ranked list: behind this post of this snapshot.
#[derive(Debug, Clone, Copy, PartialEq)]
struct RankedPlace {
    snapshot: Snapshot,
    key: Uuid,
    score: f64,
}

impl RankedPlace {
    fn encode(self) -> String {
        let parts = [
            "r".to_owned(),
            self.snapshot.key.simple().to_string(),
            self.snapshot.at_ms.to_string(),
            self.key.simple().to_string(),
            format!("{:x}", self.score.to_bits()),
        ];
        Cursor::parts(&parts.each_ref().map(String::as_str)).encode()
    }

    fn decode(cursor: &Cursor) -> Option<Self> {
        let ["r", key_of_snapshot, at_ms, key, score] = cursor.as_parts::<5>().ok()? else {
            return None;
        };
        let snapshot = Snapshot {
            key: Uuid::try_parse(key_of_snapshot).ok()?,
            at_ms: at_ms.parse().ok()?,
        };
        let score = f64::from_bits(u64::from_str_radix(score, 16).ok()?);
        let key = Uuid::try_parse(key).ok()?;
        score.is_finite().then_some(Self {
            snapshot,
            key,
            score,
        })
    }
}

/// A page of the ranked home feed.
pub(super) async fn page(
    reader: &Reader,
    rankings: &Rankings,
    args: &PageArgs,
) -> Result<FeedPage> {
    let place = match &args.from {
        None => None,
        Some(cursor) => match RankedPlace::decode(cursor) {
            Some(place) => Some(place),
            // Behind the ranked posts the feed goes on by publication.
            None => return latest::page(reader, &FeedScope::Home, None, args).await,
        },
    };
    let person = reader.viewer().require_person()?;
    let known = place.and_then(|place| rankings.get(person, place.snapshot));
    let ranking = match known {
        Some(ranking) => ranking,
        None => {
            let ranking = Arc::new(score(reader, place.map(|place| place.snapshot)).await?);
            rankings.put(person, ranking.clone());
            ranking
        }
    };
    let start = place.map_or(0, |place| ranking.behind(place.key, place.score));
    let limit = usize::try_from(args.limit).unwrap_or(1);
    cut(reader, &ranking, start, limit, args.from.is_some()).await
}

/// The page of up to `limit` items from `start` on.
async fn cut(
    reader: &Reader,
    ranking: &Ranking,
    start: usize,
    limit: usize,
    has_previous: bool,
) -> Result<FeedPage> {
    let ranked: Vec<&RankedEntry> = ranking.entries.iter().skip(start).take(limit).collect();
    let room = limit - ranked.len();
    let at_end = start + ranked.len() >= ranking.entries.len();
    let place = |entry: &RankedEntry| RankedPlace {
        snapshot: ranking.snapshot,
        key: entry.entry.key,
        score: entry.score,
    };
    let rest = match &ranking.tail {
        Some(tail) if at_end && room > 0 => {
            let tail = tail.clone();
            latest::placed(reader, &FeedScope::Home, None, tail, room).await?
        }
        Some(tail) if at_end => Placed {
            entries: Vec::new(),
            next: Some(tail.clone()),
        },
        _ => Placed::default(),
    };
    let rest = latest::finish(reader, rest, true).await?;
    let entries: Vec<Entry> = ranked.iter().map(|ranked| ranked.entry).collect();
    let marks = marks_for(reader, &entries).await?;
    let viewer = reader.viewer().person_id();
    let mut items: Vec<(String, Item)> = Vec::with_capacity(limit);
    for entry in &ranked {
        let item = Item {
            entry: entry.entry,
            reasons: entry.reasons.clone(),
            score: entry.score,
            is_new: marks.is_new(&entry.entry, viewer),
        };
        items.push((place(entry).encode(), item));
    }
    items.extend(rest.items);
    let last_ranked = ranked.last().map(|entry| place(entry).encode());
    let marks = Marks {
        home: marks.home,
        ..rest.marks
    };
    Ok(FeedPage {
        items,
        has_next: !at_end || rest.has_next,
        has_previous,
        end: rest.end.or(last_ranked),
        marks,
    })
}

/// Scores the newest posts, or those of a snapshot.
async fn score(reader: &Reader, snapshot: Option<Snapshot>) -> Result<Ranking> {
    let scope = FeedScope::Home;
    let before = snapshot.map(|snapshot| Uuid::from_u128(snapshot.key.as_u128().saturating_add(1)));
    let at_ms = snapshot.map_or(reader.now().micros() / 1000, |snapshot| snapshot.at_ms);
    let newest =
        timeline::stretch(reader, &scope.sources(), scope.wanted(), before, CANDIDATES).await?;
    let mut entries = newest.entries;
    let known: HashSet<_> = entries.iter().map(|entry| entry.post).collect();
    let waiting = latest::waiting_announcements(reader).await?;
    let older: Vec<Entry> = waiting
        .into_iter()
        .filter(|e| !known.contains(&e.post))
        .collect();
    let older: Vec<Entry> = older
        .into_iter()
        .filter(|e| snapshot.is_none_or(|s| e.key <= s.key))
        .collect();
    entries.extend(older.iter().copied());
    let facts = facts_of(reader, &entries).await?;
    let marks = marks_for(reader, &entries).await?;
    let viewer = reader.viewer().person_id();
    let mut scored: Vec<RankedEntry> = Vec::with_capacity(entries.len());
    for entry in &entries {
        let Some(facts) = facts.get(&entry.post) else {
            continue;
        };
        let published_ms = made_at(entry.key).map_or(at_ms, |at| at.micros() / 1000);
        let is_seen = entry.key <= marks.visit_key(entry.community);
        let reasons = plain_reasons(facts, entry.author, viewer);
        let ranked = rank(reasons, facts, signals(at_ms, published_ms, is_seen));
        scored.push(RankedEntry {
            entry: *entry,
            score: ranked.score,
            reasons: ranked.reasons,
        });
    }
    scored.sort_by(|a, b| {
        b.score
            .total_cmp(&a.score)
            .then(b.entry.key.cmp(&a.entry.key))
    });
    let newest_key = entries
        .iter()
        .map(|entry| entry.key)
        .max()
        .unwrap_or_default();
    let tail = newest.next.map(|key| Place {
        key: Some(key),
        shown: older.iter().map(|entry| entry.post).collect(),
    });
    Ok(Ranking {
        snapshot: snapshot.unwrap_or(Snapshot {
            key: newest_key,
            at_ms,
        }),
        entries: scored,
        tail,
    })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failing unwrap is the test's message")]

    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn places_round_trip(key in any::<u128>(), at_ms in any::<i64>(), score in 0.0_f64..1e6) {
            let place = RankedPlace {
                snapshot: Snapshot { key: Uuid::from_u128(key), at_ms },
                key: Uuid::from_u128(key ^ 7),
                score,
            };
            let cursor = Cursor::decode(&place.encode()).unwrap();
            prop_assert_eq!(RankedPlace::decode(&cursor), Some(place));
            prop_assert_eq!(Place::decode(&cursor), None);
        }
    }
}
