//! Who knows this: the reasons, and that nobody learns of what he may not see.

#![expect(clippy::unwrap_used, reason = "a failing unwrap is the test's message")]

mod suggesting;
