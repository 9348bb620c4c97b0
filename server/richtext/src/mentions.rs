//! Who can be mentioned, and how the caller tells us about them.

use serde::{Deserialize, Serialize};

/// Somebody or something addressed in a text.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Mention {
    /// A person, written `@handle`. The handle is in lower case.
    Person {
        /// Handle of the person without the sign.
        handle: String,
    },
    /// A community, written `@+slug`. The slug is in lower case.
    Community {
        /// Slug of the community without the signs.
        slug: String,
    },
}

/// What a mention links to and how it reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolved {
    /// Address of the page, a path of this site.
    pub href: String,
    /// Name shown after the `@`.
    pub label: String,
}

/// Knows the people and communities the writer may mention.
///
/// Handles and slugs arrive in lower case. Collect them first with [`crate::find_mentions`] and
/// answer from memory: rendering calls this once per occurrence.
pub trait Resolver {
    /// Returns where a person's mention leads, or nothing if there is no such person.
    fn person(&self, handle: &str) -> Option<Resolved>;
    /// Returns where a community's mention leads, or nothing if there is no such community.
    fn community(&self, slug: &str) -> Option<Resolved>;
}

/// Resolver that knows nobody: every mention stays plain text.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoMentions;

impl Resolver for NoMentions {
    fn person(&self, _handle: &str) -> Option<Resolved> {
        None
    }

    fn community(&self, _slug: &str) -> Option<Resolved> {
        None
    }
}
