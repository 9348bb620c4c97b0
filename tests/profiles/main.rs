//! Profiles and the directory people are found in.

#![expect(clippy::unwrap_used, reason = "a failing unwrap is the test's message")]

mod details;
mod directory;
mod skills;
mod world;
