//! Notifications: one engine from the journal, for now inside the application only.
//!
//! Invariants: nobody is told of what he may not see, checked when a line is written and again
//! whenever it is read ([`policy`]); muted communities and threads tell nothing; imported events
//! tell nobody; while a line is unread, more of the same joins it; handling an event twice changes
//! nothing.
//!
//! Events: see [`events`]. Reading order: [`model`], [`policy`], [`subscribers`], [`commands`],
//! [`queries`], [`graphql`].
//!
//! For the binary: [`Notifier`] is the consumer, [`unread_count`] fills the unread counters. The live
//! inbox ([`graphql::NotificationsSubscription`]) also tells of messages and own memberships.

pub mod commands;
pub mod events;
pub mod graphql;
pub mod jobs;
pub mod loaders;
pub mod model;
pub mod policy;
pub mod queries;
pub mod subscribers;
mod table;

pub use graphql::{
    NotificationsMutation, NotificationsQuery, NotificationsSubscription, request_data,
};
pub use model::{NotificationKind, NotificationView};
pub use queries::unread_count;
pub use subscribers::Notifier;
