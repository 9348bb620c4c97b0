//! Changes of the text, and taking the post away.

use content::ContentEdit;
use kernel::{PostId, Result, Viewer};
use platform::Database;

use crate::kinds;
use crate::model::PostChange;
use crate::policy;
use crate::table::Sql;

/// Changes title, text, topics or attachments; the text's audience can read what it was before.
///
/// # Errors
/// `NotFound`, `Forbidden` (only authors change their words; `POLL_HAS_VOTES`), `Invalid` with all
/// problems, database errors.
pub async fn update(
    database: &Database,
    viewer: &Viewer,
    id: PostId,
    change: PostChange,
) -> Result<()> {
    let mut tx = database.begin(viewer).await?;
    let permit = policy::may_edit(&tx, id).await?;
    let details = permit.details().clone();
    let permit = permit.into_inner();
    let before = permit.content();
    let is_new_title = change
        .title
        .as_ref()
        .is_some_and(|title| *title != before.title);
    let is_new_body = change
        .body
        .as_ref()
        .is_some_and(|body| *body != before.source);
    if is_new_title || is_new_body {
        kinds::of(details.kind).may_change_text(&details)?;
    }
    let edit = ContentEdit {
        title: change.title,
        source: change.body,
        topics: change.topics,
        attachments: change.attachments,
    };
    content::commands::edit(&mut tx, permit, edit).await?;
    tx.commit().await
}

/// Takes the post away: it leaves all feeds, and nobody reads its thread any more.
///
/// # Errors
/// `NotFound`, `Forbidden`, database errors.
pub async fn delete(database: &Database, viewer: &Viewer, id: PostId) -> Result<()> {
    let mut tx = database.begin(viewer).await?;
    let permit = policy::may_delete(&tx, id).await?;
    content::commands::delete(&mut tx, permit).await?;
    let sql = "UPDATE posts SET pinned_at = NULL, pinned_by = NULL, pinned_in = NULL \
               WHERE pinned_in IS NOT NULL AND id = ";
    Sql::new(sql).bind(id).run(&tx).await?;
    tx.commit().await
}
