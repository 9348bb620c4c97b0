//! The binary's insides: it wires the rooms together and serves them.
//!
//! Reading order: [`app`] (what a running server holds), [`schema`] (the merged GraphQL roots),
//! [`gate`] (limits and identity before GraphQL), [`http`] (routes), [`cli`] (commands).

// Merged GraphQL roots nest one level for each room.
#![recursion_limit = "256"]

pub mod app;
pub mod backup;
pub mod cli;
pub mod demo;
pub mod gate;
pub mod health;
pub mod http;
mod node;
pub mod progress;
pub mod schema;
mod server_health;
