//! What this room announces, to the house itself: `reorganisation.rehearsed`, `.applied`, `.undone` and
//! `.discarded`. What an applied one does to people, units and places is announced by their rooms.

use kernel::{NewEvent, ReorganisationId, Scope, SubjectRef};

/// Files were tried out.
pub const REHEARSED: &str = "reorganisation.rehearsed";
/// The organisation is as the files say.
pub const APPLIED: &str = "reorganisation.applied";
/// It is as it was before.
pub const UNDONE: &str = "reorganisation.undone";
/// The files were thrown away.
pub const DISCARDED: &str = "reorganisation.discarded";

pub(crate) fn about(kind: &'static str, id: ReorganisationId) -> NewEvent {
    let subject = SubjectRef::new(ReorganisationId::PREFIX, id);
    NewEvent::new(kind, subject, Scope::System)
}
