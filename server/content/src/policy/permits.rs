//! Permits: proof that somebody may do something, holding the locked rows.
//!
//! A permit is made only here, inside the transaction that writes, and commands take it by value.
//! What is not visible is `NotFound`; what is visible but not allowed is `Forbidden` with a reason.

use communities::policy::{Standing, standing_locked};
use kernel::{ContentId, Error, Result};
use platform::Tx;

use super::rules::{
    Refusal, refuse_answering, refuse_closing, refuse_deleting, refuse_editing, refuse_moderating,
    refuse_publishing, refuse_reacting, refuse_replying,
};
use super::seeing::visible;
use crate::model::{Content, Thread};
use crate::table::{CONTENT_COLUMNS, ContentRow, Sql, THREAD_COLUMNS, ThreadRow};

fn check(refusal: Option<Refusal>) -> Result<()> {
    refusal.map_or(Ok(()), |reason| Err(Error::Forbidden(reason)))
}

/// Where the writer stands in the content's community, which nobody changes meanwhile.
async fn stand(tx: &Tx, content: &Content) -> Result<Option<Standing>> {
    let Some(community) = content.community else {
        return Ok(None);
    };
    match standing_locked(tx, community).await {
        Ok(standing) => Ok(Some(standing)),
        // One's own draft for a community one no longer knows of.
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Loads a visible content and keeps its row locked.
async fn lock_content(tx: &Tx, id: ContentId) -> Result<Content> {
    let mut sql = Sql::new(format!(
        "SELECT {CONTENT_COLUMNS} FROM contents c WHERE c.id = "
    ));
    sql.bind(id).push(" AND ");
    visible(&mut sql, tx.viewer());
    sql.lock(tx, "c");
    let row: Option<ContentRow> = sql.one(tx).await?;
    row.ok_or(Error::NotFound)?.into_view()
}

async fn load_thread(tx: &Tx, root: ContentId) -> Result<Thread> {
    let mut sql = Sql::new(format!(
        "SELECT {THREAD_COLUMNS} FROM threads t WHERE t.root_id = "
    ));
    sql.bind(root);
    let row: Option<ThreadRow> = sql.one(tx).await?;
    row.map(ThreadRow::into_view).ok_or(Error::NotFound)
}

/// Locks the start of a thread, and the content itself when it is a reply: always in this order.
async fn lock_in_thread(tx: &Tx, id: ContentId) -> Result<Content> {
    let first = lock_root_of(tx, id).await?;
    if first.id == id {
        Ok(first)
    } else {
        lock_content(tx, id).await
    }
}

async fn lock_root_of(tx: &Tx, id: ContentId) -> Result<Content> {
    let columns = CONTENT_COLUMNS;
    let mut sql = Sql::new(format!(
        "SELECT {columns} FROM contents c WHERE c.id = (SELECT part.root_id FROM contents part WHERE part.id = "
    ));
    sql.bind(id).push(") AND ");
    visible(&mut sql, tx.viewer());
    sql.lock(tx, "c");
    let row: Option<ContentRow> = sql.one(tx).await?;
    row.ok_or(Error::NotFound)?.into_view()
}

macro_rules! permit {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name {
            pub(crate) content: Content,
        }

        impl $name {
            /// What the permit is about, as locked.
            pub fn content(&self) -> &Content {
                &self.content
            }
        }
    };
}

permit!(/// The viewer sees it.
    MaySee);
permit!(/// The viewer may change its text.
    MayEdit);
permit!(/// The viewer may take it away.
    MayDelete);
permit!(/// The viewer may publish it, or set a time for it.
    MayPublish);
permit!(/// The viewer may react to it.
    MayReact);
permit!(/// The viewer looks after it as a moderator.
    MayModerate);
permit!(/// The viewer may close and reopen its thread.
    MayClose);
permit!(/// The house itself changes its state.
    MaySystem);

/// The viewer may write a reply in the thread.
#[derive(Debug)]
pub struct MayReply {
    pub(crate) root: Content,
    pub(crate) thread: Thread,
}

impl MayReply {
    /// The start of the thread, as locked.
    pub fn root(&self) -> &Content {
        &self.root
    }

    /// The thread before the reply.
    pub fn thread(&self) -> &Thread {
        &self.thread
    }
}

/// The viewer may mark the best answer of the thread.
#[derive(Debug)]
pub struct MayAnswer {
    pub(crate) root: Content,
    pub(crate) thread: Thread,
}

impl MayAnswer {
    /// The start of the thread, as locked.
    pub fn root(&self) -> &Content {
        &self.root
    }

    /// The thread before the change.
    pub fn thread(&self) -> &Thread {
        &self.thread
    }
}

/// Sees it.
///
/// # Errors
/// `NotFound`, database errors.
pub async fn may_see(tx: &Tx, id: ContentId) -> Result<MaySee> {
    Ok(MaySee {
        content: lock_content(tx, id).await?,
    })
}

/// May write a reply in the thread of `root`.
///
/// # Errors
/// `NotFound`, `Forbidden` (`THREAD_CLOSED`, `COMMUNITY_ARCHIVED`, `NOT_A_MEMBER`), database errors.
pub async fn may_reply(tx: &Tx, root: ContentId) -> Result<MayReply> {
    let root = lock_content(tx, root).await?;
    if !root.is_root() {
        return Err(Error::NotFound);
    }
    let thread = load_thread(tx, root.id).await?;
    let standing = stand(tx, &root).await?;
    check(refuse_replying(&root, &thread, standing.as_ref()))?;
    Ok(MayReply { root, thread })
}

/// May change its text.
///
/// # Errors
/// `NotFound`, `Forbidden`, database errors.
pub async fn may_edit(tx: &Tx, id: ContentId) -> Result<MayEdit> {
    let content = lock_content(tx, id).await?;
    let standing = stand(tx, &content).await?;
    check(refuse_editing(tx.viewer(), &content, standing.as_ref()))?;
    Ok(MayEdit { content })
}

/// May take it away.
///
/// # Errors
/// `NotFound`, `Forbidden`, database errors.
pub async fn may_delete(tx: &Tx, id: ContentId) -> Result<MayDelete> {
    let content = lock_in_thread(tx, id).await?;
    let standing = stand(tx, &content).await?;
    check(refuse_deleting(tx.viewer(), &content, standing.as_ref()))?;
    Ok(MayDelete { content })
}

/// May publish its own draft or scheduled content, or set another time.
///
/// # Errors
/// `NotFound`, `Forbidden`, database errors.
pub async fn may_publish(tx: &Tx, id: ContentId) -> Result<MayPublish> {
    let content = lock_content(tx, id).await?;
    let standing = stand(tx, &content).await?;
    check(refuse_publishing(tx.viewer(), &content, standing.as_ref()))?;
    Ok(MayPublish { content })
}

/// May react to it.
///
/// # Errors
/// `NotFound`, `Forbidden`, database errors.
pub async fn may_react(tx: &Tx, id: ContentId) -> Result<MayReact> {
    let content = lock_content(tx, id).await?;
    let standing = stand(tx, &content).await?;
    check(refuse_reacting(&content, standing.as_ref()))?;
    Ok(MayReact { content })
}

/// Looks after it as a moderator: pin, move.
///
/// # Errors
/// `NotFound`, `Forbidden`, database errors.
pub async fn may_moderate(tx: &Tx, id: ContentId) -> Result<MayModerate> {
    let content = lock_content(tx, id).await?;
    let standing = stand(tx, &content).await?;
    check(refuse_moderating(&content, standing.as_ref()))?;
    Ok(MayModerate { content })
}

/// May close or reopen the thread of `root`.
///
/// # Errors
/// `NotFound`, `Forbidden`, database errors.
pub async fn may_close(tx: &Tx, root: ContentId) -> Result<MayClose> {
    let content = lock_content(tx, root).await?;
    if !content.is_root() {
        return Err(Error::NotFound);
    }
    let standing = stand(tx, &content).await?;
    check(refuse_closing(tx.viewer(), &content, standing.as_ref()))?;
    Ok(MayClose { content })
}

/// May mark the best answer in the thread of `root`.
///
/// # Errors
/// `NotFound`, `Forbidden`, database errors.
pub async fn may_answer(tx: &Tx, root: ContentId) -> Result<MayAnswer> {
    let root = lock_content(tx, root).await?;
    if !root.is_root() {
        return Err(Error::NotFound);
    }
    let thread = load_thread(tx, root.id).await?;
    let standing = stand(tx, &root).await?;
    check(refuse_answering(
        tx.viewer(),
        root.author,
        &thread,
        standing.as_ref(),
    ))?;
    Ok(MayAnswer { root, thread })
}

/// Changes its state as the house itself, for what happens at a set time.
///
/// # Errors
/// `Forbidden` for any person, `NotFound`, database errors.
pub async fn may_system(tx: &Tx, id: ContentId) -> Result<MaySystem> {
    if !tx.viewer().is_system() {
        return Err(Error::Forbidden("SYSTEM_ONLY"));
    }
    Ok(MaySystem {
        content: lock_content(tx, id).await?,
    })
}
