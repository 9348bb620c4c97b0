//! Audiences: who is meant, as one stored expression over the organisation.
//!
//! A [`Rule`] names everybody, places in the tree, communities, people, and any combination of
//! them. It compiles to one SQL condition; nobody is ever looked at one by one, and nothing is
//! kept beside the directory: a change there counts in the next statement.
//!
//! Invariants: whoever counts, lists or explains a rule may see the members of every community it
//! names, so that no combination of rules tells more than the member lists do; who may not sign in
//! is in no audience.
//!
//! Reading order: [`model`], [`policy`], [`queries`], [`commands`], [`graphql`].

pub mod commands;
pub mod events;
pub mod graphql;
pub mod model;
pub mod policy;
pub mod queries;
mod table;

pub use graphql::{AudiencesMutation, AudiencesQuery};
pub use model::{Reason, Rule, SavedAudience};
pub use policy::Purpose;
