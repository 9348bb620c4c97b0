//! What people answer with a mark: the best answer, what becomes of an idea, an announcement seen.

use kernel::{Error, PostId, ReplyId, Result, Viewer};
use platform::Database;
use serde_json::json;

use super::place::{clean_reason, reason_required};
use crate::events;
use crate::model::IdeaState;
use crate::policy;
use crate::table::Sql;

/// Marks a reply of the question's thread as the best answer, or takes the mark away.
///
/// # Errors
/// `NotFound`, `Forbidden` (only who asked, and moderators; `NOT_A_QUESTION`),
/// `Invalid(REPLY_NOT_FOUND)`, database errors.
pub async fn best_answer_set(
    database: &Database,
    viewer: &Viewer,
    id: PostId,
    reply: Option<ReplyId>,
) -> Result<()> {
    let mut tx = database.begin(viewer).await?;
    let permit = policy::may_answer(&tx, id).await?;
    if permit.thread().best_answer == reply {
        return Ok(());
    }
    content::commands::set_best_answer(&mut tx, permit, reply).await?;
    tx.commit().await
}

/// Says what becomes of an idea. Declining it needs a reason.
///
/// # Errors
/// `NotFound`, `Forbidden`, `Invalid` (`REASON_REQUIRED`, `TEXT_TOO_LONG`), database errors.
pub async fn idea_set_state(
    database: &Database,
    viewer: &Viewer,
    id: PostId,
    state: IdeaState,
    reason: &str,
) -> Result<()> {
    let mut tx = database.begin(viewer).await?;
    let permit = policy::may_set_idea_state(&tx, id).await?;
    let reason = clean_reason(reason)?;
    if state.needs_reason() && reason.is_none() {
        return Err(reason_required());
    }
    let reason = reason.unwrap_or_default();
    let idea = permit.details().idea.as_ref();
    let idea = idea.ok_or(Error::Forbidden("NOT_AN_IDEA"))?;
    if idea.state == state && idea.reason == reason {
        return Ok(());
    }
    Sql::new("UPDATE posts SET idea_state = ")
        .bind(state.as_str())
        .push(", idea_reason = ")
        .bind(reason)
        .push(" WHERE id = ")
        .bind(id)
        .run(&tx)
        .await?;
    let permit = permit.into_inner();
    let event = events::changed(permit.content(), json!({ "idea_state": state.as_str() }));
    tx.announce(event);
    tx.commit().await
}

/// Remembers that the viewer has seen the announcement; it leaves the top of the home feed. Doing it
/// twice changes nothing.
///
/// # Errors
/// `NotFound`, `Forbidden(NOT_AN_ANNOUNCEMENT)`, database errors.
pub async fn announcement_mark_seen(
    database: &Database,
    viewer: &Viewer,
    id: PostId,
) -> Result<()> {
    let person = viewer.require_person()?;
    let mut tx = database.begin(viewer).await?;
    let permit = policy::may_mark_seen(&tx, id).await?;
    let sql = Sql::new("INSERT INTO announcement_views (post_id, person_id, seen_at) VALUES ");
    let sql = sql.bind_rows([vec![id.into(), person.into(), tx.now().into()]]);
    if sql.push(" ON CONFLICT DO NOTHING").run(&tx).await? == 0 {
        return Ok(());
    }
    let sql = Sql::new("UPDATE posts SET seen_count = seen_count + 1 WHERE id = ");
    sql.bind(id).run(&tx).await?;
    let permit = permit.into_inner();
    let event = events::seen(permit.content(), person);
    tx.announce(event);
    tx.commit().await
}
