//! Writes. The functions that take a database and a viewer are whole: permit, checks, rows, events,
//! commit; resolvers, the demo and the command line call these. Those that take a transaction are
//! for callers that write much at once.

mod answers;
mod create;
mod edit;
mod place;
mod schedule;
mod votes;

pub use answers::{announcement_mark_seen, best_answer_set, idea_set_state};
pub use create::{create, create_in, create_many_in, share};
pub use edit::{delete, update};
pub use place::{close, move_to, reopen, set_pinned};
pub(crate) use schedule::publish_one;
pub use schedule::schedule;
pub use votes::{idea_vote, poll_vote};
