//! Reactions to messages: one emoji of one person under one message, counted when asked.

use content::model::parse_emoji;
use kernel::{Error, MessageId, Problem, Result, Viewer};
use platform::{Database, Tx};
use sea_orm::FromQueryResult;

use crate::events;
use crate::model::{MAX_EMOJI, MessageView};
use crate::policy;
use crate::table::Sql;

/// Sets or takes back the viewer's reaction. Repeating it changes nothing.
///
/// # Errors
/// `NotFound` for everybody but members and for a deleted message; `Invalid(INVALID_EMOJI)`,
/// `Invalid(TOO_MANY_EMOJI)`.
pub async fn message_react(
    database: &Database,
    viewer: &Viewer,
    id: MessageId,
    emoji: &str,
    reacted: bool,
) -> Result<MessageView> {
    viewer.require_person()?;
    let emoji = parse_emoji(emoji).ok_or_else(|| {
        Error::invalid("emoji", "INVALID_EMOJI", "A reaction is exactly one emoji.")
    })?;
    let mut tx = database.begin(viewer).await?;
    let permit = policy::may_react(&tx, id).await?;
    if reacted {
        check_room(&tx, id, emoji).await?;
    }
    let mut sql = if reacted {
        let mut sql = Sql::new(
            "INSERT INTO message_reactions (message_id, emoji, person_id, created_at) VALUES ",
        );
        sql.bind_rows([vec![
            id.into(),
            emoji.into(),
            permit.person.into(),
            tx.now().into(),
        ]]);
        sql
    } else {
        let mut sql = Sql::new("DELETE FROM message_reactions WHERE message_id = ");
        sql.bind(id).push(" AND emoji = ").bind(emoji);
        sql.push(" AND person_id = ").bind(permit.person);
        sql
    };
    if reacted {
        sql.push(" ON CONFLICT (message_id, emoji, person_id) DO NOTHING");
    }
    if sql.run(&tx).await? == 0 {
        tx.rollback().await?;
        return Ok(permit.message);
    }
    let place = permit.message.conversation_id;
    tx.announce(events::changed(place, id, &permit.members));
    tx.commit().await?;
    Ok(permit.message)
}

#[derive(FromQueryResult)]
struct KnownRow {
    kinds: i64,
    is_known: bool,
}

/// Another kind of emoji needs room under the message.
async fn check_room(tx: &Tx, id: MessageId, emoji: &str) -> Result<()> {
    let mut sql =
        Sql::new("SELECT COUNT(DISTINCT emoji) AS kinds, COALESCE(MAX(CASE WHEN emoji = ");
    sql.bind(emoji)
        .push(" THEN 1 ELSE 0 END), 0) = 1 AS is_known FROM message_reactions WHERE message_id = ");
    sql.bind(id);
    let row: Option<KnownRow> = sql.one(tx).await?;
    if row.is_some_and(|row| !row.is_known && row.kinds >= MAX_EMOJI) {
        let text = format!("At most {MAX_EMOJI} different emoji are possible.");
        let problem = Problem::new("emoji", "TOO_MANY_EMOJI", text).with("max", MAX_EMOJI);
        return Err(Error::Invalid(vec![problem]));
    }
    Ok(())
}
