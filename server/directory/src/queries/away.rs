//! Who is away at a moment.

use std::collections::HashMap;

use kernel::{PersonId, Result, Timestamp};
use platform::Sql;
use sea_orm::{ConnectionTrait, FromQueryResult};

#[derive(FromQueryResult)]
struct SpanRow {
    person_id: PersonId,
    starts_at: Timestamp,
    back_at: Timestamp,
}

/// Those of these people who are away at `at`, and until when: absences that follow without a gap count
/// as one.
///
/// # Errors
/// Database errors.
pub async fn away_until(
    db: &impl ConnectionTrait,
    people: &[PersonId],
    at: Timestamp,
) -> Result<HashMap<PersonId, Timestamp>> {
    if people.is_empty() {
        return Ok(HashMap::new());
    }
    let mut sql = Sql::new(
        "SELECT b.person_id, b.starts_at, b.ends_at AS back_at FROM absences b WHERE b.ends_at > ",
    );
    sql.bind(at)
        .push(" AND b.person_id IN (")
        .bind_all(people.iter().copied())
        .push(") ORDER BY b.starts_at, b.id");
    let rows: Vec<SpanRow> = sql.all(db).await?;
    let mut away: HashMap<PersonId, Timestamp> = HashMap::new();
    for row in rows {
        let until = away.get(&row.person_id).copied().unwrap_or(at);
        if row.starts_at <= until {
            let back = until.max(row.back_at);
            away.insert(row.person_id, back);
        }
    }
    Ok(away)
}
