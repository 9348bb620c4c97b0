//! The viewer: the person who asks, with what only he or she may see.

use std::sync::Arc;

use async_graphql::{Context, Object, SimpleObject};
use kernel::{AccessTokenId, Error, PersonId, SessionId, Timestamp, TokenScope};
use platform::ContextExt as _;

use super::{Organisation, Person};
use crate::model::{
    AccessTokenView, FeedOrder, NotificationLevel, SessionView, SettingsView, Theme,
};
use crate::policy;
use crate::queries;

/// The person who asks.
#[derive(Debug, Clone)]
pub struct Viewer {
    person: Person,
    settings: Arc<SettingsView>,
}

impl Viewer {
    /// The viewer of a request; `None` when nobody is signed in.
    pub(super) async fn load(ctx: &Context<'_>) -> async_graphql::Result<Option<Self>> {
        let Some(id) = ctx.viewer().person_id() else {
            return Ok(None);
        };
        Ok(Some(Self::of(ctx, id).await?))
    }

    pub(super) async fn of(ctx: &Context<'_>, id: PersonId) -> async_graphql::Result<Self> {
        let reader = ctx.reader();
        Ok(Self {
            person: queries::person(&reader, id).await?.into(),
            settings: Arc::new(queries::settings(&reader).await?),
        })
    }
}

/// The person who asks, with what only he or she may see.
#[Object]
impl Viewer {
    /// Public face of the viewer.
    async fn person(&self) -> &Person {
        &self.person
    }

    /// Organisation of the viewer.
    async fn organisation(&self, ctx: &Context<'_>) -> async_graphql::Result<Organisation> {
        let found = queries::organisation(&ctx.reader()).await?;
        Ok(found.ok_or(Error::NotFound)?.into())
    }

    /// What the viewer has chosen.
    async fn settings(&self) -> ViewerSettings {
        ViewerSettings::from(self.settings.as_ref())
    }

    /// What the viewer may do.
    async fn viewer_can(&self, ctx: &Context<'_>) -> ViewerAbilities {
        ViewerAbilities {
            create_community: policy::may_create_community(ctx.viewer()),
            administer_network: ctx.viewer().is_network_admin(),
        }
    }

    /// Devices the viewer is signed in on, the one used last first.
    async fn sessions(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<Session>> {
        let sessions = queries::sessions(&ctx.reader()).await?;
        let current = ctx.viewer().session_id();
        let sessions = sessions.into_iter();
        Ok(sessions.map(|row| Session::new(row, current)).collect())
    }

    /// Personal access tokens of the viewer, newest first.
    async fn access_tokens(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<AccessToken>> {
        let tokens = queries::access_tokens(&ctx.reader()).await?;
        Ok(tokens.into_iter().map(AccessToken::from).collect())
    }

    /// Whether the viewer has to set a new password before anything else.
    async fn must_change_password(&self) -> bool {
        self.settings.must_change_password
    }
}

/// What a person has chosen.
#[derive(Debug, Clone, SimpleObject)]
pub struct ViewerSettings {
    /// Language of the interface.
    pub locale: String,
    /// IANA time zone; empty: the device's.
    pub time_zone: String,
    /// Colours of the pages.
    pub theme: Theme,
    /// Notification level in communities where the viewer has chosen none.
    pub default_notification_level: NotificationLevel,
    /// Whether others see when the viewer is there.
    pub show_presence: bool,
    /// Whether others see that the viewer is writing.
    pub send_typing: bool,
    /// Whether others of a conversation may know how far one has read, and one how far they have.
    pub send_receipts: bool,
    /// Order of the home feed.
    pub feed_order: FeedOrder,
}

impl From<&SettingsView> for ViewerSettings {
    fn from(view: &SettingsView) -> Self {
        Self {
            locale: view.locale.clone(),
            time_zone: view.time_zone.clone(),
            theme: view.theme,
            default_notification_level: view.default_notification_level,
            show_presence: view.show_presence,
            send_typing: view.send_typing,
            send_receipts: view.send_receipts,
            feed_order: view.feed_order,
        }
    }
}

/// What the viewer may do in the organisation.
#[derive(Debug, Clone, SimpleObject)]
pub struct ViewerAbilities {
    /// Whether the viewer may make communities.
    pub create_community: bool,
    /// Whether the viewer may administer people and the organisation.
    pub administer_network: bool,
}

/// A device a person is signed in on.
#[derive(Debug, Clone, SimpleObject)]
pub struct Session {
    /// Global id of the session.
    pub id: SessionId,
    /// When the person signed in.
    pub created_at: Timestamp,
    /// When the session was last renewed.
    pub last_used_at: Timestamp,
    /// Browser as it named itself.
    pub user_agent: String,
    /// Network address of the last renewal.
    pub address: String,
    /// Whether this request comes from the session.
    pub is_current: bool,
}

impl Session {
    fn new(row: SessionView, current: Option<SessionId>) -> Self {
        Self {
            is_current: current == Some(row.id),
            id: row.id,
            created_at: row.created_at,
            last_used_at: row.last_used_at,
            user_agent: row.user_agent,
            address: row.address,
        }
    }
}

/// A personal access token for API clients, without its secret.
#[derive(Debug, Clone, SimpleObject)]
pub struct AccessToken {
    /// Global id of the token.
    pub id: AccessTokenId,
    /// What the person calls it.
    pub name: String,
    /// What it may be used for.
    pub scopes: Vec<TokenScope>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last used, ten minutes precise.
    pub last_used_at: Option<Timestamp>,
    /// When it ends by itself.
    pub expires_at: Option<Timestamp>,
}

impl From<AccessTokenView> for AccessToken {
    fn from(row: AccessTokenView) -> Self {
        Self {
            id: row.id,
            name: row.name,
            scopes: row.scopes,
            created_at: row.created_at,
            last_used_at: row.last_used_at,
            expires_at: row.expires_at,
        }
    }
}
