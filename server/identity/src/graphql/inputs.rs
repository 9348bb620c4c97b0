//! Inputs of the mutations.

use async_graphql::InputObject;
use kernel::{AccessTokenId, OrganisationRole, PersonId, SessionId, Timestamp, TokenScope};

use crate::commands::NewAccount;
use crate::model::{
    FeedOrder, NewAccessToken, NotificationLevel, ProfileInput, SettingsUpdate, Theme,
};

/// How others are to see the viewer.
#[derive(Debug, InputObject)]
pub struct ProfileUpdateInput {
    /// Full name.
    name: String,
    /// Job title; may be empty.
    title: String,
    /// About oneself, as Markdown; may be empty.
    about: String,
    /// How the name is said; may be empty.
    pronunciation: String,
    /// Where one works; may be empty.
    location: String,
}

impl From<ProfileUpdateInput> for ProfileInput {
    fn from(input: ProfileUpdateInput) -> Self {
        Self {
            name: input.name,
            title: input.title,
            about: input.about,
            pronunciation: input.pronunciation,
            location: input.location,
        }
    }
}

/// What the viewer chooses; what is not given stays as it is.
#[derive(Debug, InputObject)]
pub struct SettingsUpdateInput {
    /// Language of the interface.
    locale: Option<String>,
    /// IANA time zone; empty: the device's.
    time_zone: Option<String>,
    /// Colours of the pages.
    theme: Option<Theme>,
    /// Notification level in communities where the viewer has chosen none.
    default_notification_level: Option<NotificationLevel>,
    /// Whether others see when the viewer is there.
    show_presence: Option<bool>,
    /// Whether others see that the viewer is writing.
    send_typing: Option<bool>,
    /// Whether others of a conversation may know how far one has read, and one how far they have.
    send_receipts: Option<bool>,
    /// Order of the home feed.
    feed_order: Option<FeedOrder>,
}

impl From<SettingsUpdateInput> for SettingsUpdate {
    fn from(input: SettingsUpdateInput) -> Self {
        Self {
            locale: input.locale,
            time_zone: input.time_zone,
            theme: input.theme,
            default_notification_level: input.default_notification_level,
            show_presence: input.show_presence,
            send_typing: input.send_typing,
            send_receipts: input.send_receipts,
            feed_order: input.feed_order,
        }
    }
}

/// A new password.
#[derive(InputObject)]
pub struct PasswordChangeInput {
    /// Password in force.
    pub(super) current_password: String,
    /// Password to be.
    pub(super) new_password: String,
}

/// One of the viewer's sessions.
#[derive(Debug, InputObject)]
pub struct SessionRevokeInput {
    /// Session to end.
    pub(super) session_id: SessionId,
}

/// A personal access token to be made.
#[derive(Debug, InputObject)]
pub struct AccessTokenCreateInput {
    /// What the person calls it.
    name: String,
    /// What it may be used for; every token reads.
    scopes: Vec<TokenScope>,
    /// When it is to end by itself; never when not given.
    expires_at: Option<Timestamp>,
}

impl From<AccessTokenCreateInput> for NewAccessToken {
    fn from(input: AccessTokenCreateInput) -> Self {
        Self {
            name: input.name,
            scopes: input.scopes,
            expires_at: input.expires_at,
        }
    }
}

/// One of the viewer's access tokens.
#[derive(Debug, InputObject)]
pub struct AccessTokenRevokeInput {
    /// Token to take back.
    pub(super) access_token_id: AccessTokenId,
}

/// Whom to follow or no longer to follow.
#[derive(Debug, InputObject)]
pub struct PersonFollowInput {
    /// The person.
    pub(super) person_id: PersonId,
    /// Whether to follow.
    pub(super) follow: bool,
}

/// A person to be made.
#[derive(Debug, InputObject)]
pub struct PersonCreateInput {
    /// Short name, as in `@anna.keller`.
    handle: String,
    /// Full name.
    name: String,
    /// E-mail address; may be empty.
    email: String,
    /// Job title; may be empty.
    title: String,
    /// Role in the organisation.
    role: OrganisationRole,
    /// Language of the person.
    locale: String,
}

impl From<PersonCreateInput> for NewAccount {
    fn from(input: PersonCreateInput) -> Self {
        Self {
            handle: input.handle,
            name: input.name,
            email: input.email,
            title: input.title,
            role: input.role,
            locale: input.locale,
        }
    }
}

/// Whether a person may sign in.
#[derive(Debug, InputObject)]
pub struct PersonSetActiveInput {
    /// The person.
    pub(super) person_id: PersonId,
    /// Whether the person may sign in.
    pub(super) active: bool,
}

/// A person's role in the organisation.
#[derive(Debug, InputObject)]
pub struct PersonSetRoleInput {
    /// The person.
    pub(super) person_id: PersonId,
    /// Role to be.
    pub(super) role: OrganisationRole,
}

/// A person who needs a new one-time password.
#[derive(Debug, InputObject)]
pub struct PersonResetPasswordInput {
    /// The person.
    pub(super) person_id: PersonId,
}

/// What is to change about the organisation.
#[derive(Debug, InputObject)]
pub struct OrganisationUpdateInput {
    /// Name of the organisation.
    pub(super) name: String,
    /// Whether people may let others see that they are there; null leaves it as it is.
    pub(super) allows_presence: Option<bool>,
    /// Whether people may let others see that they are writing.
    pub(super) allows_typing: Option<bool>,
    /// Whether people may let others see how far they have read.
    pub(super) allows_receipts: Option<bool>,
}
