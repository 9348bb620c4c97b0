//! Posts: the starts of threads, in all their kinds.
//!
//! A post is a [`content::Content`] (text, state, revisions, thread, reactions, attachments) with a
//! row of its own for what only posts have: kind, pin, share, votes. Whoever sees the content sees
//! the post; what one may do to it is decided in [`policy`].
//!
//! Invariants: a post has the details of exactly its kind; vote counts equal the votes given; of an
//! anonymous poll no row links a person to a choice; results of a poll leave the house only for those
//! who voted, or after its end; at most three posts of a community are pinned; a post and its replies
//! are always in the same community; a scheduled post is published once, if its author still may.
//!
//! A new kind is a file in [`kinds`] and one line in its `mod.rs`; exhaustive matches show the rest.
//!
//! Reading order: [`model`], [`kinds`], [`policy`], [`commands`], [`queries`], [`graphql`].

pub mod commands;
pub mod events;
pub mod graphql;
pub mod jobs;
mod kinds;
mod loaders;
pub mod model;
pub mod policy;
pub mod queries;
mod table;

pub use graphql::{PostsMutation, PostsQuery, request_data};
pub use model::{
    IdeaState, NewPost, NewShare, PollInput, PostChange, PostInput, PostView, PraiseBadge,
    PraiseInput,
};
