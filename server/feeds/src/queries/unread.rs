//! Unread counts: counted when asked, from the marks and the index by feed key, never kept beside
//! them. The newest 100 posts of each community are looked at, so that a count costs the same after a year away.

use kernel::{CommunityId, Result};
use platform::Reader;
use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult};
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

/// Counts, among the newest posts of the community, those behind a key that are not the viewer's own
/// and not in a muted thread.
///
/// PostgreSQL reads from (community, key) downwards and cuts at the end of the community: so no estimate
/// of how much is in a community can make the planner read and sort all of it.
fn count(backend: DbBackend, key: &str) -> String {
    let (range, order) = match backend {
        DbBackend::Postgres => (
            "(c.community_id, c.feed_key) <= (k.community_id, $3)",
            "c.community_id DESC, c.feed_key DESC",
        ),
        _ => (
            "c.community_id = k.community_id AND c.feed_key <= $3",
            "c.feed_key DESC",
        ),
    };
    format!(
        "(SELECT COUNT(*) FROM (SELECT c.id, c.community_id, c.feed_key, c.author_id FROM contents c \
         WHERE {range} AND c.kind = 'post' AND c.state = 'published' \
         ORDER BY {order} LIMIT {COUNT_LIMIT}) newest \
         WHERE newest.community_id = k.community_id AND newest.feed_key > {key} AND newest.author_id <> $1 \
         AND NOT EXISTS (SELECT 1 FROM thread_subscriptions s WHERE s.root_id = newest.id \
         AND s.person_id = $1 AND s.state = 'muted'))"
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
    let values = [person.into(), Uuid::nil().into(), Uuid::max().into()];
    let rows: Vec<Row> =
        table::all(reader, unread_sql(reader.get_database_backend()), values).await?;
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

/// The statement that counts; `$1` is the viewer, `$2` the nil UUID, `$3` the largest one.
pub fn unread_sql(backend: DbBackend) -> String {
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
        count(backend, "k.read_key"),
        count(
            backend,
            "CASE WHEN k.visit_key > k.read_key THEN k.visit_key ELSE k.read_key END"
        ),
    )
}
