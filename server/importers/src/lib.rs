//! Bringing conversations and the organisation in from elsewhere.
//!
//! Invariants: a dry run writes nothing; running an import again writes nothing twice (each item
//! has a key of its own in `import_keys`, stored with its rows), so an interrupted import is simply
//! run again; original authors and times are kept; events are marked as imported and nobody is
//! notified; what was not brought in is named in the report, and found = imported + already there +
//! not imported for each type.
//!
//! Reading order: [`report`], [`keys`], [`mattermost`], [`org`].

pub mod keys;
pub mod mattermost;
pub mod org;
pub mod report;

pub use report::{Count, Problem, Report};

/// Tells how far an import is: done, of how many, and what.
pub trait Watcher: Send + Sync {
    /// Called after each batch.
    fn at(&self, done: u64, total: u64, what: &str);
}
