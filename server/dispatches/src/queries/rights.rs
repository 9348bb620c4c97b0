//! Rights on the line.

use directory::queries::PersonInUnit;
use identity::queries::Reads;
use kernel::{Cursor, Error, LineGrantId, Page, PageArgs, Result, Timestamp};
use platform::Reader;
use sea_orm::ConnectionTrait;

use super::person;
use crate::model::{GrantView, LineRight};
use crate::policy;
use crate::table::{GRANT, GrantRow, Sql};

/// Lines the viewer may send down.
///
/// # Errors
/// `Unauthenticated`, database errors.
pub async fn rights(reader: &Reader) -> Result<Vec<LineRight>> {
    policy::rights(reader, person(reader)?, reader.now()).await
}

/// Whether the viewer may audit anything.
///
/// # Errors
/// `Unauthenticated`, database errors.
pub async fn audited(reader: &Reader) -> Result<bool> {
    let units = policy::audited_units(reader, person(reader)?, reader.now()).await?;
    Ok(!units.is_empty())
}

/// All grants, the newest first; for network admins.
///
/// # Errors
/// `NETWORK_ADMIN_REQUIRED`, an invalid cursor, database errors.
pub async fn grants(reader: &Reader, args: &PageArgs) -> Result<Page<GrantView>> {
    reader.viewer().require_network_admin()?;
    let mut sql = Sql::new(format!("SELECT {GRANT} FROM line_grants g"));
    if let Some(after) = args.from_key()? {
        sql.push(" WHERE g.id < ").bind(after);
    }
    sql.push(&format!(" ORDER BY g.id DESC LIMIT {}", args.limit + 1));
    let rows: Vec<GrantRow> = sql.all(reader).await?;
    let rows = rows
        .iter()
        .map(GrantRow::view)
        .collect::<Result<Vec<_>>>()?;
    Ok(Page::from_rows(rows, args, |grant: &GrantView| {
        Cursor::key(grant.id.0)
    }))
}

/// Who may send down which line at `at`: heads, who stands in for them, and grants; each once. People who
/// may not sign in have no right.
///
/// # Errors
/// `NETWORK_ADMIN_REQUIRED`, database errors.
pub async fn all_rights<R: Reads>(reader: &R, at: Timestamp) -> Result<Vec<PersonInUnit>> {
    let mut rights = directory::queries::all_leads(reader, at).await?;
    let mut sql = Sql::new(
        "SELECT DISTINCT g.person_id, g.unit_id FROM line_grants g JOIN people p \
         ON p.id = g.person_id AND p.is_active WHERE g.revoked_at IS NULL \
         AND g.right_kind = 'send' AND g.starts_at <= ",
    );
    sql.bind(at).push(" AND g.ends_at > ").bind(at);
    let granted: Vec<PersonInUnit> = sql.all(reader).await?;
    rights.extend(granted);
    Ok(rights)
}

/// One grant. The caller has checked that a network admin asks.
///
/// # Errors
/// `NotFound`, database errors.
pub async fn grant(db: &impl ConnectionTrait, id: LineGrantId) -> Result<GrantView> {
    let mut sql = Sql::new(format!("SELECT {GRANT} FROM line_grants g WHERE g.id = "));
    sql.bind(id);
    let row: Option<GrantRow> = sql.one(db).await?;
    row.ok_or(Error::NotFound)?.view()
}
