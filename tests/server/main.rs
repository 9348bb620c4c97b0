//! The server over real HTTP and WebSocket: signing in, bad input, files, the first page, live events,
//! revocation, backup.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a failing unwrap is the test's message"
)]

mod announcements;
mod backups;
mod bad_input;
mod client;
mod commands;
mod dispatch_crashes;
mod files;
mod first_page;
mod live;
#[path = "../support/mod.rs"]
mod support;
