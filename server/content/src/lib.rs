//! What all written content shares, whatever its kind: posts and replies now, articles and wiki
//! pages later. Text, state and revisions; threads, replies and reactions; attachments, topics,
//! mentions and link cards; drafts.
//!
//! Invariants: every row of `contents` is read through [`policy`] (one rule, once as SQL and once as
//! a predicate); a reaction, an attachment, a reply or a revision belongs to a content id, never to
//! "a post"; counters are written in the transaction of what they count; after its publication a
//! text is never overwritten without a revision, and after its deletion nobody reads it again.
//!
//! Reading order: [`model`], [`policy`], [`commands`], [`queries`], [`graphql`].
//!
//! For the crates of the kinds (posts): [`commands::prepare`] collects problems and
//! [`commands::insert`] writes; [`commands::edit`], [`commands::publish`], [`commands::delete`],
//! [`commands::set_closed`], [`commands::move_thread`], [`commands::set_best_answer`] and
//! [`commands::subscribe`] take the permits of [`policy`]. A thread knows whether it takes answers
//! and which one is the best, so that a `Reply` needs no table of another crate. Fields of the
//! kinds' GraphQL objects come from the functions of [`graphql::fields`], which take a [`Content`]:
//! such a value exists only for somebody who may see it.

pub mod commands;
pub mod events;
pub mod graphql;
pub mod jobs;
pub mod loaders;
pub mod model;
pub mod policy;
pub mod queries;
pub mod subscribers;
mod table;

pub use graphql::{ContentMutation, ContentQuery, request_data};
pub use model::{
    AttachmentKind, AttachmentView, Closed, Content, ContentEdit, ContentKind, DraftView, Imported,
    LinkCardView, NewContent, NewReply, PostKind, ReactionTotal, ReactionView, ReplyEdit,
    RevisionView, Thread, ThreadSubscription, TopicView,
};
