//! Changing and deleting what one wrote. No text is overwritten without a revision; a deleted message
//! leaves its empty place, and nobody reads it or its earlier texts again.

use kernel::{Error, MessageId, Result, Viewer};
use platform::{Database, Tx};
use sea_orm::Value;

use super::text;
use crate::events;
use crate::model::MessageView;
use crate::policy;
use crate::table::Sql;

/// Gives a message of the viewer's another text.
///
/// # Errors
/// `NotFound` for everybody but members and for a deleted message, `Forbidden(NOT_AUTHOR)`,
/// `Invalid` when the text cannot be accepted.
pub async fn message_edit(
    database: &Database,
    viewer: &Viewer,
    id: MessageId,
    body: &str,
) -> Result<MessageView> {
    viewer.require_person()?;
    let mut tx = database.begin(viewer).await?;
    let permit = policy::may_change(&tx, id).await?;
    let mut message = permit.message;
    // Beside files a message may have no words from the beginning, and then again.
    let may_be_empty = message.source.is_empty();
    let source = text::clean(body, may_be_empty).map_err(|found| Error::Invalid(vec![found]))?;
    if source == message.source {
        tx.rollback().await?;
        return Ok(message);
    }
    keep_revision(&tx, &message).await?;
    message.html = text::render(&tx, &source).await?;
    message.source = source;
    message.edited_at = Some(tx.now());
    let mut sql = Sql::new("UPDATE messages SET source = ");
    sql.bind(message.source.clone()).push(", html = ");
    sql.bind(message.html.clone()).push(", search_text = ");
    sql.bind(text::searchable(&message.source));
    sql.push(", edited_at = ").bind(tx.now());
    sql.push(" WHERE id = ").bind(id);
    sql.run(&tx).await?;
    tx.announce(events::changed(
        message.conversation_id,
        id,
        &permit.members,
    ));
    tx.commit().await?;
    Ok(message)
}

/// Deletes a message of the viewer's, with its reactions and files.
///
/// # Errors
/// As [`message_edit`].
pub async fn message_delete(
    database: &Database,
    viewer: &Viewer,
    id: MessageId,
) -> Result<MessageView> {
    viewer.require_person()?;
    let mut tx = database.begin(viewer).await?;
    let permit = policy::may_change(&tx, id).await?;
    let mut message = permit.message;
    keep_revision(&tx, &message).await?;
    message.source.clear();
    message.html.clear();
    message.deleted_at = Some(tx.now());
    let mut sql =
        Sql::new("UPDATE messages SET source = '', html = '', search_text = '', deleted_at = ");
    sql.bind(tx.now()).push(" WHERE id = ").bind(id);
    sql.run(&tx).await?;
    let mut sql = Sql::new("DELETE FROM message_reactions WHERE message_id = ");
    sql.bind(id);
    sql.run(&tx).await?;
    content::commands::take_back(&tx, id.0).await?;
    tx.announce(events::changed(
        message.conversation_id,
        id,
        &permit.members,
    ));
    tx.commit().await?;
    Ok(message)
}

/// Keeps the text a message has now.
async fn keep_revision(tx: &Tx, message: &MessageView) -> Result<()> {
    let mut sql = Sql::new(
        "INSERT INTO message_revisions (message_id, number, source, replaced_at) \
         SELECT m.id, (SELECT COUNT(*) + 1 FROM message_revisions r WHERE r.message_id = m.id), \
         m.source, ",
    );
    // A bare placeholder in a list of columns has no type on PostgreSQL.
    sql.push("CAST(")
        .bind(Value::from(tx.now()))
        .push(" AS BIGINT)");
    sql.push(" FROM messages m WHERE m.id = ").bind(message.id);
    sql.run(tx).await?;
    Ok(())
}
