//! Writes. Everything here checks the viewer first (see [`crate::policy`]).

mod answers;
mod draft;
mod grants;
mod parse;
mod policies;
mod questions;
mod receipts;
mod remind;
mod revise;
mod send;
pub(crate) mod steps;

pub use answers::{answer, mark_thread_read, reply, set_theme};
pub use draft::{delete_draft, save};
pub use grants::{grant_give, grant_revoke};
pub use policies::{policy_remove, policy_set};
pub use questions::{ask, respond};
pub use receipts::{Signature, acknowledge, mark_seen, note_look};
pub use remind::{REMIND_EVERY_HOURS, remind_overdue};
pub use revise::{Revision, revise, withdraw};
pub use send::{join_due, schedule, send, send_scheduled};
