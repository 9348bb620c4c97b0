//! Questions up the line, if wished without a name for peers.

use kernel::{Error, LineQuestionId, PersonId, Problem, Result, Viewer};
use platform::Database;
use sea_orm::{FromQueryResult, Value};

use super::parse;
use crate::events;
use crate::table::{QUESTION, QuestionRow, Sql, client_id};

#[derive(FromQueryResult)]
struct Known {
    id: LineQuestionId,
}

/// Asks somebody up the viewer's own line. Repeating it with the same client id asks nothing twice.
///
/// # Errors
/// `NOT_YOUR_LINE` for people who do not lead the viewer, `NO_PLACE` without a place in the tree,
/// problems of the text.
pub async fn ask(
    database: &Database,
    viewer: &Viewer,
    client: &str,
    addressee: PersonId,
    body: &str,
    is_anonymous: bool,
) -> Result<LineQuestionId> {
    let person = viewer.require_person()?;
    let client = client_id(client)?;
    let mut problems = Vec::new();
    let source = parse::body(body, "body", &mut problems);
    let reader = database.reader(viewer);
    let line = directory::queries::managers(&reader, person).await?;
    if !line.contains(&addressee) {
        let text = "Choose somebody from your own line.";
        problems.push(Problem::new("addresseeId", "NOT_YOUR_LINE", text));
    }
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let places = directory::queries::assignments_of(&reader, &[person]).await?;
    let oldest = places
        .iter()
        .min_by_key(|place| (place.starts_at, place.id));
    let unit = oldest.ok_or(Error::Conflict("NO_PLACE"))?.unit_id;

    let mut tx = database.begin(viewer).await?;
    let mut sql = Sql::new("SELECT q.id FROM line_questions q WHERE q.asker_id = ");
    sql.bind(person).push(" AND q.client_id = ").bind(client);
    if let Some(Known { id }) = sql.one(&tx).await? {
        tx.rollback().await?;
        return Ok(id);
    }
    let id = LineQuestionId::at(tx.now());
    let html = richtext::render(&source, &richtext::NoMentions).html;
    let mut sql = Sql::new(
        "INSERT INTO line_questions (id, asker_id, unit_id, addressee_id, is_anonymous, source, html, \
         client_id, asked_at, is_shared) VALUES ",
    );
    let row: Vec<Value> = vec![
        id.into(),
        person.into(),
        unit.into(),
        addressee.into(),
        is_anonymous.into(),
        source.into(),
        html.into(),
        client.into(),
        tx.now().into(),
        false.into(),
    ];
    sql.bind_rows([row]);
    sql.run(&tx).await?;
    tx.announce(events::question(events::QUESTION_ASKED, id, addressee));
    tx.commit().await?;
    Ok(id)
}

/// Answers a question, for who asked alone or for the whole unit it came from. Answering again changes
/// the answer.
///
/// # Errors
/// `NotFound` for everybody but who was asked, problems of the text.
pub async fn respond(
    database: &Database,
    viewer: &Viewer,
    id: LineQuestionId,
    body: &str,
    is_shared: bool,
) -> Result<()> {
    let person = viewer.require_person()?;
    let mut problems = Vec::new();
    let source = parse::body(body, "body", &mut problems);
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let mut tx = database.begin(viewer).await?;
    let mut sql = Sql::new(format!(
        "SELECT {QUESTION} FROM line_questions q WHERE q.id = "
    ));
    sql.bind(id).push(" AND q.addressee_id = ").bind(person);
    sql.lock(&tx, "q");
    let row: Option<QuestionRow> = sql.one(&tx).await?;
    let row = row.ok_or(Error::NotFound)?;
    let html = richtext::render(&source, &richtext::NoMentions).html;
    let mut sql = Sql::new("UPDATE line_questions SET answer_source = ");
    sql.bind(source)
        .push(", answer_html = ")
        .bind(html)
        .push(", answered_at = ")
        .bind(tx.now())
        .push(", is_shared = ")
        .bind(is_shared)
        .push(" WHERE id = ")
        .bind(id);
    sql.run(&tx).await?;
    tx.announce(events::question(
        events::QUESTION_ANSWERED,
        id,
        row.asker_id,
    ));
    tx.commit().await
}
