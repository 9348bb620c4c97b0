//! Rows of this room. Private to it.

use kernel::{PersonId, ReorganisationId, Result, Timestamp};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::model::{Fingerprint, ReorganisationState, ReorganisationView};

/// Columns of [`Row`], of a table named `r`.
pub(crate) const REORGANISATION: &str = "r.id, r.state, r.created_by, r.created_at, r.effective_at, \
     r.applied_by, r.applied_at, r.undone_by, r.undone_at, r.base, r.after_text";

#[derive(FromQueryResult)]
pub(crate) struct Row {
    id: ReorganisationId,
    state: String,
    created_by: Option<PersonId>,
    created_at: Timestamp,
    effective_at: Timestamp,
    applied_by: Option<PersonId>,
    applied_at: Option<Timestamp>,
    undone_by: Option<PersonId>,
    undone_at: Option<Timestamp>,
    base: String,
    after_text: Option<String>,
}

impl TryFrom<Row> for ReorganisationView {
    type Error = kernel::Error;

    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            id: row.id,
            state: ReorganisationState::parse(&row.state)?,
            created_by: row.created_by,
            created_at: row.created_at,
            effective_at: row.effective_at,
            applied_by: row.applied_by,
            applied_at: row.applied_at,
            undone_by: row.undone_by,
            undone_at: row.undone_at,
            base: Fingerprint::parse(&row.base)?,
            after: row
                .after_text
                .as_deref()
                .map(Fingerprint::parse)
                .transpose()?,
        })
    }
}

#[derive(FromQueryResult)]
pub(crate) struct LineRow {
    pub(crate) place: i64,
    pub(crate) person_id: Option<PersonId>,
    pub(crate) person_name: Option<String>,
    pub(crate) subject_id: Option<Uuid>,
    pub(crate) text: String,
}

#[derive(FromQueryResult)]
pub(crate) struct FileRow {
    pub(crate) file: String,
    pub(crate) text: String,
}

#[derive(FromQueryResult)]
pub(crate) struct RecordRow {
    pub(crate) record: Option<String>,
}

#[derive(FromQueryResult)]
pub(crate) struct TotalRow {
    pub(crate) part: String,
    pub(crate) subject_id: Option<Uuid>,
    pub(crate) total: i64,
}
