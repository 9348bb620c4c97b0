//! Reads. Every query takes a reader (or a transaction) and answers for its viewer: what is not
//! visible is absent. What hangs on content (reactions, attachments, …) is found by the ids of
//! [`crate::Content`] that came out of such a query.

mod contents;
mod drafts;
mod evidence;
mod media;
mod parts;
mod reactions;
mod threads;
pub mod timeline;
mod topics;

pub use contents::{
    by_client_id, content, contents, contents_by_ids, due, expiring, preview, scheduled,
};
pub(crate) use drafts::uploads_in_drafts;
pub use drafts::{draft, draft_versions, drafts};
pub use evidence::{Written, answered_on, asked_since, written_on};
pub use media::{MediaFile, Variant, attachment, avatar_for, media_for, quota_left};
pub(crate) use media::{blob_key, own_upload};
pub(crate) use parts::{
    attachments_of, links_of, own_uploads, shared_files, topics_of, wanted_cards,
};
pub use parts::{revision_count, revisions};
pub(crate) use reactions::totals_of;
pub use reactions::{reactor_count, reactors};
pub(crate) use threads::{latest_replies, subscriptions_of, threads_of};
pub use threads::{replies, reply_total, thread_in};
pub(crate) use topics::topic_named;
pub use topics::{topic, topics};
