//! Who may see and do what: members, and nobody else. Not the administrators of the network, not
//! the house itself. For all others a conversation does not exist.

use kernel::{ConversationId, Error, MessageId, PersonId, Result, Viewer};
use platform::{Reader, Tx};
use sea_orm::ConnectionTrait;

use crate::model::MessageView;
use crate::table::{CONVERSATION, ConversationRow, MESSAGE, MemberRow, MessageRow, Sql};

/// Adds the condition under which `viewer` sees what belongs to the conversation in `column`.
pub(crate) fn visible(sql: &mut Sql, viewer: &Viewer, column: &str) {
    let Some(person) = viewer.person_id() else {
        sql.push("1 = 0");
        return;
    };
    sql.push("EXISTS (SELECT 1 FROM conversation_members seeing WHERE seeing.conversation_id = ")
        .push(column);
    sql.push(" AND seeing.person_id = ").bind(person).push(")");
}

/// The viewer is a member: may write and mark as read. Holds the locked conversation.
#[derive(Debug)]
pub struct MayTakePart {
    pub(crate) conversation: ConversationRow,
    pub(crate) members: Vec<PersonId>,
    pub(crate) person: PersonId,
}

/// The viewer may react to a message, or change it if it is the viewer's own. Holds the message and
/// the locked conversation.
#[derive(Debug)]
pub struct MayTouch {
    pub(crate) message: MessageView,
    pub(crate) members: Vec<PersonId>,
    pub(crate) person: PersonId,
}

/// The viewer may be shown as writing in a conversation. Made only here.
#[derive(Debug)]
pub struct MayType {
    pub(crate) conversation: ConversationId,
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
    let mut sql = Sql::new(format!(
        "SELECT {CONVERSATION} FROM conversations c WHERE c.id = "
    ));
    sql.bind(id).push(" AND ");
    visible(&mut sql, tx.viewer(), "c.id");
    sql.lock(tx, "c");
    let conversation: ConversationRow = sql.one(tx).await?.ok_or(Error::NotFound)?;
    let members = members(tx, id).await?;
    Ok(MayTakePart {
        conversation,
        members,
        person,
    })
}

/// Reacts to a message that stands.
///
/// # Errors
/// `NotFound` for everybody but members of its conversation, and for a deleted message.
pub async fn may_react(tx: &Tx, id: MessageId) -> Result<MayTouch> {
    let person = tx.viewer().person_id().ok_or(Error::NotFound)?;
    let seen = seen_message(tx, tx.viewer(), id).await?;
    let part = may_take_part(tx, seen.conversation_id).await?;
    // Under the lock: somebody may just have changed or deleted it.
    let message = seen_message(tx, tx.viewer(), id).await?;
    if message.deleted_at.is_some() {
        return Err(Error::NotFound);
    }
    Ok(MayTouch {
        message,
        members: part.members,
        person,
    })
}

/// Changes or deletes a message: whoever wrote it.
///
/// # Errors
/// `NotFound` as in [`may_react`], `Forbidden(NOT_AUTHOR)`.
pub async fn may_change(tx: &Tx, id: MessageId) -> Result<MayTouch> {
    let permit = may_react(tx, id).await?;
    if permit.message.author != permit.person {
        return Err(Error::Forbidden("NOT_AUTHOR"));
    }
    Ok(permit)
}

/// Shown as writing: a member who has not switched it off; `None` for those who have, which is no
/// error.
///
/// # Errors
/// `NotFound` for everybody but members, `Forbidden` for a token that only reads.
pub async fn may_type(reader: &Reader, id: ConversationId) -> Result<Option<MayType>> {
    let viewer = reader.viewer();
    let person = viewer.require_person()?;
    if !viewer.can_write() {
        return Err(Error::Forbidden("TOKEN_READ_ONLY"));
    }
    let members = members(reader, id).await?;
    if !members.contains(&person) {
        return Err(Error::NotFound);
    }
    let settings = identity::queries::settings(reader).await?;
    Ok(settings.shows_typing().then_some(MayType {
        conversation: id,
        members,
        person,
    }))
}

/// Brings in messages from elsewhere.
///
/// # Errors
/// `NotFound` when there is no such conversation, or for anybody but the house itself.
pub async fn may_import(tx: &Tx, id: ConversationId) -> Result<MayImport> {
    if !tx.viewer().is_system() {
        return Err(Error::NotFound);
    }
    let mut sql = Sql::new(format!(
        "SELECT {CONVERSATION} FROM conversations c WHERE c.id = "
    ));
    sql.bind(id).lock(tx, "c");
    let conversation: ConversationRow = sql.one(tx).await?.ok_or(Error::NotFound)?;
    let members = members(tx, id).await?;
    Ok(MayImport {
        conversation,
        members,
    })
}

/// The house sends what a member had written to be sent later.
///
/// # Errors
/// `NotFound` for anybody but the house itself, and when the author is no member.
pub(crate) async fn may_send_for(
    tx: &Tx,
    id: ConversationId,
    author: PersonId,
) -> Result<MayTakePart> {
    let MayImport {
        conversation,
        members,
    } = may_import(tx, id).await?;
    if !members.contains(&author) {
        return Err(Error::NotFound);
    }
    Ok(MayTakePart {
        conversation,
        members,
        person: author,
    })
}

async fn members<C: ConnectionTrait>(db: &C, id: ConversationId) -> Result<Vec<PersonId>> {
    let mut sql = Sql::new(
        "SELECT conversation_id, person_id FROM conversation_members WHERE conversation_id = ",
    );
    sql.bind(id).push(" ORDER BY person_id");
    let rows: Vec<MemberRow> = sql.all(db).await?;
    Ok(rows.into_iter().map(|row| row.person_id).collect())
}

async fn seen_message(tx: &Tx, viewer: &Viewer, id: MessageId) -> Result<MessageView> {
    let mut sql = Sql::new(format!("SELECT {MESSAGE} FROM messages m WHERE m.id = "));
    sql.bind(id).push(" AND ");
    visible(&mut sql, viewer, "m.conversation_id");
    let row: Option<MessageRow> = sql.one(tx).await?;
    row.map(MessageView::from).ok_or(Error::NotFound)
}
