//! Reactions: totals with the viewer's own, and who gave them.

use std::collections::HashMap;

use kernel::{ContentId, Cursor, Page, PageArgs, PersonId, Result, Timestamp};
use platform::Reader;
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::model::{Content, ReactionTotal, ReactionView};
use crate::policy::visible;
use crate::table::Sql;

#[derive(FromQueryResult)]
struct TotalRow {
    content_id: ContentId,
    emoji: String,
    total: i64,
    viewer_reacted: bool,
}

/// Emoji with their totals, most given first, for many contents.
pub(crate) async fn totals_of(
    reader: &Reader,
    ids: &[ContentId],
) -> Result<HashMap<ContentId, Vec<ReactionTotal>>> {
    let mut sql = Sql::new(
        "SELECT r.content_id, r.emoji, r.total, EXISTS (SELECT 1 FROM reactions mine \
         WHERE mine.content_id = r.content_id AND mine.emoji = r.emoji AND mine.person_id = ",
    );
    sql.bind(reader.viewer().person_id().map_or(Uuid::nil(), |id| id.0));
    sql.push(") AS viewer_reacted FROM reaction_counts r WHERE r.content_id IN (");
    sql.bind_all(ids.iter().copied())
        .push(") ORDER BY r.content_id, r.total DESC, r.emoji");
    let mut found: HashMap<ContentId, Vec<ReactionTotal>> = HashMap::new();
    for row in sql.all::<TotalRow, _>(reader).await? {
        let total = ReactionTotal {
            emoji: row.emoji,
            count: row.total,
            viewer_reacted: row.viewer_reacted,
        };
        found.entry(row.content_id).or_default().push(total);
    }
    Ok(found)
}

#[derive(FromQueryResult)]
struct ReactionRow {
    emoji: String,
    person_id: PersonId,
    created_at: Timestamp,
}

/// A page of who reacted, by emoji.
///
/// # Errors
/// `INVALID_CURSOR`, database errors.
pub async fn reactors(
    reader: &Reader,
    content: &Content,
    args: &PageArgs,
) -> Result<Page<ReactionView>> {
    let mut sql = Sql::new(
        "SELECT r.emoji, r.person_id, r.created_at FROM contents c \
         JOIN reactions r ON r.content_id = c.id WHERE c.id = ",
    );
    sql.bind(content.id).push(" AND ");
    visible(&mut sql, reader.viewer());
    if let Some(cursor) = &args.from {
        let [emoji, person] = cursor.as_parts::<2>()?;
        let person = Uuid::try_parse(person).map_err(|_| kernel::page::invalid_cursor())?;
        sql.push(" AND (r.emoji, r.person_id) > (")
            .bind(emoji)
            .push(", ")
            .bind(person)
            .push(")");
    }
    sql.push(" ORDER BY r.emoji, r.person_id LIMIT ")
        .push(&(args.limit + 1).to_string());
    let rows: Vec<ReactionRow> = sql.all(reader).await?;
    let views = rows.into_iter().map(|row| ReactionView {
        emoji: row.emoji,
        person: row.person_id,
        created_at: row.created_at,
    });
    Ok(Page::from_rows(views.collect(), args, |view| {
        Cursor::parts(&[&view.emoji, &view.person.0.simple().to_string()])
    }))
}

#[derive(FromQueryResult)]
struct CountRow {
    total: Option<i64>,
}

/// How many reactions [`reactors`] goes through.
///
/// # Errors
/// Database errors.
pub async fn reactor_count(reader: &Reader, content: &Content) -> Result<i64> {
    let mut sql = Sql::new(
        "SELECT CAST(SUM(r.total) AS BIGINT) AS total FROM contents c \
         JOIN reaction_counts r ON r.content_id = c.id WHERE c.id = ",
    );
    sql.bind(content.id).push(" AND ");
    visible(&mut sql, reader.viewer());
    let row: Option<CountRow> = sql.one(reader).await?;
    Ok(row.and_then(|row| row.total).unwrap_or(0))
}
