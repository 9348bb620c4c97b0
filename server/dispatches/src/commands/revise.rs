//! Changing what was sent. A material change has to be confirmed again, a typo does not.

use kernel::{ContentState, DispatchId, Result, Transition, Viewer};
use platform::Database;

use super::{parse, steps};
use crate::events;
use crate::model::{Comprehension, NewText};
use crate::policy;
use crate::table::Sql;

/// A new text.
#[derive(Debug, Clone)]
pub struct Revision {
    /// The text in each language.
    pub texts: Vec<NewText>,
    /// Questions of understanding.
    pub questions: Vec<Comprehension>,
    /// Whether it means something else now, so that it has to be confirmed again.
    pub is_material: bool,
}

/// Stores a new version; returns its number.
///
/// # Errors
/// `NotFound`, `NOT_YOURS`, `WRONG_STATE`, all problems of the texts.
pub async fn revise(
    database: &Database,
    viewer: &Viewer,
    id: DispatchId,
    revision: Revision,
) -> Result<i32> {
    let mut tx = database.begin(viewer).await?;
    let seen = policy::may_change(&tx, id, &[ContentState::Published]).await?;
    let row = seen.row;
    let number = row.version + 1;
    let texts = parse::texts(number, &row.language, &revision.texts)?;
    let questions = parse::questions(&revision.questions, &texts)?;
    parse::store_version(&tx, id, number, revision.is_material, &texts, &questions).await?;
    let required = if revision.is_material {
        number
    } else {
        row.required_version
    };
    let mut sql = Sql::new("UPDATE dispatches SET version = ");
    sql.bind(number)
        .push(", required_version = ")
        .bind(required)
        .push(", updated_at = ")
        .bind(tx.now())
        .push(" WHERE id = ")
        .bind(id);
    sql.run(&tx).await?;
    if revision.is_material {
        steps::restart(&tx, &row).await?;
    }
    tx.announce(events::revised(id, row.sender_id, revision.is_material));
    tx.commit().await?;
    Ok(number)
}

/// Takes a dispatch back: it stays readable, marked as withdrawn, and nobody has to confirm it any more.
///
/// # Errors
/// `NotFound`, `NOT_YOURS`, `WRONG_STATE`.
pub async fn withdraw(database: &Database, viewer: &Viewer, id: DispatchId) -> Result<()> {
    let mut tx = database.begin(viewer).await?;
    let seen = policy::may_change(&tx, id, &[ContentState::Published]).await?;
    let next = seen.row.state()?.apply(Transition::Archive)?;
    let mut sql = Sql::new("UPDATE dispatches SET state = ");
    sql.bind(next.as_str())
        .push(", withdrawn_at = ")
        .bind(tx.now())
        .push(", updated_at = ")
        .bind(tx.now())
        .push(" WHERE id = ")
        .bind(id);
    sql.run(&tx).await?;
    let mut sql = Sql::new(
        "UPDATE dispatch_roll SET next_step_at = NULL, next_nudge_at = NULL WHERE dispatch_id = ",
    );
    sql.bind(id);
    sql.run(&tx).await?;
    tx.announce(events::wide(events::WITHDRAWN, id, seen.row.sender_id));
    tx.commit().await
}
