//! Unread counts: counted when asked, from the marks and the index by feed key, never kept beside
//! them. Each community is counted up to 100, so that a count costs the same after a year away.

use kernel::{CommunityId, Result};
use platform::Reader;
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::model::{COUNT_LIMIT, HomeUnread};
use crate::table;

/// Another room's part of the unread counts (`notifications`, `messages`). The binary puts a
/// `Vec<Arc<dyn UnreadSource>>` into the schema's data.
#[async_trait::async_trait]
pub trait UnreadSource: Send + Sync {
    /// The field of `UnreadCounts` it fills.
    fn name(&self) -> &'static str;

    /// What the reader's viewer has not read.
    ///
    /// # Errors
    /// Database errors.
    async fn count(&self, reader: &Reader) -> Result<i64>;
}

#[derive(FromQueryResult)]
struct Row {
    community_id: CommunityId,
    unread: i64,
    unvisited: i64,
}

/// Counts posts of the community behind a key that are not the viewer's own and not in a muted thread;
/// in order, so that the index is read from its end and no further than the limit.
fn count(key: &str) -> String {
    format!(
        "(SELECT COUNT(*) FROM (SELECT 1 AS one FROM contents x WHERE x.community_id = k.community_id \
         AND x.kind = 'post' AND x.state = 'published' AND x.feed_key > {key} AND x.author_id <> $1 \
         AND NOT EXISTS (SELECT 1 FROM thread_subscriptions s WHERE s.root_id = x.id \
         AND s.person_id = $1 AND s.state = 'muted') ORDER BY x.feed_key DESC LIMIT {COUNT_LIMIT}) counted)"
    )
}

/// Unread posts in the viewer's communities; muted ones never count.
///
/// # Errors
/// Database errors.
pub async fn unread(reader: &Reader) -> Result<HomeUnread> {
    let Some(person) = reader.viewer().person_id() else {
        return Ok(HomeUnread::default());
    };
    let values = [person.into(), Uuid::nil().into()];
    let rows: Vec<Row> = table::all(reader, unread_sql(), values).await?;
    let home = rows
        .iter()
        .map(|row| row.unvisited)
        .sum::<i64>()
        .min(COUNT_LIMIT);
    let communities = rows.into_iter().filter(|row| row.unread > 0);
    Ok(HomeUnread {
        home,
        communities: communities
            .map(|row| (row.community_id, row.unread))
            .collect(),
    })
}

/// The statement that counts; `$1` is the viewer, `$2` the nil UUID.
pub fn unread_sql() -> String {
    // Four keys a community: its own and home's, read and shown. The larger one counts.
    format!(
        "SELECT k.community_id, {} AS unread, {} AS unvisited FROM (SELECT m.community_id, \
         CASE WHEN own.read_key > home.read_key OR home.read_key IS NULL \
         THEN COALESCE(own.read_key, $2) ELSE home.read_key END AS read_key, \
         COALESCE(home.visit_key, $2) AS visit_key \
         FROM memberships m \
         LEFT JOIN feed_marks own ON own.person_id = $1 AND own.scope_id = m.community_id \
         LEFT JOIN feed_marks home ON home.person_id = $1 AND home.scope_id = $2 \
         WHERE m.person_id = $1 AND NOT m.is_muted) k",
        count("k.read_key"),
        count("CASE WHEN k.visit_key > k.read_key THEN k.visit_key ELSE k.read_key END"),
    )
}
