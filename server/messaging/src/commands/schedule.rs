//! Messages to be sent later. Until then they are their author's alone; a row is deleted in the
//! transaction that sends its message, so each is sent once whatever dies in between.

use kernel::{Error, Problem, Result, ScheduledMessageId, Timestamp, Viewer};
use platform::{Database, Reader, Tx};
use sea_orm::{FromQueryResult, Value};

use super::send::{Checked, check, deliver};
use crate::events;
use crate::model::{MAX_DAYS_AHEAD, MAX_SCHEDULED, NewMessage, ScheduledView};
use crate::policy::{self, MayTakePart};
use crate::table::{SCHEDULED, ScheduledRow, Sql, Total};

/// Keeps a message to be sent at `send_at`. Repeating it with the same client id gives the first one
/// back.
///
/// # Errors
/// As sending now, and `Invalid` (`SCHEDULED_IN_THE_PAST`, `SCHEDULED_TOO_FAR`,
/// `TOO_MANY_SCHEDULED`).
pub async fn message_schedule(
    database: &Database,
    viewer: &Viewer,
    new: NewMessage,
    send_at: Timestamp,
) -> Result<ScheduledView> {
    viewer.require_person()?;
    let mut tx = database.begin(viewer).await?;
    let permit = policy::may_take_part(&tx, new.conversation_id).await?;
    if let Some(before) = kept_before(&tx, &permit, &new.client_id).await? {
        tx.rollback().await?;
        return Ok(before.into());
    }
    check_time(&tx, &permit, send_at).await?;
    let checked = check(&tx, permit.person, new).await?;
    let row = ScheduledRow {
        id: ScheduledMessageId::at(tx.now()),
        conversation_id: permit.conversation.id,
        author_id: permit.person,
        thread_id: checked.thread,
        source: checked.source,
        client_id: checked.client_id,
        send_at,
    };
    insert(&tx, &row).await?;
    let files = content::commands::Share {
        owner: permit.person,
        circle: row.id.0,
        members: &[permit.person],
        subject: row.id.0,
        files: &checked.files,
    };
    content::commands::share(&tx, files).await?;
    tx.announce(events::own(row.conversation_id, permit.person));
    tx.commit().await?;
    Ok(row.into())
}

async fn kept_before(
    tx: &Tx,
    permit: &MayTakePart,
    client_id: &str,
) -> Result<Option<ScheduledRow>> {
    let Ok(client_id) = super::parse_client_id(client_id) else {
        return Ok(None);
    };
    let mut sql = Sql::new(format!(
        "SELECT {SCHEDULED} FROM scheduled_messages s WHERE s.author_id = "
    ));
    sql.bind(permit.person).push(" AND s.client_id = ");
    sql.bind(client_id);
    sql.one(tx).await
}

async fn check_time(tx: &Tx, permit: &MayTakePart, send_at: Timestamp) -> Result<()> {
    let problem = |field: &'static str, code: &'static str, text: &str| {
        Err(Error::Invalid(vec![Problem::new(field, code, text)]))
    };
    if send_at <= tx.now() {
        let text = "Choose a time in the future.";
        return problem("sendAt", "SCHEDULED_IN_THE_PAST", text);
    }
    if send_at > tx.now().plus_seconds(MAX_DAYS_AHEAD * 24 * 3600) {
        return problem(
            "sendAt",
            "SCHEDULED_TOO_FAR",
            "Choose a time within a year.",
        );
    }
    let mut sql = Sql::new("SELECT COUNT(*) AS total FROM scheduled_messages WHERE author_id = ");
    sql.bind(permit.person);
    let waiting: Option<Total> = sql.one(tx).await?;
    if waiting.is_some_and(|row| row.total >= MAX_SCHEDULED) {
        let text = format!("At most {MAX_SCHEDULED} messages can wait.");
        return problem("sendAt", "TOO_MANY_SCHEDULED", &text);
    }
    Ok(())
}

async fn insert(tx: &Tx, row: &ScheduledRow) -> Result<()> {
    let values = vec![
        Value::from(row.id),
        row.conversation_id.into(),
        row.author_id.into(),
        row.thread_id.into(),
        row.source.clone().into(),
        row.client_id.into(),
        row.send_at.into(),
        tx.now().into(),
    ];
    let mut sql = Sql::new(
        "INSERT INTO scheduled_messages (id, conversation_id, author_id, thread_id, source, \
         client_id, send_at, created_at) VALUES ",
    );
    sql.bind_rows([values]);
    sql.run(tx).await?;
    Ok(())
}

/// Takes back a message of the viewer's that waits.
///
/// # Errors
/// `NotFound` when it is somebody else's, was sent meanwhile or never was.
pub async fn scheduled_message_cancel(
    database: &Database,
    viewer: &Viewer,
    id: ScheduledMessageId,
) -> Result<ScheduledView> {
    let person = viewer.require_person()?;
    let mut tx = database.begin(viewer).await?;
    let row = take(&tx, id).await?.filter(|row| row.author_id == person);
    let Some(row) = row else {
        tx.rollback().await?;
        return Err(Error::NotFound);
    };
    content::commands::take_back(&tx, row.id.0).await?;
    tx.announce(events::own(row.conversation_id, person));
    tx.commit().await?;
    Ok(row.into())
}

/// Removes a waiting message; whoever gets it back here is the only one to deal with it.
async fn take(tx: &Tx, id: ScheduledMessageId) -> Result<Option<ScheduledRow>> {
    let mut sql = Sql::new(format!(
        "SELECT {SCHEDULED} FROM scheduled_messages s WHERE s.id = "
    ));
    sql.bind(id).lock(tx, "s");
    let row: Option<ScheduledRow> = sql.one(tx).await?;
    if row.is_some() {
        let mut sql = Sql::new("DELETE FROM scheduled_messages WHERE id = ");
        sql.bind(id);
        sql.run(tx).await?;
    }
    Ok(row)
}

#[derive(FromQueryResult)]
struct DueRow {
    id: ScheduledMessageId,
}

/// Messages whose time has come, the oldest first.
pub(crate) async fn due(reader: &Reader, limit: u64) -> Result<Vec<ScheduledMessageId>> {
    let mut sql = Sql::new("SELECT id FROM scheduled_messages WHERE send_at <= ");
    sql.bind(reader.now())
        .push(&format!(" ORDER BY send_at LIMIT {limit}"));
    let rows: Vec<DueRow> = sql.all(reader).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// Sends a message that waited. Of somebody who was deactivated meanwhile nothing is sent. Returns
/// whether it was there to be dealt with.
///
/// # Errors
/// Database errors.
pub(crate) async fn send_due(
    database: &Database,
    viewer: &Viewer,
    id: ScheduledMessageId,
) -> Result<bool> {
    let mut tx = database.begin(viewer).await?;
    let Some(row) = take(&tx, id).await? else {
        tx.rollback().await?;
        return Ok(false);
    };
    let author = identity::queries::people_by_ids(&tx, &[row.author_id]).await?;
    if author.iter().any(|person| person.is_active) {
        let permit = policy::may_send_for(&tx, row.conversation_id, row.author_id).await?;
        let checked = Checked {
            client_id: row.client_id,
            source: row.source,
            thread: row.thread_id,
            files: Vec::new(),
        };
        let message = deliver(&mut tx, &permit, &checked).await?;
        let (subject, circle) = (message.id.0, message.conversation_id.0);
        content::commands::pass_on(&tx, row.id.0, subject, circle, &permit.members).await?;
    } else {
        content::commands::take_back(&tx, row.id.0).await?;
    }
    tx.announce(events::own(row.conversation_id, row.author_id));
    tx.commit().await?;
    Ok(true)
}
