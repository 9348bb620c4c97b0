//! What the journal promises: order without gaps for every reader, on both databases, across
//! concurrent writers and crashes.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a failing unwrap is the test's message"
)]

mod crashes;
mod order;
mod replay;
mod writes;
