//! Facts this room announces. Everybody may learn of a person's public face; what concerns only the
//! person is told to the person; what admins do to accounts is for the house's auditors.

use kernel::{AccessTokenId, NewEvent, PersonId, Scope, SessionId, SubjectRef};
use serde_json::json;
use uuid::Uuid;

/// Somebody joined.
pub const PERSON_CREATED: &str = "person.created";
/// Name, title, picture or another public detail changed.
pub const PERSON_CHANGED: &str = "person.changed";
/// Somebody may no longer sign in.
pub const PERSON_DEACTIVATED: &str = "person.deactivated";
/// Somebody may sign in again.
pub const PERSON_REACTIVATED: &str = "person.reactivated";
/// Somebody became or ceased to be a network admin.
pub const PERSON_ROLE_CHANGED: &str = "person.role_changed";
/// Somebody follows somebody; payload `{"person": followed}`.
pub const PERSON_FOLLOWED: &str = "person.followed";
/// Somebody no longer follows somebody; payload `{"person": followed}`.
pub const PERSON_UNFOLLOWED: &str = "person.unfollowed";
/// Somebody changed his own settings.
pub const SETTINGS_CHANGED: &str = "person.settings_changed";
/// Somebody set a new password.
pub const PASSWORD_CHANGED: &str = "person.password_changed";
/// An admin gave somebody a one-time password.
pub const PASSWORD_RESET: &str = "person.password_reset";
/// Somebody signed in.
pub const SESSION_STARTED: &str = "session.started";
/// A session was renewed.
pub const SESSION_REFRESHED: &str = "session.refreshed";
/// A session ended; payload `{"person": …, "reason": …}`.
pub const SESSION_REVOKED: &str = "session.revoked";
/// Ended sessions and spent tokens were removed.
pub const SESSIONS_PRUNED: &str = "session.pruned";
/// A personal access token was made.
pub const ACCESS_TOKEN_CREATED: &str = "access_token.created";
/// A personal access token was used after a while.
pub const ACCESS_TOKEN_USED: &str = "access_token.used";
/// A personal access token was taken back; payload `{"person": …}`.
pub const ACCESS_TOKEN_REVOKED: &str = "access_token.revoked";
/// A key for signing access tokens was made.
pub const SIGNING_KEY_CREATED: &str = "signing_key.created";
/// The organisation was set up.
pub const ORGANISATION_CREATED: &str = "organisation.created";
/// The organisation's name changed.
pub const ORGANISATION_CHANGED: &str = "organisation.changed";

/// Why a session ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RevokeReason {
    SignedOut,
    RevokedByOwner,
    TokenReused,
    PasswordChanged,
    PasswordReset,
    Deactivated,
    TooMany,
}

impl RevokeReason {
    fn as_str(self) -> &'static str {
        match self {
            Self::SignedOut => "signed_out",
            Self::RevokedByOwner => "revoked_by_owner",
            Self::TokenReused => "token_reused",
            Self::PasswordChanged => "password_changed",
            Self::PasswordReset => "password_reset",
            Self::Deactivated => "deactivated",
            Self::TooMany => "too_many_sessions",
        }
    }
}

fn person_subject(id: PersonId) -> SubjectRef {
    SubjectRef::new(PersonId::PREFIX, id)
}

/// A fact about a person that everybody may learn of.
pub(crate) fn public(kind: &'static str, person: PersonId) -> NewEvent {
    NewEvent::new(kind, person_subject(person), Scope::Organisation)
}

/// A fact about a person that only the person may learn of.
pub(crate) fn private(kind: &'static str, person: PersonId) -> NewEvent {
    NewEvent::new(kind, person_subject(person), Scope::Person(person))
}

/// A fact about a person for the auditors.
pub(crate) fn audit(kind: &'static str, person: PersonId) -> NewEvent {
    NewEvent::new(kind, person_subject(person), Scope::System)
}

/// `follower` follows or no longer follows `person`.
pub(crate) fn follow(kind: &'static str, follower: PersonId, person: PersonId) -> NewEvent {
    NewEvent::new(kind, person_subject(person), Scope::Person(follower))
        .with(json!({ "person": person.uuid().simple().to_string() }))
}

/// A fact about a session.
pub(crate) fn session(kind: &'static str, session: SessionId, person: PersonId) -> NewEvent {
    let subject = SubjectRef::new(SessionId::PREFIX, session);
    NewEvent::new(kind, subject, Scope::Person(person))
        .with(json!({ "person": person.uuid().simple().to_string() }))
}

/// A session ended.
pub(crate) fn revoked(session_id: SessionId, person: PersonId, reason: RevokeReason) -> NewEvent {
    session(SESSION_REVOKED, session_id, person).with(json!({
        "person": person.uuid().simple().to_string(),
        "reason": reason.as_str(),
    }))
}

/// A fact about a personal access token.
pub(crate) fn token(kind: &'static str, token: AccessTokenId, person: PersonId) -> NewEvent {
    let subject = SubjectRef::new(AccessTokenId::PREFIX, token);
    NewEvent::new(kind, subject, Scope::Person(person))
        .with(json!({ "person": person.uuid().simple().to_string() }))
}

/// A fact about the organisation.
pub(crate) fn organisation(kind: &'static str) -> NewEvent {
    let subject = SubjectRef::new("organisation", Uuid::nil());
    NewEvent::new(kind, subject, Scope::Organisation)
}

/// A fact about the house's own keys and leftovers.
pub(crate) fn housekeeping(kind: &'static str) -> NewEvent {
    NewEvent::new(kind, SubjectRef::new("house", Uuid::nil()), Scope::System)
}
