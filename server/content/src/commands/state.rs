//! Steps in the life of content: set a time, publish, expire, archive, delete.

use kernel::id::uuid_at;
use kernel::{ContentId, Error, Result, Timestamp, Transition};
use platform::Tx;
use serde_json::Value;

use super::edit::keep_original;
use super::thread;
use crate::events::{self, Verb};
use crate::model::{Content, ContentKind};
use crate::policy::{MayDelete, MayModerate, MayPublish, MaySystem};
use crate::table::Sql;

/// Publishes a draft or a scheduled content now; its place in the feed is now.
///
/// # Errors
/// `Conflict(WRONG_STATE)`, database errors.
pub async fn publish(tx: &mut Tx, permit: MayPublish, details: &Value) -> Result<Content> {
    let before = permit.content;
    let content = Content {
        state: before.state.apply(Transition::Publish)?,
        feed_key: Some(uuid_at(tx.now())),
        published_at: Some(tx.now()),
        scheduled_for: None,
        ..before
    };
    let mut sql = Sql::new("UPDATE contents SET state = ");
    sql.bind(content.state.as_str())
        .push(", feed_key = ")
        .bind(content.feed_key);
    sql.push(", published_at = ").bind(tx.now());
    sql.push(", scheduled_for = NULL WHERE id = ")
        .bind(content.id);
    sql.run(tx).await?;
    crate::queries::timeline::place_topics(tx, &[content.id]).await?;
    match content.kind {
        ContentKind::Reply => thread::count_replies(tx, content.root, 1, Some(tx.now())).await?,
        ContentKind::Post => thread::touch(tx, content.root).await?,
    }
    let mut event = events::about(&content, Verb::Published, content.state, details);
    let mentioned = mentioned(tx, content.id).await?;
    if !mentioned.is_empty() {
        event.payload["mentioned"] = events::people(&mentioned);
    }
    tx.announce(event);
    Ok(content)
}

#[derive(sea_orm::FromQueryResult)]
struct TargetRow {
    target_id: kernel::PersonId,
}

async fn mentioned(tx: &Tx, id: ContentId) -> Result<Vec<kernel::PersonId>> {
    let mut sql =
        Sql::new("SELECT target_id FROM mentions WHERE target_kind = 'person' AND content_id = ");
    sql.bind(id).push(" ORDER BY target_id");
    let rows: Vec<TargetRow> = sql.all(tx).await?;
    Ok(rows.into_iter().map(|row| row.target_id).collect())
}

/// Sets when it will be published by itself.
///
/// # Errors
/// `Invalid(SCHEDULED_IN_THE_PAST)`, `Conflict(WRONG_STATE)`, database errors.
pub async fn schedule(tx: &mut Tx, permit: MayPublish, at: Timestamp) -> Result<Content> {
    if at <= tx.now() {
        let text = "Choose a time in the future.";
        return Err(Error::invalid(
            "scheduledFor",
            "SCHEDULED_IN_THE_PAST",
            text,
        ));
    }
    let before = permit.content;
    let content = Content {
        state: before.state.apply(Transition::Schedule)?,
        scheduled_for: Some(at),
        ..before
    };
    let mut sql = Sql::new("UPDATE contents SET state = ");
    sql.bind(content.state.as_str())
        .push(", scheduled_for = ")
        .bind(at);
    sql.push(" WHERE id = ").bind(content.id);
    sql.run(tx).await?;
    tx.announce(events::about(
        &content,
        Verb::Scheduled,
        content.state,
        &Value::Null,
    ));
    Ok(content)
}

/// Gives scheduled content back to its author as a draft, with the reason in the event.
///
/// # Errors
/// `Conflict(WRONG_STATE)`, database errors.
pub async fn give_back(tx: &mut Tx, permit: MaySystem, reason: &str) -> Result<Content> {
    let mut content = step(tx, permit.content, Transition::Return).await?;
    content.scheduled_for = None;
    let mut sql = Sql::new("UPDATE contents SET scheduled_for = NULL WHERE id = ");
    sql.bind(content.id);
    sql.run(tx).await?;
    let details = serde_json::json!({ "reason": reason });
    tx.announce(events::about(
        &content,
        Verb::Returned,
        content.state,
        &details,
    ));
    Ok(content)
}

/// Ends it at its set time: only its author sees it from now on.
///
/// # Errors
/// `Conflict(WRONG_STATE)`, database errors.
pub async fn expire(tx: &mut Tx, permit: MaySystem) -> Result<Content> {
    let seen = permit.content.state;
    let content = step(tx, permit.content, Transition::Expire).await?;
    tx.announce(events::about(&content, Verb::Expired, seen, &Value::Null));
    Ok(content)
}

/// Keeps it for reading only.
///
/// # Errors
/// `Conflict(WRONG_STATE)`, database errors.
pub async fn archive(tx: &mut Tx, permit: MayModerate) -> Result<Content> {
    let content = step(tx, permit.content, Transition::Archive).await?;
    tx.announce(events::about(
        &content,
        Verb::Archived,
        content.state,
        &Value::Null,
    ));
    Ok(content)
}

/// Brings archived or expired content back.
///
/// # Errors
/// `Conflict(WRONG_STATE)`, database errors.
pub async fn restore(tx: &mut Tx, permit: MaySystem) -> Result<Content> {
    let content = step(tx, permit.content, Transition::Restore).await?;
    tx.announce(events::about(
        &content,
        Verb::Restored,
        content.state,
        &Value::Null,
    ));
    Ok(content)
}

async fn step(tx: &Tx, before: Content, step: Transition) -> Result<Content> {
    let content = Content {
        state: before.state.apply(step)?,
        ..before
    };
    let mut sql = Sql::new("UPDATE contents SET state = ");
    sql.bind(content.state.as_str())
        .push(" WHERE id = ")
        .bind(content.id);
    sql.run(tx).await?;
    Ok(content)
}

/// Takes it away. Its last text stays in the revisions, which nobody reads through the API any
/// more; the row itself keeps no word of it. Gives the content as it is now.
///
/// # Errors
/// `Conflict(WRONG_STATE)`, database errors.
pub async fn delete(tx: &mut Tx, permit: MayDelete) -> Result<Content> {
    let before = permit.content;
    let state = before.state.apply(Transition::Delete)?;
    keep_original(tx, &before).await?;
    let mut sql =
        Sql::new("UPDATE contents SET title = '', source = '', html = '', excerpt = '', state = ");
    sql.bind(state.as_str())
        .push(", deleted_at = ")
        .bind(tx.now());
    sql.push(", deleted_by = ")
        .bind(tx.viewer().person_id().map(|id| id.0));
    sql.push(" WHERE id = ").bind(before.id);
    sql.run(tx).await?;
    if before.kind == ContentKind::Reply && before.published_at.is_some() {
        thread::count_replies(tx, before.root, -1, None).await?;
        let reactions = reactions_to(tx, before.id).await?;
        if reactions > 0 {
            thread::count_reactions(tx, before.root, -reactions).await?;
        }
        thread::forget_best_answer(tx, &before).await?;
    }
    let content = Content {
        state,
        title: String::new(),
        source: String::new(),
        html: String::new(),
        excerpt: String::new(),
        deleted_at: Some(tx.now()),
        ..before.clone()
    };
    tx.announce(events::about(
        &content,
        Verb::Deleted,
        before.state,
        &Value::Null,
    ));
    Ok(content)
}

#[derive(sea_orm::FromQueryResult)]
struct TotalRow {
    total: Option<i64>,
}

async fn reactions_to(tx: &Tx, id: ContentId) -> Result<i64> {
    let mut sql = Sql::new(
        "SELECT CAST(SUM(total) AS BIGINT) AS total FROM reaction_counts WHERE content_id = ",
    );
    sql.bind(id);
    let row: Option<TotalRow> = sql.one(tx).await?;
    Ok(row.and_then(|row| row.total).unwrap_or(0))
}
