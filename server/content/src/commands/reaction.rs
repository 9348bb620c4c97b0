//! Reactions: one emoji of one person under one content, counted as it is written.

use std::collections::BTreeMap;

use kernel::{ContentId, Error, PersonId, Problem, Result, Timestamp};
use platform::Tx;
use sea_orm::{FromQueryResult, Value};

use super::thread;
use crate::events;
use crate::model::{Content, MAX_EMOJI, parse_emoji};
use crate::policy::MayReact;
use crate::table::Sql;

/// Rows written by one statement.
const ROWS: usize = 400;

/// Sets or takes back the viewer's reaction. Repeating it changes nothing.
///
/// # Errors
/// `Invalid(INVALID_EMOJI)`, `Invalid(TOO_MANY_EMOJI)`, database errors.
pub async fn set_reaction(
    tx: &mut Tx,
    permit: MayReact,
    emoji: &str,
    reacted: bool,
) -> Result<Content> {
    let content = permit.content;
    let person = tx.viewer().require_person()?;
    let emoji = parse_emoji(emoji).ok_or_else(|| {
        Error::invalid("emoji", "INVALID_EMOJI", "A reaction is exactly one emoji.")
    })?;
    let change = if reacted {
        add(tx, content.id, person, emoji).await?
    } else {
        remove(tx, content.id, person, emoji).await?
    };
    if change != 0 {
        count(tx, &content, emoji, change).await?;
    }
    tx.announce(events::reaction(&content, emoji, reacted));
    Ok(content)
}

#[derive(FromQueryResult)]
struct AddedRow {
    emoji: String,
    person_id: PersonId,
}

/// Adds reactions of many people to one content, for importers, in three statements; unknown emoji
/// are left out. Gives how many were new.
///
/// # Errors
/// Database errors.
pub async fn add_reactions(
    tx: &mut Tx,
    permit: MayReact,
    reactions: &[(PersonId, String, Timestamp)],
) -> Result<u64> {
    let content = permit.content;
    let mut added: Vec<AddedRow> = Vec::new();
    for chunk in reactions.chunks(ROWS) {
        let rows: Vec<Vec<Value>> = chunk
            .iter()
            .filter_map(|(person, emoji, at)| {
                let emoji = parse_emoji(emoji)?;
                Some(vec![
                    content.id.into(),
                    (*person).into(),
                    emoji.into(),
                    (*at).into(),
                ])
            })
            .collect();
        if rows.is_empty() {
            continue;
        }
        let mut sql =
            Sql::new("INSERT INTO reactions (content_id, person_id, emoji, created_at) VALUES ");
        sql.bind_rows(rows);
        sql.push(
            " ON CONFLICT (content_id, emoji, person_id) DO NOTHING RETURNING emoji, person_id",
        );
        added.extend(sql.all::<AddedRow, _>(tx).await?);
    }
    let mut totals: BTreeMap<&str, i64> = BTreeMap::new();
    for row in &added {
        *totals.entry(&row.emoji).or_default() += 1;
        tx.announce(events::imported_reaction(
            &content,
            &row.emoji,
            row.person_id,
        ));
    }
    add_totals(tx, content.id, &totals).await?;
    let count = added.len() as u64;
    if count > 0 {
        thread::count_reactions(tx, content.root, i64::try_from(count).unwrap_or(0)).await?;
    }
    Ok(count)
}

async fn add_totals(tx: &Tx, content: ContentId, totals: &BTreeMap<&str, i64>) -> Result<()> {
    if totals.is_empty() {
        return Ok(());
    }
    let mut sql = Sql::new("INSERT INTO reaction_counts (content_id, emoji, total) VALUES ");
    let row =
        |(emoji, total): (&&str, &i64)| vec![content.into(), (*emoji).into(), (*total).into()];
    sql.bind_rows(totals.iter().map(row));
    sql.push(
        " ON CONFLICT (content_id, emoji) DO UPDATE SET total = reaction_counts.total + excluded.total",
    );
    sql.run(tx).await?;
    Ok(())
}

#[derive(FromQueryResult)]
struct KnownRow {
    kinds: i64,
    is_known: bool,
}

async fn add(tx: &Tx, content: ContentId, person: PersonId, emoji: &str) -> Result<i64> {
    let mut sql = Sql::new("SELECT COUNT(*) AS kinds, COALESCE(MAX(CASE WHEN emoji = ");
    sql.bind(emoji)
        .push(" THEN 1 ELSE 0 END), 0) = 1 AS is_known FROM reaction_counts WHERE content_id = ")
        .bind(content);
    let row: Option<KnownRow> = sql.one(tx).await?;
    if row.is_some_and(|row| !row.is_known && row.kinds >= MAX_EMOJI) {
        let text = format!("At most {MAX_EMOJI} different emoji are possible.");
        let problem = Problem::new("emoji", "TOO_MANY_EMOJI", text).with("max", MAX_EMOJI);
        return Err(Error::Invalid(vec![problem]));
    }
    let mut sql =
        Sql::new("INSERT INTO reactions (content_id, person_id, emoji, created_at) VALUES (");
    sql.bind(content)
        .push(", ")
        .bind(person)
        .push(", ")
        .bind(emoji)
        .push(", ")
        .bind(tx.now());
    sql.push(") ON CONFLICT (content_id, emoji, person_id) DO NOTHING");
    Ok(i64::from(sql.run(tx).await? > 0))
}

async fn remove(tx: &Tx, content: ContentId, person: PersonId, emoji: &str) -> Result<i64> {
    let mut sql = Sql::new("DELETE FROM reactions WHERE content_id = ");
    sql.bind(content)
        .push(" AND person_id = ")
        .bind(person)
        .push(" AND emoji = ")
        .bind(emoji);
    Ok(-i64::from(sql.run(tx).await? > 0))
}

/// Keeps the counters of the content and of its thread.
async fn count(tx: &Tx, content: &Content, emoji: &str, change: i64) -> Result<()> {
    add_totals(tx, content.id, &BTreeMap::from([(emoji, change)])).await?;
    if change < 0 {
        let mut sql = Sql::new("DELETE FROM reaction_counts WHERE total <= 0 AND content_id = ");
        sql.bind(content.id).push(" AND emoji = ").bind(emoji);
        sql.run(tx).await?;
    }
    thread::count_reactions(tx, content.root, change).await
}
