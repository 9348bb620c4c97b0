//! Writes. What takes a database and a viewer is what resolvers call, from begin to commit;
//! [`ensure_conversation`] and [`insert_message`] are for importers, within a transaction of theirs.
//!
//! Unread is a mark, never a counter: each member's `read_id` is the newest message read, and what
//! stands behind it is counted when asked. Whoever writes has read what came before.

mod change;
mod draft;
mod import;
mod reaction;
mod schedule;
mod send;
mod text;

pub use change::{message_delete, message_edit};
pub use draft::message_draft_save;
pub use import::{ensure_conversation, insert_message};
pub use reaction::message_react;
pub(crate) use schedule::{due, send_due};
pub use schedule::{message_schedule, scheduled_message_cancel};
pub use send::message_send;

use kernel::{ConversationId, Error, PersonId, Problem, Result, Timestamp, Viewer};
use platform::live::{LiveHub, Signal};
use platform::rate::RateLimiter;
use platform::{Database, Tx};
use sea_orm::{FromQueryResult, Value};
use uuid::Uuid;

use crate::events;
use crate::model::{MAX_MEMBERS, MIN_MEMBERS, member_key, member_set};
use crate::policy::{self, MayType};
use crate::table::Sql;

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
    // Whoever does not let it be known tells only the own devices.
    let open = identity::queries::people_with_receipts(&tx, &[person]).await?;
    let who_knows = if open.is_empty() {
        vec![person]
    } else {
        permit.members
    };
    tx.announce(events::read(id, &who_knows));
    tx.commit().await
}

/// Keeps a conversation quiet for the viewer, or takes that back: it stays in the list, and its unread
/// messages are not counted with the others.
///
/// # Errors
/// `NotFound` for everybody but members.
pub async fn conversation_set_muted(
    database: &Database,
    viewer: &Viewer,
    id: ConversationId,
    is_muted: bool,
) -> Result<()> {
    viewer.require_person()?;
    let mut tx = database.begin(viewer).await?;
    let permit = policy::may_take_part(&tx, id).await?;
    let mut sql = Sql::new("UPDATE conversation_members SET is_muted = ");
    sql.bind(is_muted)
        .push(" WHERE conversation_id = ")
        .bind(id);
    sql.push(" AND person_id = ")
        .bind(permit.person)
        .push(" AND is_muted <> ")
        .bind(is_muted);
    if sql.run(&tx).await? == 0 {
        return tx.rollback().await;
    }
    tx.announce(events::own(id, permit.person));
    tx.commit().await
}

/// Tells the others of a conversation that the viewer is writing there. Not stored.
///
/// # Errors
/// `RateLimited`.
pub fn typing(hub: &LiveHub, limiter: &RateLimiter<PersonId>, permit: MayType) -> Result<()> {
    limiter.check(&permit.person)?;
    hub.signal(Signal::Writing {
        conversation: permit.conversation,
        person: permit.person,
        members: permit.members.into(),
    });
    Ok(())
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
    let mut sql = Sql::new(
        "INSERT INTO conversations (id, member_key, created_by, activity_key, created_at) VALUES ",
    );
    // Waits for somebody who starts the same conversation at this moment.
    sql.bind_rows([row])
        .push(" ON CONFLICT (member_key) DO NOTHING");
    if sql.run(tx).await? == 0 {
        let id = find(tx, &key).await?;
        return id.map(Found::Old).ok_or(Error::Conflict("ALREADY_EXISTS"));
    }
    let mut sql = Sql::new(
        "INSERT INTO conversation_members (conversation_id, person_id, activity_key, read_id) VALUES ",
    );
    let rows = new
        .members
        .iter()
        .map(|person| vec![Value::from(id), (*person).into(), id.0.into(), id.0.into()]);
    sql.bind_rows(rows);
    sql.run(tx).await?;
    Ok(Found::New(id))
}

async fn find(tx: &Tx, key: &str) -> Result<Option<ConversationId>> {
    let mut sql = Sql::new("SELECT id FROM conversations WHERE member_key = ");
    sql.bind(key);
    let row: Option<Key> = sql.one(tx).await?;
    Ok(row.map(|row| row.id))
}

/// Moves a member's mark forward; returns whether it moved.
async fn move_mark(tx: &Tx, id: ConversationId, person: PersonId, read: Uuid) -> Result<bool> {
    let mut sql = Sql::new("UPDATE conversation_members SET read_id = ");
    sql.bind(read).push(" WHERE conversation_id = ").bind(id);
    sql.push(" AND person_id = ")
        .bind(person)
        .push(" AND read_id < ")
        .bind(read);
    Ok(sql.run(tx).await? > 0)
}
