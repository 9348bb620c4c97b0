//! Drafts: what somebody is still writing, kept on the server.

use kernel::{AttachmentId, CommunityId, DraftId, PersonId, PostId, Timestamp};

use super::PostKind;

/// A draft as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftView {
    /// Its id.
    pub id: DraftId,
    /// Whose it is.
    pub owner: PersonId,
    /// Number of its newest version, from 1.
    pub version: i32,
    /// What it will become.
    pub kind: PostKind,
    /// Where it will be published.
    pub community: Option<CommunityId>,
    /// The thread it will answer in.
    pub reply_to: Option<PostId>,
    /// Title so far.
    pub title: String,
    /// Text so far.
    pub body: String,
    /// What else the composer keeps, as JSON text.
    pub extras: String,
    /// Uploads so far, in order.
    pub attachments: Vec<AttachmentId>,
    /// Set when this copy was kept because two devices wrote at once.
    pub conflict_of: Option<DraftId>,
    /// When it was last saved.
    pub updated_at: Timestamp,
}

/// An earlier version of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftVersionView {
    /// Its number.
    pub version: i32,
    /// Title then.
    pub title: String,
    /// Text then.
    pub body: String,
    /// When it was saved.
    pub saved_at: Timestamp,
}

/// A draft as a client saves it.
#[derive(Debug, Clone)]
pub struct DraftSave {
    /// Its id, made by the client for a new one.
    pub id: DraftId,
    /// The version the client changed; 0 for a new one.
    pub base_version: i32,
    /// What it will become.
    pub kind: PostKind,
    /// Where it will be published.
    pub community: Option<CommunityId>,
    /// The thread it will answer in.
    pub reply_to: Option<PostId>,
    /// Title so far.
    pub title: String,
    /// Text so far.
    pub body: String,
    /// What else the composer keeps, as JSON text.
    pub extras: String,
    /// Uploads so far, in order.
    pub attachments: Vec<AttachmentId>,
}
