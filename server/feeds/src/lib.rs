//! What a viewer sees and in what order; how far the viewer has read; and live feeds.
//!
//! Invariants: feeds are merged when they are read, never copied into inboxes; every statement is
//! bounded by the page, not by the history (`content::queries::timeline`); unread state is one truth,
//! the marks of `feed_marks`, from which counts are counted when asked; a live event is delivered only
//! if the viewer may see it at that moment, and carries the cursor to resume behind it.
//!
//! Marks: what was published up to the larger `read_key` of a community and of everything (home) is
//! read; what was published up to the larger `visit_key` is not new any more. Muted communities and
//! threads, and one's own posts, are never unread; one's own posts are never new. `FeedEdge.isNew`
//! here and `Post.isNewToViewer` in posts follow the same rule ([`model::Marks::is_new`]).
//!
//! For the binary: put `Arc<AccessMap>` and `Vec<Arc<dyn UnreadSource>>` into the schema's data, run
//! [`StartReading`] as a consumer, and build `inboxEvents` with [`live`]. The whole is explained in
//! `docs/feeds.md`. Reading order: [`model`], [`queries`], [`commands`], [`subscribers`], [`graphql`].

pub mod commands;
pub mod events;
pub mod graphql;
pub mod model;
pub mod policy;
pub mod queries;
pub mod subscribers;
mod table;

pub use graphql::{FeedsMutation, FeedsQuery, FeedsSubscription, UnreadCounts, request_data};
pub use queries::UnreadSource;
pub use subscribers::StartReading;

/// Parts for other live subscriptions, such as `inboxEvents` in the binary.
pub mod live {
    pub use crate::graphql::{CaughtUpEvent, ReloadRequiredEvent};
    pub use crate::policy::visible;
    pub use crate::subscribers::{coalesce, decode_cursor, encode_cursor};
}
