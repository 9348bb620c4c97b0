//! What is known of posts of a feed beside their place: what a ranked order weighs, and what stands
//! on top.
//!
//! What grows with the history is asked by scalar sub-selects, not by EXISTS: PostgreSQL turns that into
//! a hash of the whole table when it expects few rows.

use communities::policy::{readable_sql, viewer_value};
use kernel::{CommunityId, PostId, Result, Timestamp};
use platform::Reader;
use sea_orm::FromQueryResult;
use uuid::Uuid;

use super::sql::content_of;
use super::{Entry, PersonId, PostKind};
use crate::table::Sql;

/// Ids of one statement.
const IDS: usize = 400;
/// Announcements of the whole organisation that are looked at, the newest ones.
const NEWEST_ANNOUNCEMENTS: u64 = 1_000;
/// How long an announcement nobody opened stays on top, in seconds: a quarter.
const ANNOUNCEMENT_SECONDS: i64 = 92 * 24 * 3600;

/// What a post is to the viewer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// The post.
    pub post: PostId,
    /// What for.
    pub kind: PostKind,
    /// Published replies.
    pub reply_count: i64,
    /// Reactions to it and its replies.
    pub reaction_count: i64,
    /// Whether it is a question without a best answer.
    pub is_unanswered: bool,
    /// Members of its community.
    pub member_count: i64,
    /// Whether the viewer is one of them.
    pub is_member: bool,
    /// Whether the viewer follows its author.
    pub follows_author: bool,
    /// Whether the viewer follows its thread.
    pub follows_thread: bool,
    /// A topic of it that the viewer follows.
    pub followed_topic: Option<String>,
    /// Whether it names the viewer.
    pub mentions_viewer: bool,
    /// Whether it is an announcement to the viewer, of the last quarter, that the viewer has not opened.
    pub is_unseen_announcement: bool,
}

#[derive(FromQueryResult)]
struct Row {
    id: PostId,
    kind: String,
    reply_count: i64,
    reaction_count: i64,
    is_unanswered: bool,
    member_count: i64,
    is_member: bool,
    follows_author: bool,
    follows_thread: bool,
    followed_topic: Option<String>,
    mentions_viewer: bool,
    is_unseen_announcement: bool,
}

/// What the posts are to the viewer, in no particular order; those the viewer may not read are absent.
///
/// # Errors
/// Database errors.
pub async fn facts(reader: &Reader, posts: &[PostId]) -> Result<Vec<Facts>> {
    let mut found = Vec::with_capacity(posts.len());
    for chunk in posts.chunks(IDS) {
        let sql = facts_sql(reader, chunk);
        for row in sql.all::<Row, _>(reader).await? {
            found.push(Facts {
                post: row.id,
                kind: PostKind::parse(&row.kind)?,
                reply_count: row.reply_count,
                reaction_count: row.reaction_count,
                is_unanswered: row.is_unanswered,
                member_count: row.member_count,
                is_member: row.is_member,
                follows_author: row.follows_author,
                follows_thread: row.follows_thread,
                followed_topic: row.followed_topic,
                mentions_viewer: row.mentions_viewer,
                is_unseen_announcement: row.is_unseen_announcement,
            });
        }
    }
    Ok(found)
}

pub(super) fn facts_sql(reader: &Reader, posts: &[PostId]) -> Sql {
    let mut sql = Sql::new("");
    sql.hold(viewer_value(reader.viewer()));
    sql.hold(reader.now().plus_seconds(-ANNOUNCEMENT_SECONDS));
    sql.push(
        "SELECT c.id, p.kind, t.reply_count, t.reaction_count, \
         (t.takes_answers AND t.best_answer_id IS NULL) AS is_unanswered, k.member_count, \
         EXISTS (SELECT 1 FROM memberships m WHERE m.community_id = c.community_id \
         AND m.person_id = $1) AS is_member, \
         EXISTS (SELECT 1 FROM follows f WHERE f.follower_id = $1 \
         AND f.person_id = c.author_id) AS follows_author, \
         EXISTS (SELECT 1 FROM thread_subscriptions s WHERE s.root_id = c.id \
         AND s.person_id = $1 AND s.state = 'following') AS follows_thread, \
         (SELECT MIN(ct.topic) FROM content_topics ct JOIN topic_follows tf \
         ON tf.topic = ct.topic AND tf.person_id = $1 WHERE ct.content_id = c.id) AS followed_topic, \
         (SELECT COUNT(*) FROM mentions me WHERE me.content_id = c.id \
         AND me.target_kind = 'person' AND me.target_id = $1) > 0 AS mentions_viewer, \
         (p.kind = 'announcement' AND c.published_at > $2 AND c.author_id <> $1 \
         AND EXISTS (SELECT 1 FROM memberships m WHERE m.community_id = c.community_id \
         AND m.person_id = $1 AND m.since <= c.published_at) \
         AND (SELECT COUNT(*) FROM announcement_views v \
         WHERE v.post_id = c.id AND v.person_id = $1) = 0) AS is_unseen_announcement \
         FROM contents c JOIN posts p ON p.id = c.id JOIN threads t ON t.root_id = c.id \
         JOIN communities k ON k.id = c.community_id WHERE c.id IN (",
    );
    sql.bind_all(posts.iter().copied()).push(") AND ");
    sql.push(&readable_sql(reader.viewer(), "c.community_id", 1));
    sql
}

#[derive(FromQueryResult)]
struct PlaceRow {
    id: PostId,
    feed_key: Uuid,
    community_id: CommunityId,
    author_id: PersonId,
}

impl From<PlaceRow> for Entry {
    fn from(row: PlaceRow) -> Self {
        Self {
            post: row.id,
            key: row.feed_key,
            community: row.community_id,
            author: row.author_id,
        }
    }
}

/// The pinned posts of a community, last pinned first.
///
/// # Errors
/// Database errors.
pub async fn pinned(reader: &Reader, community: CommunityId) -> Result<Vec<Entry>> {
    let rows: Vec<PlaceRow> = pinned_sql(reader, community).all(reader).await?;
    Ok(rows.into_iter().map(Entry::from).collect())
}

pub(super) fn pinned_sql(reader: &Reader, community: CommunityId) -> Sql {
    let mut sql = Sql::new("");
    sql.hold(viewer_value(reader.viewer()));
    sql.push(
        "SELECT c.id, c.feed_key, c.community_id, c.author_id FROM posts p JOIN contents c ON c.id = p.id \
         WHERE c.kind = 'post' AND c.state = 'published' AND p.pinned_in = ",
    );
    sql.bind(community)
        .push(" AND c.community_id = p.pinned_in AND ");
    sql.push(&readable_sql(reader.viewer(), "c.community_id", 1));
    sql.push(" ORDER BY p.pinned_at DESC LIMIT 20");
    sql
}

/// Announcements of the viewer's communities, not muted, that the viewer has not opened, newest
/// first: since the viewer joined, within a quarter, and among the newest 1,000 of the organisation.
///
/// # Errors
/// Database errors.
pub async fn unseen_announcements(reader: &Reader, limit: u64) -> Result<Vec<Entry>> {
    let rows: Vec<PlaceRow> = announcements_sql(reader, limit).all(reader).await?;
    Ok(rows.into_iter().map(Entry::from).collect())
}

pub(super) fn announcements_sql(reader: &Reader, limit: u64) -> Sql {
    let since: Timestamp = reader.now().plus_seconds(-ANNOUNCEMENT_SECONDS);
    let mut sql = Sql::new("");
    sql.hold(viewer_value(reader.viewer()));
    sql.push(
        "SELECT c.id, c.feed_key, c.community_id, c.author_id FROM (SELECT p.id FROM posts p \
         WHERE p.kind = 'announcement' ORDER BY p.id DESC LIMIT ",
    );
    sql.push(&NEWEST_ANNOUNCEMENTS.to_string());
    sql.push(") a ");
    sql.push(&content_of(reader, "a.id"));
    sql.push(
        " JOIN memberships m ON m.community_id = c.community_id \
         AND m.person_id = $1 WHERE c.state = 'published' AND c.author_id <> $1 AND NOT m.is_muted \
         AND m.since <= c.published_at \
         AND (SELECT COUNT(*) FROM announcement_views v WHERE v.post_id = c.id AND v.person_id = $1) = 0 \
         AND NOT EXISTS (SELECT 1 FROM thread_subscriptions s WHERE s.root_id = c.id \
         AND s.person_id = $1 AND s.state = 'muted') AND c.published_at > ",
    );
    sql.bind(since).push(" ORDER BY c.feed_key DESC LIMIT ");
    sql.push(&limit.to_string());
    sql
}
