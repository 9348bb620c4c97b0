//! Drafts; only their owner ever sees them, not even the house itself.

use std::collections::HashSet;

use kernel::{AttachmentId, DraftId, PersonId, Result};
use platform::Reader;
use sea_orm::FromQueryResult;

use crate::model::{DraftVersionView, DraftView, MAX_DRAFTS};
use crate::table::{DraftRow, Sql};

/// The viewer's drafts, last saved first.
///
/// # Errors
/// `Unauthenticated`, database errors.
pub async fn drafts(reader: &Reader) -> Result<Vec<DraftView>> {
    let owner = reader.viewer().require_person()?;
    let mut sql = Sql::new("SELECT ");
    sql.push(DraftRow::COLUMNS)
        .push(" FROM drafts d WHERE d.person_id = ")
        .bind(owner);
    sql.push(" ORDER BY d.updated_at DESC, d.id LIMIT ")
        .push(&MAX_DRAFTS.to_string());
    let rows: Vec<DraftRow> = sql.all(reader).await?;
    rows.into_iter().map(DraftRow::into_view).collect()
}

/// One of the viewer's drafts.
///
/// # Errors
/// `Unauthenticated`, database errors.
pub async fn draft(reader: &Reader, id: DraftId) -> Result<Option<DraftView>> {
    let owner = reader.viewer().require_person()?;
    let mut sql = Sql::new("SELECT ");
    sql.push(DraftRow::COLUMNS)
        .push(" FROM drafts d WHERE d.id = ")
        .bind(id);
    sql.push(" AND d.person_id = ").bind(owner);
    let row: Option<DraftRow> = sql.one(reader).await?;
    row.map(DraftRow::into_view).transpose()
}

#[derive(FromQueryResult)]
struct VersionRow {
    version: i32,
    title: String,
    body: String,
    saved_at: kernel::Timestamp,
}

/// The kept versions of one of the viewer's drafts, newest first, the present one included.
///
/// # Errors
/// `Unauthenticated`, database errors.
pub async fn draft_versions(reader: &Reader, id: DraftId) -> Result<Vec<DraftVersionView>> {
    let owner = reader.viewer().require_person()?;
    let mut sql = Sql::new(
        "SELECT v.version, v.title, v.body, v.saved_at FROM drafts d \
         JOIN draft_versions v ON v.draft_id = d.id WHERE d.id = ",
    );
    sql.bind(id)
        .push(" AND d.person_id = ")
        .bind(owner)
        .push(" ORDER BY v.version DESC");
    let rows: Vec<VersionRow> = sql.all(reader).await?;
    let view = |row: VersionRow| DraftVersionView {
        version: row.version,
        title: row.title,
        body: row.body,
        saved_at: row.saved_at,
    };
    Ok(rows.into_iter().map(view).collect())
}

#[derive(FromQueryResult)]
struct UploadsRow {
    attachment_ids: String,
}

/// Uploads that somebody still means to use.
pub(crate) async fn uploads_in_drafts(
    reader: &Reader,
    owners: &HashSet<PersonId>,
) -> Result<HashSet<AttachmentId>> {
    let mut sql = Sql::new(
        "SELECT attachment_ids FROM drafts WHERE attachment_ids <> '[]' AND person_id IN (",
    );
    sql.bind_all(owners.iter().copied()).push(")");
    let mut found = HashSet::new();
    for row in sql.all::<UploadsRow, _>(reader).await? {
        found.extend(serde_json::from_str::<Vec<AttachmentId>>(
            &row.attachment_ids,
        )?);
    }
    Ok(found)
}
