//! Permits: proof that somebody may do something to a post, holding the locked rows. Made only here,
//! inside the transaction that writes; commands take them by value.

use communities::policy::{Standing, standing, standing_locked, standing_of};
use content::policy as seen;
use content::{Content, PostKind, Thread};
use kernel::{CommunityId, ContentState, Error, PostId, Result};
use platform::Tx;
use sea_orm::{ConnectionTrait, DbBackend};

use super::rules::{
    Scene, may_start, refuse_idea_vote, refuse_poll_vote, refuse_reopen, refuse_share,
};
use crate::model::PostDetails;
use crate::table::{POST_COLUMNS, PostRow, Sql, Total};

/// The viewer may start a post of one kind in the community it holds.
#[derive(Debug)]
pub(crate) struct MayPost {
    community: CommunityId,
}

impl MayPost {
    /// Where.
    pub(crate) fn community(&self) -> CommunityId {
        self.community
    }
}

/// The viewer may share a post into a community.
#[derive(Debug)]
pub(crate) struct MayShare {
    original: PostId,
    target: CommunityId,
}

impl MayShare {
    /// What.
    pub(crate) fn original(&self) -> PostId {
        self.original
    }

    /// Where to.
    pub(crate) fn target(&self) -> CommunityId {
        self.target
    }
}

macro_rules! permits {
    ($($(#[$doc:meta])* $name:ident over $inner:ty $(, with $details:ident: $type:ty)?;)+) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub(crate) struct $name {
            inner: $inner,
            $($details: $type,)?
        }

        impl $name {
            $(
                /// What only posts have, as it stands.
                pub(crate) fn $details(&self) -> &$type {
                    &self.$details
                }
            )?

            /// The permit of the content.
            pub(crate) fn into_inner(self) -> $inner {
                self.inner
            }
        }
    )+};
}

permits! {
    /// The viewer may change the text.
    MayEdit over seen::MayEdit, with details: PostDetails;
    /// The viewer may pin and unpin it; nobody else pins in its community meanwhile.
    MayPin over seen::MayModerate, with details: PostDetails;
    /// The viewer may publish it, or set another time.
    MaySchedule over seen::MayPublish, with details: PostDetails;
    /// The viewer may say what becomes of the idea.
    MaySetIdeaState over seen::MayModerate, with details: PostDetails;
    /// The viewer may vote in the poll.
    MayVoteInPoll over seen::MayReply, with details: PostDetails;
    /// The viewer may open the closed thread again.
    MayReopen over seen::MayClose;
    /// The viewer may move the thread to a community that has been checked.
    MayMove over seen::MayClose;
    /// The viewer may vote for the idea.
    MayVoteForIdea over seen::MayReply;
    /// The viewer sees the announcement.
    MayMarkSeen over seen::MaySee;
}

fn forbid(refusal: Option<seen::Refusal>) -> Result<()> {
    refusal.map_or(Ok(()), |reason| Err(Error::Forbidden(reason)))
}

/// What only posts have, of a post that is locked through its content.
pub(crate) async fn details_in(tx: &Tx, id: PostId) -> Result<PostDetails> {
    let sql = format!("SELECT {POST_COLUMNS} FROM posts p WHERE p.id = ");
    let row: Option<PostRow> = Sql::new(&sql).bind(id).one(tx).await?;
    row.ok_or(Error::NotFound)?.into_details()
}

async fn stand(tx: &Tx, content: &Content) -> Result<Standing> {
    let community = content.community.ok_or(Error::NotFound)?;
    standing(tx, tx.viewer(), community).await
}

async fn has_voted(tx: &Tx, table: &str, id: PostId) -> Result<bool> {
    let Some(person) = tx.viewer().person_id() else {
        return Ok(false);
    };
    let sql = format!("SELECT COUNT(*) AS total FROM {table} WHERE post_id = ");
    let sql = Sql::new(&sql)
        .bind(id)
        .push(" AND person_id = ")
        .bind(person);
    let row: Option<Total> = sql.one(tx).await?;
    Ok(row.is_some_and(|row| row.total > 0))
}

/// May start a post of `kind` in a community.
///
/// # Errors
/// `NotFound`, `Forbidden`, database errors.
pub(crate) async fn may_post(tx: &Tx, community: CommunityId, kind: PostKind) -> Result<MayPost> {
    may_start(&standing_locked(tx, community).await?, kind)?;
    Ok(MayPost { community })
}

/// May share a post into another community.
///
/// # Errors
/// `NotFound`, `Forbidden` (`SHARE_WOULD_LEAK`, `ALREADY_THERE`), database errors.
pub(crate) async fn may_share(tx: &Tx, id: PostId, target: CommunityId) -> Result<MayShare> {
    let original = seen::may_see(tx, id.into()).await?;
    let original = original.content();
    if !original.is_root() {
        return Err(Error::NotFound);
    }
    // Held still, so that it does not become private while it is shared.
    let source = original.community.ok_or(Error::NotFound)?;
    let source = standing_locked(tx, source).await?;
    forbid(refuse_share(original, Some(&source)))?;
    if original.community == Some(target) {
        return Err(Error::Forbidden("ALREADY_THERE"));
    }
    may_start(&standing_locked(tx, target).await?, PostKind::Discussion)?;
    Ok(MayShare {
        original: id,
        target,
    })
}

/// May change the text.
///
/// # Errors
/// `NotFound`, `Forbidden`, database errors.
pub(crate) async fn may_edit(tx: &Tx, id: PostId) -> Result<MayEdit> {
    let inner = seen::may_edit(tx, id.into()).await?;
    let details = details_in(tx, id).await?;
    Ok(MayEdit { inner, details })
}

/// May take it away.
///
/// # Errors
/// `NotFound`, `Forbidden`, database errors.
pub(crate) async fn may_delete(tx: &Tx, id: PostId) -> Result<seen::MayDelete> {
    let permit = seen::may_delete(tx, id.into()).await?;
    details_in(tx, id).await?;
    Ok(permit)
}

/// May pin and unpin.
///
/// # Errors
/// `NotFound`, `Forbidden`, database errors.
pub(crate) async fn may_pin(tx: &Tx, id: PostId) -> Result<MayPin> {
    let inner = seen::may_moderate(tx, id.into()).await?;
    if tx.get_database_backend() == DbBackend::Postgres {
        // The community's own row is held shared by now, so pins take turns by a lock of their own.
        let sql = Sql::new("SELECT pg_advisory_xact_lock(hashtextextended('pins ' || CAST(");
        let sql = sql.bind(inner.content().community.map(|id| id.0));
        sql.push(" AS uuid)::text, 0))").run(tx).await?;
    }
    let details = details_in(tx, id).await?;
    Ok(MayPin { inner, details })
}

/// May close the thread.
///
/// # Errors
/// `NotFound`, `Forbidden`, database errors.
pub(crate) async fn may_close(tx: &Tx, id: PostId) -> Result<seen::MayClose> {
    let permit = seen::may_close(tx, id.into()).await?;
    details_in(tx, id).await?;
    Ok(permit)
}

/// May open the thread again.
///
/// # Errors
/// `NotFound`, `Forbidden` (`CLOSED_BY_MODERATOR`), `Conflict(NOT_CLOSED)`, database errors.
pub(crate) async fn may_reopen(tx: &Tx, id: PostId) -> Result<MayReopen> {
    let inner = seen::may_close(tx, id.into()).await?;
    let details = details_in(tx, id).await?;
    let thread = content::queries::thread_in(tx, inner.content()).await?;
    if thread.closed.is_none() {
        return Err(Error::Conflict("NOT_CLOSED"));
    }
    let standing = stand(tx, inner.content()).await?;
    let scene = scene(tx, inner.content(), &details, &thread, &standing, false);
    forbid(refuse_reopen(&scene))?;
    Ok(MayReopen { inner })
}

/// May move the thread to `target`.
///
/// # Errors
/// `NotFound`, `Forbidden`, `Conflict(ALREADY_THERE)`, database errors.
pub(crate) async fn may_move(tx: &Tx, id: PostId, target: CommunityId) -> Result<MayMove> {
    let inner = seen::may_close(tx, id.into()).await?;
    let details = details_in(tx, id).await?;
    if inner.content().community == Some(target) {
        return Err(Error::Conflict("ALREADY_THERE"));
    }
    may_start(&standing_locked(tx, target).await?, details.kind)?;
    Ok(MayMove { inner })
}

/// May publish it now or set another time.
///
/// # Errors
/// `NotFound`, `Forbidden`, `Conflict(WRONG_STATE)`, database errors.
pub(crate) async fn may_schedule(tx: &Tx, id: PostId) -> Result<MaySchedule> {
    let inner = seen::may_publish(tx, id.into()).await?;
    let details = details_in(tx, id).await?;
    match inner.content().state {
        ContentState::Draft | ContentState::Scheduled => {}
        _ => return Err(Error::Conflict("WRONG_STATE")),
    }
    may_start(&stand(tx, inner.content()).await?, details.kind)?;
    Ok(MaySchedule { inner, details })
}

/// May mark a reply as the best answer.
///
/// # Errors
/// `NotFound`, `Forbidden`, database errors.
pub(crate) async fn may_answer(tx: &Tx, id: PostId) -> Result<seen::MayAnswer> {
    let permit = seen::may_answer(tx, id.into()).await?;
    if permit.root().state != ContentState::Published {
        return Err(Error::Forbidden("NOT_PUBLISHED"));
    }
    Ok(permit)
}

/// May say what becomes of the idea.
///
/// # Errors
/// `NotFound`, `Forbidden`, database errors.
pub(crate) async fn may_set_idea_state(tx: &Tx, id: PostId) -> Result<MaySetIdeaState> {
    let inner = seen::may_moderate(tx, id.into()).await?;
    let details = details_in(tx, id).await?;
    if details.idea.is_none() {
        return Err(Error::Forbidden("NOT_AN_IDEA"));
    }
    Ok(MaySetIdeaState { inner, details })
}

/// May vote in the poll.
///
/// # Errors
/// `NotFound`, `Forbidden` (`POLL_CLOSED`, `VOTE_IS_FINAL`, …), database errors.
pub(crate) async fn may_vote_in_poll(tx: &Tx, id: PostId) -> Result<MayVoteInPoll> {
    let inner = seen::may_reply(tx, id.into()).await?;
    let details = details_in(tx, id).await?;
    let standing = stand(tx, inner.root()).await?;
    let voted = has_voted(tx, "poll_voters", id).await?;
    let scene = scene(tx, inner.root(), &details, inner.thread(), &standing, voted);
    forbid(refuse_poll_vote(&scene))?;
    Ok(MayVoteInPoll { inner, details })
}

/// May vote for the idea.
///
/// # Errors
/// `NotFound`, `Forbidden` (`IDEA_DECIDED`, …), database errors.
pub(crate) async fn may_vote_for_idea(tx: &Tx, id: PostId) -> Result<MayVoteForIdea> {
    let inner = seen::may_reply(tx, id.into()).await?;
    let details = details_in(tx, id).await?;
    let standing = stand(tx, inner.root()).await?;
    let scene = scene(tx, inner.root(), &details, inner.thread(), &standing, false);
    forbid(refuse_idea_vote(&scene))?;
    Ok(MayVoteForIdea { inner })
}

/// Sees the announcement; that is enough to say so, also where nobody writes any more.
///
/// # Errors
/// `NotFound`, `Forbidden(NOT_AN_ANNOUNCEMENT)`, database errors.
pub(crate) async fn may_mark_seen(tx: &Tx, id: PostId) -> Result<MayMarkSeen> {
    let inner = seen::may_see(tx, id.into()).await?;
    let details = details_in(tx, id).await?;
    if details.kind != PostKind::Announcement {
        return Err(Error::Forbidden("NOT_AN_ANNOUNCEMENT"));
    }
    if !inner.content().state.is_public_to_audience() {
        return Err(Error::Forbidden("NOT_PUBLISHED"));
    }
    Ok(MayMarkSeen { inner })
}

/// Whether the author of a scheduled post may still publish it: rights are read when it comes out,
/// not when it was written.
///
/// # Errors
/// Database errors.
pub(crate) async fn may_publish_due(
    tx: &Tx,
    content: &Content,
    details: &PostDetails,
) -> Result<Result<()>> {
    let Some(community) = content.community else {
        return Ok(Err(Error::NotFound));
    };
    match standing_of(tx, content.author, community).await {
        Ok(standing) => Ok(may_start(&standing, details.kind)),
        Err(Error::NotFound) => Ok(Err(Error::NotFound)),
        Err(error) => Err(error),
    }
}

fn scene<'a>(
    tx: &'a Tx,
    content: &'a Content,
    details: &'a PostDetails,
    thread: &'a Thread,
    standing: &'a Standing,
    has_voted: bool,
) -> Scene<'a> {
    Scene {
        viewer: tx.viewer(),
        content,
        details,
        thread,
        standing: Some(standing),
        has_voted,
        now: tx.now(),
    }
}
