//! Publishing at a set time, and changing one's mind about it.

use content::policy::may_publish as content_may_publish;
use kernel::{ContentState, Error, PersonId, PostId, Problem, Result, Timestamp, Viewer};
use platform::{Database, Tx};
use serde_json::Value;

use super::create::too_far_ahead;
use crate::events;
use crate::model::PostDetails;
use crate::policy;
use crate::table::{PostPersonRow, Sql};

/// Sets another time for one's own scheduled post, or publishes it now.
///
/// # Errors
/// `NotFound`, `Forbidden`, `Conflict(WRONG_STATE)` for what is published already, `Invalid` for a
/// time that is past, too far ahead or after the end of the poll, database errors.
pub async fn schedule(
    database: &Database,
    viewer: &Viewer,
    id: PostId,
    at: Option<Timestamp>,
) -> Result<()> {
    let mut tx = database.begin(viewer).await?;
    let permit = policy::may_schedule(&tx, id).await?;
    let details = permit.details().clone();
    let permit = permit.into_inner();
    if let Some(at) = at {
        let mut problems: Vec<Problem> = too_far_ahead(&tx, Some(at)).into_iter().collect();
        let end = details.poll.as_ref().and_then(|poll| poll.closes_at);
        if end.is_some_and(|end| end <= at) {
            let text = "The poll would be over before it starts.";
            problems.push(Problem::new("scheduledFor", "POLL_ENDS_BEFORE", text));
        }
        if !problems.is_empty() {
            return Err(Error::Invalid(problems));
        }
        content::commands::schedule(&mut tx, permit, at).await?;
    } else {
        let about = published_details(&tx, id, &details).await?;
        content::commands::publish(&mut tx, permit, &about).await?;
    }
    tx.commit().await
}

async fn published_details(tx: &Tx, id: PostId, details: &PostDetails) -> Result<Value> {
    let praised: Vec<PersonId> = if details.praise.is_some() {
        let sql = "SELECT post_id, person_id FROM praise_people WHERE post_id = ";
        let rows: Vec<PostPersonRow> = Sql::new(sql).bind(id).all(tx).await?;
        rows.into_iter().map(|row| row.person_id).collect()
    } else {
        Vec::new()
    };
    Ok(events::details(details.kind, &praised, details.shared_from))
}

/// Publishes one scheduled post whose time has come; gives it back to its author where the author
/// may not publish it any more. Tells whether there was something to do: another node may have been
/// faster.
///
/// # Errors
/// Database errors.
pub(crate) async fn publish_one(database: &Database, viewer: &Viewer, id: PostId) -> Result<bool> {
    let mut tx = database.begin(viewer).await?;
    let permit = match content_may_publish(&tx, id.into()).await {
        Ok(permit) => permit,
        Err(Error::NotFound) => return Ok(false),
        Err(error) => return Err(error),
    };
    let post = permit.content().clone();
    let is_due = post.scheduled_for.is_some_and(|at| at <= tx.now());
    if post.state != ContentState::Scheduled || !is_due {
        return Ok(false);
    }
    let details = policy::details_in(&tx, id).await?;
    match policy::may_publish_due(&tx, &post, &details).await? {
        Ok(()) => {
            let about = published_details(&tx, id, &details).await?;
            content::commands::publish(&mut tx, permit, &about).await?;
        }
        Err(refusal) => {
            let permit = content::policy::may_system(&tx, id.into()).await?;
            content::commands::give_back(&mut tx, permit, refusal.reason()).await?;
        }
    }
    tx.commit().await?;
    Ok(true)
}
