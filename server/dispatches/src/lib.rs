//! Dispatches: the direct line. Whoever leads a unit writes to everybody below, privately to each, past
//! those in between, who get a copy and talking points at the same moment and can stop nothing.
//!
//! Invariants: the right to send is read from the organisation's tree (or a dated grant) at the moment
//! of sending ([`policy`]); the roll of recipients is frozen and hashed when it is sent and only grows
//! by rule ([`model::RollEntry`]); who has confirmed has confirmed one version in one language; answers are read
//! by the sender, named helpers and who wrote them, by nobody else; each look at names is logged and
//! shown to those it concerned. A dispatch is sent in one transaction: to everybody or to nobody.
//!
//! Texts stand in tables of this room and not with posts: a dispatch has several languages for each
//! version, and no community decides who reads it. State and rendering are the shared ones.
//!
//! Events: see [`events`]. Reading order: [`model`], [`policy`], [`commands`], [`queries`], [`jobs`],
//! [`graphql`].

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

pub use graphql::{DispatchesMutation, DispatchesQuery, request_data};
pub use queries::{passes_quiet_hours, unread_count};
