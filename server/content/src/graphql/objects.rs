//! Small objects: attachments, reactions, links, topics, revisions, previews.

use async_graphql::{Context, Object, Result, SimpleObject};
use identity::graphql::{Person, person};
use kernel::{AttachmentId, Timestamp};

use super::fields::to_int;
use crate::model::{
    AttachmentKind, AttachmentView, LinkCardView, ReactionTotal, ReactionView, RevisionView,
    TopicView,
};

/// Uploaded file.
#[derive(Debug, Clone)]
pub struct Attachment {
    view: AttachmentView,
}

impl From<AttachmentView> for Attachment {
    fn from(view: AttachmentView) -> Self {
        Self { view }
    }
}

/// Uploaded file.
#[Object]
impl Attachment {
    /// Global id of the attachment.
    pub async fn id(&self) -> AttachmentId {
        self.view.id
    }

    /// What it is: picture, PDF or video.
    async fn kind(&self) -> AttachmentKind {
        self.view.kind
    }

    /// Name of the file.
    async fn file_name(&self) -> &str {
        &self.view.file_name
    }

    /// Type of the file as found by looking into it.
    async fn content_type(&self) -> &str {
        &self.view.content_type
    }

    /// Size of the file in bytes.
    async fn size_bytes(&self) -> i32 {
        to_int(self.view.size_bytes)
    }

    /// Width in pixels; null where it is not known.
    async fn width(&self) -> Option<i32> {
        self.view.width
    }

    /// Height in pixels; null where it is not known.
    async fn height(&self) -> Option<i32> {
        self.view.height
    }

    /// Path of the file on this site.
    async fn url(&self) -> String {
        self.view.url()
    }

    /// Path of a small picture of it; null where there is none.
    async fn thumbnail_url(&self) -> Option<String> {
        self.view.thumbnail_url()
    }

    /// What it shows, for those who do not see it; may be empty.
    async fn alt_text(&self) -> &str {
        &self.view.alt_text
    }
}

/// Emoji and how many people reacted with it.
#[derive(Debug, Clone, SimpleObject)]
pub struct ReactionCount {
    /// Emoji of the reaction.
    emoji: String,
    /// Number of people who gave it.
    count: i32,
    /// Whether the viewer is one of them.
    viewer_reacted: bool,
}

impl From<ReactionTotal> for ReactionCount {
    fn from(total: ReactionTotal) -> Self {
        Self {
            emoji: total.emoji,
            count: to_int(total.count),
            viewer_reacted: total.viewer_reacted,
        }
    }
}

/// Reaction of one person.
#[derive(Debug, Clone)]
pub struct Reaction {
    view: ReactionView,
}

impl From<ReactionView> for Reaction {
    fn from(view: ReactionView) -> Self {
        Self { view }
    }
}

/// Reaction of one person.
#[Object]
impl Reaction {
    /// Emoji of the reaction.
    async fn emoji(&self) -> &str {
        &self.view.emoji
    }

    /// Person who reacted.
    async fn person(&self, ctx: &Context<'_>) -> Result<Person> {
        person(ctx, self.view.person).await
    }

    /// Time of the reaction.
    async fn created_at(&self) -> Timestamp {
        self.view.created_at
    }
}

kernel::connection!(ReactionConnection, ReactionEdge, Reaction, total);

/// What a linked page says about itself.
#[derive(Debug, Clone, SimpleObject)]
pub struct LinkCard {
    /// Address of the page.
    url: String,
    /// Title of the page.
    title: String,
    /// What the page is about; may be empty.
    description: String,
    /// Name of the site the page belongs to.
    site_name: String,
}

impl From<LinkCardView> for LinkCard {
    fn from(view: LinkCardView) -> Self {
        Self {
            url: view.url,
            title: view.title,
            description: view.description,
            site_name: view.site_name,
        }
    }
}

/// Topic, written with a # in texts.
#[derive(Debug, Clone, SimpleObject)]
pub struct Topic {
    /// Name of the topic in lower case, without the #.
    name: String,
    /// Number of posts with it that the viewer may see; counting ends at 10,000.
    post_count: i32,
    /// Whether the viewer follows it.
    is_followed_by_viewer: bool,
}

impl From<TopicView> for Topic {
    fn from(view: TopicView) -> Self {
        Self {
            name: view.name,
            post_count: to_int(view.post_count),
            is_followed_by_viewer: view.is_followed,
        }
    }
}

/// One of the texts a content has had.
#[derive(Debug, Clone)]
pub struct Revision {
    view: RevisionView,
}

impl From<RevisionView> for Revision {
    fn from(view: RevisionView) -> Self {
        Self { view }
    }
}

/// One of the texts a content has had.
#[Object]
impl Revision {
    /// Number of the revision, from 1.
    async fn number(&self) -> i32 {
        self.view.number
    }

    /// Person who wrote it.
    async fn editor(&self, ctx: &Context<'_>) -> Result<Person> {
        person(ctx, self.view.editor).await
    }

    /// Time it was written.
    async fn created_at(&self) -> Timestamp {
        self.view.created_at
    }

    /// Title then; empty where there was none.
    async fn title(&self) -> &str {
        &self.view.title
    }

    /// Text then, in Markdown.
    async fn body_source(&self) -> &str {
        &self.view.source
    }

    /// Text then, as sanitised HTML.
    async fn body_html(&self) -> &str {
        &self.view.html
    }
}

kernel::connection!(RevisionConnection, RevisionEdge, Revision, total);

/// How a text will look.
#[derive(Debug, Clone, SimpleObject)]
pub struct Preview {
    /// Text as sanitised HTML.
    pub(super) body_html: String,
    /// Number of characters as counted against the limit.
    pub(super) character_count: i32,
    /// Largest number of characters allowed.
    pub(super) max_characters: i32,
}
