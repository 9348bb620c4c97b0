//! Who may see and do what: members, and nobody else. Not the administrators of the network, not
//! the house itself. For all others a conversation does not exist.

use kernel::{ConversationId, Error, PersonId, Result, Viewer};
use platform::Tx;

use crate::table::{CONVERSATION, ConversationRow, MemberRow, Sql};

/// Adds the condition under which `viewer` sees what belongs to the conversation in `column`.
pub(crate) fn visible(sql: Sql, viewer: &Viewer, column: &str) -> Sql {
    let Some(person) = viewer.person_id() else {
        return sql.push("1 = 0");
    };
    sql.push("EXISTS (SELECT 1 FROM conversation_members seeing WHERE seeing.conversation_id = ")
        .push(column)
        .push(" AND seeing.person_id = ")
        .bind(person)
        .push(")")
}

/// The viewer is a member: may write and mark as read. Holds the locked conversation.
#[derive(Debug)]
pub struct MayTakePart {
    pub(crate) conversation: ConversationRow,
    pub(crate) members: Vec<PersonId>,
    pub(crate) person: PersonId,
}

/// The house itself brings messages into a conversation. Holds the locked conversation.
#[derive(Debug)]
pub struct MayImport {
    pub(crate) conversation: ConversationRow,
    pub(crate) members: Vec<PersonId>,
}

/// Takes part in the conversation.
///
/// # Errors
/// `NotFound` for everybody but its members.
pub async fn may_take_part(tx: &Tx, id: ConversationId) -> Result<MayTakePart> {
    let person = tx.viewer().person_id().ok_or(Error::NotFound)?;
    let sql = Sql::new(format!(
        "SELECT {CONVERSATION} FROM conversations c WHERE c.id = "
    ))
    .bind(id);
    let sql = visible(sql.push(" AND "), tx.viewer(), "c.id").lock(tx, "c");
    let conversation: ConversationRow = sql.one(tx).await?.ok_or(Error::NotFound)?;
    let members = members(tx, id).await?;
    Ok(MayTakePart {
        conversation,
        members,
        person,
    })
}

/// Brings in messages from elsewhere.
///
/// # Errors
/// `NotFound` when there is no such conversation, or for anybody but the house itself.
pub async fn may_import(tx: &Tx, id: ConversationId) -> Result<MayImport> {
    if !tx.viewer().is_system() {
        return Err(Error::NotFound);
    }
    let sql = Sql::new(format!(
        "SELECT {CONVERSATION} FROM conversations c WHERE c.id = "
    ));
    let conversation: ConversationRow = sql
        .bind(id)
        .lock(tx, "c")
        .one(tx)
        .await?
        .ok_or(Error::NotFound)?;
    let members = members(tx, id).await?;
    Ok(MayImport {
        conversation,
        members,
    })
}

async fn members(tx: &Tx, id: ConversationId) -> Result<Vec<PersonId>> {
    let sql =
        "SELECT conversation_id, person_id FROM conversation_members WHERE conversation_id = ";
    let sql = Sql::new(sql).bind(id).push(" ORDER BY person_id");
    let rows: Vec<MemberRow> = sql.all(tx).await?;
    Ok(rows.into_iter().map(|row| row.person_id).collect())
}
