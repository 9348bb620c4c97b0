//! Private conversations: direct and group messages.
//!
//! Invariants: nobody but its members sees anything of a conversation, also not administrators and
//! not the house itself ([`policy`]); the same people always have the same conversation; unread is
//! a mark per member, what stands behind it is counted when asked; messages keep the order in which
//! they were accepted, whatever the clocks say; an answer stands in that order too and is joined to
//! what it answers, so that one mark per member says what was read. No text is overwritten without a
//! revision, and nobody reads what was deleted. What was imported counts as read and tells nobody.
//!
//! Events: see [`events`]. Reading order: [`model`], [`policy`], [`commands`], [`queries`],
//! [`graphql`].
//!
//! For other rooms: [`unread_count`] for the unread counters, [`events::concerns`] and
//! [`graphql::conversation`], [`graphql::message`] for live delivery,
//! [`commands::ensure_conversation`] and [`commands::insert_message`] for importers.

pub mod commands;
pub mod events;
pub mod graphql;
pub mod jobs;
pub mod loaders;
pub mod model;
pub mod policy;
pub mod queries;
mod table;

pub use graphql::{MessagingMutation, MessagingQuery, request_data};
pub use model::{
    ConversationView, ImportedMessage, MessageView, NewMessage, OwnView, ScheduledView,
};
pub use queries::unread_count;
