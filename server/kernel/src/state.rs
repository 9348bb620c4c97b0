//! The one state model of everything that is written to be read: posts, replies, articles, pages.

use async_graphql::Enum;

use crate::error::{Error, Result};

/// Where a piece of content is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Enum, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContentState {
    /// Being written; seen by its authors only.
    Draft,
    /// Waits for a decision before it is published.
    Pending,
    /// Will be published by itself at a set time; seen by its authors only.
    Scheduled,
    /// Seen by its audience.
    Published,
    /// Was published and ended at a set time; seen by its authors only.
    Expired,
    /// Kept for reading, no longer worked on.
    Archived,
    /// Taken away; a tombstone remains where a thread needs it.
    Deleted,
}

/// A step from one state to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Transition {
    /// Ask for a decision.
    Submit,
    /// Decide against it: back to the author.
    Return,
    /// Set a time for publishing.
    Schedule,
    /// Make it visible to its audience now.
    Publish,
    /// End it at its set time.
    Expire,
    /// Keep it for reading only.
    Archive,
    /// Take it back into work or reading.
    Restore,
    /// Take it away.
    Delete,
}

impl ContentState {
    /// All states, in the order of life.
    pub const ALL: [Self; 7] = [
        Self::Draft,
        Self::Pending,
        Self::Scheduled,
        Self::Published,
        Self::Expired,
        Self::Archived,
        Self::Deleted,
    ];

    /// As stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Pending => "pending",
            Self::Scheduled => "scheduled",
            Self::Published => "published",
            Self::Expired => "expired",
            Self::Archived => "archived",
            Self::Deleted => "deleted",
        }
    }

    /// Reads what [`ContentState::as_str`] wrote.
    ///
    /// # Errors
    /// Any other text is a fault of the stored data.
    pub fn parse(text: &str) -> Result<Self> {
        let found = Self::ALL.into_iter().find(|state| state.as_str() == text);
        found.ok_or_else(|| Error::bug("unknown content state in the database"))
    }

    /// Whether its audience (not only its authors) may see it.
    pub fn is_public_to_audience(self) -> bool {
        matches!(self, Self::Published | Self::Archived)
    }

    /// The state after a step.
    ///
    /// # Errors
    /// `WRONG_STATE` when the step is not possible from here.
    pub fn apply(self, step: Transition) -> Result<Self> {
        use ContentState as S;
        use Transition as T;
        let next = match (self, step) {
            (S::Draft | S::Scheduled, T::Submit) => S::Pending,
            (S::Pending | S::Scheduled, T::Return) => S::Draft,
            (S::Draft | S::Pending | S::Scheduled, T::Schedule) => S::Scheduled,
            (S::Draft | S::Pending | S::Scheduled, T::Publish) => S::Published,
            (S::Published | S::Archived, T::Expire) => S::Expired,
            (S::Published | S::Expired, T::Archive) => S::Archived,
            (S::Archived | S::Expired, T::Restore) => S::Published,
            (
                S::Draft | S::Pending | S::Scheduled | S::Published | S::Expired | S::Archived,
                T::Delete,
            ) => S::Deleted,
            _ => return Err(Error::Conflict("WRONG_STATE")),
        };
        Ok(next)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failing unwrap is the test's message")]

    use super::*;

    #[test]
    fn every_state_round_trips_as_text() {
        for state in ContentState::ALL {
            assert_eq!(ContentState::parse(state.as_str()).unwrap(), state);
        }
        assert!(ContentState::parse("gone").is_err());
    }

    #[test]
    fn deleted_is_final() {
        use Transition as T;
        for step in [
            T::Submit,
            T::Return,
            T::Schedule,
            T::Publish,
            T::Expire,
            T::Archive,
            T::Restore,
            T::Delete,
        ] {
            assert!(ContentState::Deleted.apply(step).is_err());
        }
    }

    #[test]
    fn only_published_and_archived_reach_the_audience() {
        let seen: Vec<_> = ContentState::ALL
            .into_iter()
            .filter(|s| s.is_public_to_audience())
            .collect();
        assert_eq!(seen, [ContentState::Published, ContentState::Archived]);
    }
}
