//! Audiences that are kept under a name: one's own, and those shared with everybody; each only for
//! whoever may see the members of all communities it names.

use std::collections::HashMap;

use communities::policy::{readable_sql, viewer_value};
use identity::queries::Reads;
use kernel::{AudienceId, Cursor, Error, OrgUnitId, Page, PageArgs, PersonId, Result};
use platform::Sql;
use sea_orm::FromQueryResult;

use crate::model::{Rule, SavedAudience};
use crate::table::{AUDIENCE, AudienceRow};

#[derive(FromQueryResult)]
struct Total {
    total: i64,
}

/// A statement over the audiences the reader may see; the viewer is `$1`.
fn visible<R: Reads>(reader: &R, columns: &str) -> Result<Sql> {
    if !reader.who().can_read() {
        return Err(Error::Unauthenticated);
    }
    let mut sql = Sql::new(format!(
        "SELECT {columns} FROM audiences a WHERE (a.is_shared OR a.owner_id = $1) AND NOT EXISTS \
         (SELECT 1 FROM audience_communities c WHERE c.audience_id = a.id AND NOT ({}))",
        readable_sql(reader.who(), "c.community_id", 1)
    ));
    sql.hold(viewer_value(reader.who()));
    Ok(sql)
}

/// A saved audience.
///
/// # Errors
/// `NotFound` when there is none the viewer may see.
pub async fn saved<R: Reads>(reader: &R, id: AudienceId) -> Result<SavedAudience> {
    load(reader, id, "").await
}

/// As [`saved`], with a clause behind the statement.
pub(crate) async fn load<R: Reads>(
    reader: &R,
    id: AudienceId,
    lock: &str,
) -> Result<SavedAudience> {
    let mut sql = visible(reader, AUDIENCE)?;
    sql.push(" AND a.id = ").bind(id).push(lock);
    let row: Option<AudienceRow> = sql.one(reader).await?;
    row.ok_or(Error::NotFound)?.try_into()
}

/// A page of the saved audiences the viewer may see, in the order of their names, and how many
/// there are; only those of `owner` if one is given.
///
/// # Errors
/// `INVALID_CURSOR`, `Unauthenticated` for nobody, database errors.
pub async fn saved_page<R: Reads>(
    reader: &R,
    owner: Option<PersonId>,
    page: &PageArgs,
) -> Result<(Page<SavedAudience>, i64)> {
    let of_owner = |sql: &mut Sql| {
        if let Some(owner) = owner {
            sql.push(" AND a.owner_id = ").bind(owner);
        }
    };
    let mut count = visible(reader, "COUNT(*) AS total")?;
    of_owner(&mut count);
    let total: Option<Total> = count.one(reader).await?;

    let mut sql = visible(reader, AUDIENCE)?;
    of_owner(&mut sql);
    if let Some(after) = page.from_key()? {
        sql.push(
            " AND (a.search_text, a.id) > ((SELECT l.search_text FROM audiences l WHERE l.id = ",
        )
        .bind(after)
        .push("), ")
        .bind(after)
        .push(")");
    }
    let limit = page.limit + 1;
    sql.push(&format!(" ORDER BY a.search_text, a.id LIMIT {limit}"));
    let rows: Vec<AudienceRow> = sql.all(reader).await?;
    let found: Result<Vec<SavedAudience>> = rows.into_iter().map(TryInto::try_into).collect();
    let page = Page::from_rows(found?, page, |audience| Cursor::key(audience.id.0));
    Ok((page, total.map_or(0, |row| row.total)))
}

/// All saved audiences the viewer may see, in the order they were made. Without the communities' members: who
/// counts or lists them asks [`crate::policy::require_visible`].
///
/// # Errors
/// `Unauthenticated` for nobody, database errors.
pub async fn all_saved<R: Reads>(reader: &R) -> Result<Vec<SavedAudience>> {
    let mut sql = visible(reader, AUDIENCE)?;
    sql.push(" ORDER BY a.id");
    let rows: Vec<AudienceRow> = sql.all(reader).await?;
    rows.into_iter().map(TryInto::try_into).collect()
}

#[derive(FromQueryResult)]
struct NamedRow {
    id: AudienceId,
    name: String,
}

/// Names of those of these audiences that the viewer may see.
///
/// # Errors
/// `Unauthenticated` for nobody, database errors.
pub async fn names<R: Reads>(
    reader: &R,
    ids: &[AudienceId],
) -> Result<HashMap<AudienceId, String>> {
    let mut found = HashMap::new();
    for chunk in ids.chunks(1_000) {
        let mut sql = visible(reader, "a.id, a.name")?;
        sql.push(" AND a.id IN (")
            .bind_all(chunk.iter().copied())
            .push(")");
        let rows: Vec<NamedRow> = sql.all(reader).await?;
        found.extend(rows.into_iter().map(|row| (row.id, row.name)));
    }
    Ok(found)
}

#[derive(FromQueryResult)]
struct RuleRow {
    rule: String,
}

/// Whether any saved audience names one of these units, whosever it is. Says nothing of which.
///
/// # Errors
/// `NETWORK_ADMIN_REQUIRED`, database errors.
pub async fn any_names<R: Reads>(reader: &R, units: &[OrgUnitId]) -> Result<bool> {
    reader.who().require_network_admin()?;
    let rows: Vec<RuleRow> = Sql::new("SELECT a.rule FROM audiences a")
        .all(reader)
        .await?;
    for row in rows {
        let named = Rule::from_text(&row.rule)?.named().units;
        if units.iter().any(|unit| named.contains(unit)) {
            return Ok(true);
        }
    }
    Ok(false)
}
