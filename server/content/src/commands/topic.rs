//! Following topics.

use kernel::{Error, Result, SubjectRef, Viewer};
use platform::Database;
use serde_json::json;
use uuid::Uuid;

use crate::events;
use crate::model::parse_topic;
use crate::table::Sql;

/// Follows a topic, or stops. Gives its unified name.
///
/// # Errors
/// `Invalid(INVALID_TOPIC)`, database errors.
pub async fn follow_topic(
    database: &Database,
    viewer: &Viewer,
    topic: &str,
    follow: bool,
) -> Result<String> {
    let name = parse_topic(topic)
        .ok_or_else(|| Error::invalid("topic", "INVALID_TOPIC", "This cannot be a topic."))?;
    let mut tx = database.begin(viewer).await?;
    let person = tx.viewer().require_person()?;
    let mut sql;
    if follow {
        sql = Sql::new("INSERT INTO topic_follows (person_id, topic, created_at) VALUES (");
        sql.bind(person)
            .push(", ")
            .bind(name.as_str())
            .push(", ")
            .bind(tx.now());
        sql.push(") ON CONFLICT (person_id, topic) DO NOTHING");
    } else {
        sql = Sql::new("DELETE FROM topic_follows WHERE person_id = ");
        sql.bind(person).push(" AND topic = ").bind(name.as_str());
    }
    sql.run(&tx).await?;
    let kind = if follow {
        "topic.followed"
    } else {
        "topic.unfollowed"
    };
    // A topic has no id of its own: it is named in the details.
    let event = events::personal(kind, SubjectRef::new("topic", Uuid::nil()), person);
    tx.announce(event.with(json!({ "topic": name })));
    tx.commit().await?;
    Ok(name)
}
