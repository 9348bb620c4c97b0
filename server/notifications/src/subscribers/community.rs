//! Joining communities, invitations and roles.

use communities::events::{
    COMMUNITY, INVITED, PERSON, REQUEST_APPROVED, REQUEST_CREATED, REQUEST_DECLINED, ROLE_CHANGED,
};
use kernel::{CommunityId, Event, PersonId, Result};
use platform::Tx;

use crate::commands::{Notice, tell};
use crate::model::NotificationKind;
use crate::policy::{moderators, one};

/// Tells of a change in who belongs to a community.
pub(super) async fn told(tx: &mut Tx, event: &Event) -> Result<()> {
    let community = event
        .payload_uuid(COMMUNITY)
        .map(CommunityId)
        .or(event.community());
    let person = event.payload_uuid(PERSON).map(PersonId);
    let (Some(community), Some(person)) = (community, person) else {
        return Ok(());
    };
    let kind = match event.kind.as_str() {
        REQUEST_CREATED => NotificationKind::JoinRequest,
        REQUEST_APPROVED => NotificationKind::JoinApproved,
        REQUEST_DECLINED => NotificationKind::JoinDeclined,
        INVITED => NotificationKind::Invitation,
        ROLE_CHANGED => NotificationKind::RoleChanged,
        _ => return Ok(()),
    };
    let actor = match kind {
        NotificationKind::JoinRequest => Some(person),
        // A moderator speaks for all of them.
        NotificationKind::JoinDeclined => None,
        _ => event.actor,
    };
    let notice = Notice {
        actor,
        community: Some(community),
        ..Notice::of(kind, community)
    };
    let people = match kind {
        NotificationKind::JoinRequest => moderators(tx, community, actor).await?,
        _ => one(tx, community, person, event.actor).await?,
    };
    tell(tx, event, &notice, &people).await
}
