//! What this room announces. Details are read again through [`crate::queries`] by whoever is told.
//!
//! - `notification.created`: a new line, or one that rose; subject notification, scope person.
//! - `notification.created_many`: one event for the lines of all members of a community; subject
//!   post, scope community, payload `bundle`.
//! - `notification.read`: lines were marked as read or as unread; scope person, payload `read`.
//! - `notification.removed`: a line lost its reason (a reaction was taken back); scope person.
//! - `notification.chosen`: a person chose which news come how; scope person.
//! - `notification.house_decided`: the house decided for everybody; scope system.
//! - `notification.pruned`: old lines of many people were removed; scope system, payload `removed`.

use kernel::{CommunityId, Event, NewEvent, NotificationId, PersonId, PostId, Scope, SubjectRef};
use serde_json::json;
use uuid::Uuid;

/// A new line, or one that rose.
pub const CREATED: &str = "notification.created";
/// Lines of all members of a community.
pub const CREATED_MANY: &str = "notification.created_many";
/// Lines were marked.
pub const READ: &str = "notification.read";
/// A line lost its reason.
pub const REMOVED: &str = "notification.removed";

/// Old lines were removed.
pub const PRUNED: &str = "notification.pruned";

fn personal(kind: &'static str, id: Uuid, person: PersonId) -> NewEvent {
    NewEvent::new(
        kind,
        SubjectRef::new(NotificationId::PREFIX, id),
        Scope::Person(person),
    )
}

pub(crate) fn created(id: NotificationId, person: PersonId) -> NewEvent {
    personal(CREATED, id.0, person)
}

pub(crate) fn created_many(post: PostId, community: CommunityId, bundle: &str) -> NewEvent {
    let subject = SubjectRef::new(PostId::PREFIX, post);
    NewEvent::new(CREATED_MANY, subject, Scope::Community(community))
        .in_root(post)
        .with(json!({ "bundle": bundle }))
}

pub(crate) fn read(person: PersonId, read: bool) -> NewEvent {
    personal(READ, Uuid::nil(), person).with(json!({ "read": read }))
}

pub(crate) fn removed(id: NotificationId, person: PersonId) -> NewEvent {
    personal(REMOVED, id.0, person)
}

pub(crate) fn chosen(person: PersonId) -> NewEvent {
    personal("notification.chosen", Uuid::nil(), person)
}

pub(crate) fn house_decided() -> NewEvent {
    let subject = SubjectRef::new(NotificationId::PREFIX, Uuid::nil());
    NewEvent::new("notification.house_decided", subject, Scope::System)
}

pub(crate) fn pruned(removed: u64) -> NewEvent {
    let subject = SubjectRef::new(NotificationId::PREFIX, Uuid::nil());
    NewEvent::new(PRUNED, subject, Scope::System).with(json!({ "removed": removed }))
}

/// The bundle of a `notification.created_many`.
pub fn bundle(event: &Event) -> Option<&str> {
    event.payload.get("bundle")?.as_str()
}
