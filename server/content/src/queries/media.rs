//! Files on their way out: whoever sees what a file hangs on sees the file.

use kernel::{AttachmentId, Error, PersonId, Result};
use platform::Reader;
use platform::blobs::BlobKey;
use platform::config::MediaConfig;
use platform::media::{MediaType, content_disposition};
use sea_orm::FromQueryResult;

use crate::model::AttachmentView;
use crate::policy::{in_circle, visible};
use crate::table::{AttachmentRow, Sql};

/// Which form of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Variant {
    /// As it was uploaded (cleaned).
    Original,
    /// A small picture of it; of an avatar, the smaller square.
    Thumbnail,
}

/// A file to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediaFile {
    /// Where it lies.
    pub blob: BlobKey,
    /// Its type, never taken from a client.
    pub content_type: String,
    /// Value of the `Content-Disposition` header.
    pub disposition: String,
}

/// The key in a column.
pub(crate) fn blob_key(text: &str) -> Result<BlobKey> {
    text.parse().map_err(Error::internal)
}

fn file(row: AttachmentRow, variant: Variant) -> Result<MediaFile> {
    let (key, content_type) = match variant {
        Variant::Original => (row.blob_key, row.content_type),
        Variant::Thumbnail => row
            .thumbnail_key
            .zip(row.thumbnail_type)
            .ok_or(Error::NotFound)?,
    };
    let is_inline = MediaType::from_mime(&content_type).is_some_and(MediaType::is_shown_inline);
    Ok(MediaFile {
        blob: blob_key(&key)?,
        disposition: content_disposition(&row.file_name, is_inline),
        content_type,
    })
}

async fn seen(reader: &Reader, id: AttachmentId) -> Result<Option<AttachmentRow>> {
    let Some(owner) = reader.viewer().person_id() else {
        return Ok(None);
    };
    let mut sql = Sql::new("SELECT ");
    sql.push(AttachmentRow::COLUMNS);
    sql.push(" FROM attachments a LEFT JOIN contents c ON c.id = a.content_id WHERE a.id = ");
    sql.bind(id)
        .push(" AND ((a.content_id IS NULL AND a.circle_id IS NULL AND a.owner_id = ")
        .bind(owner);
    sql.push(") OR ");
    in_circle(&mut sql, reader.viewer());
    sql.push(" OR (c.id IS NOT NULL AND ");
    visible(&mut sql, reader.viewer());
    sql.push("))");
    sql.one(reader).await
}

/// An attachment, if the viewer sees what it hangs on, or uploaded it and has not used it yet.
///
/// # Errors
/// Database errors.
pub async fn attachment(reader: &Reader, id: AttachmentId) -> Result<Option<AttachmentView>> {
    let row = seen(reader, id).await?;
    row.map(AttachmentRow::into_view).transpose()
}

/// The file of an attachment, if the viewer sees what it hangs on, or uploaded it and has not used
/// it yet.
///
/// # Errors
/// `NotFound`, database errors.
pub async fn media_for(reader: &Reader, id: AttachmentId, variant: Variant) -> Result<MediaFile> {
    let row = seen(reader, id).await?;
    file(row.ok_or(Error::NotFound)?, variant)
}

/// A person's picture; everybody in the organisation sees it.
///
/// # Errors
/// `NotFound` when there is none, database errors.
pub async fn avatar_for(reader: &Reader, person: PersonId, variant: Variant) -> Result<MediaFile> {
    reader.viewer().person_id().ok_or(Error::NotFound)?;
    let person = identity::queries::person(reader, person).await?;
    let avatar = person.avatar_id.ok_or(Error::NotFound)?;
    let mut sql = Sql::new("SELECT ");
    sql.push(AttachmentRow::COLUMNS)
        .push(" FROM attachments a WHERE a.id = ")
        .bind(avatar);
    sql.push(" AND a.owner_id = ").bind(person.id);
    let row: Option<AttachmentRow> = sql.one(reader).await?;
    file(row.ok_or(Error::NotFound)?, variant)
}

/// An upload of the viewer's that is not used yet.
pub(crate) async fn own_upload(reader: &Reader, id: AttachmentId) -> Result<Option<AttachmentRow>> {
    let owner = reader.viewer().require_person()?;
    let mut sql = Sql::new("SELECT ");
    sql.push(AttachmentRow::COLUMNS)
        .push(" FROM attachments a WHERE a.id = ")
        .bind(id);
    sql.push(" AND a.owner_id = ")
        .bind(owner)
        .push(" AND a.content_id IS NULL AND a.subject_id IS NULL AND a.place = 0");
    sql.one(reader).await
}

#[derive(FromQueryResult)]
struct UsedRow {
    used: Option<i64>,
}

/// Bytes the viewer may still upload; ask before receiving a file.
///
/// # Errors
/// `Unauthenticated`, database errors.
pub async fn quota_left(reader: &Reader, config: &MediaConfig) -> Result<u64> {
    let owner = reader.viewer().require_person()?;
    let mut sql = Sql::new(
        "SELECT CAST(SUM(size_bytes) AS BIGINT) AS used FROM attachments WHERE owner_id = ",
    );
    sql.bind(owner);
    let row: Option<UsedRow> = sql.one(reader).await?;
    let used = row.and_then(|row| row.used).unwrap_or(0);
    Ok(config
        .person_quota_bytes
        .saturating_sub(u64::try_from(used).unwrap_or(0)))
}
