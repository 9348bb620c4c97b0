//! Who may see and do what with posts.
//!
//! Seeing is decided by [`content::policy`] alone: a post is seen by whoever sees its content. What
//! somebody may do is decided in [`rules`], purely; the permits of [`permits`] hold the locked
//! content and are made nowhere else, and [`PostAbilities`] tells the client the same.
//!
//! Locks, always in this order, so that no two writers wait for each other: the post's content, its
//! community (shared), the community's pins.

mod permits;
mod rules;

pub(crate) use permits::{
    details_in, may_answer, may_close, may_delete, may_edit, may_mark_seen, may_move, may_pin,
    may_post, may_publish_due, may_reopen, may_schedule, may_set_idea_state, may_share,
    may_vote_for_idea, may_vote_in_poll,
};
pub use rules::PostAbilities;
pub(crate) use rules::Scene;
