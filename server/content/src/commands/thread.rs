//! Threads: counters, closing, moving, best answer, and who follows.

use std::collections::BTreeSet;

use communities::policy::standing_locked;
use kernel::{
    CommunityId, ContentId, ContentState, Error, PersonId, ReplyId, Result, SubjectRef, Timestamp,
};
use platform::Tx;
use sea_orm::FromQueryResult;
use serde_json::{Value, json};

use crate::events::{self, Verb};
use crate::model::{Content, MAX_REASON, ThreadSubscription};
use crate::policy::{MayAnswer, MayClose, MaySee};
use crate::table::Sql;

/// Changes the number of replies; `at` is when somebody wrote.
pub(super) async fn count_replies(
    tx: &Tx,
    root: ContentId,
    change: i64,
    at: Option<Timestamp>,
) -> Result<()> {
    let mut sql = Sql::new("UPDATE threads SET reply_count = reply_count + ");
    sql.bind(change);
    if let Some(at) = at {
        sql.push(", last_activity_at = CASE WHEN last_activity_at < ")
            .bind(at);
        sql.push(" THEN ")
            .bind(at)
            .push(" ELSE last_activity_at END");
    }
    sql.push(" WHERE root_id = ").bind(root);
    sql.run(tx).await?;
    Ok(())
}

/// Changes the number of reactions in a thread.
pub(super) async fn count_reactions(tx: &Tx, root: ContentId, change: i64) -> Result<()> {
    let mut sql = Sql::new("UPDATE threads SET reaction_count = reaction_count + ");
    sql.bind(change).push(" WHERE root_id = ").bind(root);
    sql.run(tx).await?;
    Ok(())
}

/// A thread comes to life: its time is now.
pub(super) async fn touch(tx: &Tx, root: ContentId) -> Result<()> {
    count_replies(tx, root, 0, Some(tx.now())).await
}

/// Makes people follow threads, unless they muted them.
pub(super) async fn follow_all(tx: &Tx, pairs: &BTreeSet<(ContentId, PersonId)>) -> Result<()> {
    let pairs: Vec<&(ContentId, PersonId)> = pairs.iter().collect();
    for chunk in pairs.chunks(400) {
        let mut sql = Sql::new(
            "INSERT INTO thread_subscriptions (root_id, person_id, state, updated_at) VALUES ",
        );
        sql.bind_rows(chunk.iter().map(|(root, person)| {
            let following = ThreadSubscription::Following.as_str();
            vec![
                (*root).into(),
                (*person).into(),
                following.into(),
                tx.now().into(),
            ]
        }));
        sql.push(
            " ON CONFLICT (root_id, person_id) DO UPDATE SET state = excluded.state, \
             updated_at = excluded.updated_at WHERE thread_subscriptions.state = 'normal'",
        );
        sql.run(tx).await?;
    }
    Ok(())
}

/// Makes one person follow a thread, unless muted.
///
/// # Errors
/// Database errors.
pub async fn follow_thread(tx: &Tx, root: ContentId, person: PersonId) -> Result<()> {
    follow_all(tx, &BTreeSet::from([(root, person)])).await
}

/// Sets how the viewer follows a thread.
///
/// # Errors
/// `Unauthenticated` for the house itself, database errors.
pub async fn subscribe(tx: &mut Tx, permit: &MaySee, state: ThreadSubscription) -> Result<()> {
    let person = tx.viewer().require_person()?;
    let root = permit.content.root;
    let mut sql = Sql::new(
        "INSERT INTO thread_subscriptions (root_id, person_id, state, updated_at) VALUES (",
    );
    sql.bind(root)
        .push(", ")
        .bind(person)
        .push(", ")
        .bind(state.as_str());
    sql.push(", ").bind(tx.now());
    sql.push(
        ") ON CONFLICT (root_id, person_id) DO UPDATE SET state = excluded.state, \
         updated_at = excluded.updated_at",
    );
    sql.run(tx).await?;
    let subject = SubjectRef::new(permit.content.kind.as_str(), root);
    let event = events::personal("thread.subscribed", subject, person).in_root(root);
    tx.announce(event.with(json!({ "state": state.as_str() })));
    Ok(())
}

#[derive(FromQueryResult)]
struct ClosedRow {
    closed_at: Option<Timestamp>,
}

async fn is_closed(tx: &Tx, root: ContentId) -> Result<bool> {
    let mut sql = Sql::new("SELECT closed_at FROM threads WHERE root_id = ");
    sql.bind(root);
    let row: Option<ClosedRow> = sql.one(tx).await?;
    Ok(row.ok_or(Error::NotFound)?.closed_at.is_some())
}

/// Closes a thread: no more replies. Gives the reason as stored.
///
/// # Errors
/// `Invalid` (`REASON_REQUIRED`, `TEXT_TOO_LONG`), `Conflict(ALREADY_CLOSED)`, database errors.
pub async fn set_closed(tx: &mut Tx, permit: MayClose, reason: &str) -> Result<String> {
    let reason = clean_reason(reason)?;
    let root = permit.content;
    if is_closed(tx, root.id).await? {
        return Err(Error::Conflict("ALREADY_CLOSED"));
    }
    let closer = tx.viewer().person_id().unwrap_or(root.author);
    let mut sql = Sql::new("UPDATE threads SET closed_at = ");
    sql.bind(tx.now()).push(", closed_by = ").bind(closer);
    sql.push(", close_reason = ").bind(reason.as_str());
    sql.push(" WHERE root_id = ").bind(root.id);
    sql.run(tx).await?;
    tx.announce(events::about(&root, Verb::Closed, root.state, &Value::Null));
    Ok(reason)
}

fn clean_reason(reason: &str) -> Result<String> {
    match richtext::clean_line(reason, MAX_REASON) {
        Ok(reason) => Ok(reason),
        Err(richtext::TextProblem::TooLong { max, actual }) => {
            let text = format!("The reason has {actual} characters, at most {max} are allowed.");
            let problem = kernel::Problem::new("reason", "TEXT_TOO_LONG", text);
            Err(Error::Invalid(vec![
                problem.with("max", max).with("actual", actual),
            ]))
        }
        Err(_) => Err(Error::invalid(
            "reason",
            "REASON_REQUIRED",
            "Please say why.",
        )),
    }
}

/// Opens a closed thread again.
///
/// # Errors
/// `Conflict(NOT_CLOSED)`, database errors.
pub async fn set_open(tx: &mut Tx, permit: MayClose) -> Result<()> {
    let root = permit.content;
    if !is_closed(tx, root.id).await? {
        return Err(Error::Conflict("NOT_CLOSED"));
    }
    let mut sql = Sql::new(
        "UPDATE threads SET closed_at = NULL, closed_by = NULL, close_reason = NULL WHERE root_id = ",
    );
    sql.bind(root.id);
    sql.run(tx).await?;
    tx.announce(events::about(
        &root,
        Verb::Reopened,
        root.state,
        &Value::Null,
    ));
    Ok(())
}

/// Moves a thread with all its replies to a community where the viewer may start threads. Gives the
/// start of the thread as it is now.
///
/// # Errors
/// `Conflict(ALREADY_THERE)`, `NotFound` and `Forbidden` for the target, database errors.
pub async fn move_thread(tx: &mut Tx, permit: MayClose, target: CommunityId) -> Result<Content> {
    let mut root = permit.content;
    if !root.is_root() {
        return Err(Error::NotFound);
    }
    if root.community == Some(target) {
        return Err(Error::Conflict("ALREADY_THERE"));
    }
    standing_locked(tx, target).await?.may_post()?;
    for condition in ["id = ", "kind = 'reply' AND root_id = "] {
        let mut sql = Sql::new("UPDATE contents SET community_id = ");
        sql.bind(target)
            .push(" WHERE ")
            .push(condition)
            .bind(root.id);
        sql.run(tx).await?;
    }
    let from = root.community.replace(target);
    let details = from.map_or(
        Value::Null,
        |from| json!({ "from": from.0.simple().to_string() }),
    );
    tx.announce(events::about(&root, Verb::Moved, root.state, &details));
    Ok(root)
}

#[derive(FromQueryResult)]
struct IdRow {
    id: ContentId,
}

/// Marks a published reply as the best answer, or takes the mark away.
///
/// # Errors
/// `Invalid(REPLY_NOT_FOUND)`, database errors.
pub async fn set_best_answer(tx: &mut Tx, permit: MayAnswer, reply: Option<ReplyId>) -> Result<()> {
    let root = permit.root;
    if let Some(reply) = reply {
        let mut sql = Sql::new("SELECT c.id FROM contents c WHERE c.kind = 'reply' AND c.id = ");
        sql.bind(reply).push(" AND c.root_id = ").bind(root.id);
        sql.push(" AND c.state = ")
            .bind(ContentState::Published.as_str());
        sql.lock(tx, "c");
        let found: Option<IdRow> = sql.one(tx).await?;
        if found.is_none_or(|row| row.id.0 != reply.0) {
            let text = "This reply is not in this thread any more.";
            return Err(Error::invalid("replyId", "REPLY_NOT_FOUND", text));
        }
    }
    write_best_answer(tx, root.id, reply).await?;
    let answer = reply.map_or(Value::Null, |id| events::hex(id.0));
    let details = json!({ "best_answer": answer });
    tx.announce(events::about(&root, Verb::Changed, root.state, &details));
    Ok(())
}

async fn write_best_answer(tx: &Tx, root: ContentId, reply: Option<ReplyId>) -> Result<()> {
    let mut sql = Sql::new("UPDATE threads SET best_answer_id = ");
    sql.bind(reply.map(|id| id.0))
        .push(" WHERE root_id = ")
        .bind(root);
    sql.run(tx).await?;
    Ok(())
}

/// A deleted reply is nobody's best answer.
pub(super) async fn forget_best_answer(tx: &Tx, reply: &Content) -> Result<()> {
    let mut sql = Sql::new("UPDATE threads SET best_answer_id = NULL WHERE root_id = ");
    sql.bind(reply.root)
        .push(" AND best_answer_id = ")
        .bind(reply.id);
    sql.run(tx).await?;
    Ok(())
}
