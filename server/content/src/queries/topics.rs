//! Topics, counted as far as the viewer sees them: a topic of hidden posts only does not exist.

use std::collections::{HashMap, HashSet};

use kernel::Result;
use platform::Reader;
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::model::{TopicView, parse_topic};
use crate::policy::visible;
use crate::table::Sql;

/// Without a search, the topics of this many newest uses are looked at.
const RECENT_USES: u64 = 2_000;
/// Counting ends here: nobody reads more than "10,000".
const COUNTED: u64 = 10_000;
/// Topics found by a search of which the visible ones are shown.
const CANDIDATES: u64 = 200;

#[derive(FromQueryResult)]
struct NameRow {
    topic: String,
}

#[derive(FromQueryResult)]
struct CountRow {
    topic: String,
    total: i64,
}

/// Topics whose names start with `query`, or those used most of late; most used first.
///
/// # Errors
/// Database errors.
pub async fn topics(reader: &Reader, query: Option<&str>, first: u64) -> Result<Vec<TopicView>> {
    let wanted = query.map(str::trim).filter(|query| !query.is_empty());
    let names = match wanted {
        Some(query) => starting_with(reader, query).await?,
        None => used_of_late(reader, first).await?,
    };
    let mut topics = views(reader, &names).await?;
    topics.sort_by(|a, b| {
        b.post_count
            .cmp(&a.post_count)
            .then_with(|| a.name.cmp(&b.name))
    });
    topics.truncate(usize::try_from(first).unwrap_or(usize::MAX));
    Ok(topics)
}

/// One topic, if the viewer sees a post with it or follows it.
///
/// # Errors
/// Database errors.
pub async fn topic(reader: &Reader, name: &str) -> Result<Option<TopicView>> {
    match parse_topic(name) {
        Some(name) => Ok(views(reader, &[name]).await?.pop()),
        None => Ok(None),
    }
}

/// A topic by its unified name, also one nobody has used yet.
pub(crate) async fn topic_named(reader: &Reader, name: &str) -> Result<TopicView> {
    let name = name.to_owned();
    let unused = TopicView {
        name: name.clone(),
        post_count: 0,
        is_followed: false,
    };
    Ok(views(reader, &[name]).await?.pop().unwrap_or(unused))
}

async fn starting_with(reader: &Reader, query: &str) -> Result<Vec<String>> {
    let query = query.trim_start_matches('#').to_lowercase();
    let query: String = query.chars().filter(|c| *c != '\0').take(100).collect();
    let end = format!("{query}\u{10FFFF}");
    let mut sql = Sql::new("SELECT DISTINCT topic FROM content_topics WHERE topic >= ");
    sql.bind(query).push(" AND topic < ").bind(end);
    sql.push(" ORDER BY topic LIMIT ")
        .push(&CANDIDATES.to_string());
    let rows: Vec<NameRow> = sql.all(reader).await?;
    Ok(rows.into_iter().map(|row| row.topic).collect())
}

async fn used_of_late(reader: &Reader, first: u64) -> Result<Vec<String>> {
    let mut sql = Sql::new(
        "SELECT recent.topic, COUNT(*) AS total FROM (SELECT topic, content_id FROM content_topics \
         ORDER BY content_id DESC LIMIT ",
    );
    sql.push(&RECENT_USES.to_string());
    sql.push(") recent JOIN contents c ON c.id = recent.content_id WHERE c.kind = 'post' AND ");
    visible(&mut sql, reader.viewer());
    sql.push(" GROUP BY recent.topic ORDER BY COUNT(*) DESC, recent.topic LIMIT ");
    sql.push(&first.to_string());
    let rows: Vec<CountRow> = sql.all(reader).await?;
    Ok(rows.into_iter().map(|row| row.topic).collect())
}

async fn views(reader: &Reader, names: &[String]) -> Result<Vec<TopicView>> {
    if names.is_empty() {
        return Ok(Vec::new());
    }
    let counts = counts(reader, names).await?;
    let followed = followed(reader, names).await?;
    let view = |name: &String| {
        let view = TopicView {
            name: name.clone(),
            post_count: counts.get(name).copied().unwrap_or(0),
            is_followed: followed.contains(name),
        };
        (view.post_count > 0 || view.is_followed).then_some(view)
    };
    Ok(names.iter().filter_map(view).collect())
}

async fn counts(reader: &Reader, names: &[String]) -> Result<HashMap<String, i64>> {
    let mut sql = Sql::new("");
    for (index, name) in names.iter().enumerate() {
        sql.push(if index > 0 {
            " UNION ALL SELECT "
        } else {
            "SELECT "
        });
        let place = sql.hold(name.as_str());
        sql.push(&format!(
            "CAST(${place} AS TEXT) AS topic, (SELECT COUNT(*) FROM (SELECT 1 AS one \
             FROM content_topics used JOIN contents c ON c.id = used.content_id \
             WHERE used.topic = ${place} AND used.feed_key IS NOT NULL \
             AND c.state IN ('published', 'archived') AND "
        ));
        visible(&mut sql, reader.viewer());
        sql.push(&format!(" LIMIT {COUNTED}) counted) AS total"));
    }
    let rows: Vec<CountRow> = sql.all(reader).await?;
    Ok(rows.into_iter().map(|row| (row.topic, row.total)).collect())
}

async fn followed(reader: &Reader, names: &[String]) -> Result<HashSet<String>> {
    let person = reader.viewer().person_id().map_or(Uuid::nil(), |id| id.0);
    let mut sql = Sql::new("SELECT topic FROM topic_follows WHERE person_id = ");
    sql.bind(person)
        .push(" AND topic IN (")
        .bind_all(names.iter().cloned())
        .push(")");
    let rows: Vec<NameRow> = sql.all(reader).await?;
    Ok(rows.into_iter().map(|row| row.topic).collect())
}
