//! A post as somebody may see it: its content, and what its kind adds.

use content::{Content, PostKind};
use kernel::{CommunityId, PollOptionId, PostId, Timestamp};

use super::kind::{IdeaState, PraiseBadge};

/// A post as the viewer may see it. Exists only for content the viewer may see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostView {
    /// Its text, state, author and community.
    pub content: Content,
    /// What only posts have.
    pub details: PostDetails,
}

impl PostView {
    /// Its id.
    pub fn id(&self) -> PostId {
        self.content.post_id()
    }

    /// What it is for.
    pub fn kind(&self) -> PostKind {
        self.details.kind
    }
}

/// What only posts have. Detail structs are there exactly for their kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostDetails {
    /// What it is for.
    pub kind: PostKind,
    /// When it was pinned, if it is.
    pub pinned_at: Option<Timestamp>,
    /// The community it was moved out of last, if it was.
    pub moved_from: Option<CommunityId>,
    /// The post it shares, if it does.
    pub shared_from: Option<PostId>,
    /// Set for a praise.
    pub praise: Option<PraiseDetails>,
    /// Set for a poll.
    pub poll: Option<PollDetails>,
    /// Set for an idea.
    pub idea: Option<IdeaDetails>,
    /// Set for an announcement: how many have seen it.
    pub seen_count: Option<i64>,
}

/// What a praise adds to its post; the people named are loaded beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PraiseDetails {
    /// Its badge.
    pub badge: PraiseBadge,
}

/// What a poll adds to its post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PollDetails {
    /// Whether several options may be chosen.
    pub is_multiple_choice: bool,
    /// Whether nobody, not even the database, knows who chose what.
    pub is_anonymous: bool,
    /// When voting ends by itself.
    pub closes_at: Option<Timestamp>,
    /// How many people voted.
    pub voter_count: i64,
}

impl PollDetails {
    /// Whether the time for voting is over.
    pub fn is_over(&self, now: Timestamp) -> bool {
        self.closes_at.is_some_and(|at| at <= now)
    }
}

/// One option of a poll.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PollChoice {
    /// Its id.
    pub id: PollOptionId,
    /// Its text.
    pub text: String,
    /// How many chose it; `None` while results are hidden from the viewer.
    pub vote_count: Option<i64>,
    /// Whether the viewer chose it; never in an anonymous poll, where nobody knows.
    pub viewer_chose: bool,
}

/// A poll as the viewer may see it now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PollView {
    /// Its options in order.
    pub choices: Vec<PollChoice>,
    /// Whether the viewer voted.
    pub viewer_has_voted: bool,
    /// Whether voting has ended: its time is over, or its thread is closed.
    pub is_closed: bool,
}

/// What an idea adds to its post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdeaDetails {
    /// What became of it.
    pub state: IdeaState,
    /// Why, where that needs saying.
    pub reason: String,
    /// How many people are for it.
    pub vote_count: i64,
}
