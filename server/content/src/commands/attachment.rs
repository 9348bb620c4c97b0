//! Uploads, what they hang on, and the person's picture. Files are kept before the row is written
//! and removed after the row is gone, so that a row never points to nothing.

use kernel::{AttachmentId, Error, PersonId, Problem, Result, SubjectRef, Timestamp, Viewer};
use platform::blobs::{BlobKey, BlobStore, StagedBlob};
use platform::config::MediaConfig;
use platform::media::{self, MediaKind, MediaLimits, PreparedMedia};
use platform::{Database, Reader, Tx};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};

use crate::events;
use crate::model::{AttachmentKind, AttachmentView, Content, MAX_ALT_TEXT};
use crate::queries;
use crate::table::{AttachmentRow, Sql};

/// Place of an attachment that is somebody's picture: not free to be used elsewhere, not removed.
const AVATAR_PLACE: i32 = -1;

/// A file received by the HTTP route and not kept yet.
#[derive(Debug)]
pub struct Upload {
    /// The file, from [`BlobStore::stage`].
    pub file: StagedBlob,
    /// Name as given by the client.
    pub file_name: String,
    /// What it shows, may be empty.
    pub alt_text: String,
}

/// Keeps an upload: looked into, cleaned, with a thumbnail, within the person's quota.
///
/// # Errors
/// `Invalid` (`UNSUPPORTED_FILE_TYPE`, `IMAGE_CORRUPT`, `QUOTA_EXCEEDED`, `TEXT_TOO_LONG`, …),
/// `Unauthenticated`, database and storage errors.
pub async fn upload(
    database: &Database,
    viewer: &Viewer,
    store: &BlobStore,
    config: &MediaConfig,
    upload: Upload,
) -> Result<AttachmentView> {
    let owner = viewer.require_person()?;
    if !viewer.can_write() {
        return Err(Error::Forbidden("TOKEN_READ_ONLY"));
    }
    let alt_text = clean_alt_text(&upload.alt_text)?;
    check_quota(
        &database.reader(viewer),
        owner,
        upload.file.size_bytes(),
        config,
    )
    .await?;
    let limits = MediaLimits::from(config);
    let prepared = media::prepare(upload.file.path(), &upload.file_name, limits).await?;
    let kept = keep(store, upload.file, prepared, alt_text).await?;
    let keys = kept.keys();
    let written = write(database, viewer, owner, config, kept).await;
    if written.is_err() {
        drop_blobs(store, keys).await;
    }
    written
}

fn clean_alt_text(text: &str) -> Result<String> {
    match richtext::clean_line(text, MAX_ALT_TEXT) {
        Ok(text) => Ok(text),
        Err(richtext::TextProblem::TooLong { max, actual }) => {
            let words =
                format!("The description has {actual} characters, at most {max} are allowed.");
            let problem = Problem::new("altText", "TEXT_TOO_LONG", words);
            Err(Error::Invalid(vec![
                problem.with("max", max).with("actual", actual),
            ]))
        }
        Err(_) => Ok(String::new()),
    }
}

#[derive(FromQueryResult)]
struct UsedRow {
    used: Option<i64>,
}

async fn used_bytes<C: ConnectionTrait>(db: &C, owner: PersonId) -> Result<i64> {
    let mut sql = Sql::new(
        "SELECT CAST(SUM(size_bytes) AS BIGINT) AS used FROM attachments WHERE owner_id = ",
    );
    sql.bind(owner);
    let row: Option<UsedRow> = sql.one(db).await?;
    Ok(row.and_then(|row| row.used).unwrap_or(0))
}

async fn check_quota<C: ConnectionTrait>(
    db: &C,
    owner: PersonId,
    more: u64,
    config: &MediaConfig,
) -> Result<()> {
    let used = u64::try_from(used_bytes(db, owner).await?).unwrap_or(0);
    let quota = config.person_quota_bytes;
    if used.saturating_add(more) <= quota {
        return Ok(());
    }
    let text = "Your files take up all the space you have.";
    let problem = Problem::new("file", "QUOTA_EXCEEDED", text).with("quotaBytes", quota);
    Err(Error::Invalid(vec![problem.with("usedBytes", used)]))
}

/// A file in the store, with all its row needs.
struct Kept {
    kind: AttachmentKind,
    file_name: String,
    content_type: &'static str,
    size_bytes: u64,
    dimensions: Option<(u32, u32)>,
    blob: BlobKey,
    thumbnail: Option<(BlobKey, &'static str)>,
    alt_text: String,
}

impl Kept {
    fn keys(&self) -> Vec<BlobKey> {
        let thumbnail = self.thumbnail.map(|(key, _)| key);
        std::iter::once(self.blob).chain(thumbnail).collect()
    }
}

async fn keep(
    store: &BlobStore,
    file: StagedBlob,
    prepared: PreparedMedia,
    alt_text: String,
) -> Result<Kept> {
    let stored = match &prepared.replacement {
        Some(bytes) => store.put_bytes(bytes).await?,
        None => store.keep(file).await?,
    };
    let thumbnail = match &prepared.thumbnail {
        Some(small) => match store.put_bytes(&small.bytes).await {
            Ok(blob) => Some((blob.key, small.media_type.mime())),
            Err(error) => {
                drop_blobs(store, vec![stored.key]).await;
                return Err(error.into());
            }
        },
        None => None,
    };
    let info = prepared.info;
    Ok(Kept {
        kind: match info.media_type.kind() {
            MediaKind::Image => AttachmentKind::Image,
            MediaKind::Pdf => AttachmentKind::Pdf,
            MediaKind::Video => AttachmentKind::Video,
        },
        file_name: info.file_name,
        content_type: info.media_type.mime(),
        size_bytes: stored.size_bytes,
        dimensions: info.dimensions,
        blob: stored.key,
        thumbnail,
        alt_text,
    })
}

async fn write(
    database: &Database,
    viewer: &Viewer,
    owner: PersonId,
    config: &MediaConfig,
    kept: Kept,
) -> Result<AttachmentView> {
    let mut tx = database.begin(viewer).await?;
    check_quota(&tx, owner, kept.size_bytes, config).await?;
    let view = insert(&tx, owner, &kept, 0).await?;
    let subject = SubjectRef::new(AttachmentId::PREFIX, view.id);
    tx.announce(events::personal("attachment.uploaded", subject, owner));
    tx.commit().await?;
    Ok(view)
}

async fn insert(tx: &Tx, owner: PersonId, kept: &Kept, place: i32) -> Result<AttachmentView> {
    let side = |pick: fn((u32, u32)) -> u32| {
        kept.dimensions
            .and_then(|both| i32::try_from(pick(both)).ok())
    };
    let view = AttachmentView {
        id: AttachmentId::at(tx.now()),
        owner,
        content: None,
        kind: kept.kind,
        file_name: kept.file_name.clone(),
        content_type: kept.content_type.to_owned(),
        size_bytes: i64::try_from(kept.size_bytes).unwrap_or(i64::MAX),
        width: side(|(width, _)| width),
        height: side(|(_, height)| height),
        has_thumbnail: kept.thumbnail.is_some(),
        alt_text: kept.alt_text.clone(),
    };
    let row: Vec<Value> = vec![
        view.id.into(),
        owner.into(),
        place.into(),
        view.kind.as_str().into(),
        view.file_name.clone().into(),
        view.content_type.clone().into(),
        view.size_bytes.into(),
        view.width.into(),
        view.height.into(),
        kept.blob.to_string().into(),
        kept.thumbnail.map(|(key, _)| key.to_string()).into(),
        kept.thumbnail.map(|(_, mime)| mime.to_owned()).into(),
        view.alt_text.clone().into(),
        tx.now().into(),
    ];
    let mut sql = Sql::new(
        "INSERT INTO attachments (id, owner_id, place, kind, file_name, content_type, size_bytes, \
         width, height, blob_key, thumbnail_key, thumbnail_type, alt_text, created_at) VALUES ",
    );
    sql.bind_rows([row]);
    sql.run(tx).await?;
    Ok(view)
}

/// Removes files nobody points to any more. What cannot be removed is logged and left.
async fn drop_blobs(store: &BlobStore, keys: Vec<BlobKey>) {
    for key in keys {
        if let Err(error) = store.delete(key).await {
            tracing::warn!(%key, %error, "file could not be removed");
        }
    }
}

/// Hangs the author's uploads on new content, in order.
pub(crate) async fn attach(tx: &Tx, content: &Content, wanted: &[AttachmentId]) -> Result<()> {
    for (id, place) in wanted.iter().zip(0_i32..) {
        let mut sql = Sql::new("UPDATE attachments SET content_id = ");
        sql.bind(content.id).push(", place = ").bind(place);
        sql.push(" WHERE id = ")
            .bind(*id)
            .push(" AND owner_id = ")
            .bind(content.author);
        sql.push(" AND place >= 0 AND subject_id IS NULL AND (content_id IS NULL OR content_id = ");
        sql.bind(content.id).push(")");
        if sql.run(tx).await? != 1 {
            return Err(Error::Conflict("ATTACHMENT_IN_USE"));
        }
    }
    Ok(())
}

/// Makes `wanted` the attachments of content; others are free again and removed after a while.
pub(super) async fn replace(tx: &Tx, content: &Content, wanted: &[AttachmentId]) -> Result<()> {
    let mut sql =
        Sql::new("UPDATE attachments SET content_id = NULL, place = 0 WHERE content_id = ");
    sql.bind(content.id);
    if !wanted.is_empty() {
        sql.push(" AND id NOT IN (")
            .bind_all(wanted.iter().copied())
            .push(")");
    }
    sql.run(tx).await?;
    attach(tx, content, wanted).await
}

/// Makes one of the viewer's pictures the viewer's avatar, or takes it away.
///
/// # Errors
/// `Invalid` (`ATTACHMENT_NOT_FOUND`, `NOT_A_PICTURE`), database and storage errors.
pub async fn set_avatar(
    database: &Database,
    viewer: &Viewer,
    store: &BlobStore,
    config: &MediaConfig,
    picture: Option<AttachmentId>,
) -> Result<PersonId> {
    let person = viewer.require_person()?;
    let kept = match picture {
        Some(id) => Some(make_avatar(&database.reader(viewer), store, config, id).await?),
        None => None,
    };
    let keys = kept.as_ref().map(Kept::keys).unwrap_or_default();
    let written = write_avatar(database, viewer, person, kept).await;
    if written.is_err() {
        drop_blobs(store, keys).await;
    }
    written.map(|()| person)
}

/// Cuts the squares out of a picture: the larger is the file, the smaller its thumbnail.
async fn make_avatar(
    reader: &Reader,
    store: &BlobStore,
    config: &MediaConfig,
    id: AttachmentId,
) -> Result<Kept> {
    let picture = queries::own_upload(reader, id).await?.ok_or_else(|| {
        let text = "The picture is not there any more; please add it again.";
        Error::invalid("attachmentId", "ATTACHMENT_NOT_FOUND", text)
    })?;
    let (file, _) = store.open(queries::blob_key(&picture.blob_key)?).await?;
    let staged = store.stage(file, config.max_file_bytes).await?;
    let [small, large] = media::avatars(staged.path(), MediaLimits::from(config)).await?;
    let blob = store.put_bytes(&large.bytes).await?;
    let thumbnail = match store.put_bytes(&small.bytes).await {
        Ok(stored) => stored.key,
        Err(error) => {
            drop_blobs(store, vec![blob.key]).await;
            return Err(error.into());
        }
    };
    Ok(Kept {
        kind: AttachmentKind::Image,
        file_name: picture.file_name,
        content_type: large.media_type.mime(),
        size_bytes: blob.size_bytes,
        dimensions: Some((large.width, large.height)),
        blob: blob.key,
        thumbnail: Some((thumbnail, small.media_type.mime())),
        alt_text: String::new(),
    })
}

async fn write_avatar(
    database: &Database,
    viewer: &Viewer,
    person: PersonId,
    kept: Option<Kept>,
) -> Result<()> {
    let mut tx = database.begin(viewer).await?;
    // The former picture becomes an unused upload, to be removed like any other.
    let mut sql =
        Sql::new("UPDATE attachments SET place = 0 WHERE content_id IS NULL AND place = ");
    sql.bind(AVATAR_PLACE).push(" AND owner_id = ").bind(person);
    sql.run(&tx).await?;
    let avatar = match &kept {
        Some(kept) => Some(insert(&tx, person, kept, AVATAR_PLACE).await?.id),
        None => None,
    };
    let permit = identity::policy::may_edit_self(&tx).await?;
    identity::commands::set_avatar(&mut tx, permit, avatar).await?;
    tx.commit().await
}

/// Unused uploads made before `before`, behind `after`, oldest first; not those kept in a draft.
pub(crate) async fn unused_uploads(
    reader: &Reader,
    before: Timestamp,
    after: Option<AttachmentId>,
    limit: u64,
) -> Result<Vec<AttachmentRow>> {
    let mut sql = Sql::new("SELECT ");
    sql.push(AttachmentRow::COLUMNS);
    sql.push(
        " FROM attachments a WHERE a.content_id IS NULL AND a.subject_id IS NULL AND a.place = 0 \
         AND a.created_at < ",
    );
    sql.bind(before);
    if let Some(after) = after {
        sql.push(" AND a.id > ").bind(after);
    }
    sql.push(" ORDER BY a.id LIMIT ").push(&limit.to_string());
    sql.all(reader).await
}

/// Removes the rows of unused uploads, then their files. Gives how many were removed; what was
/// used meanwhile stays.
pub(crate) async fn remove_unused(
    database: &Database,
    viewer: &Viewer,
    store: &BlobStore,
    unused: Vec<AttachmentRow>,
) -> Result<u64> {
    let mut tx = database.begin(viewer).await?;
    let mut keys = Vec::new();
    let mut removed = 0;
    for row in unused {
        let mut sql = Sql::new(
            "DELETE FROM attachments WHERE content_id IS NULL AND subject_id IS NULL AND place = 0 AND id = ",
        );
        sql.bind(row.id);
        if sql.run(&tx).await? == 1 {
            removed += 1;
            for key in std::iter::once(&row.blob_key).chain(&row.thumbnail_key) {
                keys.push(queries::blob_key(key)?);
            }
            let subject = SubjectRef::new(AttachmentId::PREFIX, row.id);
            tx.announce(events::personal(
                "attachment.removed",
                subject,
                row.owner_id,
            ));
        }
    }
    if removed == 0 {
        tx.rollback().await?;
        return Ok(0);
    }
    tx.commit().await?;
    drop_blobs(store, keys).await;
    Ok(removed)
}
