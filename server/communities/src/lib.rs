//! Communities: places where people with something in common write, and who may do what there.
//!
//! Invariants:
//! - [`policy`] alone decides who sees, reads and does what; every room above asks it.
//! - A community never loses its last owner who can still sign in; a deactivated last owner stays
//!   the owner until an administrator names another.
//! - `member_count` equals the number of memberships after every transaction.
//! - Everybody is in the all-company community, and nobody leaves it.
//! - Of a secret community nobody learns anything but members, those invited and network
//!   administrators, who see its settings but neither members nor content.
//! - A slug once used leads to its community for good.
//!
//! What it announces is listed in [`events`]. Read in this order: [`model`], [`policy`],
//! [`queries`], [`commands`], [`graphql`].

pub mod commands;
pub mod events;
pub mod graphql;
mod loaders;
pub mod model;
pub mod policy;
pub mod queries;
pub mod subscribers;
mod table;

pub use graphql::{CommunitiesMutation, CommunitiesQuery, request_data};
pub use model::{
    CommunityChange, CommunityJoining, CommunityPosting, CommunityRole, CommunityScope,
    CommunityView, CommunityVisibility, MemberLevel, MembershipView, NewCommunity, NewMember,
};
pub use policy::{AccessMap, CommunityFacts, Standing};
