//! What communities promise, on both databases.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a failing unwrap is the test's message"
)]

mod access_map;
mod all_company;
mod bulk;
mod lists;
mod owners;
mod rights;
mod schema;
mod secrecy;
mod settings;
mod support;
mod ways_in;
