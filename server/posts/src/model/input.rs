//! What people (and importers) hand in.

use audiences::Rule;
use content::{Imported, PostKind};
use kernel::{AttachmentId, AudienceId, CommunityId, DraftId, PersonId, PostId, Timestamp};
use uuid::Uuid;

use super::kind::PraiseBadge;

/// A poll's options and rules, not yet checked.
#[derive(Debug, Clone)]
pub struct PollInput {
    /// Texts of the 2 to 10 options, in order.
    pub options: Vec<String>,
    /// Whether several options may be chosen.
    pub is_multiple_choice: bool,
    /// Whether the link between people and what they chose is never stored; votes are final then.
    pub is_anonymous: bool,
    /// Moment at which voting ends by itself.
    pub closes_at: Option<Timestamp>,
}

/// A praise's badge and people, not yet checked.
#[derive(Debug, Clone)]
pub struct PraiseInput {
    /// Badge that says what for.
    pub badge: PraiseBadge,
    /// The 1 to 20 people praised.
    pub person_ids: Vec<PersonId>,
}

/// A post a person wants to write, not yet checked.
#[derive(Debug, Clone)]
pub struct PostInput {
    /// Id the client made for this attempt, as given.
    pub client_id: String,
    /// Where.
    pub community: CommunityId,
    /// What for.
    pub kind: PostKind,
    /// Title, may be empty.
    pub title: String,
    /// Text as written (Markdown).
    pub body: String,
    /// Topics beside the hashtags in the text.
    pub topics: Vec<String>,
    /// The author's own uploads, in order.
    pub attachments: Vec<AttachmentId>,
    /// Set for a poll.
    pub poll: Option<PollInput>,
    /// Set for a praise.
    pub praise: Option<PraiseInput>,
    /// Whom an announcement is meant for; `None`: everybody in the community.
    pub audience: Option<AudienceId>,
    /// When to publish; `None` is now.
    pub scheduled_for: Option<Timestamp>,
    /// The draft it was written in; removed with the same transaction.
    pub draft: Option<DraftId>,
}

/// Changes of a post's text; `None` leaves a part as it is.
#[derive(Debug, Clone, Default)]
pub struct PostChange {
    /// New title.
    pub title: Option<String>,
    /// New text.
    pub body: Option<String>,
    /// New topics beside the hashtags in the text.
    pub topics: Option<Vec<String>>,
    /// New list of attachments.
    pub attachments: Option<Vec<AttachmentId>>,
}

/// A post to be shared into a community.
#[derive(Debug, Clone)]
pub struct NewShare {
    /// Id the client made for this attempt, as given.
    pub client_id: String,
    /// The post to share.
    pub post: PostId,
    /// Where to.
    pub community: CommunityId,
    /// Words of one's own, may be empty.
    pub body: String,
}

/// Whom an announcement is meant for: a kept audience as it was at that moment.
#[derive(Debug, Clone, PartialEq)]
pub struct AddressedTo {
    /// Its name.
    pub name: String,
    /// Who is in it.
    pub rule: Rule,
}

/// A post on behalf of somebody, for importers, the demo and the commands of this crate: who may
/// write it was decided before, what it says is checked all the same.
#[derive(Debug, Clone)]
pub struct NewPost {
    /// Who wrote it.
    pub author: PersonId,
    /// Where.
    pub community: CommunityId,
    /// What for.
    pub kind: PostKind,
    /// Title, may be empty.
    pub title: String,
    /// Text as written (Markdown).
    pub body: String,
    /// Topics beside the hashtags in the text.
    pub topics: Vec<String>,
    /// The author's own uploads, in order.
    pub attachments: Vec<AttachmentId>,
    /// Set for a poll.
    pub poll: Option<PollInput>,
    /// Set for a praise.
    pub praise: Option<PraiseInput>,
    /// Whom it is meant for; `None`: everybody in the community.
    pub audience: Option<AddressedTo>,
    /// The post it shares.
    pub shared_from: Option<PostId>,
    /// Id the author's client made for this attempt.
    pub client_id: Option<Uuid>,
    /// When to publish by itself; `None` publishes at once.
    pub scheduled_for: Option<Timestamp>,
    /// Set when an importer brings it in: when it was published there. Nobody is notified of it.
    pub imported: Option<Imported>,
}

impl NewPost {
    /// A discussion with nothing but a text, published at once.
    pub fn discussion(author: PersonId, community: CommunityId, body: impl Into<String>) -> Self {
        Self {
            author,
            community,
            kind: PostKind::Discussion,
            title: String::new(),
            body: body.into(),
            topics: Vec::new(),
            attachments: Vec::new(),
            poll: None,
            praise: None,
            audience: None,
            shared_from: None,
            client_id: None,
            scheduled_for: None,
            imported: None,
        }
    }
}
