//! What private conversations promise: privacy, order, unread counts that are right.

#![expect(clippy::unwrap_used, reason = "a failing unwrap is the test's message")]

mod changes;
mod conversations;
mod files;
mod graphql;
mod house;
mod imports;
mod later;
mod paging;
mod privacy;
mod threads;
mod unread;
