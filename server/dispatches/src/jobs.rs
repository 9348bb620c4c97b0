//! Work at a set time: sending what is scheduled, adding joiners, taking steps.

use kernel::Result;
use platform::Database;

pub use crate::commands::steps::take_due;
pub use crate::commands::{join_due, send_scheduled};

/// Everything that is due at this moment. Run it every few seconds on every node: each row is locked while
/// it is worked on, and its state is read under the lock, so that everything happens once.
///
/// # Errors
/// The first error.
pub async fn run_due(database: &Database) -> Result<()> {
    send_scheduled(database).await?;
    while take_due(database).await? > 0 {}
    Ok(())
}
