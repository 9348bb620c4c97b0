//! Promises of everything that is written to be read, on both databases.

#![expect(clippy::unwrap_used, reason = "a failing unwrap is the test's message")]

mod attachments;
mod drafts;
mod graphql;
mod links;
mod reactions;
mod replies;
mod revisions;
mod statements;
mod states;
mod texts;
mod topics;
mod visibility;
mod world;
