//! Private answers: from a recipient to the sender's side, and back to one, a unit, or all who asked
//! the same.

use kernel::{
    ContentState, DispatchId, DispatchMessageId, Error, OrgUnitId, PersonId, Result, Viewer,
};
use platform::{Database, Tx};
use sea_orm::{FromQueryResult, Value};
use uuid::Uuid;

use super::parse;
use crate::events;
use crate::model::{ExchangeMessage, MAX_THEME, ReplyTo};
use crate::policy;
use crate::table::{MESSAGE, MessageRow, Sql, client_id};

/// Most people one answer reaches.
const MAX_REACHED: usize = 5_000;

#[derive(FromQueryResult)]
struct Asker {
    person_id: PersonId,
    unit_id: OrgUnitId,
}

/// Writes to the sender's side. Repeating it with the same client id sends nothing twice.
///
/// # Errors
/// `NotFound`, `NOT_ADDRESSED`, `WITHDRAWN`, `NO_ANSWERS`, problems of the text.
pub async fn answer(
    database: &Database,
    viewer: &Viewer,
    id: DispatchId,
    client: &str,
    body: &str,
) -> Result<ExchangeMessage> {
    let client = client_id(client)?;
    let source = text(body)?;
    let mut tx = database.begin(viewer).await?;
    let seen = policy::may_respond(&tx, id).await?;
    if !seen.row.takes_answers {
        return Err(Error::Conflict("NO_ANSWERS"));
    }
    if let Some(before) = sent_before(&tx, seen.person, client).await?.pop() {
        tx.rollback().await?;
        return Ok(before);
    }
    let mut sql =
        Sql::new("SELECT r.person_id, r.unit_id FROM dispatch_roll r WHERE r.dispatch_id = ");
    sql.bind(id).push(" AND r.person_id = ").bind(seen.person);
    let asker: Option<Asker> = sql.one(&tx).await?;
    let asker = asker.ok_or(Error::NotFound)?;
    let message = insert(&tx, id, &asker, seen.person, client, &source).await?;
    tx.announce(events::personal(events::ANSWERED, id, seen.row.sender_id));
    tx.commit().await?;
    Ok(message)
}

/// Answers one recipient, all who asked of a unit, all who asked about a theme, or all who asked: each
/// gets it in the private exchange. Returns how many it reached.
///
/// # Errors
/// `NotFound`, `NOT_YOURS`, `NOBODY_ASKED`, problems of the text.
pub async fn reply(
    database: &Database,
    viewer: &Viewer,
    id: DispatchId,
    to: &ReplyTo,
    client: &str,
    body: &str,
) -> Result<u64> {
    let client = client_id(client)?;
    let source = text(body)?;
    let mut tx = database.begin(viewer).await?;
    let seen = policy::may_reply(&tx, id).await?;
    if seen.row.state()? != ContentState::Published {
        return Err(Error::Conflict("WITHDRAWN"));
    }
    let before = sent_before(&tx, seen.person, client).await?;
    if !before.is_empty() {
        tx.rollback().await?;
        return Ok(before.len() as u64);
    }
    let reached = askers(&tx, id, to).await?;
    if reached.is_empty() {
        let message = "Nobody has asked that.";
        return Err(Error::invalid("to", "NOBODY_ASKED", message));
    }
    if reached.len() > MAX_REACHED {
        let message = format!("Answer at most {MAX_REACHED} people at once.");
        return Err(Error::invalid("to", "TOO_MANY", message));
    }
    for asker in &reached {
        insert(&tx, id, asker, seen.person, client, &source).await?;
        tx.announce(events::personal(events::REPLIED, id, asker.person_id));
    }
    tx.commit().await?;
    Ok(reached.len() as u64)
}

/// Sorts exchanges under a theme, so that they can be answered together; empty takes it away.
///
/// # Errors
/// `NotFound`, `NOT_YOURS`, problems of the text.
pub async fn set_theme(
    database: &Database,
    viewer: &Viewer,
    id: DispatchId,
    people: &[PersonId],
    theme: &str,
) -> Result<()> {
    let mut problems = Vec::new();
    let theme = if theme.trim().is_empty() {
        String::new()
    } else {
        parse::line(theme, MAX_THEME, "theme", &mut problems)
    };
    if people.is_empty() || people.len() > MAX_REACHED {
        let message = "Choose the answers to be sorted.";
        problems.push(kernel::Problem::new("personIds", "NOBODY_CHOSEN", message));
    }
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let mut tx = database.begin(viewer).await?;
    policy::may_reply(&tx, id).await?;
    let mut sql = Sql::new("UPDATE dispatch_threads SET theme = ");
    sql.bind(theme.as_str())
        .push(" WHERE dispatch_id = ")
        .bind(id)
        .push(" AND theme <> ")
        .bind(theme.as_str())
        .push(" AND person_id IN (")
        .bind_all(people.iter().copied())
        .push(")");
    if sql.run(&tx).await? == 0 {
        return tx.rollback().await;
    }
    let sender = tx.viewer().require_person()?;
    tx.announce(events::personal("dispatch.sorted", id, sender));
    tx.commit().await
}

fn text(body: &str) -> Result<String> {
    let mut problems = Vec::new();
    let source = parse::body(body, "body", &mut problems);
    if problems.is_empty() {
        Ok(source)
    } else {
        Err(Error::Invalid(problems))
    }
}

async fn sent_before(tx: &Tx, author: PersonId, client: Uuid) -> Result<Vec<ExchangeMessage>> {
    let mut sql = Sql::new(format!(
        "SELECT {MESSAGE} FROM dispatch_messages m WHERE m.author_id = "
    ));
    sql.bind(author).push(" AND m.client_id = ").bind(client);
    let rows: Vec<MessageRow> = sql.all(tx).await?;
    Ok(rows.into_iter().map(ExchangeMessage::from).collect())
}

async fn askers(tx: &Tx, id: DispatchId, to: &ReplyTo) -> Result<Vec<Asker>> {
    if let ReplyTo::Person(person) = to {
        let mut sql =
            Sql::new("SELECT r.person_id, r.unit_id FROM dispatch_roll r WHERE r.dispatch_id = ");
        sql.bind(id).push(" AND r.person_id = ").bind(*person);
        return sql.all(tx).await;
    }
    let mut sql =
        Sql::new("SELECT t.person_id, t.unit_id FROM dispatch_threads t WHERE t.dispatch_id = ");
    sql.bind(id);
    if let ReplyTo::Theme(theme) = to {
        sql.push(" AND t.theme = ").bind(theme.as_str());
    }
    sql.push(" ORDER BY t.person_id");
    let mut found: Vec<Asker> = sql.all(tx).await?;
    if let ReplyTo::Unit(unit) = to {
        let below = directory::queries::below(tx, &[*unit]).await?;
        found.retain(|asker| below.iter().any(|unit| unit.id == asker.unit_id));
    }
    Ok(found)
}

async fn insert(
    tx: &Tx,
    id: DispatchId,
    asker: &Asker,
    author: PersonId,
    client: Uuid,
    source: &str,
) -> Result<ExchangeMessage> {
    let message = ExchangeMessage {
        id: DispatchMessageId::at(tx.now()),
        person_id: asker.person_id,
        author_id: author,
        source: source.to_owned(),
        html: richtext::render(source, &richtext::NoMentions).html,
        sent_at: tx.now(),
    };
    let mut sql = Sql::new(
        "INSERT INTO dispatch_messages (id, dispatch_id, person_id, author_id, source, html, \
         client_id, sent_at) VALUES ",
    );
    let row: Vec<Value> = vec![
        message.id.into(),
        id.into(),
        asker.person_id.into(),
        author.into(),
        source.into(),
        message.html.as_str().into(),
        client.into(),
        tx.now().into(),
    ];
    sql.bind_rows([row]);
    sql.run(tx).await?;
    let is_answered = author != asker.person_id;
    let read_by_person = (!is_answered).then_some(message.id);
    let mut sql = Sql::new(
        "INSERT INTO dispatch_threads (dispatch_id, person_id, unit_id, theme, last_message_id, \
         is_answered, read_by_person_id) VALUES ",
    );
    let row: Vec<Value> = vec![
        id.into(),
        asker.person_id.into(),
        asker.unit_id.into(),
        "".into(),
        message.id.into(),
        is_answered.into(),
        read_by_person.into(),
    ];
    sql.bind_rows([row]).push(
        " ON CONFLICT (dispatch_id, person_id) DO UPDATE SET last_message_id = \
         excluded.last_message_id, is_answered = excluded.is_answered, read_by_person_id = \
         COALESCE(excluded.read_by_person_id, dispatch_threads.read_by_person_id)",
    );
    sql.run(tx).await?;
    Ok(message)
}

/// Marks the viewer's own exchange as read up to its newest message.
///
/// # Errors
/// `NotFound`, `NOT_ADDRESSED`.
pub async fn mark_thread_read(database: &Database, viewer: &Viewer, id: DispatchId) -> Result<()> {
    let mut tx = database.begin(viewer).await?;
    let seen = policy::seen(&tx, id).await?;
    if !seen.relation.is_recipient {
        return Err(Error::Forbidden("NOT_ADDRESSED"));
    }
    let mut sql = Sql::new(
        "UPDATE dispatch_threads SET read_by_person_id = last_message_id WHERE \
         (read_by_person_id IS NULL OR read_by_person_id < last_message_id) AND dispatch_id = ",
    );
    sql.bind(id).push(" AND person_id = ").bind(seen.person);
    if sql.run(&tx).await? == 0 {
        return tx.rollback().await;
    }
    tx.announce(events::personal("dispatch.thread_read", id, seen.person));
    tx.commit().await
}
