//! People and their accounts: who is who, who may sign in, who follows whom, who is there.
//!
//! Invariants: a person is never deleted, only deactivated; a person and an account are two things
//! (`identities` holds one row per way to sign in, today only the local password; OIDC, SAML and
//! passkeys are more rows); passwords, refresh tokens and access tokens are stored as hashes only;
//! there is always one active network admin; whatever ends a right counts within two seconds, on
//! open sockets too (see [`Authenticator`]).
//!
//! Reading order: [`model`], [`policy`], [`commands`], [`queries`], `subscribers`, [`graphql`].
//!
//! For other rooms: [`graphql::person`] and [`graphql::people`] give GraphQL objects in batches;
//! [`queries::people_by_handles`] resolves mentions; [`Presence`] knows who is there. The binary
//! puts an [`Authenticator`] and a [`Presence`] into the schema's data, adds the authenticator to
//! the live hub as an observer, and runs [`Authenticator::run`] and [`Authenticator::maintain`].

pub mod commands;
pub mod events;
pub mod graphql;
pub mod loaders;
pub mod model;
pub mod policy;
pub mod queries;
mod subscribers;
mod table;

pub use graphql::{IdentityMutation, IdentityQuery, request_data};
pub use model::{
    FeedOrder, HrField, NewPerson, NotificationLevel, OrganisationView, PersonView, PresenceState,
    SettingsView, Theme, fold, search_words,
};
pub use subscribers::{
    Authenticator, Connection, CookiePurpose, Presence, PresenceGuard,
    usable_before_password_change,
};
