//! Reads for a viewer: feeds, marks, unread counts. Which posts stand in a feed is decided by
//! `content::queries::timeline`, which starts from what the viewer may read.

mod latest;
mod marks;
mod ranked;
mod rankings;
mod unread;

use content::PostKind;
use content::queries::timeline::{self, Entry, Facts};
use identity::FeedOrder;
use kernel::{PageArgs, PostId, Result};
use platform::Reader;
use std::collections::HashMap;

use crate::model::{COUNT_LIMIT, FeedScope, Item, Marks, plain_reasons};

pub use marks::marks;
pub use rankings::Rankings;
pub use unread::{UnreadSource, unread, unread_sql};

/// A page of a feed.
#[derive(Debug, Clone, Default)]
pub struct FeedPage {
    /// The items, each with its cursor.
    pub items: Vec<(String, Item)>,
    /// Whether more may follow.
    pub has_next: bool,
    /// Whether something stands before.
    pub has_previous: bool,
    /// Where the next page starts; the last item's cursor at the end of the feed.
    pub end: Option<String>,
    /// How far the viewer has read.
    pub marks: Marks,
}

/// A page of the home feed.
///
/// # Errors
/// `Unauthenticated`, `INVALID_CURSOR`, database errors.
pub async fn home(
    reader: &Reader,
    rankings: &Rankings,
    order: FeedOrder,
    args: &PageArgs,
) -> Result<FeedPage> {
    reader.viewer().require_person()?;
    match order {
        FeedOrder::Latest => latest::page(reader, &FeedScope::Home, None, args).await,
        FeedOrder::Ranked => ranked::page(reader, rankings, args).await,
    }
}

/// A page of another feed, newest first; of one kind of posts only, if that is asked for.
///
/// # Errors
/// `Unauthenticated`, `INVALID_CURSOR`, database errors.
pub async fn feed(
    reader: &Reader,
    scope: &FeedScope,
    kind: Option<PostKind>,
    args: &PageArgs,
) -> Result<FeedPage> {
    reader.viewer().require_person()?;
    latest::page(reader, scope, kind, args).await
}

/// How many of the feed's newest posts are new to the viewer, counted up to 100.
///
/// # Errors
/// Database errors.
pub async fn new_count(
    reader: &Reader,
    scope: &FeedScope,
    kind: Option<PostKind>,
) -> Result<usize> {
    let limit = usize::try_from(COUNT_LIMIT).unwrap_or(0);
    let wanted = timeline::Wanted {
        kind,
        ..scope.wanted()
    };
    let newest = timeline::stretch(reader, &scope.sources(), wanted, None, limit).await?;
    let marks = marks_for(reader, &newest.entries).await?;
    let viewer = reader.viewer().person_id();
    let new = newest
        .entries
        .iter()
        .filter(|entry| marks.is_new(entry, viewer));
    Ok(new.count())
}

async fn marks_for(reader: &Reader, entries: &[Entry]) -> Result<Marks> {
    let communities: Vec<_> = entries.iter().map(|entry| entry.community).collect();
    marks(reader, &communities).await
}

async fn facts_of(reader: &Reader, entries: &[Entry]) -> Result<HashMap<PostId, Facts>> {
    let ids: Vec<PostId> = entries.iter().map(|entry| entry.post).collect();
    let facts = timeline::facts(reader, &ids).await?;
    Ok(facts.into_iter().map(|facts| (facts.post, facts)).collect())
}

/// Items in the order of the entries, without scores; what went away meanwhile is left out.
async fn plain_items(reader: &Reader, entries: &[Entry]) -> Result<(Vec<Option<Item>>, Marks)> {
    let marks = marks_for(reader, entries).await?;
    let facts = facts_of(reader, entries).await?;
    let viewer = reader.viewer().person_id();
    let items = entries.iter().map(|entry| {
        Some(Item {
            entry: *entry,
            reasons: plain_reasons(facts.get(&entry.post)?, entry.author, viewer),
            score: 0.0,
            is_new: marks.is_new(entry, viewer),
        })
    });
    Ok((items.collect(), marks))
}
