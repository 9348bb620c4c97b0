//! The statements behind a window. PostgreSQL and SQLite stand side by side: PostgreSQL reads each
//! place with LATERAL, SQLite (which has none) finds the oldest key of the window of each place and
//! reads the index down to it.

use communities::policy::{readable_sql, viewer_value};
use platform::Reader;
use sea_orm::{ConnectionTrait, DbBackend, Value};
use uuid::Uuid;

use super::{FOLLOWED_THREADS, Source, Wanted};
use crate::table::Sql;

/// Posts in the partial indexes by feed key.
const IN_FEEDS: &str = "x.kind = 'post' AND x.state = 'published'";

/// A source with many places.
struct Places {
    /// Selects the places as `place`; the viewer is `$1`.
    list: &'static str,
    /// The table of the posts of each place, as `x`.
    table: &'static str,
    /// The column that names the place.
    column: &'static str,
    /// What makes the index usable.
    condition: &'static str,
    /// The column that names the post.
    id: &'static str,
}

const JOINED: Places = Places {
    list: "SELECT m.community_id AS place FROM memberships m WHERE m.person_id = $1 AND NOT m.is_muted",
    table: "contents",
    column: "community_id",
    condition: IN_FEEDS,
    id: "id",
};

const FOLLOWED_PEOPLE: Places = Places {
    list: "SELECT f.person_id AS place FROM follows f WHERE f.follower_id = $1",
    table: "contents",
    column: "author_id",
    condition: IN_FEEDS,
    id: "id",
};

const FOLLOWED_TOPICS: Places = Places {
    list: "SELECT f.topic AS place FROM topic_follows f WHERE f.person_id = $1",
    table: "content_topics",
    column: "topic",
    condition: "x.feed_key IS NOT NULL",
    id: "content_id",
};

/// The newest `window` posts of a source older than `before`; column `shown` says whether the viewer
/// sees the row and wants it.
pub(super) fn window(
    reader: &Reader,
    source: &Source,
    wanted: Wanted,
    before: Uuid,
    window: u64,
) -> Sql {
    let viewer = reader.viewer();
    let mut sql = Sql::new("");
    // Every statement begins with the same two values: $1 the viewer, $2 the key to start behind.
    let person = sql.hold(viewer_value(viewer));
    sql.hold(before);
    sql.push("WITH raw AS MATERIALIZED (");
    match source {
        Source::Community(id) => one_place(&mut sql, reader, &JOINED, *id, window),
        Source::Author(id) => one_place(&mut sql, reader, &FOLLOWED_PEOPLE, *id, window),
        Source::Topic(topic) => {
            one_place(&mut sql, reader, &FOLLOWED_TOPICS, topic.as_str(), window);
        }
        Source::FollowedThreads => followed_threads(&mut sql, reader, window),
        Source::Joined => many_places(&mut sql, reader, &JOINED, window),
        Source::FollowedPeople => many_places(&mut sql, reader, &FOLLOWED_PEOPLE, window),
        Source::FollowedTopics => many_places(&mut sql, reader, &FOLLOWED_TOPICS, window),
    }
    sql.push(
        ") SELECT c.id, raw.feed_key, c.community_id, c.author_id, \
         (c.kind = 'post' AND c.state = 'published' AND ",
    );
    sql.push(&readable_sql(viewer, "c.community_id", person));
    without_muted(&mut sql, wanted);
    of_kind(&mut sql, wanted);
    sql.push(") AS shown FROM raw ");
    sql.push(&content_of(reader, "raw.id"));
    sql.push(" ORDER BY raw.feed_key DESC");
    sql
}

/// Joins the row of `contents` whose id stands in `column`, as `c`: looked up one by one, however many
/// rows a planner expects on the other side.
pub(super) fn content_of(reader: &Reader, column: &str) -> String {
    match reader.get_database_backend() {
        DbBackend::Postgres => format!(
            "CROSS JOIN LATERAL (SELECT y.id, y.kind, y.state, y.community_id, y.author_id, \
             y.feed_key, y.published_at FROM contents y WHERE y.id = {column} LIMIT 1) c"
        ),
        _ => format!("CROSS JOIN contents c ON c.id = {column}"),
    }
}

/// Adds what leaves out muted threads and communities of the row `c`, if that is wanted.
pub(super) fn without_muted(sql: &mut Sql, wanted: Wanted) {
    if wanted.without_muted {
        sql.push(
            " AND NOT EXISTS (SELECT 1 FROM thread_subscriptions s WHERE s.root_id = c.id \
             AND s.person_id = $1 AND s.state = 'muted') \
             AND NOT EXISTS (SELECT 1 FROM memberships mm WHERE mm.community_id = c.community_id \
             AND mm.person_id = $1 AND mm.is_muted)",
        );
    }
}

/// Adds what leaves only the wanted kind of the row `c`.
pub(super) fn of_kind(sql: &mut Sql, wanted: Wanted) {
    if let Some(kind) = wanted.kind {
        // A scalar, not EXISTS: PostgreSQL would make a hash of all posts of the kind.
        sql.push(" AND COALESCE((SELECT p.kind FROM posts p WHERE p.id = c.id), '') = ");
        sql.bind(kind.as_str());
    }
}

/// The newest posts of the place that stands in `place`, a column or a placeholder.
///
/// PostgreSQL reads from (place, key) downwards and cuts at the end of the place: so no estimate of how
/// much is in a place can make the planner read and sort all of it.
fn newest_of(reader: &Reader, places: &Places, place: &str, window: u64) -> String {
    let Places {
        table,
        column,
        condition,
        id,
        ..
    } = places;
    match reader.get_database_backend() {
        DbBackend::Postgres => format!(
            "SELECT y.id, y.feed_key FROM (SELECT x.{id} AS id, x.feed_key, x.{column} AS place \
             FROM {table} x WHERE (x.{column}, x.feed_key) < ({place}, $2) AND {condition} \
             ORDER BY x.{column} DESC, x.feed_key DESC LIMIT {window}) y WHERE y.place = {place}"
        ),
        _ => format!(
            "SELECT x.{id} AS id, x.feed_key FROM {table} x WHERE x.{column} = {place} \
             AND {condition} AND x.feed_key < $2 ORDER BY x.feed_key DESC LIMIT {window}"
        ),
    }
}

fn one_place(
    sql: &mut Sql,
    reader: &Reader,
    places: &Places,
    place: impl Into<Value>,
    window: u64,
) {
    let number = sql.hold(place);
    sql.push(&newest_of(reader, places, &format!("${number}"), window));
}

fn followed_threads(sql: &mut Sql, reader: &Reader, window: u64) {
    sql.push(
        "SELECT c.id, c.feed_key FROM (SELECT s.root_id FROM thread_subscriptions s \
         WHERE s.person_id = $1 AND s.state = 'following' ORDER BY s.root_id DESC LIMIT ",
    );
    sql.push(&FOLLOWED_THREADS.to_string()).push(") f ");
    sql.push(&content_of(reader, "f.root_id"));
    sql.push(" WHERE c.kind = 'post' AND c.state = 'published' AND c.feed_key < $2");
    sql.push(" ORDER BY c.feed_key DESC LIMIT ")
        .push(&window.to_string());
}

fn many_places(sql: &mut Sql, reader: &Reader, places: &Places, window: u64) {
    let Places {
        list,
        table,
        column,
        condition,
        id,
    } = places;
    let from = |place: &str| {
        format!(
            "FROM {table} x WHERE x.{column} = {place} AND {condition} AND x.feed_key < $2 \
             ORDER BY x.feed_key DESC LIMIT"
        )
    };
    let heads = format!(
        "SELECT place FROM (SELECT list.place, (SELECT x.feed_key {} 1) AS head FROM ({list}) list) \
         heads WHERE head IS NOT NULL ORDER BY head DESC LIMIT {window}",
        from("list.place")
    );
    let newest = from("top.place");
    let text = match reader.get_database_backend() {
        DbBackend::Postgres => format!(
            "SELECT w.id, w.feed_key FROM ({heads}) top CROSS JOIN LATERAL ({}) w \
             ORDER BY w.feed_key DESC LIMIT {window}",
            newest_of(reader, places, "top.place", window)
        ),
        _ => format!(
            "SELECT w.{id} AS id, w.feed_key FROM (SELECT top.place, (SELECT MIN(x.feed_key) FROM \
             (SELECT x.feed_key {newest} {window}) x) AS low FROM ({heads}) top) bounds \
             CROSS JOIN {table} w WHERE w.{column} = bounds.place AND {} \
             AND w.feed_key < $2 AND w.feed_key >= bounds.low \
             ORDER BY w.feed_key DESC LIMIT {window}",
            condition.replace("x.", "w.")
        ),
    };
    sql.push(&text);
}
