//! What notifications promise: the right people hear of what they may see, once, and nobody else.

#![expect(clippy::unwrap_used, reason = "a failing unwrap is the test's message")]

mod belonging;
mod bundles;
mod graphql;
mod live;
mod marking;
mod pruning;
mod recipients;
mod repeats;
mod sight;
mod world;
