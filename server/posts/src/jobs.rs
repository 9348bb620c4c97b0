//! Work at a set time. Polls need none: whether one is over is computed when somebody looks.

use content::ContentKind;
use kernel::{Result, Viewer};
use platform::Database;

use crate::commands;

/// How many posts one round publishes at most; the next round is seconds away.
const PER_ROUND: u64 = 500;

/// Publishes the scheduled posts whose time has come, overdue ones too; returns how many it dealt
/// with. Run every few seconds on every node: a post's row is locked while it is published and its
/// state is read under the lock, so that each is published once.
///
/// # Errors
/// The first error, after all others have been tried: one bad post does not hold up the rest.
pub async fn publish_due(database: &Database) -> Result<u64> {
    let viewer = Viewer::system("publish scheduled posts");
    let reader = database.reader(&viewer);
    let due = content::queries::due(&reader, reader.now(), PER_ROUND).await?;
    let due = due
        .iter()
        .filter(|content| content.kind == ContentKind::Post);
    let (mut published, mut failure) = (0, None);
    for id in due.map(content::Content::post_id) {
        match commands::publish_one(database, &viewer, id).await {
            Ok(true) => published += 1,
            Ok(false) => {}
            Err(error) => {
                tracing::error!(post = %id, %error, "scheduled post was not published");
                failure.get_or_insert(error);
            }
        }
    }
    match failure {
        Some(error) => Err(error),
        None => Ok(published),
    }
}
