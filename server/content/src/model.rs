//! Plain types of content, threads, attachments and drafts, and their small rules.

mod content;
mod draft;
mod emoji;
mod parts;
mod topic;

pub use content::{Content, ContentEdit, ContentKind, Imported, NewContent, PostKind};
pub use draft::{DraftSave, DraftVersionView, DraftView};
pub use emoji::parse_emoji;
pub use parts::{
    AttachmentKind, AttachmentView, Closed, LinkCardView, NewReply, ReactionTotal, ReactionView,
    ReplyEdit, RevisionView, Thread, ThreadSubscription, TopicView, parse_client_id,
};
pub use topic::parse_topic;

/// Most attachments of one content.
pub const MAX_ATTACHMENTS: usize = 10;
/// Most topics of one content.
pub const MAX_TOPICS: usize = 10;
/// Most people and communities addressed in one content.
pub const MAX_MENTIONS: usize = 100;
/// Most links of one content that get a card.
pub const MAX_LINKS: usize = 3;
/// Longest address that gets a card, in bytes.
pub const MAX_URL: usize = 2000;
/// Most different emoji under one content.
pub const MAX_EMOJI: i64 = 30;
/// Most drafts a person keeps.
pub const MAX_DRAFTS: i64 = 200;
/// Versions of a draft that are kept.
pub const KEPT_DRAFT_VERSIONS: i32 = 50;
/// Longest description of a picture, in characters.
pub const MAX_ALT_TEXT: usize = 1000;
/// Longest reason for closing a thread, in characters.
pub const MAX_REASON: usize = 300;
