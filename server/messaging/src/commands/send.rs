//! Sending. A message gets its key under the lock of its conversation, so that all members have all
//! messages in one order.

use kernel::{ConversationId, Error, MessageId, PersonId, Problem, Result, Viewer};
use platform::{Database, Tx};
use sea_orm::{FromQueryResult, Value};
use uuid::Uuid;

use super::{move_mark, parse_client_id, text};
use crate::events;
use crate::model::{MessageView, NewMessage, key_after};
use crate::policy::{self, MayTakePart};
use crate::table::{MESSAGE, MessageRow, Sql};

/// Sends a message. Repeating it with the same client id gives the first one back.
///
/// # Errors
/// `NotFound` for everybody but members; `Invalid` with all problems.
pub async fn message_send(
    database: &Database,
    viewer: &Viewer,
    new: NewMessage,
) -> Result<MessageView> {
    viewer.require_person()?;
    let mut tx = database.begin(viewer).await?;
    let permit = policy::may_take_part(&tx, new.conversation_id).await?;
    let checked = check(&tx, permit.person, new).await?;
    if let Some(before) = sent_before(&tx, permit.person, checked.client_id).await? {
        tx.rollback().await?;
        return Ok(before);
    }
    let message = deliver(&mut tx, &permit, &checked).await?;
    let files = content::commands::Share {
        owner: permit.person,
        circle: message.conversation_id.0,
        members: &permit.members,
        subject: message.id.0,
        files: &checked.files,
    };
    content::commands::share(&tx, files).await?;
    tx.commit().await?;
    Ok(message)
}

/// A message that can be stored as it is.
pub(super) struct Checked {
    pub(super) client_id: Uuid,
    pub(super) source: String,
    pub(super) thread: Option<MessageId>,
    pub(super) files: Vec<kernel::AttachmentId>,
}

/// Collects all problems of a message.
pub(super) async fn check(tx: &Tx, author: PersonId, new: NewMessage) -> Result<Checked> {
    let mut problems = Vec::new();
    let client_id = parse_client_id(&new.client_id).unwrap_or_else(|problem| {
        problems.push(problem);
        Uuid::nil()
    });
    let source = text::clean(&new.body, !new.files.is_empty()).unwrap_or_else(|problem| {
        problems.push(problem);
        String::new()
    });
    let thread = match new.thread {
        Some(id) => {
            let root = thread_of(tx, new.conversation_id, id).await?;
            if root.is_none() {
                let text = "The message you answer is not there any more.";
                problems.push(Problem::new("threadId", "MESSAGE_NOT_FOUND", text));
            }
            root
        }
        None => None,
    };
    // Files of a repeated attempt hang on its message already.
    if sent_before(tx, author, client_id).await?.is_none() {
        content::commands::check_files(tx, author, &new.files, &mut problems).await?;
    }
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    Ok(Checked {
        client_id,
        source,
        thread,
        files: new.files,
    })
}

#[derive(FromQueryResult)]
struct ThreadRow {
    id: MessageId,
}

/// The start of the thread of a message in this conversation that was not deleted.
async fn thread_of(tx: &Tx, place: ConversationId, id: MessageId) -> Result<Option<MessageId>> {
    let mut sql = Sql::new("SELECT COALESCE(thread_id, id) AS id FROM messages WHERE id = ");
    sql.bind(id).push(" AND conversation_id = ").bind(place);
    sql.push(" AND deleted_at IS NULL");
    let row: Option<ThreadRow> = sql.one(tx).await?;
    Ok(row.map(|row| row.id))
}

/// Writes a message that was checked, makes it the newest of its conversation and announces it.
pub(super) async fn deliver(
    tx: &mut Tx,
    permit: &MayTakePart,
    checked: &Checked,
) -> Result<MessageView> {
    let conversation = &permit.conversation;
    let message = MessageView {
        id: MessageId(key_after(Some(conversation.activity_key), tx.now())),
        conversation_id: conversation.id,
        author: permit.person,
        thread: checked.thread,
        html: text::render(tx, &checked.source).await?,
        source: checked.source.clone(),
        sent_at: tx.now(),
        imported: false,
        edited_at: None,
        deleted_at: None,
    };
    insert(tx, &message, Some(checked.client_id)).await?;
    set_last(tx, &message).await?;
    move_mark(tx, conversation.id, permit.person, message.id.0).await?;
    tx.announce(events::sent(conversation.id, message.id, &permit.members));
    Ok(message)
}

async fn sent_before(tx: &Tx, author: PersonId, client_id: Uuid) -> Result<Option<MessageView>> {
    let mut sql = Sql::new(format!(
        "SELECT {MESSAGE} FROM messages m WHERE m.author_id = "
    ));
    sql.bind(author).push(" AND m.client_id = ").bind(client_id);
    let row: Option<MessageRow> = sql.one(tx).await?;
    Ok(row.map(MessageView::from))
}

/// Writes the row of a message.
pub(super) async fn insert(tx: &Tx, message: &MessageView, client_id: Option<Uuid>) -> Result<()> {
    let row = vec![
        Value::from(message.id),
        message.conversation_id.into(),
        message.author.into(),
        message.thread.into(),
        message.source.clone().into(),
        message.html.clone().into(),
        text::searchable(&message.source).into(),
        client_id.into(),
        message.imported.into(),
        message.sent_at.into(),
    ];
    let mut sql = Sql::new(
        "INSERT INTO messages (id, conversation_id, author_id, thread_id, source, html, \
         search_text, client_id, imported, sent_at) VALUES ",
    );
    sql.bind_rows([row]);
    sql.run(tx).await?;
    Ok(())
}

/// Makes it the conversation's newest message and brings the conversation to the top of all lists.
pub(super) async fn set_last(tx: &Tx, message: &MessageView) -> Result<()> {
    let key = message.id.0;
    let mut sql = Sql::new("UPDATE conversations SET last_message_id = ");
    sql.bind(key).push(", activity_key = ").bind(key);
    sql.push(" WHERE id = ").bind(message.conversation_id);
    sql.run(tx).await?;
    let mut sql = Sql::new("UPDATE conversation_members SET activity_key = ");
    sql.bind(key).push(" WHERE conversation_id = ");
    sql.bind(message.conversation_id);
    sql.run(tx).await?;
    Ok(())
}
