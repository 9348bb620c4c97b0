//! What people wrote about topics, for those who look for somebody who knows. Only what the reader's viewer may
//! see; how often somebody was asked is counted by the house itself.

use kernel::id::last_uuid_at;
use kernel::{ContentId, Error, PersonId, Result, Timestamp};
use platform::Reader;
use sea_orm::FromQueryResult;

use crate::policy::visible;
use crate::table::Sql;

/// Newest posts of the topics that are looked at; older ones would hardly count any more.
const NEWEST: u64 = 2_000;

/// Something a person wrote about a topic.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Written {
    /// Who.
    pub person_id: PersonId,
    /// The post, or the answer.
    pub content_id: ContentId,
    /// The topic it is about.
    pub topic: String,
    /// When it was published.
    pub published_at: Timestamp,
}

/// Posts with one of these topics published since a moment, the newest first.
///
/// # Errors
/// Database errors.
pub async fn written_on(
    reader: &Reader,
    topics: &[String],
    since: Timestamp,
) -> Result<Vec<Written>> {
    if topics.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new(
        "SELECT c.author_id AS person_id, c.id AS content_id, t.topic, c.published_at \
         FROM content_topics t JOIN contents c ON c.id = t.content_id \
         WHERE c.kind = 'post' AND c.state = 'published' AND ",
    );
    on_topics(&mut sql, topics, since);
    sql.push(" AND ");
    visible(&mut sql, reader.viewer());
    sql.push(&format!(" ORDER BY t.feed_key DESC LIMIT {NEWEST}"));
    sql.all(reader).await
}

/// Accepted answers to questions with one of these topics that were asked since a moment.
///
/// # Errors
/// Database errors.
pub async fn answered_on(
    reader: &Reader,
    topics: &[String],
    since: Timestamp,
) -> Result<Vec<Written>> {
    if topics.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new(
        "SELECT answer.author_id AS person_id, answer.id AS content_id, t.topic, \
         answer.published_at FROM content_topics t JOIN contents c ON c.id = t.content_id \
         JOIN threads thread ON thread.root_id = c.id \
         JOIN contents answer ON answer.id = thread.best_answer_id \
         WHERE c.state = 'published' AND answer.state = 'published' \
         AND answer.author_id <> c.author_id AND ",
    );
    on_topics(&mut sql, topics, since);
    sql.push(" AND ");
    visible(&mut sql, reader.viewer());
    sql.push(&format!(" ORDER BY t.feed_key DESC LIMIT {NEWEST}"));
    sql.all(reader).await
}

fn on_topics(sql: &mut Sql, topics: &[String], since: Timestamp) {
    sql.push("t.topic IN (")
        .bind_all(topics.iter().cloned())
        .push(") AND t.feed_key > ")
        .bind(last_uuid_at(since));
}

#[derive(FromQueryResult)]
struct AskedRow {
    person_id: PersonId,
    total: i64,
}

/// How many questions of others named each of these people since a moment. Counts questions everywhere, so
/// that nobody is asked too often; hence only for the house itself.
///
/// # Errors
/// `Forbidden("SYSTEM_ONLY")` for anybody else, database errors.
pub async fn asked_since(
    reader: &Reader,
    people: &[PersonId],
    since: Timestamp,
) -> Result<Vec<(PersonId, i64)>> {
    if !reader.viewer().is_system() {
        return Err(Error::Forbidden("SYSTEM_ONLY"));
    }
    if people.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new(
        "SELECT m.target_id AS person_id, COUNT(*) AS total FROM mentions m \
         JOIN contents c ON c.id = m.content_id JOIN threads thread ON thread.root_id = c.id \
         WHERE thread.takes_answers AND c.state = 'published' AND c.author_id <> m.target_id \
         AND m.target_kind = 'person' AND m.target_id IN (",
    );
    sql.bind_all(people.iter().copied())
        .push(") AND m.content_id > ")
        .bind(last_uuid_at(since))
        .push(" GROUP BY m.target_id");
    let rows: Vec<AskedRow> = sql.all(reader).await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.person_id, row.total))
        .collect())
}
