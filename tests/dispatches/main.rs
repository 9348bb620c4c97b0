//! Dispatches: the direct line from a district to all its branches.

#![expect(clippy::unwrap_used, reason = "a failing unwrap is the test's message")]

mod answers;
mod audience;
mod bank;
mod deadlines;
mod drafts;
mod line;
mod proof;
mod receipts;
mod sending;
mod steps;
mod urgent;
