//! What this room announces.

use kernel::{NewEvent, PersonId, Scope, SubjectRef};

/// Somebody changed the own profile.
pub const PROFILE_CHANGED: &str = "profile.changed";
/// A skill of somebody was endorsed.
pub const SKILL_ENDORSED: &str = "skill.endorsed";
/// An endorsement was taken back.
pub const SKILL_ENDORSEMENT_WITHDRAWN: &str = "skill.endorsement_withdrawn";

/// A fact about a person's profile, which everybody may see.
pub(crate) fn about(kind: &'static str, person: PersonId) -> NewEvent {
    let subject = SubjectRef::new(PersonId::PREFIX, person);
    NewEvent::new(kind, subject, Scope::Organisation)
}
