//! Marking lines as read, and as unread again.

use kernel::{Error, NotificationId, PersonId, Result, Viewer};
use platform::{Database, Tx};

use crate::events;
use crate::model::{MAX_MARKED, Marked};
use crate::policy::visible;
use crate::table::{IdRow, Sql};

/// Which lines are marked.
#[derive(Debug, Clone)]
pub enum Which {
    /// All there are.
    All,
    /// These.
    These(Vec<NotificationId>),
}

/// Marks the viewer's lines. Ids of others, of lines that are gone or already so do no harm. A line
/// becomes unread only while no newer one of its kind and subject stands above it.
///
/// # Errors
/// `Invalid`: `TOO_MANY_IDS`, `IDS_REQUIRED` (not everything can be marked as unread).
pub async fn mark(
    database: &Database,
    viewer: &Viewer,
    which: &Which,
    read: bool,
) -> Result<Marked> {
    let person = viewer.require_person()?;
    check(which, read)?;
    let mut tx = database.begin(viewer).await?;
    let mut changed = change(&tx, person, which, read).await?;
    if changed.is_empty() {
        tx.rollback().await?;
        return Ok(Marked::default());
    }
    tx.announce(events::read(person, read));
    tx.commit().await?;
    changed.sort_unstable_by(|a, b| b.cmp(a));
    changed.truncate(MAX_MARKED);
    Ok(Marked { changed })
}

fn check(which: &Which, read: bool) -> Result<()> {
    let problem = match which {
        Which::All if read => return Ok(()),
        Which::All => kernel::Problem::new(
            "notificationIds",
            "IDS_REQUIRED",
            "Say which notifications are to be unread.",
        ),
        Which::These(ids) if ids.len() > MAX_MARKED => {
            let text = format!("At most {MAX_MARKED} notifications can be marked at once.");
            kernel::Problem::new("notificationIds", "TOO_MANY_IDS", text).with("max", MAX_MARKED)
        }
        Which::These(_) => return Ok(()),
    };
    Err(Error::Invalid(vec![problem]))
}

async fn change(
    tx: &Tx,
    person: PersonId,
    which: &Which,
    read: bool,
) -> Result<Vec<NotificationId>> {
    let sql = Sql::new("UPDATE notifications SET read_at = ");
    let sql = if read {
        sql.bind(tx.now())
    } else {
        sql.push("NULL")
    };
    let sql = sql.push(" WHERE id IN (SELECT n.id FROM notifications n WHERE n.person_id = ");
    let sql = sql.bind(person).push(if read {
        " AND n.read_at IS NULL AND "
    } else {
        " AND n.read_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM notifications newer \
         WHERE newer.person_id = n.person_id AND newer.bundle = n.bundle \
         AND (newer.id > n.id OR newer.read_at IS NULL)) AND "
    });
    let sql = visible(sql, tx.viewer());
    let sql = match which {
        Which::All => sql,
        Which::These(ids) if ids.is_empty() => return Ok(Vec::new()),
        Which::These(ids) => sql
            .push(" AND n.id IN (")
            .bind_all(ids.iter().copied())
            .push(")"),
    };
    // What the consumer holds at this moment is about to rise anyway.
    let sql = sql
        .lock(tx, " FOR UPDATE OF n SKIP LOCKED")
        .push(") RETURNING id");
    let rows: Vec<IdRow> = sql.all(tx).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}
