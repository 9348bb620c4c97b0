//! Plain types of this room.

mod moment;

pub use moment::{Habits, Planned, plan};

use kernel::{Error, PersonId, PushDeviceId, Result, Timestamp};
use notifications::model::NotificationCategory;

/// Browsers one person may have pushes sent to.
pub const MAX_DEVICES: usize = 10;
/// Longest address of a push service.
pub const MAX_ENDPOINT_BYTES: usize = 1_000;
/// Longest name of a browser, in characters.
pub const MAX_LABEL: usize = 80;

/// How news leave the house.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Channel {
    /// A letter to the person's address.
    Email,
    /// A push to each of the person's browsers.
    Push,
}

impl Channel {
    /// As stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Push => "push",
        }
    }

    /// Reads what `as_str` wrote.
    ///
    /// # Errors
    /// Any other text is a fault of the stored data.
    pub fn parse(text: &str) -> Result<Self> {
        match text {
            "email" => Ok(Self::Email),
            "push" => Ok(Self::Push),
            _ => Err(Error::bug("unknown channel in the database")),
        }
    }
}

/// How a delivery ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The server or service took it.
    Sent,
    /// There was nothing to tell any more: it was read, or may not be seen now.
    Dropped,
    /// It was refused for good.
    Failed,
    /// It may have arrived; it is not sent again.
    Unknown,
}

impl Outcome {
    /// As stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Dropped => "dropped",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
        }
    }
}

/// Something that is told in a letter or push.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewsItem {
    /// What it belongs to.
    pub category: NotificationCategory,
    /// One sentence.
    pub heading: String,
    /// First words of what it is about, or nothing.
    pub excerpt: String,
    /// Where it leads, from the root of the house.
    pub path: String,
}

/// A person a letter goes to, and how to speak to him.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reader {
    /// Who.
    pub id: PersonId,
    /// Name.
    pub name: String,
    /// Address; nothing where there is none or the account is closed.
    pub email: Option<String>,
    /// `de` or `en`.
    pub locale: String,
    /// IANA time zone.
    pub time_zone: String,
}

/// A browser that takes pushes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// Its id.
    pub id: PushDeviceId,
    /// What its owner knows it by.
    pub label: String,
    /// When it was added.
    pub created_at: Timestamp,
    /// When a push last went there.
    pub last_used_at: Option<Timestamp>,
}

/// A browser's subscription as it comes from outside (W3C Push API).
#[derive(Debug, Clone)]
pub struct NewDevice {
    /// Address of its push service for it.
    pub endpoint: String,
    /// Its public key (P-256, uncompressed), base64url.
    pub public_key: String,
    /// Its authentication secret (16 bytes), base64url.
    pub auth_secret: String,
    /// What its owner knows it by.
    pub label: String,
}

/// How many deliveries are where; for operators.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Not yet due, or to be tried again.
    pub waiting: i64,
    /// Tried at least once without success, and still waiting.
    pub retrying: i64,
    /// Refused for good, within what is kept.
    pub failed: i64,
    /// May have arrived.
    pub unknown: i64,
    /// Taken.
    pub sent: i64,
}
