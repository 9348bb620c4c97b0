//! The community itself.

use std::sync::Arc;

use async_graphql::{Context, Object, Result, SimpleObject};
use identity::NotificationLevel;
use kernel::{CommunityId, Page, Timestamp, connection};
use platform::ContextExt;

use crate::loaders::{MembershipByCommunity, PendingRequestsByCommunity, StandingByCommunity};
use crate::model::{
    CommunityJoining, CommunityPosting, CommunityRole, CommunityView, CommunityVisibility,
    MembershipView,
};
use crate::policy::Standing;

/// Place where people with something in common write.
#[derive(Debug, Clone)]
pub struct Community {
    view: Arc<CommunityView>,
    known: Option<Arc<Known>>,
}

/// What concerns the viewer, read for a whole list at once.
#[derive(Debug)]
struct Known {
    standing: Option<Standing>,
    membership: Option<Own>,
    pending: Option<i64>,
}

type Own = (MembershipView, NotificationLevel);

/// Fields that need more than the community itself.
const RELATIONS: [&str; 5] = [
    "viewerMembership",
    "viewerHasRequested",
    "viewerIsInvited",
    "viewerCan",
    "pendingRequestCount",
];

/// Whether the nodes of the list being resolved are asked for any of these fields.
pub(super) fn asks_for(ctx: &Context<'_>, fields: &[&str]) -> bool {
    let ahead = ctx.look_ahead();
    let nodes = [ahead.field("nodes"), ahead.field("edges").field("node")];
    nodes
        .iter()
        .any(|node| fields.iter().any(|field| node.field(field).exists()))
}

impl From<Arc<CommunityView>> for Community {
    fn from(view: Arc<CommunityView>) -> Self {
        Self { view, known: None }
    }
}

impl From<CommunityView> for Community {
    fn from(view: CommunityView) -> Self {
        Arc::new(view).into()
    }
}

connection!(CommunityConnection, CommunityEdge, Community, total);

/// What the viewer may do in a community.
#[derive(Debug, Clone, Copy, Default, SimpleObject)]
pub struct CommunityAbilities {
    /// Read what is written there and who is in it.
    pub read: bool,
    /// Start threads.
    pub post: bool,
    /// Publish announcements.
    pub announce: bool,
    /// Reply and react.
    pub reply: bool,
    /// Join at once.
    pub join: bool,
    /// Ask to join.
    pub request_to_join: bool,
    /// Leave.
    pub leave: bool,
    /// Change the settings.
    pub edit: bool,
    /// Invite people.
    pub invite: bool,
    /// Pin, close, move and delete what others wrote.
    pub moderate: bool,
    /// Admit people and remove members. See each member for whom, and for roles.
    pub manage_members: bool,
    /// Make another member the owner.
    pub transfer_ownership: bool,
    /// Archive the community or take it back.
    pub archive: bool,
    /// Give or take the official mark.
    pub set_official: bool,
}

impl From<Standing> for CommunityAbilities {
    fn from(standing: Standing) -> Self {
        Self {
            read: standing.can_read(),
            post: standing.can_post(),
            announce: standing.can_announce(),
            reply: standing.can_reply(),
            join: standing.can_join(),
            request_to_join: standing.can_request_to_join(),
            leave: standing.can_leave(),
            edit: standing.can_edit(),
            invite: standing.can_invite(),
            moderate: standing.can_moderate(),
            manage_members: standing.can_manage_members(),
            transfer_ownership: standing.can_transfer_ownership(),
            archive: standing.can_archive(),
            set_official: standing.can_set_official(),
        }
    }
}

/// Membership of the viewer in a community.
#[derive(Debug, Clone, SimpleObject)]
pub struct ViewerMembership {
    /// Role of the viewer there.
    pub role: CommunityRole,
    /// Start of the membership.
    pub since: Timestamp,
    /// Whether the community's posts stay out of the viewer's home feed.
    pub is_muted: bool,
    /// What the viewer is notified of: the choice made here, or else the viewer's general setting.
    pub notification_level: NotificationLevel,
}

/// The viewer's standing in a community; `None` when it has become invisible meanwhile.
pub(super) async fn standing_of(ctx: &Context<'_>, id: CommunityId) -> Result<Option<Standing>> {
    let loader = ctx.loader::<StandingByCommunity, CommunityId>();
    Ok(loader.load_one(id).await?)
}

impl Community {
    /// The communities of a list with what its fields need: a constant number of statements,
    /// however long the list and however its items are scheduled.
    pub(super) async fn of_list(
        ctx: &Context<'_>,
        page: Page<CommunityView>,
    ) -> Result<Page<Self>> {
        if !asks_for(ctx, &RELATIONS) {
            return Ok(page.map(Self::from));
        }
        let ids: Vec<CommunityId> = page.items.iter().map(|(_, view)| view.id).collect();
        let standings = ctx.loader::<StandingByCommunity, CommunityId>();
        let standings = standings.load_many(ids.iter().copied());
        let standings = standings.await?;
        let memberships = ctx.loader::<MembershipByCommunity, CommunityId>();
        let memberships = memberships.load_many(ids.iter().copied());
        let mut memberships = memberships.await?;
        let decides = |id: &CommunityId| standings.get(id).is_some_and(Standing::can_see_requests);
        let pending = ctx.loader::<PendingRequestsByCommunity, CommunityId>();
        let pending = pending.load_many(ids.iter().copied().filter(decides));
        let pending = pending.await?;
        Ok(page.map(|view| {
            let known = Known {
                standing: standings.get(&view.id).copied(),
                membership: memberships.remove(&view.id),
                pending: pending.get(&view.id).copied(),
            };
            Self {
                view: Arc::new(view),
                known: Some(Arc::new(known)),
            }
        }))
    }

    async fn standing(&self, ctx: &Context<'_>) -> Result<Option<Standing>> {
        match &self.known {
            Some(known) => Ok(known.standing),
            None => standing_of(ctx, self.view.id).await,
        }
    }

    async fn membership(&self, ctx: &Context<'_>) -> Result<Option<Own>> {
        if let Some(known) = &self.known {
            return Ok(known.membership.clone());
        }
        let loader = ctx.loader::<MembershipByCommunity, CommunityId>();
        Ok(loader.load_one(self.view.id).await?)
    }

    async fn pending(&self, ctx: &Context<'_>) -> Result<i64> {
        if let Some(known) = &self.known {
            return Ok(known.pending.unwrap_or(0));
        }
        let loader = ctx.loader::<PendingRequestsByCommunity, CommunityId>();
        let count = loader.load_one(self.view.id).await?;
        Ok(count.unwrap_or(0))
    }
}

/// Place where people with something in common write.
#[Object]
impl Community {
    /// Global id of the community.
    pub async fn id(&self) -> CommunityId {
        self.view.id
    }

    /// Present name of the community in addresses; former ones lead to it too.
    async fn slug(&self) -> &str {
        &self.view.slug
    }

    /// Name of the community.
    async fn name(&self) -> &str {
        &self.view.name
    }

    /// Description of the community as Markdown.
    async fn description(&self) -> &str {
        &self.view.description
    }

    /// Beginning of the description as plain text, up to 240 characters; for lists.
    async fn excerpt(&self) -> String {
        richtext::excerpt(&self.view.description, 240)
    }

    /// Description of the community as sanitised HTML.
    async fn description_html(&self) -> &str {
        &self.view.description_html
    }

    /// Who may know of the community and read it.
    async fn visibility(&self) -> CommunityVisibility {
        self.view.visibility
    }

    /// How one becomes a member.
    async fn joining(&self) -> CommunityJoining {
        self.view.joining
    }

    /// Who may start threads.
    async fn posting(&self) -> CommunityPosting {
        self.view.posting
    }

    /// Whether the network's administrators vouch for the community.
    async fn is_official(&self) -> bool {
        self.view.is_official
    }

    /// Whether it is the one community everybody is in.
    async fn is_all_company(&self) -> bool {
        self.view.is_all_company
    }

    /// Whether the community is kept for reading only.
    async fn is_archived(&self) -> bool {
        self.view.archived_at.is_some()
    }

    /// Colour of the drawn cover, 0 to 11.
    async fn cover_color(&self) -> i32 {
        self.view.cover_color
    }

    /// Topics of the community, without `#`.
    async fn topics(&self) -> &[String] {
        &self.view.topics
    }

    /// Moment the community was created.
    async fn created_at(&self) -> Timestamp {
        self.view.created_at
    }

    /// Number of members.
    async fn member_count(&self) -> i32 {
        i32::try_from(self.view.member_count).unwrap_or(i32::MAX)
    }

    /// Membership of the viewer; null when the viewer is not a member.
    async fn viewer_membership(&self, ctx: &Context<'_>) -> Result<Option<ViewerMembership>> {
        let found = self.membership(ctx).await?;
        Ok(
            found.map(|(membership, notification_level)| ViewerMembership {
                role: membership.role,
                since: membership.since,
                is_muted: membership.is_muted,
                notification_level,
            }),
        )
    }

    /// Whether the viewer has asked to join and waits for an answer.
    async fn viewer_has_requested(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(self.standing(ctx).await?.is_some_and(|s| s.has_requested))
    }

    /// Whether the viewer has an invitation that waits for an answer.
    async fn viewer_is_invited(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(self.standing(ctx).await?.is_some_and(|s| s.is_invited))
    }

    /// What the viewer may do there.
    async fn viewer_can(&self, ctx: &Context<'_>) -> Result<CommunityAbilities> {
        Ok(self
            .standing(ctx)
            .await?
            .map(CommunityAbilities::from)
            .unwrap_or_default())
    }

    /// Number of open requests to join; null unless the viewer decides about them.
    async fn pending_request_count(&self, ctx: &Context<'_>) -> Result<Option<i32>> {
        let decides = self
            .standing(ctx)
            .await?
            .is_some_and(|s| s.can_see_requests());
        if !decides {
            return Ok(None);
        }
        let count = self.pending(ctx).await?;
        Ok(Some(i32::try_from(count).unwrap_or(i32::MAX)))
    }
}
