//! What hangs on a piece of content: its thread, reactions, attachments, topics, links, revisions.

use kernel::{
    AttachmentId, ContentId, DraftId, Error, PersonId, PostId, ReplyId, Result, Timestamp,
};
use uuid::Uuid;

/// A thread that takes no more replies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closed {
    /// When it was closed.
    pub at: Timestamp,
    /// Who closed it.
    pub by: PersonId,
    /// Why.
    pub reason: String,
}

/// What a thread counts and knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thread {
    /// Its start.
    pub root: ContentId,
    /// Replies that are published.
    pub reply_count: i64,
    /// Reactions to its start and its published replies.
    pub reaction_count: i64,
    /// When somebody last wrote in it.
    pub last_activity_at: Timestamp,
    /// Set when it takes no more replies.
    pub closed: Option<Closed>,
    /// Whether one of its replies can be the best answer.
    pub takes_answers: bool,
    /// The reply marked as the best answer.
    pub best_answer: Option<ReplyId>,
}

/// How somebody follows a thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, async_graphql::Enum)]
pub enum ThreadSubscription {
    /// Is told of every reply.
    Following,
    /// Is told when mentioned.
    Normal,
    /// Is told of nothing.
    Muted,
}

impl ThreadSubscription {
    /// As stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Following => "following",
            Self::Normal => "normal",
            Self::Muted => "muted",
        }
    }

    /// Reads what [`ThreadSubscription::as_str`] wrote.
    ///
    /// # Errors
    /// Any other text is a fault of the stored data.
    pub fn parse(text: &str) -> Result<Self> {
        match text {
            "following" => Ok(Self::Following),
            "normal" => Ok(Self::Normal),
            "muted" => Ok(Self::Muted),
            _ => Err(Error::bug("unknown thread subscription in the database")),
        }
    }
}

/// What an attachment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, async_graphql::Enum)]
pub enum AttachmentKind {
    /// A picture that browsers show.
    Image,
    /// A PDF document.
    Pdf,
    /// A video that browsers play.
    Video,
}

impl AttachmentKind {
    /// As stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Image => "image",
            Self::Pdf => "pdf",
            Self::Video => "video",
        }
    }

    /// Reads what [`AttachmentKind::as_str`] wrote.
    ///
    /// # Errors
    /// Any other text is a fault of the stored data.
    pub fn parse(text: &str) -> Result<Self> {
        match text {
            "image" => Ok(Self::Image),
            "pdf" => Ok(Self::Pdf),
            "video" => Ok(Self::Video),
            _ => Err(Error::bug("unknown attachment kind in the database")),
        }
    }
}

/// An uploaded file as somebody may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttachmentView {
    /// Its id.
    pub id: AttachmentId,
    /// Who uploaded it.
    pub owner: PersonId,
    /// What it hangs on; `None` until it is used.
    pub content: Option<ContentId>,
    /// What it is.
    pub kind: AttachmentKind,
    /// Name it was uploaded under, cleaned.
    pub file_name: String,
    /// Its type as found by looking into it.
    pub content_type: String,
    /// Its size.
    pub size_bytes: i64,
    /// Width in pixels.
    pub width: Option<i32>,
    /// Height in pixels.
    pub height: Option<i32>,
    /// Whether there is a small picture of it.
    pub has_thumbnail: bool,
    /// What it shows, for those who do not see it.
    pub alt_text: String,
}

impl AttachmentView {
    /// Path of the file on this site.
    pub fn url(&self) -> String {
        let name = url::form_urlencoded::byte_serialize(self.file_name.as_bytes());
        format!(
            "/media/{}/{}",
            self.id,
            name.collect::<String>().replace('+', "%20")
        )
    }

    /// Path of the small picture, if there is one.
    pub fn thumbnail_url(&self) -> Option<String> {
        self.has_thumbnail
            .then(|| format!("/media/{}/thumbnail", self.id))
    }
}

/// A reaction's emoji and how many people gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReactionTotal {
    /// The emoji.
    pub emoji: String,
    /// How many people.
    pub count: i64,
    /// Whether the viewer is one of them.
    pub viewer_reacted: bool,
}

/// One person's reaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReactionView {
    /// The emoji.
    pub emoji: String,
    /// Who gave it.
    pub person: PersonId,
    /// When.
    pub created_at: Timestamp,
}

/// What a linked page says about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkCardView {
    /// Its address.
    pub url: String,
    /// Its title.
    pub title: String,
    /// What it is about.
    pub description: String,
    /// The site it belongs to.
    pub site_name: String,
}

/// One state of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RevisionView {
    /// Its number, from 1.
    pub number: i32,
    /// Who wrote it.
    pub editor: PersonId,
    /// When.
    pub created_at: Timestamp,
    /// Title then.
    pub title: String,
    /// Text then, as written.
    pub source: String,
    /// Text then, as HTML.
    pub html: String,
}

/// A topic as the viewer sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TopicView {
    /// Its name without the sign, in lower case.
    pub name: String,
    /// Posts with it that the viewer may see.
    pub post_count: i64,
    /// Whether the viewer follows it.
    pub is_followed: bool,
}

/// A reply to be written by the viewer.
#[derive(Debug, Clone)]
pub struct NewReply {
    /// Id the client made for this attempt, as given.
    pub client_id: String,
    /// The start of the thread.
    pub post: PostId,
    /// The reply it answers.
    pub parent: Option<ReplyId>,
    /// Text, not yet cleaned.
    pub body: String,
    /// The viewer's own uploads, in order.
    pub attachments: Vec<AttachmentId>,
    /// The draft it was written in; removed with the same transaction.
    pub draft: Option<DraftId>,
}

/// Changes of a reply.
#[derive(Debug, Clone)]
pub struct ReplyEdit {
    /// New text.
    pub body: String,
    /// New list of attachments; `None` leaves them.
    pub attachments: Option<Vec<AttachmentId>>,
}

/// A client-made id from its text.
///
/// # Errors
/// `INVALID_CLIENT_ID`.
pub fn parse_client_id(text: &str) -> Result<Uuid> {
    Uuid::try_parse(text).map_err(|_| {
        let message = "The client id must be a UUID.";
        Error::invalid("clientId", "INVALID_CLIENT_ID", message)
    })
}
