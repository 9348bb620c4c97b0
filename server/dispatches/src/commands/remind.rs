//! A reminder the sender asks for: to all who are overdue, now and then.

use kernel::{ContentState, DispatchId, Error, Result, Viewer};
use platform::Database;

use crate::events;
use crate::policy;
use crate::table::Sql;

/// Hours between two reminders of one dispatch that its sender asks for.
pub const REMIND_EVERY_HOURS: i64 = 4;

/// Reminds everybody whose deadline has passed and who has not confirmed; returns how many they are. They are
/// told by the same work that takes due steps, each once.
///
/// # Errors
/// `NotFound`, `NOT_YOURS`, `WRONG_STATE`; `NOT_A_MUST_READ`; `REMINDED_LATELY` within four hours of the last
/// time; `NOBODY_OVERDUE`.
pub async fn remind_overdue(database: &Database, viewer: &Viewer, id: DispatchId) -> Result<u64> {
    let mut tx = database.begin(viewer).await?;
    let seen = policy::may_change(&tx, id, &[ContentState::Published]).await?;
    if !seen.row.is_must_read {
        return Err(Error::Conflict("NOT_A_MUST_READ"));
    }
    let again = seen
        .row
        .reminded_at
        .map(|at| at.plus_seconds(REMIND_EVERY_HOURS * 3600));
    if again.is_some_and(|again| again > tx.now()) {
        return Err(Error::Conflict("REMINDED_LATELY"));
    }
    let mut sql = Sql::new("UPDATE dispatch_roll SET next_nudge_at = ");
    sql.bind(tx.now())
        .push(" WHERE due_at <= ")
        .bind(tx.now())
        .push(
            " AND NOT EXISTS (SELECT 1 FROM dispatch_receipts x WHERE \
             x.dispatch_id = dispatch_roll.dispatch_id AND x.person_id = dispatch_roll.person_id \
             AND x.acknowledged_at IS NOT NULL AND x.version >= ",
        )
        .bind(seen.row.required_version)
        .push(") AND dispatch_id = ")
        .bind(id);
    let reminded = sql.run(&tx).await?;
    if reminded == 0 {
        return Err(Error::Conflict("NOBODY_OVERDUE"));
    }
    let mut sql = Sql::new("UPDATE dispatches SET reminded_at = ");
    sql.bind(tx.now()).push(" WHERE id = ").bind(id);
    sql.run(&tx).await?;
    tx.announce(events::wide(events::REMIND_ASKED, id, seen.person));
    tx.commit().await?;
    Ok(reminded)
}
