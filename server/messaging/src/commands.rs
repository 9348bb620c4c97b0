//! Writes. [`conversation_start`], [`message_send`] and [`conversation_mark_read`] are what
//! resolvers call; [`ensure_conversation`] and [`insert_message`] are for importers, within a
//! transaction of theirs.
//!
//! Unread is a mark, never a counter: each member's `read_id` is the newest message read, and what
//! stands behind it is counted when asked. Whoever writes has read what came before.

mod import;
mod text;

pub use import::{ensure_conversation, insert_message};

use kernel::{ConversationId, Error, MessageId, PersonId, Problem, Result, Timestamp, Viewer};
use platform::{Database, Tx};
use sea_orm::{FromQueryResult, Value};
use uuid::Uuid;

use crate::events;
use crate::model::{
    MAX_MEMBERS, MIN_MEMBERS, MessageView, NewMessage, key_after, member_key, member_set,
};
use crate::policy::{self, MayTakePart};
use crate::table::{MESSAGE, MessageRow, Sql};

/// Finds or starts the conversation of the viewer with `people`. The same people always get the
/// same conversation, so repeating the call is harmless.
///
/// # Errors
/// `Invalid`: `INVALID_CLIENT_ID`, `CONVERSATION_TOO_SMALL`, `CONVERSATION_TOO_LARGE`,
/// `PERSON_NOT_FOUND`, `PERSON_DEACTIVATED`.
pub async fn conversation_start(
    database: &Database,
    viewer: &Viewer,
    client_id: &str,
    people: &[PersonId],
) -> Result<ConversationId> {
    let person = viewer.require_person()?;
    let members = member_set(people.iter().copied().chain([person]));
    let mut problems = Vec::new();
    if let Err(problem) = parse_client_id(client_id) {
        problems.push(problem);
    }
    problems.extend(size_problem(members.len()));
    let mut tx = database.begin(viewer).await?;
    if members.len() <= MAX_MEMBERS {
        problems.extend(people_problems(&tx, &members).await?);
    }
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let start = NewConversation {
        members: &members,
        created_by: person,
        at: tx.now(),
    };
    match find_or_insert(&mut tx, &start).await? {
        Found::Old(id) => {
            tx.rollback().await?;
            Ok(id)
        }
        Found::New(id) => {
            tx.announce(events::created(id, &members));
            tx.commit().await?;
            Ok(id)
        }
    }
}

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
    let (message, is_new) = send(&mut tx, permit, new).await?;
    if is_new {
        tx.commit().await?;
    } else {
        tx.rollback().await?;
    }
    Ok(message)
}

/// Marks all messages there are as read by the viewer, on all devices.
///
/// # Errors
/// `NotFound` for everybody but members.
pub async fn conversation_mark_read(
    database: &Database,
    viewer: &Viewer,
    id: ConversationId,
) -> Result<()> {
    viewer.require_person()?;
    let mut tx = database.begin(viewer).await?;
    let permit = policy::may_take_part(&tx, id).await?;
    let person = permit.person;
    let moved = match permit.conversation.last_message_id {
        Some(last) => move_mark(&tx, id, person, last.0).await?,
        None => false,
    };
    if !moved {
        return tx.rollback().await;
    }
    tx.announce(events::read(id, person));
    tx.commit().await
}

async fn send(tx: &mut Tx, permit: MayTakePart, new: NewMessage) -> Result<(MessageView, bool)> {
    let mut problems = Vec::new();
    let client_id = match parse_client_id(&new.client_id) {
        Ok(client_id) => client_id,
        Err(problem) => {
            problems.push(problem);
            Uuid::nil()
        }
    };
    let source = match text::clean(&new.body) {
        Ok(source) => source,
        Err(problem) => {
            problems.push(problem);
            String::new()
        }
    };
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    if let Some(before) = sent_before(tx, permit.person, client_id).await? {
        return Ok((before, false));
    }
    let conversation = &permit.conversation;
    let message = MessageView {
        id: MessageId(key_after(Some(conversation.activity_key), tx.now())),
        conversation_id: conversation.id,
        author: permit.person,
        html: text::render(tx, &source).await?,
        source,
        sent_at: tx.now(),
        imported: false,
    };
    insert(tx, &message, Some(client_id)).await?;
    set_last(tx, &message).await?;
    move_mark(tx, conversation.id, permit.person, message.id.0).await?;
    tx.announce(events::sent(conversation.id, message.id, &permit.members));
    Ok((message, true))
}

fn parse_client_id(text: &str) -> std::result::Result<Uuid, Problem> {
    Uuid::try_parse(text).map_err(|_| {
        let message = "The client id must be a UUID made by the client.";
        Problem::new("clientId", "INVALID_CLIENT_ID", message)
    })
}

fn size_problem(members: usize) -> Option<Problem> {
    if members < MIN_MEMBERS {
        let text = "Choose somebody to write to.";
        return Some(Problem::new("personIds", "CONVERSATION_TOO_SMALL", text));
    }
    (members > MAX_MEMBERS).then(|| {
        let text = format!("A conversation has at most {MAX_MEMBERS} people, you included.");
        Problem::new("personIds", "CONVERSATION_TOO_LARGE", text)
            .with("max", MAX_MEMBERS)
            .with("actual", members)
    })
}

async fn people_problems(tx: &Tx, members: &[PersonId]) -> Result<Vec<Problem>> {
    let found = identity::queries::people_by_ids(tx, members).await?;
    let mut problems = Vec::new();
    if found.len() < members.len() {
        let text = "Somebody you chose does not exist.";
        problems.push(Problem::new("personIds", "PERSON_NOT_FOUND", text));
    }
    for person in found.iter().filter(|person| !person.is_active) {
        let text = format!(
            "{} no longer works here and cannot be written to.",
            person.name
        );
        let problem = Problem::new("personIds", "PERSON_DEACTIVATED", text);
        problems.push(problem.with("name", &person.name));
    }
    Ok(problems)
}

/// A conversation to be found or made; members are sorted.
struct NewConversation<'a> {
    members: &'a [PersonId],
    created_by: PersonId,
    at: Timestamp,
}

enum Found {
    Old(ConversationId),
    New(ConversationId),
}

#[derive(FromQueryResult)]
struct Key {
    id: ConversationId,
}

async fn find_or_insert(tx: &mut Tx, new: &NewConversation<'_>) -> Result<Found> {
    let key = member_key(new.members);
    if let Some(id) = find(tx, &key).await? {
        return Ok(Found::Old(id));
    }
    let id = ConversationId::at(new.at);
    let row = vec![
        Value::from(id),
        key.clone().into(),
        new.created_by.into(),
        id.0.into(),
        new.at.into(),
    ];
    let sql = Sql::new(
        "INSERT INTO conversations (id, member_key, created_by, activity_key, created_at) VALUES ",
    );
    // Waits for somebody who starts the same conversation at this moment.
    let sql = sql
        .bind_rows([row])
        .push(" ON CONFLICT (member_key) DO NOTHING");
    if sql.run(tx).await? == 0 {
        let id = find(tx, &key).await?;
        return id.map(Found::Old).ok_or(Error::Conflict("ALREADY_EXISTS"));
    }
    let sql = Sql::new(
        "INSERT INTO conversation_members (conversation_id, person_id, activity_key, read_id) VALUES ",
    );
    let rows = new
        .members
        .iter()
        .map(|person| vec![Value::from(id), (*person).into(), id.0.into(), id.0.into()]);
    sql.bind_rows(rows).run(tx).await?;
    Ok(Found::New(id))
}

async fn find(tx: &Tx, key: &str) -> Result<Option<ConversationId>> {
    let sql = Sql::new("SELECT id FROM conversations WHERE member_key = ").bind(key);
    let row: Option<Key> = sql.one(tx).await?;
    Ok(row.map(|row| row.id))
}

async fn sent_before(tx: &Tx, author: PersonId, client_id: Uuid) -> Result<Option<MessageView>> {
    let sql = Sql::new(format!(
        "SELECT {MESSAGE} FROM messages m WHERE m.author_id = "
    ));
    let sql = sql.bind(author).push(" AND m.client_id = ").bind(client_id);
    let row: Option<MessageRow> = sql.one(tx).await?;
    Ok(row.map(MessageView::from))
}

async fn insert(tx: &Tx, message: &MessageView, client_id: Option<Uuid>) -> Result<()> {
    let row = vec![
        Value::from(message.id),
        message.conversation_id.into(),
        message.author.into(),
        message.source.clone().into(),
        message.html.clone().into(),
        client_id.into(),
        message.imported.into(),
        message.sent_at.into(),
    ];
    let sql = Sql::new(
        "INSERT INTO messages (id, conversation_id, author_id, source, html, client_id, imported, \
         sent_at) VALUES ",
    );
    sql.bind_rows([row]).run(tx).await?;
    Ok(())
}

/// Makes it the conversation's newest message and brings the conversation to the top of all lists.
async fn set_last(tx: &Tx, message: &MessageView) -> Result<()> {
    let key = message.id.0;
    let sql = Sql::new("UPDATE conversations SET last_message_id = ").bind(key);
    let sql = sql.push(", activity_key = ").bind(key).push(" WHERE id = ");
    sql.bind(message.conversation_id).run(tx).await?;
    let sql = Sql::new("UPDATE conversation_members SET activity_key = ").bind(key);
    sql.push(" WHERE conversation_id = ")
        .bind(message.conversation_id)
        .run(tx)
        .await?;
    Ok(())
}

/// Moves a member's mark forward; returns whether it moved.
async fn move_mark(tx: &Tx, id: ConversationId, person: PersonId, read: Uuid) -> Result<bool> {
    let sql = Sql::new("UPDATE conversation_members SET read_id = ").bind(read);
    let sql = sql.push(" WHERE conversation_id = ").bind(id);
    let sql = sql
        .push(" AND person_id = ")
        .bind(person)
        .push(" AND read_id < ")
        .bind(read);
    Ok(sql.run(tx).await? > 0)
}
