//! Kinds of posts: one file and one line here for each.
//!
//! A kind says who may start it, checks what it needs beside a text, stores its details, and says
//! when its text may no longer change. What a kind shows is in [`crate::graphql`], where exhaustive
//! matches point to what a new kind lacks.

mod announcement;
mod discussion;
mod idea;
mod poll;
mod praise;
mod question;

pub(crate) use praise::person_problem;

use content::PostKind;
use kernel::{PersonId, PostId, Problem, Result, Timestamp};
use platform::Tx;

use crate::model::{IdeaState, NewPost, PostDetails, PraiseBadge};

/// Who may start a post of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Starter {
    /// Whoever may post in the community.
    Poster,
    /// Its moderators and owners.
    Moderator,
}

/// What a kind stores beside the text, checked.
#[derive(Debug, Clone, Default)]
pub(crate) struct Addition {
    /// Badge of a praise.
    pub(crate) badge: Option<PraiseBadge>,
    /// People praised, each once.
    pub(crate) people: Vec<PersonId>,
    /// Rules of a poll.
    pub(crate) poll: Option<PollRules>,
    /// State of an idea.
    pub(crate) idea: Option<IdeaState>,
    /// Whether it counts who has seen it.
    pub(crate) counts_views: bool,
}

/// Rules and options of a poll, checked.
#[derive(Debug, Clone)]
pub(crate) struct PollRules {
    pub(crate) options: Vec<String>,
    pub(crate) is_multiple_choice: bool,
    pub(crate) is_anonymous: bool,
    pub(crate) closes_at: Option<Timestamp>,
}

/// One kind of post.
#[async_trait::async_trait]
pub(crate) trait Kind: Send + Sync {
    /// Who may start one.
    fn starter(&self) -> Starter {
        Starter::Poster
    }

    /// Whether one reply can be the best answer.
    fn takes_answers(&self) -> bool {
        false
    }

    /// Checks what the kind needs beside the text, collecting all problems. `from` is the moment at
    /// which the post will be published.
    fn check(&self, new: &NewPost, from: Timestamp, problems: &mut Vec<Problem>) -> Addition;

    /// Stores what does not fit into the row of the post.
    async fn insert(&self, _tx: &Tx, _post: PostId, _addition: &Addition) -> Result<()> {
        Ok(())
    }

    /// Refuses a change of title or text that would twist what others have said to it.
    fn may_change_text(&self, _details: &PostDetails) -> Result<()> {
        Ok(())
    }
}

/// The rules of a kind.
pub(crate) fn of(kind: PostKind) -> &'static dyn Kind {
    match kind {
        PostKind::Discussion => &discussion::Discussion,
        PostKind::Question => &question::Question,
        PostKind::Praise => &praise::Praise,
        PostKind::Poll => &poll::Poll,
        PostKind::Announcement => &announcement::Announcement,
        PostKind::Idea => &idea::Idea,
    }
}

/// Checks everything a new post says beside its text.
pub(crate) fn check(new: &NewPost, from: Timestamp, problems: &mut Vec<Problem>) -> Addition {
    let stray = |field: &str| {
        let text = format!("A post of this kind has no {field}.");
        Problem::new(field, "NOT_FOR_THIS_KIND", text)
    };
    if new.poll.is_some() && new.kind != PostKind::Poll {
        problems.push(stray("poll"));
    }
    if new.praise.is_some() && new.kind != PostKind::Praise {
        problems.push(stray("praise"));
    }
    of(new.kind).check(new, from, problems)
}
