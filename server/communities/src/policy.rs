//! Who may see and do what: the one place that decides, used by every room above.
//!
//! - [`Standing`]: where a viewer stands in one community, with a predicate for each action. Pure.
//! - [`standing`], [`standings`], [`standing_locked`]: read it from the database.
//! - [`readable_sql`], [`visible_sql`] and the conditions of the same names: the same rules as SQL.
//! - [`AccessMap`]: the same rules in memory, for filtering live events.
//!
//! A test compares the three on every kind of community, person and after random changes.

mod access_map;
mod permit;
mod sql;
mod standing;

pub use access_map::AccessMap;
pub(crate) use permit::{
    Archive, ChangeRoles, DecideRequests, Edit, Invite, Join, Leave, Membership, Permit,
    RemoveMembers, SetOfficial, Transfer, permit,
};
pub use sql::{
    members_sql, readable_condition, readable_sql, viewer_value, visible_condition, visible_sql,
};
pub(crate) use standing::lock;
pub use standing::{CommunityFacts, Standing, standing, standing_locked, standing_of, standings};
