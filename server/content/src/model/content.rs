//! A piece of content: its kind, its state, its text.

use kernel::{
    AttachmentId, CommunityId, ContentId, ContentState, Error, PersonId, PostId, ReplyId, Result,
    SubjectRef, Timestamp,
};
use uuid::Uuid;

/// What a piece of content is. Later kinds join here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ContentKind {
    /// The start of a thread.
    Post,
    /// An answer in a thread.
    Reply,
}

impl ContentKind {
    /// As stored, and the prefix of its ids and events.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Post => "post",
            Self::Reply => "reply",
        }
    }

    /// Reads what [`ContentKind::as_str`] wrote.
    ///
    /// # Errors
    /// Any other text is a fault of the stored data.
    pub fn parse(text: &str) -> Result<Self> {
        match text {
            "post" => Ok(Self::Post),
            "reply" => Ok(Self::Reply),
            _ => Err(Error::bug("unknown content kind in the database")),
        }
    }

    /// How much text it may hold.
    pub fn limits(self) -> richtext::Limits {
        match self {
            Self::Post | Self::Reply => richtext::Limits::POST,
        }
    }
}

/// What a post is for.
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
pub enum PostKind {
    /// Something to talk about.
    Discussion,
    /// Something to be answered; one reply can be the best answer.
    Question,
    /// Thanks to people, with a badge.
    Praise,
    /// A vote on given options.
    Poll,
    /// News of the community's moderators, on top of the feed until seen.
    Announcement,
    /// A proposal that collects votes.
    Idea,
}

impl PostKind {
    /// All kinds.
    pub const ALL: [Self; 6] = [
        Self::Discussion,
        Self::Question,
        Self::Praise,
        Self::Poll,
        Self::Announcement,
        Self::Idea,
    ];

    /// As stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Discussion => "discussion",
            Self::Question => "question",
            Self::Praise => "praise",
            Self::Poll => "poll",
            Self::Announcement => "announcement",
            Self::Idea => "idea",
        }
    }

    /// Reads what [`PostKind::as_str`] wrote.
    ///
    /// # Errors
    /// Any other text is a fault of the stored data.
    pub fn parse(text: &str) -> Result<Self> {
        let found = Self::ALL.into_iter().find(|kind| kind.as_str() == text);
        found.ok_or_else(|| Error::bug("unknown post kind in the database"))
    }
}

/// A piece of content as somebody may see it. Made only by the queries and commands of this crate;
/// the text of a deleted one is empty.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Content {
    /// Its id; the same UUID as the kind's own id.
    pub id: ContentId,
    /// What it is.
    pub kind: ContentKind,
    /// Where it is in its life.
    pub state: ContentState,
    /// Who wrote it.
    pub author: PersonId,
    /// Whose readers are its audience.
    pub community: Option<CommunityId>,
    /// The start of its thread; itself for a post.
    pub root: ContentId,
    /// The reply it answers, always one that answers the root.
    pub parent: Option<ContentId>,
    /// Its place in feeds and threads, a UUID v7 made when it was published.
    pub feed_key: Option<Uuid>,
    /// Title, empty where there is none.
    pub title: String,
    /// Text as written (Markdown).
    pub source: String,
    /// Text as sanitised HTML.
    pub html: String,
    /// First words of the text, without markup.
    pub excerpt: String,
    /// Number of its newest revision, from 1.
    pub revision: i32,
    /// Whether an importer brought it in.
    pub imported: bool,
    /// Id the author's client made for the attempt to create it.
    pub client_id: Option<Uuid>,
    /// When it was written.
    pub created_at: Timestamp,
    /// When its audience could first see it.
    pub published_at: Option<Timestamp>,
    /// When its text last changed after that.
    pub edited_at: Option<Timestamp>,
    /// When it will be published by itself.
    pub scheduled_for: Option<Timestamp>,
    /// When it will expire by itself.
    pub expires_at: Option<Timestamp>,
    /// When it was deleted.
    pub deleted_at: Option<Timestamp>,
}

impl Content {
    /// Its id as a post.
    pub fn post_id(&self) -> PostId {
        PostId(self.id.0)
    }

    /// Its id as a reply.
    pub fn reply_id(&self) -> ReplyId {
        ReplyId(self.id.0)
    }

    /// The post its thread starts with.
    pub fn root_post_id(&self) -> PostId {
        PostId(self.root.0)
    }

    /// How the journal names it.
    pub fn subject(&self) -> SubjectRef {
        SubjectRef::new(self.kind.as_str(), self.id)
    }

    /// Whether it starts a thread.
    pub fn is_root(&self) -> bool {
        self.id == self.root
    }

    /// Whether it was taken away and only its place remains.
    pub fn is_deleted(&self) -> bool {
        self.state == ContentState::Deleted
    }
}

/// What an importer knows better than the clock.
#[derive(Debug, Clone, Copy)]
pub struct Imported {
    /// When it was written, and published, where it came from.
    pub at: Timestamp,
}

/// Content to be written.
#[derive(Debug, Clone)]
pub struct NewContent {
    /// Its id, made by the caller with the kind's own id type.
    pub id: ContentId,
    /// What it is.
    pub kind: ContentKind,
    /// `Published`, `Scheduled`, `Pending` or `Draft`.
    pub state: ContentState,
    /// Who wrote it.
    pub author: PersonId,
    /// Whose readers are its audience.
    pub community: CommunityId,
    /// The start of its thread; `None` when it starts one itself.
    pub root: Option<ContentId>,
    /// The top-level reply it answers.
    pub parent: Option<ContentId>,
    /// Title, not yet cleaned; empty for none.
    pub title: String,
    /// Text, not yet cleaned.
    pub source: String,
    /// Whether the text may be empty (a share may come without words of one's own).
    pub may_be_empty: bool,
    /// Topics beside the hashtags in the text.
    pub topics: Vec<String>,
    /// The author's own uploads, in order.
    pub attachments: Vec<AttachmentId>,
    /// Id the author's client made for this attempt.
    pub client_id: Option<Uuid>,
    /// When to publish a `Scheduled` one.
    pub scheduled_for: Option<Timestamp>,
    /// When it expires by itself.
    pub expires_at: Option<Timestamp>,
    /// Set when an importer brings it in.
    pub imported: Option<Imported>,
    /// Whether one of the replies can be the best answer.
    pub takes_answers: bool,
    /// Details of the kind for the journal event (an object), beside the author.
    pub details: serde_json::Value,
}

impl NewContent {
    /// A post to be published at once, with nothing but a text.
    pub fn post(id: PostId, author: PersonId, community: CommunityId, source: String) -> Self {
        Self {
            id: id.into(),
            kind: ContentKind::Post,
            state: ContentState::Published,
            author,
            community,
            root: None,
            parent: None,
            title: String::new(),
            source,
            may_be_empty: false,
            topics: Vec::new(),
            attachments: Vec::new(),
            client_id: None,
            scheduled_for: None,
            expires_at: None,
            imported: None,
            takes_answers: false,
            details: serde_json::Value::Null,
        }
    }

    /// A reply to be published at once, with nothing but a text.
    pub fn reply(id: ReplyId, author: PersonId, root: &Content, source: String) -> Self {
        let community = root.community.unwrap_or(CommunityId(Uuid::nil()));
        Self {
            id: id.into(),
            kind: ContentKind::Reply,
            root: Some(root.id),
            ..Self::post(PostId(id.0), author, community, source)
        }
    }
}

/// Changes of a text; `None` leaves a part as it is.
#[derive(Debug, Clone, Default)]
pub struct ContentEdit {
    /// New title.
    pub title: Option<String>,
    /// New text.
    pub source: Option<String>,
    /// New topics beside the hashtags in the text.
    pub topics: Option<Vec<String>>,
    /// New list of attachments.
    pub attachments: Option<Vec<AttachmentId>>,
}
