//! What this room announces, and the facts of other rooms that live feeds follow.
//!
//! `feed.read`: a person's marks moved (read, taken back, or a visit ended). Scope: that person, so
//! that the person's other devices follow; payload `community` when it is about one.

use kernel::{CommunityId, NewEvent, PersonId, Scope, SubjectRef};
use serde_json::json;

/// A person's marks moved.
pub const FEED_READ: &str = "feed.read";
/// Somebody became a member.
pub(crate) const JOINED: &str = "membership.joined";
/// Many people became members at once.
pub(crate) const JOINED_MANY: &str = "membership.joined_many";
/// A person came to be.
pub(crate) const PERSON_CREATED: &str = "person.created";

/// The marks of `person` moved, for everything or for one community.
pub(crate) fn feed_read(person: PersonId, community: Option<CommunityId>) -> NewEvent {
    let subject = SubjectRef::new(PersonId::PREFIX, person);
    let community = community.map(|id| id.0.simple().to_string());
    NewEvent::new(FEED_READ, subject, Scope::Person(person)).with(json!({ "community": community }))
}
