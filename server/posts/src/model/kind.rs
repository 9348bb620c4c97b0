//! Words of the kinds: badges and idea states.

use kernel::{Error, Result};

/// Why somebody is praised.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    async_graphql::Enum,
    serde::Serialize,
    serde::Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum PraiseBadge {
    /// Thanks for help.
    ThankYou,
    /// Works well with others.
    TeamPlayer,
    /// Had a good idea.
    GreatIdea,
    /// Made customers happy.
    CustomerHero,
    /// Teaches others.
    Mentor,
    /// Did more than was asked.
    AboveAndBeyond,
}

impl PraiseBadge {
    /// All badges.
    pub const ALL: [Self; 6] = [
        Self::ThankYou,
        Self::TeamPlayer,
        Self::GreatIdea,
        Self::CustomerHero,
        Self::Mentor,
        Self::AboveAndBeyond,
    ];

    /// As stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ThankYou => "thank_you",
            Self::TeamPlayer => "team_player",
            Self::GreatIdea => "great_idea",
            Self::CustomerHero => "customer_hero",
            Self::Mentor => "mentor",
            Self::AboveAndBeyond => "above_and_beyond",
        }
    }

    /// Reads what [`PraiseBadge::as_str`] wrote.
    ///
    /// # Errors
    /// Any other text is a fault of the stored data.
    pub fn parse(text: &str) -> Result<Self> {
        let found = Self::ALL.into_iter().find(|badge| badge.as_str() == text);
        found.ok_or_else(|| Error::bug("unknown praise badge in the database"))
    }
}

/// What became of an idea.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    async_graphql::Enum,
    serde::Serialize,
    serde::Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum IdeaState {
    /// Collects votes.
    Open,
    /// Will be done.
    Planned,
    /// Is done.
    Done,
    /// Will not be done; the reason says why.
    Declined,
}

impl IdeaState {
    /// All states.
    pub const ALL: [Self; 4] = [Self::Open, Self::Planned, Self::Done, Self::Declined];

    /// As stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Planned => "planned",
            Self::Done => "done",
            Self::Declined => "declined",
        }
    }

    /// Reads what [`IdeaState::as_str`] wrote.
    ///
    /// # Errors
    /// Any other text is a fault of the stored data.
    pub fn parse(text: &str) -> Result<Self> {
        let found = Self::ALL.into_iter().find(|state| state.as_str() == text);
        found.ok_or_else(|| Error::bug("unknown idea state in the database"))
    }

    /// Whether people may (still) vote for it.
    pub fn takes_votes(self) -> bool {
        matches!(self, Self::Open | Self::Planned)
    }

    /// Whether the state must be explained.
    pub fn needs_reason(self) -> bool {
        self == Self::Declined
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failing unwrap is the test's message")]

    use super::*;

    #[test]
    fn words_round_trip_as_text() {
        for badge in PraiseBadge::ALL {
            assert_eq!(PraiseBadge::parse(badge.as_str()).unwrap(), badge);
        }
        for state in IdeaState::ALL {
            assert_eq!(IdeaState::parse(state.as_str()).unwrap(), state);
        }
        assert!(PraiseBadge::parse("hero").is_err());
        assert!(IdeaState::parse("").is_err());
    }
}
