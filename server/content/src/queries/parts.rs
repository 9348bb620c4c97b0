//! What hangs on content: attachments, topics, link cards, revisions. Only what is found by the ids
//! of visible content leaves the crate.

use std::collections::HashMap;

use kernel::{AttachmentId, ContentId, Cursor, Page, PageArgs, PersonId, Result, Timestamp};
use platform::Reader;
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::model::{AttachmentView, Content, LinkCardView, RevisionView};
use crate::policy::{in_circle, visible};
use crate::table::{AttachmentRow, Sql};

/// Attachments of many contents, in order.
pub(crate) async fn attachments_of(
    reader: &Reader,
    ids: &[ContentId],
) -> Result<HashMap<ContentId, Vec<AttachmentView>>> {
    let mut sql = Sql::new("SELECT ");
    sql.push(AttachmentRow::COLUMNS)
        .push(" FROM attachments a WHERE a.content_id IN (");
    sql.bind_all(ids.iter().copied())
        .push(") ORDER BY a.content_id, a.place");
    let mut found: HashMap<ContentId, Vec<AttachmentView>> = HashMap::new();
    for row in sql.all::<AttachmentRow, _>(reader).await? {
        if let Some(content) = row.content_id {
            found.entry(content).or_default().push(row.into_view()?);
        }
    }
    Ok(found)
}

/// Files that hang on these subjects of the viewer's circles, in order.
pub(crate) async fn shared_files(
    reader: &Reader,
    subjects: &[Uuid],
) -> Result<HashMap<Uuid, Vec<AttachmentView>>> {
    let mut sql = Sql::new("SELECT ");
    sql.push(AttachmentRow::COLUMNS)
        .push(" FROM attachments a WHERE a.subject_id IN (");
    sql.bind_all(subjects.iter().copied()).push(") AND ");
    in_circle(&mut sql, reader.viewer());
    sql.push(" ORDER BY a.subject_id, a.place");
    let mut found: HashMap<Uuid, Vec<AttachmentView>> = HashMap::new();
    for row in sql.all::<AttachmentRow, _>(reader).await? {
        if let Some(subject) = row.subject_id {
            found.entry(subject).or_default().push(row.into_view()?);
        }
    }
    Ok(found)
}

/// The viewer's own uploads among these.
pub(crate) async fn own_uploads(
    reader: &Reader,
    ids: &[AttachmentId],
) -> Result<HashMap<AttachmentId, AttachmentView>> {
    let owner = reader.viewer().person_id().map_or(Uuid::nil(), |id| id.0);
    let mut sql = Sql::new("SELECT ");
    sql.push(AttachmentRow::COLUMNS)
        .push(" FROM attachments a WHERE a.owner_id = ")
        .bind(owner);
    sql.push(" AND a.id IN (")
        .bind_all(ids.iter().copied())
        .push(")");
    let rows: Vec<AttachmentRow> = sql.all(reader).await?;
    rows.into_iter()
        .map(|row| Ok((row.id, row.into_view()?)))
        .collect()
}

#[derive(FromQueryResult)]
struct TopicRow {
    content_id: ContentId,
    topic: String,
}

/// Topics of many contents, in alphabetical order.
pub(crate) async fn topics_of(
    reader: &Reader,
    ids: &[ContentId],
) -> Result<HashMap<ContentId, Vec<String>>> {
    let mut sql = Sql::new("SELECT content_id, topic FROM content_topics WHERE content_id IN (");
    sql.bind_all(ids.iter().copied())
        .push(") ORDER BY content_id, topic");
    let mut found: HashMap<ContentId, Vec<String>> = HashMap::new();
    for row in sql.all::<TopicRow, _>(reader).await? {
        found.entry(row.content_id).or_default().push(row.topic);
    }
    Ok(found)
}

#[derive(FromQueryResult)]
struct CardRow {
    content_id: ContentId,
    url: String,
    title: String,
    description: String,
    site_name: String,
}

/// Link cards of many contents, those that were fetched, in order.
pub(crate) async fn links_of(
    reader: &Reader,
    ids: &[ContentId],
) -> Result<HashMap<ContentId, Vec<LinkCardView>>> {
    let mut sql = Sql::new(
        "SELECT l.content_id, k.url, k.title, k.description, k.site_name FROM content_links l \
         JOIN link_cards k ON k.url = l.url WHERE l.content_id IN (",
    );
    sql.bind_all(ids.iter().copied())
        .push(") AND k.fetched_at > 0 AND k.failed = ")
        .bind(false);
    sql.push(" ORDER BY l.content_id, l.place");
    let mut found: HashMap<ContentId, Vec<LinkCardView>> = HashMap::new();
    for row in sql.all::<CardRow, _>(reader).await? {
        let card = LinkCardView {
            url: row.url,
            title: row.title,
            description: row.description,
            site_name: row.site_name,
        };
        found.entry(row.content_id).or_default().push(card);
    }
    Ok(found)
}

#[derive(FromQueryResult)]
struct UrlRow {
    url: String,
}

/// Addresses whose cards are wanted.
pub(crate) async fn wanted_cards(reader: &Reader, limit: u64) -> Result<Vec<String>> {
    let mut sql = Sql::new("SELECT url FROM link_cards WHERE fetched_at = 0 ORDER BY url LIMIT ");
    sql.push(&limit.to_string());
    let rows: Vec<UrlRow> = sql.all(reader).await?;
    Ok(rows.into_iter().map(|row| row.url).collect())
}

#[derive(FromQueryResult)]
struct RevisionRow {
    number: i32,
    editor_id: PersonId,
    title: String,
    source: String,
    html: String,
    created_at: Timestamp,
}

/// How many texts the content has had. None once it is deleted.
pub fn revision_count(content: &Content) -> i32 {
    if content.is_deleted() {
        0
    } else {
        content.revision
    }
}

/// A page of the texts the content has had, newest first. A text nobody changed is its own only
/// revision; a deleted one shows none.
///
/// # Errors
/// `INVALID_CURSOR`, database errors.
pub async fn revisions(
    reader: &Reader,
    content: &Content,
    args: &PageArgs,
) -> Result<Page<RevisionView>> {
    let before = match &args.from {
        Some(cursor) => {
            let [number] = cursor.as_parts::<1>()?;
            Some(
                number
                    .parse::<i32>()
                    .map_err(|_| kernel::page::invalid_cursor())?,
            )
        }
        None => None,
    };
    let rows = if content.is_deleted() {
        Vec::new()
    } else if content.revision == 1 {
        let original = RevisionView {
            number: 1,
            editor: content.author,
            created_at: content.published_at.unwrap_or(content.created_at),
            title: content.title.clone(),
            source: content.source.clone(),
            html: content.html.clone(),
        };
        if before.is_none_or(|before| before > 1) {
            vec![original]
        } else {
            Vec::new()
        }
    } else {
        stored_revisions(reader, content, before, args.limit + 1).await?
    };
    Ok(Page::from_rows(rows, args, |revision| {
        Cursor::parts(&[&revision.number.to_string()])
    }))
}

async fn stored_revisions(
    reader: &Reader,
    content: &Content,
    before: Option<i32>,
    limit: u64,
) -> Result<Vec<RevisionView>> {
    let mut sql = Sql::new(
        "SELECT r.number, r.editor_id, r.title, r.source, r.html, r.created_at FROM contents c \
         JOIN content_revisions r ON r.content_id = c.id WHERE c.id = ",
    );
    sql.bind(content.id).push(" AND ");
    visible(&mut sql, reader.viewer());
    // Belongs to what the house itself reads, too: of a deleted text there is no history.
    sql.push(" AND c.state <> 'deleted'");
    if let Some(before) = before {
        sql.push(" AND r.number < ").bind(before);
    }
    sql.push(" ORDER BY r.number DESC LIMIT ")
        .push(&limit.to_string());
    let rows: Vec<RevisionRow> = sql.all(reader).await?;
    let view = |row: RevisionRow| RevisionView {
        number: row.number,
        editor: row.editor_id,
        created_at: row.created_at,
        title: row.title,
        source: row.source,
        html: row.html,
    };
    Ok(rows.into_iter().map(view).collect())
}
