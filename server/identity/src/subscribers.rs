//! What this room keeps in memory and keeps fresh by the journal: who is who, and who is there.

mod authenticator;
mod connections;
mod presence;
mod standing;

pub use authenticator::{Authenticator, CookiePurpose, usable_before_password_change};
pub use connections::Connection;
pub use presence::{Presence, PresenceGuard};
