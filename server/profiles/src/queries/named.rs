//! What people call their skills, for choosing one by a few letters.

use identity::queries::Reads;
use kernel::Result;
use platform::Sql;
use sea_orm::FromQueryResult;

use super::directory::contains;
use super::require_somebody;

#[derive(FromQueryResult)]
struct Named {
    name: String,
    total: i64,
}

/// Skills whose folded name contains `part`, each in one of its spellings with how many people who may sign in
/// name it; the most frequent first.
///
/// # Errors
/// `Unauthenticated` for nobody; database errors.
pub async fn named_skills<R: Reads>(
    reader: &R,
    part: &str,
    limit: u64,
) -> Result<Vec<(String, i64)>> {
    require_somebody(reader)?;
    let mut sql = Sql::new(
        "SELECT MIN(k.name) AS name, COUNT(*) AS total FROM person_skills k JOIN people p ON p.id = k.person_id \
         WHERE p.is_active AND k.skill LIKE ",
    );
    sql.bind(contains(&identity::fold(part)))
        .push(" ESCAPE '\\' GROUP BY k.skill ORDER BY total DESC, k.skill")
        .push(&format!(" LIMIT {limit}"));
    let rows: Vec<Named> = sql.all(reader).await?;
    Ok(rows.into_iter().map(|row| (row.name, row.total)).collect())
}
