//! Where a post stands: pinned or not, open or closed, in which community.

use kernel::{CommunityId, Error, PostId, Problem, Result, Viewer};
use platform::{Database, Tx};
use richtext::TextProblem;

use crate::events;
use crate::model::{MAX_PINNED, MAX_REASON};
use crate::policy;
use crate::table::{Sql, Total};

/// Pins the post on top of its community, or takes the pin away. Doing it twice changes nothing.
///
/// # Errors
/// `NotFound`, `Forbidden`, `Invalid(PIN_LIMIT)`, database errors.
pub async fn set_pinned(
    database: &Database,
    viewer: &Viewer,
    id: PostId,
    pinned: bool,
) -> Result<()> {
    let mut tx = database.begin(viewer).await?;
    let permit = policy::may_pin(&tx, id).await?;
    if permit.details().pinned_at.is_some() == pinned {
        return Ok(());
    }
    let permit = permit.into_inner();
    let post = permit.content();
    let community = post.community.ok_or(Error::NotFound)?;
    if pinned {
        let sql = Sql::new("SELECT COUNT(*) AS total FROM posts WHERE pinned_in = ");
        let there: Option<Total> = sql.bind(community).one(&tx).await?;
        if there.is_some_and(|row| row.total >= MAX_PINNED) {
            let text =
                format!("At most {MAX_PINNED} posts can be pinned; unpin another one first.");
            let problem = Problem::new("pinned", "PIN_LIMIT", text).with("max", MAX_PINNED);
            return Err(Error::Invalid(vec![problem]));
        }
        Sql::new("UPDATE posts SET pinned_at = ")
            .bind(tx.now())
            .push(", pinned_by = ")
            .bind(viewer.person_id().map(|person| person.0))
            .push(", pinned_in = ")
            .bind(community)
            .push(" WHERE id = ")
            .bind(id)
            .run(&tx)
            .await?;
    } else {
        unpin(&tx, id).await?;
    }
    let event = events::pinned(post, pinned);
    tx.announce(event);
    tx.commit().await
}

async fn unpin(tx: &Tx, id: PostId) -> Result<()> {
    let sql = "UPDATE posts SET pinned_at = NULL, pinned_by = NULL, pinned_in = NULL WHERE id = ";
    Sql::new(sql).bind(id).run(tx).await?;
    Ok(())
}

/// Closes the thread with a reason: no more replies and votes.
///
/// # Errors
/// `NotFound`, `Forbidden`, `Invalid` (`REASON_REQUIRED`, `TEXT_TOO_LONG`),
/// `Conflict(ALREADY_CLOSED)`, database errors.
pub async fn close(database: &Database, viewer: &Viewer, id: PostId, reason: &str) -> Result<()> {
    let mut tx = database.begin(viewer).await?;
    let permit = policy::may_close(&tx, id).await?;
    let reason = clean_reason(reason)?.ok_or_else(reason_required)?;
    content::commands::set_closed(&mut tx, permit, &reason).await?;
    tx.commit().await
}

/// A reason, cleaned; nothing when nothing is there.
pub(super) fn clean_reason(reason: &str) -> Result<Option<String>> {
    match richtext::clean_line(reason, MAX_REASON) {
        Ok(reason) => Ok(Some(reason)),
        Err(TextProblem::Empty) => Ok(None),
        Err(TextProblem::TooLong { max, actual }) => {
            let text = format!("The reason has {actual} characters, at most {max} are allowed.");
            let problem = Problem::new("reason", "TEXT_TOO_LONG", text);
            let problem = problem.with("max", max).with("actual", actual);
            Err(Error::Invalid(vec![problem]))
        }
        Err(problem) => Err(Error::invalid(
            "reason",
            "TEXT_UNREADABLE",
            problem.to_string(),
        )),
    }
}

/// The error of a reason that is missing.
pub(super) fn reason_required() -> Error {
    Error::invalid("reason", "REASON_REQUIRED", "Please say why.")
}

/// Opens a closed thread again.
///
/// # Errors
/// `NotFound`, `Forbidden` (`CLOSED_BY_MODERATOR`), `Conflict(NOT_CLOSED)`, database errors.
pub async fn reopen(database: &Database, viewer: &Viewer, id: PostId) -> Result<()> {
    let mut tx = database.begin(viewer).await?;
    let permit = policy::may_reopen(&tx, id).await?;
    content::commands::set_open(&mut tx, permit.into_inner()).await?;
    tx.commit().await
}

/// Moves the post with its whole thread to another community. Who does not read there loses it at
/// once. A pin does not go along: it was the other community's decision.
///
/// # Errors
/// `NotFound`, `Forbidden` here or there, `Conflict(ALREADY_THERE)`, database errors.
pub async fn move_to(
    database: &Database,
    viewer: &Viewer,
    id: PostId,
    target: CommunityId,
) -> Result<()> {
    let mut tx = database.begin(viewer).await?;
    let permit = policy::may_move(&tx, id, target).await?;
    let permit = permit.into_inner();
    let from = permit.content().community;
    content::commands::move_thread(&mut tx, permit, target).await?;
    let sql = Sql::new("UPDATE posts SET pinned_at = NULL, pinned_by = NULL, pinned_in = NULL, ");
    let sql = sql.push("moved_from = ").bind(from.map(|id| id.0));
    sql.push(" WHERE id = ").bind(id).run(&tx).await?;
    tx.commit().await
}
