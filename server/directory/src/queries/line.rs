//! Who leads whom, by the tree.
//!
//! A unit's head is the active person who has headed it longest. People are led by the head of their
//! unit; heads, and people of units without one, by the head of the next unit above that has another.
//! A head who was deactivated leads nobody. Each list costs the same statements whatever the tree's depth.

use kernel::{Cursor, Page, PageArgs, PersonId, Result};
use platform::Reader;
use sea_orm::{ConnectionTrait, FromQueryResult, Statement, Value};

use super::{assignments_of, require_somebody};
use crate::model::MAX_DEPTH;

#[derive(FromQueryResult)]
struct HeadRow {
    depth: i32,
    person_id: PersonId,
}

#[derive(FromQueryResult)]
struct PersonRow {
    person_id: PersonId,
}

#[derive(FromQueryResult)]
struct Total {
    total: i64,
}

/// Places held at the moment `$1`, of people who are here.
pub(super) const HELD: &str = "SELECT a.id, a.unit_id, a.person_id, a.role, a.is_head, a.starts_at, p.search_text FROM assignments a \
     JOIN people p ON p.id = a.person_id \
     WHERE p.is_active AND a.starts_at <= $1 AND (a.ends_at IS NULL OR a.ends_at > $1)";

/// Who leads a person, who leads that one, and so on to the top; the nearest first, each once.
/// Somebody with several places is led by the way of the oldest.
///
/// # Errors
/// `Unauthenticated` for nobody; database errors.
pub async fn managers(reader: &Reader, person: PersonId) -> Result<Vec<PersonId>> {
    let places = assignments_of(reader, &[person]).await?;
    let oldest = places
        .iter()
        .min_by_key(|place| (place.starts_at, place.id));
    let Some(place) = oldest else {
        return Ok(Vec::new());
    };
    let sql = format!(
        "WITH RECURSIVE up (id, parent_id, depth) AS (\
         SELECT u.id, u.parent_id, 0 FROM org_units u WHERE u.id = $2 \
         UNION ALL SELECT u.id, u.parent_id, up.depth + 1 FROM org_units u \
         JOIN up ON u.id = up.parent_id WHERE up.depth < {MAX_DEPTH}) \
         SELECT up.depth, held.person_id FROM up JOIN ({HELD}) held ON held.unit_id = up.id \
         WHERE held.is_head ORDER BY up.depth, held.starts_at, held.id"
    );
    let values = [reader.now().into(), place.unit_id.into()];
    let heads: Vec<HeadRow> = all(reader, sql, values).await?;
    let mut line = Vec::new();
    for unit in heads.chunk_by(|a, b| a.depth == b.depth) {
        // Who heads this unit too is led from further up.
        let below = line.last().copied().unwrap_or(person);
        if unit.iter().any(|head| head.person_id == below) {
            continue;
        }
        if let Some(head) = unit.first().map(|head| head.person_id)
            && head != person
            && !line.contains(&head)
        {
            line.push(head);
        }
    }
    Ok(line)
}

/// Who leads a person directly.
///
/// # Errors
/// `Unauthenticated` for nobody; database errors.
pub async fn manager(reader: &Reader, person: PersonId) -> Result<Option<PersonId>> {
    Ok(managers(reader, person).await?.first().copied())
}

/// Whom a person leads directly in any of his units, without `except`, in the order of their names; and
/// how many they are.
///
/// # Errors
/// `Unauthenticated` for nobody, an invalid cursor, database errors.
pub async fn reports(
    reader: &Reader,
    person: PersonId,
    except: Option<PersonId>,
    args: &PageArgs,
) -> Result<(Page<PersonId>, i64)> {
    require_somebody(reader)?;
    // From the units led, downwards as long as units have no head; in these everybody is led, in the
    // first ones with a head only that one.
    let led = format!(
        "WITH RECURSIVE held AS ({HELD}), \
         down (id, is_open, depth) AS (\
         SELECT h.unit_id, TRUE, 0 FROM held h WHERE h.is_head AND h.person_id = $2 \
         AND NOT EXISTS (SELECT 1 FROM held o WHERE o.unit_id = h.unit_id AND o.is_head \
         AND (o.starts_at, o.id) < (h.starts_at, h.id)) \
         UNION ALL SELECT u.id, NOT EXISTS (SELECT 1 FROM held h WHERE h.unit_id = u.id AND h.is_head), \
         down.depth + 1 FROM org_units u JOIN down ON u.parent_id = down.id \
         WHERE down.is_open AND down.depth < {MAX_DEPTH}) \
         SELECT DISTINCT held.person_id, held.search_text FROM down JOIN held ON held.unit_id = down.id \
         WHERE held.is_head <> down.is_open AND held.person_id <> $2 AND held.person_id <> $3"
    );
    let values = || -> Vec<Value> {
        let except = except.unwrap_or(person);
        vec![reader.now().into(), person.into(), except.into()]
    };
    let count = format!("SELECT COUNT(*) AS total FROM ({led}) led");
    let total: Vec<Total> = all(reader, count, values()).await?;

    let mut values = values();
    let mut sql = format!("SELECT led.person_id FROM ({led}) led");
    if let Some(after) = args.from_key()? {
        values.push(after.into());
        sql.push_str(
            " WHERE (led.search_text, led.person_id) > \
             ((SELECT last.search_text FROM people last WHERE last.id = $4), $4)",
        );
    }
    sql.push_str(&format!(
        " ORDER BY led.search_text, led.person_id LIMIT {}",
        args.limit + 1
    ));
    let rows: Vec<PersonRow> = all(reader, sql, values).await?;
    let ids = rows.into_iter().map(|row| row.person_id).collect();
    let page = Page::from_rows(ids, args, |id: &PersonId| Cursor::key(id.0));
    Ok((page, total.first().map_or(0, |row| row.total)))
}

/// Who else is led by the person's manager, in the order of their names; and how many they are.
///
/// # Errors
/// `Unauthenticated` for nobody, an invalid cursor, database errors.
pub async fn peers(
    reader: &Reader,
    person: PersonId,
    args: &PageArgs,
) -> Result<(Page<PersonId>, i64)> {
    match manager(reader, person).await? {
        Some(manager) => reports(reader, manager, Some(person), args).await,
        None => Ok((
            Page::from_rows(Vec::new(), args, |id: &PersonId| Cursor::key(id.0)),
            0,
        )),
    }
}

async fn all<T: FromQueryResult>(
    reader: &Reader,
    sql: String,
    values: impl IntoIterator<Item = Value>,
) -> Result<Vec<T>> {
    let statement = Statement::from_sql_and_values(reader.get_database_backend(), sql, values);
    Ok(T::find_by_statement(statement).all(reader).await?)
}
