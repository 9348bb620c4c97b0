//! Work at a set time: news get a moment ([`plan_due`]), and what is due goes out ([`send_mail`],
//! [`send_pushes`]).
//!
//! The way of a delivery: `new`, then `waiting` with a moment, then `sending`, then one of
//! [`crate::model::Outcome`]. A worker takes what is due by moving its moment ahead, so that no other
//! takes it and it comes back by itself if the worker dies. Only right before a server could accept it
//! becomes `sending`; from there it never goes back to `waiting` unless the server said no. What stays in
//! `sending` when its moment has come again may have arrived, and is given up as `unknown`.

mod claim;
mod letter;
mod mail;
mod news;
mod plan;
mod push;
mod words;

pub use mail::send_mail;
pub use plan::plan_due;
pub use push::{PushOffice, send_pushes};

pub use words::category_names;

pub(crate) use letter::{Written, write};
pub(crate) use news::{news_of, recipient};

use kernel::{Result, Timestamp, Viewer};
use platform::{Database, Sql};

use crate::events;

/// Rows removed in one transaction at most.
const BATCH: i64 = 5_000;

/// Removes deliveries that ended before `before`; returns how many.
///
/// # Errors
/// Database errors; what was removed until then stays removed.
pub async fn prune(database: &Database, before: Timestamp) -> Result<u64> {
    let viewer = Viewer::system("prune deliveries");
    let mut removed = 0;
    loop {
        let mut tx = database.begin(&viewer).await?;
        let mut sql = Sql::new(
            "DELETE FROM deliveries WHERE id IN (SELECT d.id FROM deliveries d \
             WHERE d.state NOT IN ('new', 'waiting', 'sending') AND d.created_at < ",
        );
        sql.bind(before).push(" LIMIT ").bind(BATCH).push(")");
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
