//! Profiles: how to reach somebody, which languages and skills he has, who endorses them, what to ask him about;
//! and the directory one finds people in by all of that.
//!
//! Invariants: a phone number or an address leaves the database only for whom its owner chose; a field the
//! personnel department keeps is not changed by the person; nobody endorses himself.
//!
//! Reading order: [`model`], [`policy`], [`queries`], [`commands`], [`graphql`].

pub mod commands;
pub mod events;
pub mod graphql;
pub mod model;
pub mod policy;
pub mod queries;

pub use graphql::{ProfilesMutation, ProfilesQuery};
