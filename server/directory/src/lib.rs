//! The organisation's tree: units, and who has which place in them.
//!
//! Everybody in the organisation may walk the tree. Invariants: no unit is its own ancestor; a
//! person's managers are the heads of their units, or of the next unit above that has another head.
//!
//! Reading order: [`model`], [`policy`], [`queries`], [`commands`], [`graphql`].

pub mod commands;
pub mod graphql;
mod loaders;
pub mod model;
pub mod policy;
pub mod queries;
mod table;

pub use graphql::{DirectoryMutation, DirectoryQuery, request_data};
pub use model::{Assignment, OrgUnit, OrgUnitKind, UnitTimes};
