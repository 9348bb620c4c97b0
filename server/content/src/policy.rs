//! Who may see and do what with written content. The only place that decides it.
//!
//! Seeing, in short: what is published or archived is seen by the readers of its community, if the
//! start of its thread is; what is not (yet, or no longer) published is seen by its author; what is
//! deleted is seen by nobody, and a deleted reply leaves its empty place in its thread. The rule
//! stands here twice, as SQL ([`visible`]) and as a predicate ([`can_see`]); a property test holds
//! them together.

mod permits;
mod rules;
mod seeing;

pub use permits::{
    MayAnswer, MayClose, MayDelete, MayEdit, MayModerate, MayPublish, MayReact, MayReply, MaySee,
    MaySystem, may_answer, may_close, may_delete, may_edit, may_moderate, may_publish, may_react,
    may_reply, may_see, may_system,
};
pub use rules::{
    Refusal, refuse_answering, refuse_closing, refuse_deleting, refuse_editing, refuse_moderating,
    refuse_reacting, refuse_replying,
};
pub use seeing::{Facts, can_see, can_see_place, visible_sql};
pub(crate) use seeing::{in_circle, tombstone_or_visible, visible};
