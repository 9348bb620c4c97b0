//! Which posts stand in a feed, newest first: merged when it is read, from the newest posts of each
//! place they come from.
//!
//! Invariants: every post that comes out is published and in a community the viewer may read; no
//! statement looks at more rows than a multiple of its window, however long the history is. A
//! source with many places (the viewer's communities, the people and topics followed) is read in
//! three bounded steps within one statement: the newest key of each place, the places with the
//! newest of those, and a window of each of them. What the viewer may not see, has muted, or did not
//! ask for is taken out behind the window; when that leaves too little, the next window is larger.

mod facts;
mod holds;
mod sql;

use std::collections::{BinaryHeap, HashSet};

use kernel::{CommunityId, ContentId, PersonId, PostId, Result};
use platform::{Reader, Tx};
use sea_orm::{ConnectionTrait, FromQueryResult, Statement};
use uuid::Uuid;

use crate::model::PostKind;
use crate::table::Sql;

pub use facts::{Facts, facts, pinned, unseen_announcements};
pub use holds::holds;

/// Rows of the first window beyond what the page needs.
const SPARE: u64 = 8;
/// Windows read for one page at most; each is four times the one before.
const ROUNDS: u32 = 5;
/// Rows of the largest window.
const LARGEST_WINDOW: u64 = 4_000;
/// Threads a person follows that are looked at, the newest ones.
const FOLLOWED_THREADS: u64 = 500;

/// Where posts of a feed come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// Communities the viewer is in and has not muted.
    Joined,
    /// One community.
    Community(CommunityId),
    /// What one person wrote.
    Author(PersonId),
    /// One topic.
    Topic(String),
    /// What the people wrote whom the viewer follows.
    FollowedPeople,
    /// The topics the viewer follows.
    FollowedTopics,
    /// The threads the viewer follows (the newest 500).
    FollowedThreads,
}

/// What is wanted of the sources.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Only posts of this kind.
    pub kind: Option<PostKind>,
    /// Neither muted threads nor posts of muted communities.
    pub without_muted: bool,
}

/// A post's place in a feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Entry {
    /// The post.
    pub post: PostId,
    /// Its feed key; feeds are ordered by it, newest first.
    pub key: Uuid,
    /// Where it is.
    pub community: CommunityId,
    /// Who wrote it.
    pub author: PersonId,
}

/// A gapless piece of a feed, newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stretch {
    /// The posts.
    pub entries: Vec<Entry>,
    /// The key behind which the feed goes on; `None` at its end. Usually the last entry's; another
    /// one when so much was left out that the search was ended.
    pub next: Option<Uuid>,
}

/// Up to `limit` posts older than `before`, or the newest ones.
///
/// # Errors
/// Database errors.
pub async fn stretch(
    reader: &Reader,
    sources: &[Source],
    wanted: Wanted,
    before: Option<Uuid>,
    limit: usize,
) -> Result<Stretch> {
    let mut window = (limit as u64 + SPARE).min(LARGEST_WINDOW);
    let mut found = Stretch {
        entries: Vec::new(),
        next: Some(before.unwrap_or(Uuid::max())),
    };
    for _ in 0..ROUNDS {
        let Some(from) = found.next else { break };
        let mut pieces = Vec::with_capacity(sources.len());
        for source in sources {
            pieces.push(piece(reader, source, wanted, from, window).await?);
        }
        let piece = merge(&pieces);
        found.entries.extend(piece.entries);
        found.next = piece.next;
        if found.entries.len() > limit {
            found.entries.truncate(limit);
            found.next = found.entries.last().map(|entry| entry.key);
            break;
        }
        window = (window * 4).min(LARGEST_WINDOW);
    }
    Ok(found)
}

/// Merges pieces of several sources that all start at the same place. The result reaches as far
/// back as all of them do.
pub fn merge(pieces: &[Stretch]) -> Stretch {
    let floor = pieces.iter().filter_map(|piece| piece.next).max();
    let mut heap: BinaryHeap<(Uuid, usize, usize)> = BinaryHeap::new();
    let head = |piece: usize, place: usize| {
        let entry = pieces.get(piece)?.entries.get(place)?;
        Some((entry.key, piece, place))
    };
    heap.extend((0..pieces.len()).filter_map(|piece| head(piece, 0)));
    let mut seen = HashSet::new();
    let mut entries = Vec::new();
    while let Some((key, piece, place)) = heap.pop() {
        if floor.is_some_and(|floor| key < floor) {
            break;
        }
        if let Some(entry) = pieces.get(piece).and_then(|p| p.entries.get(place))
            && seen.insert(entry.post)
        {
            entries.push(*entry);
        }
        heap.extend(head(piece, place + 1));
    }
    Stretch {
        entries,
        next: floor,
    }
}

#[derive(FromQueryResult)]
struct Row {
    id: PostId,
    feed_key: Uuid,
    community_id: CommunityId,
    author_id: PersonId,
    shown: bool,
}

/// The newest `window` posts of one source, less those that are not shown.
async fn piece(
    reader: &Reader,
    source: &Source,
    wanted: Wanted,
    before: Uuid,
    window: u64,
) -> Result<Stretch> {
    let statement = sql::window(reader, source, wanted, before, window);
    let rows: Vec<Row> = statement.all(reader).await?;
    let is_full = rows.len() as u64 >= window;
    let next = rows.last().filter(|_| is_full).map(|row| row.feed_key);
    let entries = rows.into_iter().filter(|row| row.shown).map(|row| Entry {
        post: row.id,
        key: row.feed_key,
        community: row.community_id,
        author: row.author_id,
    });
    Ok(Stretch {
        entries: entries.collect(),
        next,
    })
}

/// Every statement of this module with a name, for the test of their plans.
pub fn statements(
    reader: &Reader,
    sources: &[Source],
    community: CommunityId,
    posts: &[PostId],
) -> Vec<(String, Statement)> {
    let mut all = Vec::new();
    for wanted in [Wanted::default(), HOME, IDEAS] {
        for source in sources {
            let sql = sql::window(reader, source, wanted, Uuid::max(), 28);
            all.push((format!("window of {source:?}, {wanted:?}"), sql));
            let sql = sql::window(reader, source, wanted, Uuid::max(), 300);
            all.push((format!("wide window of {source:?}, {wanted:?}"), sql));
        }
    }
    all.push(("facts".to_owned(), facts::facts_sql(reader, posts)));
    all.push(("pinned".to_owned(), facts::pinned_sql(reader, community)));
    all.push((
        "announcements".to_owned(),
        facts::announcements_sql(reader, 5),
    ));
    for post in posts.iter().take(1) {
        all.push((
            "holds".to_owned(),
            holds::holds_sql(reader, sources, HOME, *post),
        ));
    }
    let finish = |sql: Sql| {
        let (text, values) = sql.into_parts();
        Statement::from_sql_and_values(reader.get_database_backend(), text, values)
    };
    all.into_iter()
        .map(|(name, sql)| (name, finish(sql)))
        .collect()
}

const HOME: Wanted = Wanted {
    kind: None,
    without_muted: true,
};
const IDEAS: Wanted = Wanted {
    kind: Some(PostKind::Idea),
    without_muted: false,
};

/// Gives the topics of posts their place in the topics' feeds; to be called with every write that
/// stores topics or publishes.
///
/// # Errors
/// Database errors.
pub(crate) async fn place_topics(tx: &Tx, contents: &[ContentId]) -> Result<()> {
    for chunk in contents.chunks(400) {
        let mut sql = Sql::new(
            "UPDATE content_topics SET feed_key = (SELECT c.feed_key FROM contents c \
             WHERE c.id = content_topics.content_id AND c.kind = 'post') WHERE content_id IN (",
        );
        sql.bind_all(chunk.iter().copied()).push(")");
        sql.run(tx).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn entry(key: u128) -> Entry {
        Entry {
            post: PostId(Uuid::from_u128(key)),
            key: Uuid::from_u128(key),
            community: CommunityId(Uuid::nil()),
            author: PersonId(Uuid::nil()),
        }
    }

    fn piece(mut keys: Vec<u128>, next: Option<u128>) -> Stretch {
        keys.sort_unstable_by(|a, b| b.cmp(a));
        keys.dedup();
        Stretch {
            entries: keys.into_iter().map(entry).collect(),
            next: next.map(Uuid::from_u128),
        }
    }

    proptest! {
        #[test]
        fn merging_windows_is_merging_all(
            lists in prop::collection::vec(prop::collection::vec(1_u128..60, 0..30), 1..6),
            window in 1_usize..20,
        ) {
            let whole: Vec<Stretch> = lists.iter().map(|keys| piece(keys.clone(), None)).collect();
            let cut: Vec<Stretch> = whole.iter().map(|list| {
                let entries: Vec<Entry> = list.entries.iter().take(window).copied().collect();
                let next = entries.last().filter(|_| entries.len() == window).map(|e| e.key);
                Stretch { entries, next }
            }).collect();
            let all = merge(&whole);
            prop_assert!(all.entries.windows(2).all(|pair| pair[0].key > pair[1].key));
            let merged = merge(&cut);
            prop_assert_eq!(&merged.entries[..], &all.entries[..merged.entries.len()]);
            match merged.next {
                None => prop_assert_eq!(merged.entries.len(), all.entries.len()),
                Some(floor) => prop_assert!(
                    all.entries[merged.entries.len()..].iter().all(|entry| entry.key < floor)
                ),
            }
        }
    }
}
