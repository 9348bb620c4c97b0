//! Inputs of the mutations about posts, replies, reactions and votes.

use async_graphql::InputObject;
use content::{NewReply, PostKind, ReplyEdit, ThreadSubscription};
use kernel::{
    AttachmentId, AudienceId, CommunityId, DraftId, GlobalId, PersonId, PollOptionId, PostId,
    ReplyId, Timestamp,
};

use crate::model::{self, IdeaState, NewShare, PostChange, PraiseBadge};

/// Options and rules of a poll.
#[derive(Debug, Clone, InputObject)]
pub struct PollInput {
    /// Texts of the 2 to 10 options, in order.
    pub options: Vec<String>,
    /// Whether several options may be chosen.
    pub is_multiple_choice: bool,
    /// Whether the link between people and what they choose is never stored; votes are final then.
    pub is_anonymous: bool,
    /// Moment at which voting ends by itself.
    pub closes_at: Option<Timestamp>,
}

impl From<PollInput> for model::PollInput {
    fn from(input: PollInput) -> Self {
        Self {
            options: input.options,
            is_multiple_choice: input.is_multiple_choice,
            is_anonymous: input.is_anonymous,
            closes_at: input.closes_at,
        }
    }
}

/// Badge and people of a praise.
#[derive(Debug, Clone, InputObject)]
pub struct PraiseInput {
    /// Badge that says what for.
    pub badge: PraiseBadge,
    /// The 1 to 20 people praised.
    pub person_ids: Vec<PersonId>,
}

impl From<PraiseInput> for model::PraiseInput {
    fn from(input: PraiseInput) -> Self {
        Self {
            badge: input.badge,
            person_ids: input.person_ids,
        }
    }
}

/// Post to be written.
#[derive(Debug, Clone, InputObject)]
pub struct PostCreateInput {
    /// UUID the client made for this attempt; repeating it gives the first post back.
    pub client_id: async_graphql::ID,
    /// Community to write in.
    pub community_id: CommunityId,
    /// What the post is for.
    pub kind: PostKind,
    /// Title, up to 200 characters.
    #[graphql(default)]
    pub title: String,
    /// Text as Markdown, up to 20,000 characters.
    pub body: String,
    /// Topics beside the hashtags in the text.
    #[graphql(default)]
    pub topics: Vec<String>,
    /// Up to 10 of the author's own uploads, in order.
    #[graphql(default)]
    pub attachment_ids: Vec<AttachmentId>,
    /// Options and rules; exactly for a poll.
    pub poll: Option<PollInput>,
    /// Badge and people; exactly for a praise.
    pub praise: Option<PraiseInput>,
    /// Kept audience an announcement is meant for; null: everybody in the community.
    pub audience_id: Option<AudienceId>,
    /// Moment at which to publish. Null publishes now.
    pub scheduled_for: Option<Timestamp>,
    /// Draft the post was written in; removed with its publication.
    pub draft_id: Option<DraftId>,
}

impl From<PostCreateInput> for model::PostInput {
    fn from(input: PostCreateInput) -> Self {
        Self {
            client_id: input.client_id.to_string(),
            community: input.community_id,
            kind: input.kind,
            title: input.title,
            body: input.body,
            topics: input.topics,
            attachments: input.attachment_ids,
            poll: input.poll.map(Into::into),
            praise: input.praise.map(Into::into),
            audience: input.audience_id,
            scheduled_for: input.scheduled_for,
            draft: input.draft_id,
        }
    }
}

/// Changes of a post. What is null stays as it is.
#[derive(Debug, Clone, InputObject)]
pub struct PostUpdateInput {
    /// Post to change.
    pub post_id: PostId,
    /// New title.
    pub title: Option<String>,
    /// New text as Markdown.
    pub body: Option<String>,
    /// New topics beside the hashtags in the text.
    pub topics: Option<Vec<String>>,
    /// New list of attachments.
    pub attachment_ids: Option<Vec<AttachmentId>>,
}

impl From<PostUpdateInput> for PostChange {
    fn from(input: PostUpdateInput) -> Self {
        Self {
            title: input.title,
            body: input.body,
            topics: input.topics,
            attachments: input.attachment_ids,
        }
    }
}

/// Post something is done to.
#[derive(Debug, Clone, InputObject)]
pub struct PostIdInput {
    /// Post it is about.
    pub post_id: PostId,
}

/// Pin of a post.
#[derive(Debug, Clone, InputObject)]
pub struct PostSetPinnedInput {
    /// Post to pin or unpin.
    pub post_id: PostId,
    /// Whether it is to be pinned on top of its community.
    pub pinned: bool,
}

/// End of a thread.
#[derive(Debug, Clone, InputObject)]
pub struct PostCloseInput {
    /// Post whose thread to close.
    pub post_id: PostId,
    /// Reason, up to 300 characters.
    pub reason: String,
}

/// Move of a thread to another community.
#[derive(Debug, Clone, InputObject)]
pub struct PostMoveInput {
    /// Post to move with its thread.
    pub post_id: PostId,
    /// Community to move to.
    pub community_id: CommunityId,
}

/// Share of a post into another community.
#[derive(Debug, Clone, InputObject)]
pub struct PostShareInput {
    /// UUID the client made for this attempt; repeating it gives the first share back.
    pub client_id: async_graphql::ID,
    /// Post to share.
    pub post_id: PostId,
    /// Community to share into.
    pub community_id: CommunityId,
    /// Words of one's own as Markdown, may be empty.
    pub body: String,
}

impl From<PostShareInput> for NewShare {
    fn from(input: PostShareInput) -> Self {
        Self {
            client_id: input.client_id.to_string(),
            post: input.post_id,
            community: input.community_id,
            body: input.body,
        }
    }
}

/// Time of a scheduled post.
#[derive(Debug, Clone, InputObject)]
pub struct PostScheduleInput {
    /// Post that waits for its time.
    pub post_id: PostId,
    /// Moment at which to publish. Null publishes now.
    pub scheduled_for: Option<Timestamp>,
}

/// Way of following a thread.
#[derive(Debug, Clone, InputObject)]
pub struct ThreadSubscribeInput {
    /// Post that starts the thread.
    pub post_id: PostId,
    /// How to follow it.
    pub subscription: ThreadSubscription,
}

/// Reply to be written.
#[derive(Debug, Clone, InputObject)]
pub struct ReplyCreateInput {
    /// UUID the client made for this attempt; repeating it gives the first reply back.
    pub client_id: async_graphql::ID,
    /// Post that starts the thread.
    pub post_id: PostId,
    /// Reply that is answered.
    pub parent_id: Option<ReplyId>,
    /// Text as Markdown, up to 20,000 characters.
    pub body: String,
    /// Up to 10 of the author's own uploads, in order.
    #[graphql(default)]
    pub attachment_ids: Vec<AttachmentId>,
    /// Draft the reply was written in; removed with its publication.
    pub draft_id: Option<DraftId>,
}

impl From<ReplyCreateInput> for NewReply {
    fn from(input: ReplyCreateInput) -> Self {
        Self {
            client_id: input.client_id.to_string(),
            post: input.post_id,
            parent: input.parent_id,
            body: input.body,
            attachments: input.attachment_ids,
            draft: input.draft_id,
        }
    }
}

/// Changes of a reply.
#[derive(Debug, Clone, InputObject)]
pub struct ReplyUpdateInput {
    /// Reply to change.
    pub reply_id: ReplyId,
    /// New text as Markdown.
    pub body: String,
    /// New list of attachments. Null leaves them.
    pub attachment_ids: Option<Vec<AttachmentId>>,
}

impl From<ReplyUpdateInput> for ReplyEdit {
    fn from(input: ReplyUpdateInput) -> Self {
        Self {
            body: input.body,
            attachments: input.attachment_ids,
        }
    }
}

/// Reply something is done to.
#[derive(Debug, Clone, InputObject)]
pub struct ReplyIdInput {
    /// Reply it is about.
    pub reply_id: ReplyId,
}

/// Mark of the best answer.
#[derive(Debug, Clone, InputObject)]
pub struct BestAnswerSetInput {
    /// Question.
    pub post_id: PostId,
    /// Reply that answers it best. Null takes the mark away.
    pub reply_id: Option<ReplyId>,
}

/// Reaction to a post or a reply.
#[derive(Debug, Clone, InputObject)]
pub struct ReactionSetInput {
    /// Post or reply.
    pub subject_id: GlobalId,
    /// Emoji of the reaction.
    pub emoji: String,
    /// Whether the viewer is to have reacted so.
    pub reacted: bool,
}

/// Vote in a poll.
#[derive(Debug, Clone, InputObject)]
pub struct PollVoteInput {
    /// Poll.
    pub post_id: PostId,
    /// Options chosen: exactly one in a single choice.
    pub option_ids: Vec<PollOptionId>,
}

/// Vote for an idea.
#[derive(Debug, Clone, InputObject)]
pub struct IdeaVoteInput {
    /// Idea.
    pub post_id: PostId,
    /// Whether the viewer is for it.
    pub voted: bool,
}

/// Decision about an idea.
#[derive(Debug, Clone, InputObject)]
pub struct IdeaSetStateInput {
    /// Idea.
    pub post_id: PostId,
    /// What becomes of it.
    pub state: IdeaState,
    /// Reason, up to 300 characters; required to decline.
    pub reason: String,
}
