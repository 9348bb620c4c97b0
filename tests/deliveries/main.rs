//! What leaves the house: letters and pushes reach whom they are meant for, once, when they may, and say
//! no more than they should. The mail server is a real one in a process of its own (`tests/peers`).

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a failing unwrap is the test's message"
)]

mod choices;
mod failures;
mod letters;
mod moments;
mod post_office;
mod pushes;
#[path = "../support/mod.rs"]
#[expect(dead_code, reason = "shared with tests that use more of it")]
mod support;
mod world;
