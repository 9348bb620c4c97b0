//! The outside world for the rooms above: database handles, journal, live hub, files, the guarded
//! HTTP client, configuration and telemetry.
//!
//! Invariants: nothing is read without a [`kernel::Viewer`] ([`db::Reader`]); nothing is written
//! outside [`db::Tx`], which does not commit without a journal event; no request leaves the house
//! outside [`http`]. Read in this order: [`db`], [`journal`], [`consumer`], [`live`].

pub mod blobs;
pub mod config;
pub mod consumer;
pub mod db;
pub mod graphql;
pub mod http;
pub mod journal;
pub mod live;
pub mod mail;
pub mod media;
pub mod metrics;
pub mod rate;
pub mod sql;
pub mod telemetry;
pub mod unfurl;

pub use consumer::{Consumer, ConsumerRunner};
pub use db::{Database, DatabaseOptions, Reader, Tx};
pub use graphql::ContextExt;
pub use live::LiveHub;
pub use sql::Sql;

/// The version of the database schema this build expects.
pub fn schema_version() -> String {
    migrations::version()
}
