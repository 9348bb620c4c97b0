//! Writes. Each takes the transaction and a permit of [`crate::policy`] and announces what happened;
//! the few that take a database and a viewer are what resolvers and routes call, from begin to commit.

mod attachment;
mod circle;
mod draft;
mod edit;
mod insert;
mod link_card;
mod mentions;
mod prepare;
mod reaction;
mod reply;
mod state;
mod thread;
mod topic;

pub use attachment::{Upload, set_avatar, upload};
pub(crate) use attachment::{attach, remove_unused, unused_uploads};
pub use circle::{Share, check_files, pass_on, share, take_back};
pub use draft::{SavedDraft, delete_draft, discard_draft, save_draft};
pub use edit::edit;
pub use insert::{Inserted, insert, insert_many, insert_prepared};
pub(crate) use link_card::{store_card, want_cards};
pub(crate) use mentions::{Names, Text};
pub use prepare::{Prepared, clean_preview, prepare, prepare_many};
pub use reaction::{add_reactions, set_reaction};
pub use reply::{create_reply, delete_reply, react, subscribe_thread, update_reply};
pub use state::{archive, delete, expire, give_back, publish, restore, schedule};
pub use thread::{follow_thread, move_thread, set_best_answer, set_closed, set_open, subscribe};
pub use topic::follow_topic;
