//! What somebody may do with content, as pure rules: `None` is a yes, `Some` says why not. The same
//! rules guard the commands and fill `viewerCan`.

use communities::policy::Standing;
use kernel::{ContentState, Error, PersonId, Result, Viewer};

use crate::model::{Content, Thread};

/// Reason code of a refusal.
pub type Refusal = &'static str;

type Standings<'a> = Option<&'a Standing>;

fn by(standing: Standings<'_>, may: impl Fn(&Standing) -> Result<()>) -> Option<Refusal> {
    match standing.map(may) {
        Some(Ok(())) => None,
        Some(Err(Error::Forbidden(reason))) => Some(reason),
        Some(Err(_)) | None => Some("MEMBERS_ONLY"),
    }
}

pub(super) fn is_author(viewer: &Viewer, content: &Content) -> bool {
    viewer.is_system() || viewer.person_id() == Some(content.author)
}

fn unless_published(content: &Content) -> Option<Refusal> {
    (content.state != ContentState::Published).then_some("NOT_PUBLISHED")
}

/// Why nobody who stands so may reply in the thread, if so.
pub fn refuse_replying(
    root: &Content,
    thread: &Thread,
    standing: Option<&Standing>,
) -> Option<Refusal> {
    let closed = thread.closed.is_some().then_some("THREAD_CLOSED");
    unless_published(root)
        .or_else(|| by(standing, Standing::may_reply))
        .or(closed)
}

/// Why nobody who stands so may react, if so.
pub fn refuse_reacting(content: &Content, standing: Option<&Standing>) -> Option<Refusal> {
    unless_published(content).or_else(|| by(standing, Standing::may_react))
}

/// Why `viewer` may not change the text, if so: only authors do; moderators do not put words into
/// somebody's mouth.
pub fn refuse_editing(
    viewer: &Viewer,
    content: &Content,
    standing: Option<&Standing>,
) -> Option<Refusal> {
    if !is_author(viewer, content) {
        return Some("NOT_THE_AUTHOR");
    }
    match content.state {
        ContentState::Draft | ContentState::Pending | ContentState::Scheduled => None,
        _ => unless_published(content).or_else(|| by(standing, Standing::may_reply)),
    }
}

/// Why `viewer` may not publish it or set a time for it, if so.
pub fn refuse_publishing(
    viewer: &Viewer,
    content: &Content,
    standing: Option<&Standing>,
) -> Option<Refusal> {
    if is_author(viewer, content) {
        by(standing, Standing::may_reply)
    } else {
        Some("NOT_THE_AUTHOR")
    }
}

/// Why `viewer` may not take it away, if so: authors may, even after they left, and moderators may
/// what is published.
pub fn refuse_deleting(
    viewer: &Viewer,
    content: &Content,
    standing: Option<&Standing>,
) -> Option<Refusal> {
    if content.is_deleted() {
        return Some("NOT_PUBLISHED");
    }
    if !is_author(viewer, content) {
        return refuse_moderating(content, standing);
    }
    let kept = content.state.is_public_to_audience()
        && standing.is_some_and(|s| s.community.is_archived && !s.is_system);
    kept.then_some("COMMUNITY_ARCHIVED")
}

/// Why nobody who stands so may look after it (pin, move), if so.
pub fn refuse_moderating(content: &Content, standing: Option<&Standing>) -> Option<Refusal> {
    unless_published(content).or_else(|| by(standing, Standing::may_moderate))
}

/// Why `viewer` may not close or reopen the thread, if so: moderators may, and who started it.
pub fn refuse_closing(
    viewer: &Viewer,
    root: &Content,
    standing: Option<&Standing>,
) -> Option<Refusal> {
    if is_author(viewer, root) {
        unless_published(root).or_else(|| by(standing, Standing::may_reply))
    } else {
        refuse_moderating(root, standing)
    }
}

/// Why `viewer` may not mark a best answer, if so: who asked may, and moderators.
pub fn refuse_answering(
    viewer: &Viewer,
    root_author: PersonId,
    thread: &Thread,
    standing: Option<&Standing>,
) -> Option<Refusal> {
    if !thread.takes_answers {
        Some("NOT_A_QUESTION")
    } else if viewer.is_system() || viewer.person_id() == Some(root_author) {
        by(standing, Standing::may_reply)
    } else {
        by(standing, Standing::may_moderate)
    }
}
