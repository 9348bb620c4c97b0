//! Plain types of feeds: which feed, why an item is in it, how far a person has read.

mod marks;
mod ranking;
mod reason;

pub use marks::{HomeUnread, Mark, Marks, UndoToken};
pub use ranking::{Ranked, Signals, rank, signals};
pub use reason::{Reason, ReasonCode, plain_reasons};

use content::queries::timeline::{Entry, Source, Wanted};
use kernel::{CommunityId, PersonId, PostId};

/// Most posts of one place that are counted as new or unread: above that nobody reads the number.
pub const COUNT_LIMIT: i64 = 100;
/// Newest posts that a ranked order re-scores.
pub const CANDIDATES: usize = 300;
/// Most unseen announcements on top of the home feed.
pub const MAX_ON_TOP: usize = 5;
/// How long "mark all read" can be taken back, in seconds.
pub const UNDO_SECONDS: i64 = 600;
/// Most people whose presence one subscription watches.
pub const MAX_WATCHED: usize = 100;

/// A feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FeedScope {
    /// The viewer's communities, and what followed people and topics bring.
    Home,
    /// Followed people, topics and threads only.
    Following,
    /// One community.
    Community(CommunityId),
    /// One topic, without `#`.
    Topic(String),
    /// What one person wrote.
    Person(PersonId),
    /// One thread. Not a list of posts: only for live events.
    Post(PostId),
}

impl FeedScope {
    /// Where its posts come from.
    pub fn sources(&self) -> Vec<Source> {
        match self {
            Self::Home => vec![
                Source::Joined,
                Source::FollowedPeople,
                Source::FollowedTopics,
            ],
            Self::Following => vec![
                Source::FollowedPeople,
                Source::FollowedTopics,
                Source::FollowedThreads,
            ],
            Self::Community(id) => vec![Source::Community(*id)],
            Self::Topic(topic) => vec![Source::Topic(topic.clone())],
            Self::Person(id) => vec![Source::Author(*id)],
            Self::Post(_) => Vec::new(),
        }
    }

    /// What is wanted of them: feeds that come together by themselves leave out what is muted.
    pub fn wanted(&self) -> Wanted {
        Wanted {
            kind: None,
            without_muted: matches!(self, Self::Home | Self::Following),
        }
    }
}

/// One item of a feed.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// The post and its place.
    pub entry: Entry,
    /// Why it is there, strongest first; never empty.
    pub reasons: Vec<Reason>,
    /// Its score; 0 in latest order.
    pub score: f64,
    /// Whether the viewer has not been shown it yet.
    pub is_new: bool,
}
