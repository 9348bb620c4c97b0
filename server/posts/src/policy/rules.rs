//! What somebody may do to a post: pure rules over what decides.
//!
//! Rules that hold for all written content come from [`content::policy`]; here stands what kinds,
//! pins, shares and votes add. Permits and the abilities shown to the client both end up here.

use communities::CommunityVisibility;
use communities::policy::Standing;
use content::policy::{
    Refusal, refuse_answering, refuse_closing, refuse_deleting, refuse_editing, refuse_moderating,
    refuse_reacting, refuse_replying,
};
use content::{Content, PostKind, Thread};
use kernel::{ContentState, Timestamp, Viewer};

use crate::kinds::{self, Starter};
use crate::model::PostDetails;

/// Everything that decides what a viewer may do to a post.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scene<'a> {
    /// Who asks.
    pub(crate) viewer: &'a Viewer,
    /// The post's text, state, author and community.
    pub(crate) content: &'a Content,
    /// What only posts have.
    pub(crate) details: &'a PostDetails,
    /// Its thread.
    pub(crate) thread: &'a Thread,
    /// Where the viewer stands in its community; none for one's own scheduled post in a community
    /// one no longer knows of.
    pub(crate) standing: Option<&'a Standing>,
    /// Whether the viewer has voted in the poll or for the idea.
    pub(crate) has_voted: bool,
    /// The present moment.
    pub(crate) now: Timestamp,
}

/// Whether somebody who stands so may start a post of this kind.
///
/// # Errors
/// `Forbidden` with the reason.
pub(crate) fn may_start(standing: &Standing, kind: PostKind) -> kernel::Result<()> {
    match kinds::of(kind).starter() {
        Starter::Poster => standing.may_post(),
        Starter::Moderator => standing.may_announce(),
    }
}

/// Why the viewer may not change the text, if so.
pub(crate) fn refuse_edit(scene: &Scene<'_>) -> Option<Refusal> {
    refuse_editing(scene.viewer, scene.content, scene.standing)
}

/// Why the viewer may not take it away, if so.
pub(crate) fn refuse_delete(scene: &Scene<'_>) -> Option<Refusal> {
    refuse_deleting(scene.viewer, scene.content, scene.standing)
}

/// Why the viewer may not reply, if so.
pub(crate) fn refuse_reply(scene: &Scene<'_>) -> Option<Refusal> {
    refuse_replying(scene.content, scene.thread, scene.standing)
}

/// Why the viewer may not react, if so.
pub(crate) fn refuse_reaction(scene: &Scene<'_>) -> Option<Refusal> {
    refuse_reacting(scene.content, scene.standing)
}

/// Why the viewer may not pin or unpin it, if so.
pub(crate) fn refuse_pin(scene: &Scene<'_>) -> Option<Refusal> {
    refuse_moderating(scene.content, scene.standing)
}

/// Why the viewer may not close the thread, if so.
pub(crate) fn refuse_close(scene: &Scene<'_>) -> Option<Refusal> {
    let closed = scene.thread.closed.is_some().then_some("ALREADY_CLOSED");
    refuse_closing(scene.viewer, scene.content, scene.standing).or(closed)
}

/// Why the viewer may not open the thread again, if so. What a moderator closed, only moderators
/// open again.
pub(crate) fn refuse_reopen(scene: &Scene<'_>) -> Option<Refusal> {
    let refusal = refuse_closing(scene.viewer, scene.content, scene.standing);
    refusal.or(match &scene.thread.closed {
        None => Some("NOT_CLOSED"),
        Some(closed)
            if closed.by != scene.content.author
                && !scene.standing.is_some_and(Standing::can_moderate) =>
        {
            Some("CLOSED_BY_MODERATOR")
        }
        Some(_) => None,
    })
}

/// Why the viewer may not move it away, if so; the target community is asked separately.
pub(crate) fn refuse_move(scene: &Scene<'_>) -> Option<Refusal> {
    refuse_closing(scene.viewer, scene.content, scene.standing)
}

/// Why it may not be shared, if so. Only what everybody reads is shared, so that no share tells of
/// something hidden.
pub(crate) fn refuse_share(content: &Content, standing: Option<&Standing>) -> Option<Refusal> {
    if content.state != ContentState::Published {
        Some("NOT_PUBLISHED")
    } else if standing.is_some_and(|s| s.community.visibility == CommunityVisibility::Public) {
        None
    } else {
        Some("SHARE_WOULD_LEAK")
    }
}

/// Why the viewer may not mark a best answer, if so.
pub(crate) fn refuse_answer(scene: &Scene<'_>) -> Option<Refusal> {
    if scene.content.state != ContentState::Published {
        return Some("NOT_PUBLISHED");
    }
    refuse_answering(
        scene.viewer,
        scene.content.author,
        scene.thread,
        scene.standing,
    )
}

/// Why the viewer may not say what becomes of the idea, if so.
pub(crate) fn refuse_idea_state(scene: &Scene<'_>) -> Option<Refusal> {
    if scene.details.idea.is_none() {
        return Some("NOT_AN_IDEA");
    }
    refuse_moderating(scene.content, scene.standing)
}

/// Why the viewer may not vote in the poll, if so.
pub(crate) fn refuse_poll_vote(scene: &Scene<'_>) -> Option<Refusal> {
    let Some(poll) = &scene.details.poll else {
        return Some("NOT_A_POLL");
    };
    refuse_reply(scene).or(if poll.is_over(scene.now) {
        Some("POLL_CLOSED")
    } else if poll.is_anonymous && scene.has_voted {
        Some("VOTE_IS_FINAL")
    } else {
        None
    })
}

/// Why the viewer may not vote for the idea (or take the vote back), if so.
pub(crate) fn refuse_idea_vote(scene: &Scene<'_>) -> Option<Refusal> {
    let Some(idea) = &scene.details.idea else {
        return Some("NOT_AN_IDEA");
    };
    refuse_reply(scene).or((!idea.state.takes_votes()).then_some("IDEA_DECIDED"))
}

/// What a viewer may do to a post; for the client, from the very rules that permits follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, async_graphql::SimpleObject)]
pub struct PostAbilities {
    /// Whether the viewer may change title, text, topics and attachments.
    pub edit: bool,
    /// Whether the viewer may take the post away.
    pub delete: bool,
    /// Whether the viewer may reply.
    pub reply: bool,
    /// Whether the viewer may react.
    pub react: bool,
    /// Whether the viewer may pin the post in its community, and unpin it.
    pub pin: bool,
    /// Whether the viewer may close the thread.
    pub close: bool,
    /// Whether the viewer may open the closed thread again.
    pub reopen: bool,
    /// Whether the viewer may move the post out of its community.
    #[graphql(name = "move")]
    pub move_away: bool,
    /// Whether the post may be shared into another community.
    pub share: bool,
    /// Whether the viewer may mark a reply as the best answer.
    pub mark_best_answer: bool,
    /// Whether the viewer may say what becomes of the idea.
    pub set_idea_state: bool,
    /// Whether the viewer may vote in the poll or for the idea.
    pub vote: bool,
}

impl PostAbilities {
    /// What follows from a scene.
    pub(crate) fn of(scene: &Scene<'_>) -> Self {
        Self {
            edit: refuse_edit(scene).is_none()
                && (kinds::of(scene.details.kind))
                    .may_change_text(scene.details)
                    .is_ok(),
            delete: refuse_delete(scene).is_none(),
            reply: refuse_reply(scene).is_none(),
            react: refuse_reaction(scene).is_none(),
            pin: refuse_pin(scene).is_none(),
            close: refuse_close(scene).is_none(),
            reopen: refuse_reopen(scene).is_none(),
            move_away: refuse_move(scene).is_none(),
            share: refuse_share(scene.content, scene.standing).is_none(),
            mark_best_answer: refuse_answer(scene).is_none(),
            set_idea_state: refuse_idea_state(scene).is_none(),
            vote: match scene.details.kind {
                PostKind::Poll => refuse_poll_vote(scene).is_none(),
                PostKind::Idea => refuse_idea_vote(scene).is_none(),
                PostKind::Discussion
                | PostKind::Question
                | PostKind::Praise
                | PostKind::Announcement => false,
            },
        }
    }

    /// What may be done to something one can no longer look up: nothing.
    pub const NONE: Self = Self {
        edit: false,
        delete: false,
        reply: false,
        react: false,
        pin: false,
        close: false,
        reopen: false,
        move_away: false,
        share: false,
        mark_best_answer: false,
        set_idea_state: false,
        vote: false,
    };
}
