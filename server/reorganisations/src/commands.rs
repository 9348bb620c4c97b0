//! Trying out, applying, taking back, throwing away.

mod decide;
mod rehearse;

pub use decide::{apply, discard, undo};
pub use rehearse::rehearse;
