//! Recipients by name, rights, and looks at personal data.

use async_graphql::{Context, Object, Result, SimpleObject};
use directory::graphql::OrgUnit;
use identity::graphql::Person;
use kernel::{LineGrantId, PersonalLookId, Timestamp};
use platform::ContextExt;

use super::object::{Dispatch, DispatchDuty, int};
use crate::model::{
    self, GrantRight, GrantView, LookKind, LookView, PolicyView, RecipientView, RightSource,
};

/// Recipient of a dispatch, as he was on the roll.
#[derive(Debug, Clone)]
pub struct DispatchRecipient {
    view: RecipientView,
}

impl From<RecipientView> for DispatchRecipient {
    fn from(view: RecipientView) -> Self {
        Self { view }
    }
}

/// Recipient of a dispatch, as he was on the roll.
#[Object]
impl DispatchRecipient {
    /// Person.
    async fn person(&self, ctx: &Context<'_>) -> Result<Person> {
        identity::graphql::person(ctx, self.view.person_id).await
    }

    /// Unit of the person when it was sent.
    async fn unit(&self, ctx: &Context<'_>) -> Result<Option<OrgUnit>> {
        directory::graphql::org_unit(ctx, self.view.unit_id).await
    }

    /// Role of the person when it was sent.
    async fn role(&self) -> &str {
        &self.view.role
    }

    /// Person who led this one when it was sent.
    async fn manager(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        match self.view.manager_id {
            Some(manager) => identity::graphql::person_if_visible(ctx, manager).await,
            None => Ok(None),
        }
    }

    /// Whether the person joined later and was added by rule.
    async fn joined_later(&self) -> bool {
        self.view.joined_later
    }

    /// What the person has done about it.
    async fn duty(&self) -> DispatchDuty {
        self.view.duty.into()
    }
}

kernel::connection!(
    DispatchRecipientConnection,
    DispatchRecipientEdge,
    DispatchRecipient,
    total
);

/// Role with how many people have it.
#[derive(Debug, Clone, SimpleObject)]
pub struct LineRole {
    /// Role.
    role: String,
    /// People who have it.
    count: i32,
}

/// Right of the viewer to send down a line.
#[derive(Debug, Clone)]
pub struct LineRight {
    right: model::LineRight,
}

impl From<model::LineRight> for LineRight {
    fn from(right: model::LineRight) -> Self {
        Self { right }
    }
}

/// Right of the viewer to send down a line.
#[Object]
impl LineRight {
    /// Unit; everybody in it and below can be addressed.
    async fn unit(&self, ctx: &Context<'_>) -> Result<Option<OrgUnit>> {
        directory::graphql::org_unit(ctx, self.right.unit_id).await
    }

    /// Where the right comes from.
    async fn source(&self) -> RightSource {
        self.right.source
    }

    /// Roles that can be addressed, with how many people have them; those of the grant if it names some.
    async fn roles(&self, ctx: &Context<'_>) -> Result<Vec<LineRole>> {
        let reader = ctx.reader();
        let units = [self.right.unit_id];
        let roles = directory::queries::roles_below(&reader, &units, reader.now()).await?;
        let granted = &self.right.roles;
        Ok(roles
            .into_iter()
            .filter(|role| granted.is_empty() || granted.contains(&role.role))
            .map(|role| LineRole {
                role: role.role,
                count: int(role.people),
            })
            .collect())
    }

    /// Whether roles have to be named, since the right is good for some only.
    async fn needs_roles(&self) -> bool {
        !self.right.roles.is_empty()
    }
}

/// Dated right on a line, given by hand.
#[derive(Debug, Clone)]
pub struct LineGrant {
    view: GrantView,
}

impl From<GrantView> for LineGrant {
    fn from(view: GrantView) -> Self {
        Self { view }
    }
}

/// Dated right on a line, given by hand.
#[Object]
impl LineGrant {
    /// Id of the grant.
    pub async fn id(&self) -> LineGrantId {
        self.view.id
    }

    /// Person who has it.
    async fn person(&self, ctx: &Context<'_>) -> Result<Person> {
        identity::graphql::person(ctx, self.view.person_id).await
    }

    /// Unit it is good for, with all below.
    async fn unit(&self, ctx: &Context<'_>) -> Result<Option<OrgUnit>> {
        directory::graphql::org_unit(ctx, self.view.unit_id).await
    }

    /// What it allows.
    async fn right(&self) -> GrantRight {
        self.view.right
    }

    /// Roles it is good for; empty: all.
    async fn roles(&self) -> &[String] {
        &self.view.roles
    }

    /// Why it was given.
    async fn reason(&self) -> &str {
        &self.view.reason
    }

    /// Person who gave it; null for the house itself.
    async fn granted_by(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        match self.view.granted_by {
            Some(person) => identity::graphql::person_if_visible(ctx, person).await,
            None => Ok(None),
        }
    }

    /// Moment from which it is good.
    async fn starts_at(&self) -> Timestamp {
        self.view.starts_at
    }

    /// Moment at which it ends.
    async fn ends_at(&self) -> Timestamp {
        self.view.ends_at
    }

    /// Moment at which it was taken back.
    async fn revoked_at(&self) -> Option<Timestamp> {
        self.view.revoked_at
    }
}

kernel::connection!(LineGrantConnection, LineGrantEdge, LineGrant, plain);

/// What holds for urgent dispatches in a unit and everything below that says nothing else.
#[derive(Debug, Clone)]
pub struct LinePolicy {
    view: PolicyView,
}

impl From<PolicyView> for LinePolicy {
    fn from(view: PolicyView) -> Self {
        Self { view }
    }
}

/// What holds for urgent dispatches in a unit and everything below that says nothing else.
#[Object]
impl LinePolicy {
    /// Unit that says so.
    async fn unit(&self, ctx: &Context<'_>) -> Result<Option<OrgUnit>> {
        directory::graphql::org_unit(ctx, self.view.unit_id).await
    }

    /// Whether urgent dispatches may come through quiet hours and outside of working time.
    async fn passes_quiet_hours(&self) -> bool {
        self.view.urgency.passes_quiet_hours
    }

    /// Minutes between two repeats: of working time, or of the clock where they pass quiet hours.
    async fn repeat_minutes(&self) -> i32 {
        self.view.urgency.repeat_minutes
    }

    /// How often they come back at most while somebody has not confirmed.
    async fn max_repeats(&self) -> i32 {
        self.view.urgency.max_repeats
    }

    /// Moment since which it holds.
    async fn updated_at(&self) -> Timestamp {
        self.view.updated_at
    }
}

/// Look of somebody at a list the viewer stands in by name.
#[derive(Debug, Clone)]
pub struct PersonalLook {
    view: LookView,
}

impl From<LookView> for PersonalLook {
    fn from(view: LookView) -> Self {
        Self { view }
    }
}

/// Look of somebody at a list the viewer stands in by name.
#[Object]
impl PersonalLook {
    /// Id of the look.
    pub async fn id(&self) -> PersonalLookId {
        self.view.id
    }

    /// Person who looked.
    async fn person(&self, ctx: &Context<'_>) -> Result<Person> {
        identity::graphql::person(ctx, self.view.viewer_id).await
    }

    /// Dispatch whose list it was.
    async fn dispatch(&self, ctx: &Context<'_>) -> Result<Option<Dispatch>> {
        super::dispatch(ctx, self.view.dispatch_id).await
    }

    /// What was looked at.
    async fn kind(&self) -> LookKind {
        self.view.what
    }

    /// Moment of the look.
    async fn looked_at(&self) -> Timestamp {
        self.view.looked_at
    }
}

kernel::connection!(
    PersonalLookConnection,
    PersonalLookEdge,
    PersonalLook,
    plain
);
