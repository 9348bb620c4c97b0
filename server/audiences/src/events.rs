//! What this room announces: `audience.created`, `.changed` and `.deleted`, to whom it belongs.

use kernel::{AudienceId, NewEvent, PersonId, Scope, SubjectRef};

/// An audience was kept under a name.
pub const CREATED: &str = "audience.created";
/// Its name, rule or sharing changed.
pub const CHANGED: &str = "audience.changed";
/// It is gone.
pub const DELETED: &str = "audience.deleted";

pub(crate) fn saved(kind: &'static str, id: AudienceId, owner: PersonId) -> NewEvent {
    let subject = SubjectRef::new(AudienceId::PREFIX, id);
    NewEvent::new(kind, subject, Scope::Person(owner))
}
