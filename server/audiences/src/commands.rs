//! Keeping audiences under a name. Only its owner changes one.

use kernel::{AudienceId, Error, Problem, Result, Viewer};
use platform::{Database, Sql, Tx};
use sea_orm::{ConnectionTrait as _, DbBackend, Value};

use crate::events;
use crate::model::{AudienceDraft, MAX_NAME, SavedAudience};
use crate::policy::{Purpose, check};
use crate::queries;

/// Keeps an audience under a name.
///
/// # Errors
/// `Invalid` with all problems of name and rule.
pub async fn create(
    database: &Database,
    viewer: &Viewer,
    draft: AudienceDraft,
) -> Result<AudienceId> {
    let owner = viewer.require_person()?;
    let mut tx = database.begin(viewer).await?;
    let name = checked(&tx, &draft).await?;
    let id = AudienceId::at(tx.now());
    let row: [Value; 9] = [
        id.into(),
        owner.into(),
        name.as_str().into(),
        communities::model::sort_key(&name).into(),
        draft.rule.to_text()?.into(),
        draft.is_shared.into(),
        1_i32.into(),
        tx.now().into(),
        tx.now().into(),
    ];
    let mut sql = Sql::new(
        "INSERT INTO audiences (id, owner_id, name, search_text, rule, is_shared, version, \
         created_at, updated_at) VALUES ",
    );
    sql.bind_rows([row.to_vec()]);
    sql.run(&tx).await?;
    name_communities(&tx, id, &draft).await?;
    tx.announce(events::saved(events::CREATED, id, owner));
    tx.commit().await?;
    Ok(id)
}

/// Changes a saved audience. `version` is the one the change was made for.
///
/// # Errors
/// `NotFound`; `Forbidden("NOT_YOURS")`; `Conflict("CHANGED_MEANWHILE")` when it has another
/// version by now; `Invalid` with all problems of name and rule.
pub async fn update(
    database: &Database,
    viewer: &Viewer,
    (id, version): (AudienceId, i32),
    draft: AudienceDraft,
) -> Result<()> {
    let mut tx = database.begin(viewer).await?;
    let old = own(&tx, id).await?;
    if old.version != version {
        return Err(Error::Conflict("CHANGED_MEANWHILE"));
    }
    let name = checked(&tx, &draft).await?;
    let mut sql = Sql::new("UPDATE audiences SET name = ");
    sql.bind(name.as_str())
        .push(", search_text = ")
        .bind(communities::model::sort_key(&name))
        .push(", rule = ")
        .bind(draft.rule.to_text()?)
        .push(", is_shared = ")
        .bind(draft.is_shared)
        .push(", version = version + 1, updated_at = ")
        .bind(tx.now())
        .push(" WHERE id = ")
        .bind(id);
    sql.run(&tx).await?;
    forget_communities(&tx, id).await?;
    name_communities(&tx, id, &draft).await?;
    tx.announce(events::saved(events::CHANGED, id, old.owner_id));
    tx.commit().await
}

/// Deletes a saved audience. What was made from it keeps its rule.
///
/// # Errors
/// `NotFound`; `Forbidden("NOT_YOURS")`.
pub async fn delete(database: &Database, viewer: &Viewer, id: AudienceId) -> Result<()> {
    let mut tx = database.begin(viewer).await?;
    let old = own(&tx, id).await?;
    forget_communities(&tx, id).await?;
    let mut sql = Sql::new("DELETE FROM audiences WHERE id = ");
    sql.bind(id);
    sql.run(&tx).await?;
    tx.announce(events::saved(events::DELETED, id, old.owner_id));
    tx.commit().await
}

/// The audience, locked, if it is the writer's own.
async fn own(tx: &Tx, id: AudienceId) -> Result<SavedAudience> {
    let lock = match tx.get_database_backend() {
        DbBackend::Postgres => " FOR NO KEY UPDATE OF a",
        _ => "",
    };
    let audience = queries::load(tx, id, lock).await?;
    if tx.viewer().person_id() == Some(audience.owner_id) {
        Ok(audience)
    } else {
        Err(Error::Forbidden("NOT_YOURS"))
    }
}

/// Checks a draft; returns its clean name.
async fn checked(tx: &Tx, draft: &AudienceDraft) -> Result<String> {
    let name = richtext::clean_line(&draft.name, MAX_NAME)
        .map_err(|problem| Problem::new("name", "INVALID_TEXT", problem.to_string()));
    let rule = check(tx, &draft.rule, Purpose::Address).await;
    match (name, rule) {
        (Ok(name), Ok(())) => Ok(name),
        (Err(name), Err(Error::Invalid(mut problems))) => {
            problems.insert(0, name);
            Err(Error::Invalid(problems))
        }
        (Err(name), Ok(())) => Err(Error::Invalid(vec![name])),
        (_, Err(error)) => Err(error),
    }
}

async fn forget_communities(tx: &Tx, id: AudienceId) -> Result<()> {
    let mut sql = Sql::new("DELETE FROM audience_communities WHERE audience_id = ");
    sql.bind(id);
    sql.run(tx).await.map(|_| ())
}

async fn name_communities(tx: &Tx, id: AudienceId, draft: &AudienceDraft) -> Result<()> {
    let named = draft.rule.named().communities;
    let rows: Vec<Vec<Value>> = named
        .into_iter()
        .map(|community| vec![id.into(), community.into()])
        .collect();
    for rows in rows.chunks(500) {
        let mut sql =
            Sql::new("INSERT INTO audience_communities (audience_id, community_id) VALUES ");
        sql.bind_rows(rows.iter().cloned());
        sql.run(tx).await?;
    }
    Ok(())
}
