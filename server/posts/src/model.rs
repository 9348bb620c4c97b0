//! Plain types of posts and their small rules. The text, state and thread of a post are a
//! [`content::Content`]; here stands what only posts have.

mod input;
mod kind;
mod post;

pub use input::{AddressedTo, NewPost, NewShare, PollInput, PostChange, PostInput, PraiseInput};
pub use kind::{IdeaState, PraiseBadge};
pub use post::{
    IdeaDetails, PollChoice, PollDetails, PollView, PostDetails, PostView, PraiseDetails,
};

/// Most pinned posts of one community.
pub const MAX_PINNED: i64 = 3;
/// Longest reason, in characters, for closing a thread or declining an idea.
pub const MAX_REASON: usize = 300;
/// Fewest options of a poll.
pub const MIN_POLL_OPTIONS: usize = 2;
/// Most options of a poll.
pub const MAX_POLL_OPTIONS: usize = 10;
/// Longest text of one option, in characters.
pub const MAX_OPTION_TEXT: usize = 200;
/// Most people one praise names.
pub const MAX_PRAISED: usize = 20;
/// How far ahead a post may be scheduled or a poll may close: a year.
pub const MAX_AHEAD_SECONDS: i64 = 366 * 24 * 3600;
