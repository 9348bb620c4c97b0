//! What this room announces.
//!
//! - `community.created`, `.changed` (payload `fields`: names of what changed), `.archived`,
//!   `.unarchived`: scope community.
//! - `community.ownerless`: nobody who can sign in owns it any more; scope system.
//! - `membership.joined`, `.left`, `.removed`, `.role_changed` (payload also `role`, `previous`),
//!   `.changed` (mute, notification level): scope community, payload `person`. `.joined_many` is
//!   one event for a whole batch and names nobody.
//! - `join_request.*` and `invitation.*`: payload `person` (who wishes to join or is invited) and
//!   `community`; scope that person, since nobody else may learn of them (moderators hear of
//!   requests by notification).

use kernel::{CommunityId, NewEvent, PersonId, Scope, SubjectRef};
use serde_json::json;
use uuid::Uuid;

use crate::model::CommunityRole;

/// Payload field naming a person.
pub const PERSON: &str = "person";
/// Payload field naming a community.
pub const COMMUNITY: &str = "community";

/// A community came to be.
pub const CREATED: &str = "community.created";
/// Settings changed.
pub const CHANGED: &str = "community.changed";
/// It is kept for reading only from now on.
pub const ARCHIVED: &str = "community.archived";
/// It was taken back into use.
pub const UNARCHIVED: &str = "community.unarchived";
/// Its last owner was deactivated.
pub const OWNERLESS: &str = "community.ownerless";
/// Somebody became a member.
pub const JOINED: &str = "membership.joined";
/// Many people became members at once.
pub const JOINED_MANY: &str = "membership.joined_many";
/// A member left.
pub const LEFT: &str = "membership.left";
/// A member was removed.
pub const REMOVED: &str = "membership.removed";
/// A member has another role.
pub const ROLE_CHANGED: &str = "membership.role_changed";
/// A member muted the community or chose another notification level.
pub const MEMBERSHIP_CHANGED: &str = "membership.changed";
/// Somebody asks to join.
pub const REQUEST_CREATED: &str = "join_request.created";
/// The request was granted.
pub const REQUEST_APPROVED: &str = "join_request.approved";
/// The request was declined.
pub const REQUEST_DECLINED: &str = "join_request.declined";
/// The person no longer asks.
pub const REQUEST_WITHDRAWN: &str = "join_request.withdrawn";
/// Somebody is invited.
pub const INVITED: &str = "invitation.created";
/// The invited person joined.
pub const INVITATION_ACCEPTED: &str = "invitation.accepted";
/// The invited person declined.
pub const INVITATION_DECLINED: &str = "invitation.declined";

/// A fact about a community as a whole.
pub(crate) fn community(kind: &'static str, id: CommunityId) -> NewEvent {
    NewEvent::new(
        kind,
        SubjectRef::new(CommunityId::PREFIX, id),
        Scope::Community(id),
    )
}

/// Which settings changed.
pub(crate) fn changed(id: CommunityId, fields: &[&str]) -> NewEvent {
    community(CHANGED, id).with(json!({ "fields": fields }))
}

/// Nobody owns the community any more.
pub(crate) fn ownerless(id: CommunityId) -> NewEvent {
    NewEvent::new(
        OWNERLESS,
        SubjectRef::new(CommunityId::PREFIX, id),
        Scope::System,
    )
}

/// A fact about one membership.
pub(crate) fn membership(
    kind: &'static str,
    membership: impl Into<Uuid>,
    community: CommunityId,
    person: PersonId,
) -> NewEvent {
    let subject = SubjectRef::new(kernel::MembershipId::PREFIX, membership);
    NewEvent::new(kind, subject, Scope::Community(community))
        .with(json!({ PERSON: person.0.simple().to_string() }))
}

/// A member has another role.
pub(crate) fn role_changed(
    id: impl Into<Uuid>,
    community: CommunityId,
    person: PersonId,
    (previous, role): (CommunityRole, CommunityRole),
) -> NewEvent {
    membership(ROLE_CHANGED, id, community, person).with(json!({
        PERSON: person.0.simple().to_string(),
        "previous": previous.as_str(),
        "role": role.as_str(),
    }))
}

/// Many people became members at once.
pub(crate) fn joined_many(id: CommunityId) -> NewEvent {
    let subject = SubjectRef::new(CommunityId::PREFIX, id);
    NewEvent::new(JOINED_MANY, subject, Scope::Community(id))
        .with(json!({ COMMUNITY: id.0.simple().to_string() }))
        .imported(true)
}

/// A fact about a request or an invitation.
pub(crate) fn personal(
    kind: &'static str,
    subject: SubjectRef,
    community: CommunityId,
    person: PersonId,
) -> NewEvent {
    NewEvent::new(kind, subject, Scope::Person(person)).with(json!({
        PERSON: person.0.simple().to_string(),
        COMMUNITY: community.0.simple().to_string(),
    }))
}
