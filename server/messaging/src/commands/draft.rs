//! What somebody has half written in a conversation, kept for all devices.

use kernel::{ConversationId, Error, Problem, Result, Viewer};
use platform::Database;

use crate::events;
use crate::policy;
use crate::table::Sql;

/// Most characters of a draft: what a message may have, and room to shorten it.
const MAX_CHARACTERS: usize = 40_000;

/// Keeps what the viewer has half written; nothing takes it away. The newest writing wins.
///
/// # Errors
/// `NotFound` for everybody but members, `Invalid(TEXT_TOO_LONG)`.
pub async fn message_draft_save(
    database: &Database,
    viewer: &Viewer,
    id: ConversationId,
    body: &str,
) -> Result<()> {
    viewer.require_person()?;
    let actual = body.chars().count();
    if actual > MAX_CHARACTERS {
        let text = format!("A draft has at most {MAX_CHARACTERS} characters.");
        let problem = Problem::new("body", "TEXT_TOO_LONG", text).with("max", MAX_CHARACTERS);
        return Err(Error::Invalid(vec![problem.with("actual", actual)]));
    }
    // PostgreSQL keeps no NUL in a text.
    let body = body.replace('\0', "");
    let mut tx = database.begin(viewer).await?;
    let permit = policy::may_take_part(&tx, id).await?;
    let changed = if body.trim().is_empty() {
        let mut sql = Sql::new("DELETE FROM message_drafts WHERE conversation_id = ");
        sql.bind(id).push(" AND person_id = ").bind(permit.person);
        sql.run(&tx).await?
    } else {
        let mut sql = Sql::new(
            "INSERT INTO message_drafts (conversation_id, person_id, source, updated_at) VALUES ",
        );
        sql.bind_rows([vec![
            id.into(),
            permit.person.into(),
            body.into(),
            tx.now().into(),
        ]]);
        sql.push(
            " ON CONFLICT (conversation_id, person_id) DO UPDATE SET source = excluded.source, \
             updated_at = excluded.updated_at WHERE message_drafts.source <> excluded.source",
        );
        sql.run(&tx).await?
    };
    if changed == 0 {
        return tx.rollback().await;
    }
    tx.announce(events::own(id, permit.person));
    tx.commit().await
}
