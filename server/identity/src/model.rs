//! Plain types of people, accounts, sessions and tokens, and their rules.

mod account;
mod handle;
mod hashing;
mod hr;
mod password;
mod person;
mod secret;
mod settings;
mod text;

pub use account::{AccessTokenView, NewAccessToken, SessionView, scopes_from_text, scopes_to_text};
pub use handle::Handle;
pub use hashing::{HashSlot, PasswordHash};
pub use hr::HrField;
pub use password::{Password, PasswordOwner};
pub use person::{
    Email, NewPerson, OrganisationView, PersonView, PresenceState, Profile, ProfileInput,
    avatar_color, parse_role, role_text, search_text,
};
pub use secret::{AccessTokenSecret, RefreshToken};
pub use settings::{
    FeedOrder, HouseChange, HouseSwitches, LOCALES, NotificationLevel, SettingsUpdate,
    SettingsView, Theme, parse_locale, parse_time_zone,
};
pub use text::{fold, line, optional_line, search_words};

/// Longest name of a person or organisation, in characters.
pub const MAX_NAME: usize = 100;
/// Longest title, pronunciation or location, in characters.
pub const MAX_LINE: usize = 150;
/// Longest text about oneself, in characters.
pub const MAX_ABOUT: usize = 2_000;
/// Most devices one person is signed in on; the one not used for longest gives way.
pub const MAX_SESSIONS: usize = 50;
/// Most personal access tokens of one person.
pub const MAX_ACCESS_TOKENS: i64 = 50;
