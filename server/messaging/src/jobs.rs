//! Work at a set time.

use kernel::{Result, Viewer};
use platform::Database;

use crate::commands;

/// How many messages one round sends at most; the next round is seconds away.
const PER_ROUND: u64 = 500;

/// Sends the messages whose time has come, overdue ones too; returns how many it dealt with. Run
/// every few seconds on every node: a row is deleted in the transaction that sends its message.
///
/// # Errors
/// The first error, after all others have been tried: one bad message does not hold up the rest.
pub async fn send_due(database: &Database) -> Result<u64> {
    let viewer = Viewer::system("send scheduled messages");
    let due = commands::due(&database.reader(&viewer), PER_ROUND).await?;
    let (mut sent, mut failure) = (0, None);
    for id in due {
        match commands::send_due(database, &viewer, id).await {
            Ok(true) => sent += 1,
            Ok(false) => {}
            Err(error) => {
                tracing::error!(message = %id, %error, "scheduled message was not sent");
                failure.get_or_insert(error);
            }
        }
    }
    failure.map_or(Ok(sent), Err)
}
