//! Members, and those who are on their way in.

use std::collections::HashMap;

use async_graphql::{Context, Object, Result};
use identity::graphql::Person;
use kernel::{InvitationId, JoinRequestId, MembershipId, Page, PersonId, Timestamp, connection};

use crate::graphql::objects::{Community, asks_for, standing_of};
use crate::model::{CommunityRole, InvitationView, JoinRequestView, MembershipView};
use crate::policy::Standing;

/// Member of a community.
#[derive(Debug, Clone)]
pub struct CommunityMember {
    view: MembershipView,
    person: Option<Person>,
    standing: Option<Standing>,
}

impl CommunityMember {
    /// Members of one community's list, with their people and the viewer's standing read at once.
    pub(super) async fn of_list(
        ctx: &Context<'_>,
        page: Page<MembershipView>,
    ) -> Result<Page<Self>> {
        let mut people = people(ctx, page.items.iter().map(|(_, view)| view.person_id)).await?;
        let standing = match page.items.first() {
            Some((_, view)) if asks_for(ctx, &["viewerCanRemove", "viewerCanSetRole"]) => {
                standing_of(ctx, view.community_id).await?
            }
            _ => None,
        };
        Ok(page.map(|view| Self {
            person: people.remove(&view.person_id),
            standing,
            view,
        }))
    }
}

/// The people of a list's nodes, if they are asked for.
async fn people(
    ctx: &Context<'_>,
    ids: impl Iterator<Item = PersonId>,
) -> Result<HashMap<PersonId, Person>> {
    if !asks_for(ctx, &["person"]) {
        return Ok(HashMap::new());
    }
    let found = identity::graphql::people(ctx, &ids.collect::<Vec<_>>()).await?;
    Ok(found
        .into_iter()
        .map(|person| (person.view().id, person))
        .collect())
}

async fn person(ctx: &Context<'_>, known: Option<&Person>, id: PersonId) -> Result<Person> {
    match known {
        Some(person) => Ok(person.clone()),
        None => identity::graphql::person(ctx, id).await,
    }
}

connection!(
    CommunityMemberConnection,
    CommunityMemberEdge,
    CommunityMember,
    total
);

/// Member of a community.
#[Object]
impl CommunityMember {
    /// Global id of the membership.
    async fn id(&self) -> MembershipId {
        self.view.id
    }

    /// Person who is the member.
    async fn person(&self, ctx: &Context<'_>) -> Result<Person> {
        person(ctx, self.person.as_ref(), self.view.person_id).await
    }

    /// Role of the member.
    async fn role(&self) -> CommunityRole {
        self.view.role
    }

    /// Start of the membership.
    async fn since(&self) -> Timestamp {
        self.view.since
    }

    /// Whether the viewer may remove this member.
    async fn viewer_can_remove(&self) -> bool {
        self.standing
            .is_some_and(|s| s.may_remove(self.view.role).is_ok())
    }

    /// Whether the viewer may give this member another role.
    async fn viewer_can_set_role(&self) -> bool {
        self.standing.is_some_and(|s| s.can_change_roles())
    }
}

/// Request of a person to join a community.
#[derive(Debug, Clone)]
pub struct JoinRequest {
    view: JoinRequestView,
    person: Option<Person>,
    community: Option<Community>,
}

impl From<JoinRequestView> for JoinRequest {
    fn from(view: JoinRequestView) -> Self {
        Self {
            view,
            person: None,
            community: None,
        }
    }
}

impl JoinRequest {
    /// Requests of one community's list, with people and community read at once.
    pub(super) async fn of_list(
        ctx: &Context<'_>,
        page: Page<JoinRequestView>,
    ) -> Result<Page<Self>> {
        let mut people = people(ctx, page.items.iter().map(|(_, view)| view.person_id)).await?;
        let community = match page.items.first() {
            Some((_, view)) if asks_for(ctx, &["community"]) => {
                super::visible_community(ctx, view.community_id).await?
            }
            _ => None,
        };
        Ok(page.map(|view| Self {
            person: people.remove(&view.person_id),
            community: community.clone(),
            view,
        }))
    }
}

connection!(JoinRequestConnection, JoinRequestEdge, JoinRequest, total);

/// Request of a person to join a community.
#[Object]
impl JoinRequest {
    /// Global id of the request.
    pub async fn id(&self) -> JoinRequestId {
        self.view.id
    }

    /// Community the person wishes to join.
    async fn community(&self, ctx: &Context<'_>) -> Result<Community> {
        match &self.community {
            Some(community) => Ok(community.clone()),
            None => super::community(ctx, self.view.community_id).await,
        }
    }

    /// Person who asks.
    async fn person(&self, ctx: &Context<'_>) -> Result<Person> {
        person(ctx, self.person.as_ref(), self.view.person_id).await
    }

    /// Words of the person to those who decide; may be empty.
    async fn message(&self) -> &str {
        &self.view.message
    }

    /// Moment of the request.
    async fn created_at(&self) -> Timestamp {
        self.view.created_at
    }
}

/// Invitation of the viewer into a community.
#[derive(Debug, Clone)]
pub struct CommunityInvitation {
    view: InvitationView,
}

impl From<InvitationView> for CommunityInvitation {
    fn from(view: InvitationView) -> Self {
        Self { view }
    }
}

/// Invitation of the viewer into a community.
#[Object]
impl CommunityInvitation {
    /// Global id of the invitation.
    pub async fn id(&self) -> InvitationId {
        self.view.id
    }

    /// Community the viewer is invited into.
    async fn community(&self, ctx: &Context<'_>) -> Result<Community> {
        super::community(ctx, self.view.community_id).await
    }

    /// Person who invites.
    async fn invited_by(&self, ctx: &Context<'_>) -> Result<Person> {
        identity::graphql::person(ctx, self.view.invited_by).await
    }

    /// Moment of the invitation.
    async fn created_at(&self) -> Timestamp {
        self.view.created_at
    }
}
