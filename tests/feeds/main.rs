//! What feeds promise, on both databases.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on should stop with the reason"
)]

mod history;
mod live;
mod marks;
mod pages;
mod plans;
mod ranked;
mod schema;
mod statements;
mod world;
