//! What the room of people and accounts promises, on SQLite and on PostgreSQL.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a failing unwrap is the test's message"
)]

mod access_tokens;
mod admin;
mod api;
mod keys;
mod login;
mod people;
mod presence;
mod revocation;
mod sessions;
mod support;
mod tokens;
