//! A person as an object of the API.

use std::sync::Arc;

use async_graphql::{Context, Object};
use kernel::{OrganisationRole, PersonId, Timestamp};
use platform::ContextExt as _;

use crate::loaders::{FollowedByPerson, FollowerCountByPerson};
use crate::model::{PersonView, PresenceState};
use crate::subscribers::Presence;

/// A person of the organisation.
#[derive(Debug, Clone)]
pub struct Person {
    row: Arc<PersonView>,
}

impl Person {
    /// The view behind the object.
    pub fn view(&self) -> &PersonView {
        &self.row
    }
}

impl From<Arc<PersonView>> for Person {
    fn from(row: Arc<PersonView>) -> Self {
        Self { row }
    }
}

impl From<PersonView> for Person {
    fn from(row: PersonView) -> Self {
        Self { row: Arc::new(row) }
    }
}

/// A person of the organisation.
#[Object]
impl Person {
    /// Global id of the person.
    pub async fn id(&self) -> PersonId {
        self.row.id
    }

    /// Short name, as in `@anna.keller`.
    async fn handle(&self) -> &str {
        &self.row.handle
    }

    /// Full name.
    async fn name(&self) -> &str {
        &self.row.name
    }

    /// Job title; may be empty.
    async fn title(&self) -> &str {
        &self.row.title
    }

    /// What the person writes about himself or herself, as Markdown.
    async fn about(&self) -> &str {
        &self.row.about
    }

    /// What the person writes about himself or herself, as safe HTML.
    async fn about_html(&self) -> &str {
        &self.row.about_html
    }

    /// How the name is said; may be empty.
    async fn pronunciation(&self) -> &str {
        &self.row.pronunciation
    }

    /// Where the person works; may be empty.
    async fn location(&self) -> &str {
        &self.row.location
    }

    /// Path of the picture; null when the avatar is drawn.
    async fn avatar_url(&self) -> Option<String> {
        self.row.avatar_url()
    }

    /// Colour of the drawn avatar, 0 to 11.
    async fn avatar_color(&self) -> i32 {
        self.row.avatar_color
    }

    /// Role in the organisation.
    async fn role(&self) -> OrganisationRole {
        self.row.role
    }

    /// Whether the person may no longer sign in.
    async fn is_deactivated(&self) -> bool {
        !self.row.is_active
    }

    /// When the person joined.
    async fn joined_at(&self) -> Timestamp {
        self.row.joined_at
    }

    /// Whether the viewer follows the person.
    async fn is_followed_by_viewer(&self, ctx: &Context<'_>) -> async_graphql::Result<bool> {
        let loader = ctx.loader::<FollowedByPerson, PersonId>();
        let followed = loader.load_one(self.row.id).await?;
        Ok(followed.unwrap_or(false))
    }

    /// How many people follow the person.
    async fn follower_count(&self, ctx: &Context<'_>) -> async_graphql::Result<i32> {
        let loader = ctx.loader::<FollowerCountByPerson, PersonId>();
        let count = loader.load_one(self.row.id).await?;
        Ok(i32::try_from(count.unwrap_or(0)).unwrap_or(i32::MAX))
    }

    /// Whether the person is there at this moment, as far as he or she shows it.
    async fn presence(&self, ctx: &Context<'_>) -> PresenceState {
        match ctx.data_opt::<Presence>() {
            Some(presence) => presence.state_for(ctx.viewer(), &self.row),
            None => PresenceState::Offline,
        }
    }

    /// E-mail address; only for oneself and network admins.
    async fn email(&self) -> Option<&str> {
        self.row.email.as_deref()
    }

    /// Last sign of life; only for oneself and network admins.
    async fn last_active_at(&self) -> Option<Timestamp> {
        self.row.last_active_at
    }
}

kernel::connection!(PersonConnection, PersonEdge, Person, total);
