//! Deliveries: news that leave the house for the person they are meant for, as letters (e-mail) and as
//! pushes to the person's browsers. What is news, and who wants it how, is decided in `notifications`.
//!
//! Invariants: a piece of news goes to a person at most once over each channel, also after a crash: its
//! row is made with the journal's cursor, and before a letter is handed to a server that is noted
//! ([`jobs`]); what may have arrived is never sent again. What a letter says is read as the person at
//! the moment of writing, so that nobody is told what he may no longer see, and what was read meanwhile
//! is left out. Quiet hours, working hours and absence are honoured here, not by the client.
//!
//! Events: see [`events`]. Reading order: [`model`], [`subscribers`], [`jobs`], [`commands`],
//! [`queries`], [`graphql`].

pub mod commands;
pub mod events;
pub mod graphql;
pub mod jobs;
pub mod model;
pub mod queries;
pub mod subscribers;
mod table;

pub use graphql::{DeliveriesMutation, DeliveriesQuery};
pub use subscribers::Courier;
