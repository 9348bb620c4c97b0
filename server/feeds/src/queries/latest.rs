//! Feeds in the order of publication, with what stands on top of the first page: pinned posts of a
//! community, unseen announcements of the home feed.
//!
//! A cursor is a place: the key behind which the list goes on, and the posts that stood on top, so
//! that they do not come a second time further down.

use content::PostKind;
use content::queries::timeline::{self, Entry, Wanted};
use kernel::{Cursor, PageArgs, PostId, Result};
use platform::Reader;
use uuid::Uuid;

use super::{FeedPage, plain_items};
use crate::model::{FeedScope, MAX_ON_TOP};

/// A place in a feed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Place {
    /// The key behind which the list goes on; `None` while still on top.
    pub(super) key: Option<Uuid>,
    /// What stood on top.
    pub(super) shown: Vec<PostId>,
}

impl Place {
    pub(super) fn encode(&self) -> String {
        let key = self
            .key
            .map_or_else(String::new, |key| key.simple().to_string());
        let shown: Vec<String> = self
            .shown
            .iter()
            .map(|id| id.0.simple().to_string())
            .collect();
        Cursor::parts(&["f", &key, &shown.join(",")]).encode()
    }

    /// Reads a cursor; `None` when it is one of another kind of list.
    pub(super) fn decode(cursor: &Cursor) -> Option<Self> {
        let ["f", key, shown] = cursor.as_parts::<3>().ok()? else {
            return None;
        };
        let key = match key {
            "" => None,
            key => Some(Uuid::try_parse(key).ok()?),
        };
        let shown = shown.split(',').filter(|id| !id.is_empty());
        let shown: Option<Vec<PostId>> = shown
            .map(|id| Uuid::try_parse(id).ok().map(PostId))
            .collect();
        Some(Self { key, shown: shown? })
    }
}

/// A stretch of a feed with the place behind each entry.
#[derive(Debug, Default)]
pub(super) struct Placed {
    pub(super) entries: Vec<(Place, Entry)>,
    /// Where it goes on, if it may.
    pub(super) next: Option<Place>,
}

/// A page of a feed.
pub(super) async fn page(
    reader: &Reader,
    scope: &FeedScope,
    kind: Option<PostKind>,
    args: &PageArgs,
) -> Result<FeedPage> {
    let place = match &args.from {
        Some(cursor) => Place::decode(cursor).ok_or_else(kernel::page::invalid_cursor)?,
        None => Place::default(),
    };
    let limit = usize::try_from(args.limit).unwrap_or(1);
    let placed = placed(reader, scope, kind, place, limit).await?;
    finish(reader, placed, args.from.is_some()).await
}

/// Loads what the items say, and makes the page.
pub(super) async fn finish(
    reader: &Reader,
    placed: Placed,
    has_previous: bool,
) -> Result<FeedPage> {
    let entries: Vec<Entry> = placed.entries.iter().map(|(_, entry)| *entry).collect();
    let (items, marks) = plain_items(reader, &entries).await?;
    let places = placed.entries.iter().map(|(place, _)| place);
    let last = placed.next.as_ref().or(places.clone().next_back());
    let end = last.map(Place::encode);
    let items = places
        .zip(items)
        .filter_map(|(place, item)| Some((place.encode(), item?)));
    Ok(FeedPage {
        items: items.collect(),
        has_next: placed.next.is_some(),
        has_previous,
        end,
        marks,
    })
}

/// Up to `limit` entries behind `place`.
pub(super) async fn placed(
    reader: &Reader,
    scope: &FeedScope,
    kind: Option<PostKind>,
    place: Place,
    limit: usize,
) -> Result<Placed> {
    let Place { key, mut shown } = place;
    let mut entries = Vec::with_capacity(limit);
    if key.is_none() && kind.is_none() {
        let top = on_top(reader, scope).await?;
        let top: Vec<Entry> = top
            .into_iter()
            .filter(|e| !shown.contains(&e.post))
            .collect();
        for entry in top.into_iter().take(limit) {
            shown.push(entry.post);
            let place = Place {
                key: None,
                shown: shown.clone(),
            };
            entries.push((place, entry));
        }
    }
    let wanted = Wanted {
        kind,
        ..scope.wanted()
    };
    let room = limit - entries.len();
    // Whatever stood on top may stand here again.
    let enough = room + shown.len() + usize::from(room == 0);
    let found = timeline::stretch(reader, &scope.sources(), wanted, key, enough).await?;
    let mut rest = found.entries;
    rest.retain(|entry| !shown.contains(&entry.post));
    let mut next = found.next;
    if rest.len() > room {
        rest.truncate(room);
        next = rest.last().map(|entry| entry.key).or(key);
        if next.is_none() {
            // The page is full with what stands on top; the list itself has not begun.
            let place = Place { key: None, shown };
            return Ok(Placed {
                entries,
                next: Some(place),
            });
        }
    }
    let place = |key| Place {
        key: Some(key),
        shown: shown.clone(),
    };
    entries.extend(rest.into_iter().map(|entry| (place(entry.key), entry)));
    Ok(Placed {
        entries,
        next: next.map(place),
    })
}

async fn on_top(reader: &Reader, scope: &FeedScope) -> Result<Vec<Entry>> {
    let mut top = match scope {
        FeedScope::Home => waiting_announcements(reader).await?,
        FeedScope::Community(id) => timeline::pinned(reader, *id).await?,
        _ => Vec::new(),
    };
    top.truncate(MAX_ON_TOP);
    Ok(top)
}

/// Announcements that wait on top of the viewer's home feed: not seen yet, and not meant for others.
pub(super) async fn waiting_announcements(reader: &Reader) -> Result<Vec<Entry>> {
    let mut waiting = timeline::unseen_announcements(reader, MAX_ON_TOP as u64).await?;
    let ids: Vec<PostId> = waiting.iter().map(|entry| entry.post).collect();
    let others = posts::queries::meant_for_others(reader, &ids).await?;
    waiting.retain(|entry| !others.contains(&entry.post));
    Ok(waiting)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failing unwrap is the test's message")]

    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn places_round_trip_within_the_length_of_a_cursor(
            key in prop::option::of(any::<u128>()),
            shown in prop::collection::vec(any::<u128>(), 0..=MAX_ON_TOP),
        ) {
            let place = Place {
                key: key.map(Uuid::from_u128),
                shown: shown.into_iter().map(|id| PostId(Uuid::from_u128(id))).collect(),
            };
            let cursor = Cursor::decode(&place.encode()).unwrap();
            prop_assert_eq!(Place::decode(&cursor), Some(place));
        }

        #[test]
        fn foreign_cursors_are_refused(text in ".{0,60}") {
            let cursor = Cursor::parts(&[&text]);
            prop_assert_eq!(Place::decode(&cursor), None);
        }
    }
}
