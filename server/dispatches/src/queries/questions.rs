//! Questions up the line.

use kernel::{Cursor, Error, LineQuestionId, Page, PageArgs, Result};
use platform::Reader;

use super::person;
use crate::model::QuestionView;
use crate::table::{QUESTION, QuestionRow, Sql};

async fn page(reader: &Reader, mut sql: Sql, args: &PageArgs) -> Result<Page<QuestionView>> {
    let viewer = person(reader)?;
    if let Some(after) = args.from_key()? {
        sql.push(" AND q.id < ").bind(after);
    }
    sql.push(&format!(" ORDER BY q.id DESC LIMIT {}", args.limit + 1));
    let rows: Vec<QuestionRow> = sql.all(reader).await?;
    let rows = rows.into_iter().map(|row| row.view(viewer)).collect();
    Ok(Page::from_rows(rows, args, |question: &QuestionView| {
        Cursor::key(question.id.0)
    }))
}

/// Questions the viewer has asked, the newest first.
///
/// # Errors
/// `Unauthenticated`, an invalid cursor, database errors.
pub async fn questions_asked(reader: &Reader, args: &PageArgs) -> Result<Page<QuestionView>> {
    let mut sql = Sql::new(format!(
        "SELECT {QUESTION} FROM line_questions q WHERE q.asker_id = "
    ));
    sql.bind(person(reader)?);
    page(reader, sql, args).await
}

/// Questions the viewer was asked, the newest first.
///
/// # Errors
/// `Unauthenticated`, an invalid cursor, database errors.
pub async fn questions_received(reader: &Reader, args: &PageArgs) -> Result<Page<QuestionView>> {
    let mut sql = Sql::new(format!(
        "SELECT {QUESTION} FROM line_questions q WHERE q.addressee_id = "
    ));
    sql.bind(person(reader)?);
    page(reader, sql, args).await
}

/// Questions from the viewer's own units whose answers are shown to all of the unit, the newest first.
///
/// # Errors
/// `Unauthenticated`, an invalid cursor, database errors.
pub async fn questions_shared(reader: &Reader, args: &PageArgs) -> Result<Page<QuestionView>> {
    let viewer = person(reader)?;
    let places = directory::queries::assignments_of(reader, &[viewer]).await?;
    let mut sql = Sql::new(format!(
        "SELECT {QUESTION} FROM line_questions q WHERE q.is_shared AND q.unit_id IN (NULL"
    ));
    for place in places {
        sql.push(", ").bind(place.unit_id);
    }
    sql.push(")");
    page(reader, sql, args).await
}

/// One question the viewer asked or was asked.
///
/// # Errors
/// `NotFound` for everybody else.
pub async fn question(reader: &Reader, id: LineQuestionId) -> Result<QuestionView> {
    let viewer = person(reader)?;
    let mut sql = Sql::new(format!(
        "SELECT {QUESTION} FROM line_questions q WHERE q.id = "
    ));
    sql.bind(id).push(" AND (q.asker_id = ").bind(viewer);
    sql.push(" OR q.addressee_id = ").bind(viewer).push(")");
    let row: Option<QuestionRow> = sql.one(reader).await?;
    row.map(|row| row.view(viewer)).ok_or(Error::NotFound)
}
