//! Rows of contents, threads, attachments and drafts.

use kernel::{
    AttachmentId, CommunityId, ContentId, ContentState, DraftId, PersonId, PostId, ReplyId, Result,
    Timestamp,
};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::model::{
    AttachmentKind, AttachmentView, Closed, Content, ContentKind, DraftView, PostKind, Thread,
};

/// Columns of [`ContentRow`], of a table named `c`.
pub(crate) const CONTENT_COLUMNS: &str = "c.id, c.kind, c.state, c.author_id, c.community_id, \
    c.root_id, c.parent_id, c.feed_key, c.title, c.source, c.html, c.excerpt, c.revision, \
    c.imported, c.client_id, c.created_at, c.published_at, c.edited_at, c.scheduled_for, \
    c.expires_at, c.deleted_at";

/// A row of `contents`.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct ContentRow {
    pub(crate) id: ContentId,
    kind: String,
    state: String,
    author_id: PersonId,
    community_id: Option<CommunityId>,
    root_id: ContentId,
    parent_id: Option<ContentId>,
    feed_key: Option<Uuid>,
    title: String,
    source: String,
    html: String,
    excerpt: String,
    revision: i32,
    imported: bool,
    client_id: Option<Uuid>,
    created_at: Timestamp,
    published_at: Option<Timestamp>,
    edited_at: Option<Timestamp>,
    scheduled_for: Option<Timestamp>,
    expires_at: Option<Timestamp>,
    deleted_at: Option<Timestamp>,
}

impl ContentRow {
    /// The view of the row.
    pub(crate) fn into_view(self) -> Result<Content> {
        Ok(Content {
            id: self.id,
            kind: ContentKind::parse(&self.kind)?,
            state: ContentState::parse(&self.state)?,
            author: self.author_id,
            community: self.community_id,
            root: self.root_id,
            parent: self.parent_id,
            feed_key: self.feed_key,
            title: self.title,
            source: self.source,
            html: self.html,
            excerpt: self.excerpt,
            revision: self.revision,
            imported: self.imported,
            client_id: self.client_id,
            created_at: self.created_at,
            published_at: self.published_at,
            edited_at: self.edited_at,
            scheduled_for: self.scheduled_for,
            expires_at: self.expires_at,
            deleted_at: self.deleted_at,
        })
    }

    /// The views of rows.
    pub(crate) fn into_views(rows: Vec<Self>) -> Result<Vec<Content>> {
        rows.into_iter().map(Self::into_view).collect()
    }
}

/// Columns of [`ThreadRow`], of a table named `t`.
pub(crate) const THREAD_COLUMNS: &str = "t.root_id, t.reply_count, t.reaction_count, \
    t.last_activity_at, t.closed_at, t.closed_by, t.close_reason, t.takes_answers, t.best_answer_id";

/// A row of `threads`.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct ThreadRow {
    pub(crate) root_id: ContentId,
    reply_count: i64,
    reaction_count: i64,
    last_activity_at: Timestamp,
    closed_at: Option<Timestamp>,
    closed_by: Option<PersonId>,
    close_reason: Option<String>,
    takes_answers: bool,
    best_answer_id: Option<ReplyId>,
}

impl ThreadRow {
    /// The view of the row.
    pub(crate) fn into_view(self) -> Thread {
        let closed = self.closed_at.zip(self.closed_by).map(|(at, by)| Closed {
            at,
            by,
            reason: self.close_reason.unwrap_or_default(),
        });
        Thread {
            root: self.root_id,
            reply_count: self.reply_count,
            reaction_count: self.reaction_count,
            last_activity_at: self.last_activity_at,
            closed,
            takes_answers: self.takes_answers,
            best_answer: self.best_answer_id,
        }
    }
}

/// A row of `attachments`.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct AttachmentRow {
    pub(crate) id: AttachmentId,
    pub(crate) owner_id: PersonId,
    pub(crate) content_id: Option<ContentId>,
    pub(crate) subject_id: Option<Uuid>,
    kind: String,
    pub(crate) file_name: String,
    pub(crate) content_type: String,
    size_bytes: i64,
    width: Option<i32>,
    height: Option<i32>,
    pub(crate) blob_key: String,
    pub(crate) thumbnail_key: Option<String>,
    pub(crate) thumbnail_type: Option<String>,
    alt_text: String,
}

impl AttachmentRow {
    /// Columns of the row, of a table named `a`.
    pub(crate) const COLUMNS: &str = "a.id, a.owner_id, a.content_id, a.subject_id, a.kind, \
        a.file_name, a.content_type, a.size_bytes, a.width, a.height, a.blob_key, a.thumbnail_key, \
        a.thumbnail_type, a.alt_text";

    /// The view of the row.
    pub(crate) fn into_view(self) -> Result<AttachmentView> {
        Ok(AttachmentView {
            id: self.id,
            owner: self.owner_id,
            content: self.content_id,
            kind: AttachmentKind::parse(&self.kind)?,
            file_name: self.file_name,
            content_type: self.content_type,
            size_bytes: self.size_bytes,
            width: self.width,
            height: self.height,
            has_thumbnail: self.thumbnail_key.is_some(),
            alt_text: self.alt_text,
        })
    }
}

/// A row of `drafts`.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct DraftRow {
    id: DraftId,
    person_id: PersonId,
    version: i32,
    kind: String,
    community_id: Option<CommunityId>,
    reply_to_id: Option<PostId>,
    title: String,
    body: String,
    extras: String,
    attachment_ids: String,
    conflict_of: Option<DraftId>,
    updated_at: Timestamp,
}

impl DraftRow {
    /// Columns of the row, of a table named `d`.
    pub(crate) const COLUMNS: &str = "d.id, d.person_id, d.version, d.kind, d.community_id, \
        d.reply_to_id, d.title, d.body, d.extras, d.attachment_ids, d.conflict_of, d.updated_at";

    /// The view of the row.
    pub(crate) fn into_view(self) -> Result<DraftView> {
        let attachments: Vec<AttachmentId> = serde_json::from_str(&self.attachment_ids)?;
        Ok(DraftView {
            id: self.id,
            owner: self.person_id,
            version: self.version,
            kind: PostKind::parse(&self.kind)?,
            community: self.community_id,
            reply_to: self.reply_to_id,
            title: self.title,
            body: self.body,
            extras: self.extras,
            attachments,
            conflict_of: self.conflict_of,
            updated_at: self.updated_at,
        })
    }
}
