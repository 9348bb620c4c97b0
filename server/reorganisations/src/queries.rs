//! Reads, for network admins.

mod fingerprint;
mod lines;
mod snapshot;

pub(crate) use fingerprint::fingerprint;
pub use fingerprint::is_stale;
pub use lines::{lines, totals};
pub(crate) use snapshot::{Change, Numbers, Snapshot};

use identity::queries::Reads;
use kernel::{Cursor, Error, Page, PageArgs, ReorganisationId, Result};
use platform::Sql;

use crate::model::ReorganisationView;
use crate::table::{REORGANISATION, Row};

/// A page of all reorganisations, the newest first.
///
/// # Errors
/// `NETWORK_ADMIN_REQUIRED`, `INVALID_CURSOR`, database errors.
pub async fn list<R: Reads>(reader: &R, args: &PageArgs) -> Result<Page<ReorganisationView>> {
    reader.who().require_network_admin()?;
    let mut sql = Sql::new(format!("SELECT {REORGANISATION} FROM reorganisations r"));
    if let Some(after) = args.from_key()? {
        sql.push(" WHERE r.id < ").bind(after);
    }
    sql.push(&format!(" ORDER BY r.id DESC LIMIT {}", args.limit + 1));
    let rows: Vec<Row> = sql.all(reader).await?;
    let views: Result<Vec<ReorganisationView>> = rows.into_iter().map(TryInto::try_into).collect();
    Ok(Page::from_rows(
        views?,
        args,
        |view: &ReorganisationView| Cursor::key(view.id.0),
    ))
}

/// One reorganisation.
///
/// # Errors
/// `NETWORK_ADMIN_REQUIRED`, `NotFound`, database errors.
pub async fn one<R: Reads>(reader: &R, id: ReorganisationId) -> Result<ReorganisationView> {
    reader.who().require_network_admin()?;
    let mut sql = Sql::new(format!(
        "SELECT {REORGANISATION} FROM reorganisations r WHERE r.id = "
    ));
    sql.bind(id);
    let row: Option<Row> = sql.one(reader).await?;
    row.ok_or(Error::NotFound)?.try_into()
}
