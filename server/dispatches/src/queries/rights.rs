//! Rights on the line.

use kernel::{Cursor, Error, LineGrantId, Page, PageArgs, Result};
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
