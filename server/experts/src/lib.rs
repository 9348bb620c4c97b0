//! Who knows this: people who may know something about a topic or a question, each with the reasons.
//!
//! Invariants: only what the viewer may see counts as a reason and is shown as one; who does not want to be
//! suggested is not; who was asked often of late gives way to others. The formula stands in `docs/people.md`.
//!
//! Reading order: [`model`], [`queries`], [`graphql`].

pub mod graphql;
pub mod model;
pub mod queries;

pub use graphql::ExpertsQuery;
