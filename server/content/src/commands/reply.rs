//! What resolvers call for replies, reactions and subscriptions: one transaction each.

use kernel::{ContentId, ContentState, Error, PostId, ReplyId, Result, Viewer};
use platform::{Database, Tx};
use sea_orm::FromQueryResult;

use super::{Inserted, delete, discard_draft, edit, insert, set_reaction, subscribe};
use crate::model::{
    Content, ContentEdit, ContentKind, NewContent, NewReply, ReplyEdit, ThreadSubscription,
    parse_client_id,
};
use crate::policy::{may_delete, may_edit, may_react, may_reply, may_see};
use crate::queries;
use crate::table::Sql;

/// Writes a reply. Repeating it with the same client id gives the first result.
///
/// # Errors
/// `Invalid` with all problems, `NotFound`, `Forbidden` (`THREAD_CLOSED`, `MEMBERS_ONLY`,
/// `COMMUNITY_ARCHIVED`), database errors.
pub async fn create_reply(database: &Database, viewer: &Viewer, new: NewReply) -> Result<Content> {
    let client_id = parse_client_id(&new.client_id)?;
    let mut tx = database.begin(viewer).await?;
    let author = tx.viewer().require_person()?;
    if let Some(before) = queries::by_client_id(&tx, author, client_id).await? {
        return repeated(before);
    }
    let permit = may_reply(&tx, new.post.into()).await?;
    let parent = top_parent(&tx, permit.root.id, new.parent).await?;
    let reply = NewContent {
        parent,
        attachments: new.attachments,
        client_id: Some(client_id),
        ..NewContent::reply(ReplyId::at(tx.now()), author, &permit.root, new.body)
    };
    match insert(&mut tx, reply).await? {
        Inserted::Repeated(before) => repeated(before),
        Inserted::New(content) => {
            if let Some(draft) = new.draft {
                discard_draft(&mut tx, author, draft).await?;
            }
            tx.commit().await?;
            Ok(content)
        }
    }
}

fn repeated(before: Content) -> Result<Content> {
    match before.kind {
        ContentKind::Reply => Ok(before),
        ContentKind::Post => Err(Error::Conflict("ALREADY_EXISTS")),
    }
}

#[derive(FromQueryResult)]
struct ParentRow {
    id: ContentId,
    parent_id: Option<ContentId>,
}

/// Threads are one level deep: whoever answers an answer answers the reply above it.
async fn top_parent(
    tx: &Tx,
    root: ContentId,
    parent: Option<ReplyId>,
) -> Result<Option<ContentId>> {
    let Some(parent) = parent else {
        return Ok(None);
    };
    let mut sql = Sql::new("SELECT id, parent_id FROM contents WHERE kind = 'reply' AND id = ");
    sql.bind(parent).push(" AND root_id = ").bind(root);
    sql.push(" AND state = ")
        .bind(ContentState::Published.as_str());
    let row: Option<ParentRow> = sql.one(tx).await?;
    let row = row.ok_or_else(|| {
        let text = "The reply you answer is not there any more.";
        Error::invalid("parentId", "PARENT_NOT_FOUND", text)
    })?;
    Ok(Some(row.parent_id.unwrap_or(row.id)))
}

fn only_reply(content: &Content) -> Result<()> {
    if content.kind == ContentKind::Reply {
        Ok(())
    } else {
        Err(Error::NotFound)
    }
}

/// Changes a reply.
///
/// # Errors
/// `Invalid` with all problems, `NotFound`, `Forbidden`, database errors.
pub async fn update_reply(
    database: &Database,
    viewer: &Viewer,
    id: ReplyId,
    change: ReplyEdit,
) -> Result<Content> {
    let mut tx = database.begin(viewer).await?;
    let permit = may_edit(&tx, id.into()).await?;
    only_reply(permit.content())?;
    let change = ContentEdit {
        source: Some(change.body),
        attachments: change.attachments,
        ..ContentEdit::default()
    };
    let content = edit(&mut tx, permit, change).await?;
    tx.commit().await?;
    Ok(content)
}

/// Takes a reply away; its empty place remains in the thread.
///
/// # Errors
/// `NotFound`, `Forbidden`, database errors.
pub async fn delete_reply(database: &Database, viewer: &Viewer, id: ReplyId) -> Result<Content> {
    let mut tx = database.begin(viewer).await?;
    let permit = may_delete(&tx, id.into()).await?;
    only_reply(permit.content())?;
    let content = delete(&mut tx, permit).await?;
    tx.commit().await?;
    Ok(content)
}

/// Sets or takes back the viewer's reaction to a post or a reply.
///
/// # Errors
/// `Invalid` (`INVALID_EMOJI`, `TOO_MANY_EMOJI`), `NotFound`, `Forbidden`, database errors.
pub async fn react(
    database: &Database,
    viewer: &Viewer,
    id: ContentId,
    emoji: &str,
    reacted: bool,
) -> Result<Content> {
    let mut tx = database.begin(viewer).await?;
    let permit = may_react(&tx, id).await?;
    let content = set_reaction(&mut tx, permit, emoji, reacted).await?;
    tx.commit().await?;
    Ok(content)
}

/// Sets how the viewer follows the thread of a post. Gives the post's content.
///
/// # Errors
/// `NotFound`, database errors.
pub async fn subscribe_thread(
    database: &Database,
    viewer: &Viewer,
    post: PostId,
    state: ThreadSubscription,
) -> Result<Content> {
    let mut tx = database.begin(viewer).await?;
    let permit = may_see(&tx, post.into()).await?;
    if !permit.content().is_root() {
        return Err(Error::NotFound);
    }
    subscribe(&mut tx, &permit, state).await?;
    tx.commit().await?;
    Ok(permit.content)
}
