//! Work at a set time: lists do not grow for ever.

use kernel::{Result, Timestamp, Viewer};
use platform::Database;

use crate::events;
use crate::table::Sql;

/// Lines removed in one transaction at most, so that nobody waits for the writer meanwhile.
const BATCH: i64 = 5_000;

/// Removes the lines whose latest news is older than `before`, read or not; returns how many. What
/// they are about stays. Run now and then on any node; running it twice at once does no harm.
///
/// # Errors
/// Database errors; what was removed until then stays removed.
pub async fn prune(database: &Database, before: Timestamp) -> Result<u64> {
    let viewer = Viewer::system("prune notifications");
    // A line's id tells when its latest news came, so the oldest lines stand together in the key.
    let oldest_kept = kernel::id::last_uuid_at(before);
    let mut removed = 0;
    loop {
        let mut tx = database.begin(&viewer).await?;
        let sql = Sql::new(
            "DELETE FROM notifications WHERE id IN \
             (SELECT n.id FROM notifications n WHERE n.id < ",
        );
        let sql = sql
            .bind(oldest_kept)
            .push(" ORDER BY n.id LIMIT ")
            .bind(BATCH)
            .lock(&tx, " FOR UPDATE SKIP LOCKED")
            .push(")");
        let batch = sql.run(&tx).await?;
        if batch == 0 {
            tx.rollback().await?;
            return Ok(removed);
        }
        tx.announce(events::pruned(batch));
        tx.commit().await?;
        removed += batch;
    }
}
