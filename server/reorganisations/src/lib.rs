//! Reorganisations: tomorrow's files of the staff department, tried out today.
//!
//! A rehearsal brings the files in within a transaction, looks at who has which unit, audience, community
//! and line before and after, and gives the transaction up. What differs is kept as lines to be read, with
//! the files themselves, until somebody applies or discards it.
//!
//! Invariants: a rehearsal changes nothing; it is applied whole, in one transaction, and only to the
//! organisation it was made for ([`model::Fingerprint`]); undoing it brings back exactly that
//! organisation, or is refused. Network admins alone see any of it, and of audiences and communities
//! only those each of them may see anyway. The files go when they are no longer needed.
//!
//! Reading order: [`model`], [`policy`], [`commands`], [`queries`], [`graphql`].

pub mod commands;
pub mod events;
pub mod graphql;
pub mod model;
pub mod policy;
pub mod queries;
mod table;

pub use graphql::{ReorganisationsMutation, ReorganisationsQuery};
