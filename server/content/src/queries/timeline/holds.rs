//! Whether one post stands in a feed: the same rules as the windows, asked the other way round. For
//! live events.

use communities::policy::{readable_sql, viewer_value};
use kernel::{PostId, Result};
use platform::Reader;
use sea_orm::FromQueryResult;

use super::{Source, Wanted, sql};
use crate::table::Sql;

#[derive(FromQueryResult)]
struct Row {
    held: bool,
}

/// Whether the post stands in a feed of these sources now.
///
/// # Errors
/// Database errors.
pub async fn holds(
    reader: &Reader,
    sources: &[Source],
    wanted: Wanted,
    post: PostId,
) -> Result<bool> {
    let row: Option<Row> = holds_sql(reader, sources, wanted, post).one(reader).await?;
    Ok(row.is_some_and(|row| row.held))
}

pub(super) fn holds_sql(reader: &Reader, sources: &[Source], wanted: Wanted, post: PostId) -> Sql {
    let mut sql = Sql::new("");
    sql.hold(viewer_value(reader.viewer()));
    sql.push("SELECT (c.kind = 'post' AND c.state = 'published' AND (1 = 0");
    for source in sources {
        sql.push(" OR ");
        place(&mut sql, source);
    }
    sql.push(")");
    sql::without_muted(&mut sql, wanted);
    sql::of_kind(&mut sql, wanted);
    sql.push(") AS held FROM contents c WHERE c.id = ")
        .bind(post)
        .push(" AND ");
    sql.push(&readable_sql(reader.viewer(), "c.community_id", 1));
    sql
}

fn place(sql: &mut Sql, source: &Source) {
    match source {
        Source::Joined => sql.push(
            "EXISTS (SELECT 1 FROM memberships j WHERE j.community_id = c.community_id \
             AND j.person_id = $1 AND NOT j.is_muted)",
        ),
        Source::Community(id) => sql.push("c.community_id = ").bind(*id),
        Source::Author(id) => sql.push("c.author_id = ").bind(*id),
        Source::Topic(topic) => sql
            .push("EXISTS (SELECT 1 FROM content_topics t WHERE t.content_id = c.id AND t.topic = ")
            .bind(topic.as_str())
            .push(")"),
        Source::FollowedPeople => sql.push(
            "EXISTS (SELECT 1 FROM follows f WHERE f.follower_id = $1 AND f.person_id = c.author_id)",
        ),
        Source::FollowedTopics => sql.push(
            "EXISTS (SELECT 1 FROM content_topics t JOIN topic_follows f ON f.topic = t.topic \
             AND f.person_id = $1 WHERE t.content_id = c.id)",
        ),
        Source::FollowedThreads => sql.push(
            "EXISTS (SELECT 1 FROM thread_subscriptions s WHERE s.root_id = c.id \
             AND s.person_id = $1 AND s.state = 'following')",
        ),
    };
}
