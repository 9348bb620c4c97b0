//! What posts promise, on both databases.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on should stop with the reason"
)]

mod announcements;
mod creating;
mod editing;
mod ideas;
mod matrix;
mod placing;
mod polls;
mod praise;
mod questions;
mod races;
mod scheduling;
mod schema;
mod sharing;
mod statements;
mod world;
