//! Why an item is in a feed.

use content::queries::timeline::Facts;
use kernel::PersonId;

/// Kinds of reasons.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, async_graphql::Enum)]
#[graphql(name = "FeedReasonCode")]
pub enum ReasonCode {
    /// An announcement of the viewer's communities that the viewer has not opened.
    AnnouncementUnseen,
    /// It names the viewer.
    Mentioned,
    /// The viewer follows its author.
    FollowedPerson,
    /// The viewer follows its thread.
    FollowedThread,
    /// The viewer follows one of its topics.
    FollowedTopic,
    /// The viewer wrote it.
    OwnPost,
    /// A question that waits for an answer.
    UnansweredQuestion,
    /// Many replies and reactions.
    Popular,
    /// The viewer is in its community.
    CommunityMember,
    /// Its community is open to everybody.
    PublicCommunity,
}

/// One reason.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    /// Its kind.
    pub code: ReasonCode,
    /// Its share of the item's score; 0 in latest order.
    pub weight: f64,
    /// Whom the viewer follows, where that is the reason.
    pub person: Option<PersonId>,
    /// Which topic the viewer follows, where that is the reason.
    pub topic: Option<String>,
}

impl Reason {
    /// A reason with a weight.
    pub fn new(code: ReasonCode, weight: f64) -> Self {
        Self {
            code,
            weight,
            person: None,
            topic: None,
        }
    }
}

/// Replies count twice in what makes a post popular; from here on it is.
const POPULAR_FROM: i64 = 3;

/// Reactions and replies as one number.
pub(super) fn activity(facts: &Facts) -> i64 {
    facts.reaction_count + 2 * facts.reply_count
}

/// The reasons that apply, in the order of their codes, without weights. Never empty: whoever reads
/// a post is in its community, or that is public.
pub fn plain_reasons(facts: &Facts, author: PersonId, viewer: Option<PersonId>) -> Vec<Reason> {
    let own = viewer == Some(author);
    let applies = [
        (
            ReasonCode::AnnouncementUnseen,
            facts.is_unseen_announcement && facts.is_member && !own,
        ),
        (ReasonCode::Mentioned, facts.mentions_viewer && !own),
        (ReasonCode::FollowedPerson, facts.follows_author && !own),
        (ReasonCode::FollowedThread, facts.follows_thread && !own),
        (ReasonCode::FollowedTopic, facts.followed_topic.is_some()),
        (ReasonCode::OwnPost, own),
        (ReasonCode::UnansweredQuestion, facts.is_unanswered && !own),
        (ReasonCode::Popular, activity(facts) >= POPULAR_FROM),
        (ReasonCode::CommunityMember, facts.is_member),
        (ReasonCode::PublicCommunity, !facts.is_member),
    ];
    let codes = applies.into_iter().filter(|(_, applies)| *applies);
    codes
        .map(|(code, _)| Reason {
            person: (code == ReasonCode::FollowedPerson).then_some(author),
            topic: facts
                .followed_topic
                .clone()
                .filter(|_| code == ReasonCode::FollowedTopic),
            ..Reason::new(code, 0.0)
        })
        .collect()
}
