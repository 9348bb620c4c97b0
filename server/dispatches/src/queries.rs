//! Reads. Each starts from how the viewer stands to a dispatch.

mod answers;
mod lists;
mod names;
mod preview;
mod progress;
mod proof;
mod questions;
mod rights;
mod texts;
mod urgency;

pub use answers::{last_messages, messages, themes, thread, threads, threads_unread};
pub use lists::{Box, dispatch, dispatches_by_id, helpers, list, unread_count};
pub(crate) use names::may_list;
pub use names::{duties, looks, recipients};
pub use preview::{Preview, preview};
pub use progress::{copied_units, progress, unit_progress};
pub use proof::{proof, proof_page, proof_piece};
pub use questions::{question, questions_asked, questions_received, questions_shared};
pub use rights::{all_rights, audited, grant, grants, rights};
pub use texts::{VersionView, texts, versions};
pub(crate) use urgency::urgencies;
pub use urgency::{passes_quiet_hours, policies, policy};

use kernel::{Error, PersonId, Result};
use platform::Reader;

pub(crate) fn person(reader: &Reader) -> Result<PersonId> {
    if reader.viewer().can_read() {
        reader.viewer().person_id().ok_or(Error::Unauthenticated)
    } else {
        Err(Error::Unauthenticated)
    }
}
