//! Rows of this room. Private to it.

use kernel::{AudienceId, PersonId, Result, Timestamp};
use sea_orm::FromQueryResult;

use crate::model::{Rule, SavedAudience};

/// Columns of [`AudienceRow`], for a query that calls the table `a`.
pub(crate) const AUDIENCE: &str = "a.id, a.owner_id, a.name, a.rule, a.is_shared, \
     a.version, a.created_at, a.updated_at";

#[derive(FromQueryResult)]
pub(crate) struct AudienceRow {
    pub id: AudienceId,
    pub owner_id: PersonId,
    pub name: String,
    pub rule: String,
    pub is_shared: bool,
    pub version: i32,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

impl TryFrom<AudienceRow> for SavedAudience {
    type Error = kernel::Error;

    fn try_from(row: AudienceRow) -> Result<Self> {
        Ok(Self {
            id: row.id,
            owner_id: row.owner_id,
            name: row.name,
            rule: Rule::from_text(&row.rule)?,
            is_shared: row.is_shared,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    }
}
