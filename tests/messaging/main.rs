//! What private conversations promise: privacy, order, unread counts that are right.

#![expect(clippy::unwrap_used, reason = "a failing unwrap is the test's message")]

mod conversations;
mod graphql;
mod house;
mod imports;
mod paging;
mod privacy;
mod unread;
