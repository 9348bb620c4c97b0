//! Drafts. No text that reached the server is lost: each save is a version, and when two devices
//! wrote at once both texts are kept, the later one as a draft of its own.

use kernel::{AttachmentId, DraftId, Error, PersonId, Problem, Result, SubjectRef, Viewer};
use platform::{Database, Tx};
use sea_orm::{FromQueryResult, Value};

use super::prepare::uploads;
use crate::events;
use crate::model::{DraftSave, DraftView, KEPT_DRAFT_VERSIONS, MAX_ATTACHMENTS, MAX_DRAFTS};
use crate::table::{DraftRow, Sql};

/// Longest text of a draft, in characters; more than can be published, so that it can be shortened.
const MAX_BODY: usize = 100_000;
/// Longest title of a draft, in characters.
const MAX_TITLE: usize = 1_000;
/// Most bytes of what else the composer keeps.
const MAX_EXTRAS: usize = 32_768;

/// What came of saving a draft.
#[derive(Debug, Clone)]
pub struct SavedDraft {
    /// The text that was just saved.
    pub draft: DraftView,
    /// The other text, when another device wrote meanwhile.
    pub conflict: Option<DraftView>,
}

/// Saves a draft. With an outdated base version the text is kept as a new draft beside the other.
///
/// # Errors
/// `Invalid` (`TEXT_TOO_LONG`, `INVALID_EXTRAS`, `TOO_MANY_DRAFTS`), `NotFound` when the id is
/// somebody else's, database errors.
pub async fn save_draft(
    database: &Database,
    viewer: &Viewer,
    save: DraftSave,
) -> Result<SavedDraft> {
    let mut tx = database.begin(viewer).await?;
    let owner = tx.viewer().require_person()?;
    let save = clean(&tx, owner, save).await?;
    let before = match locked(&tx, save.id).await? {
        Some(before) => before,
        None => match create(&mut tx, owner, save.id, &save, None).await? {
            Some(draft) => {
                tx.commit().await?;
                return Ok(SavedDraft {
                    draft,
                    conflict: None,
                });
            }
            // Another device made it at this moment.
            None => locked(&tx, save.id).await?.ok_or(Error::NotFound)?,
        },
    };
    if before.owner != owner {
        return Err(Error::NotFound);
    }
    if says_the_same(&before, &save) {
        return Ok(SavedDraft {
            draft: before,
            conflict: None,
        });
    }
    if before.version == save.base_version {
        let draft = update(&mut tx, before, &save).await?;
        tx.commit().await?;
        return Ok(SavedDraft {
            draft,
            conflict: None,
        });
    }
    if let Some(copy) = same_copy(&tx, &save).await? {
        return Ok(SavedDraft {
            draft: copy,
            conflict: Some(before),
        });
    }
    let id = DraftId::at(tx.now());
    let copy = create(&mut tx, owner, id, &save, Some(before.id)).await?;
    let copy = copy.ok_or_else(|| Error::bug("a new draft's id was taken"))?;
    tx.commit().await?;
    Ok(SavedDraft {
        draft: copy,
        conflict: Some(before),
    })
}

/// Checks sizes; removes what no database stores and attachments that are not one's own.
async fn clean(tx: &Tx, owner: PersonId, mut save: DraftSave) -> Result<DraftSave> {
    let mut problems = Vec::new();
    for (field, text, max) in [
        ("title", &save.title, MAX_TITLE),
        ("body", &save.body, MAX_BODY),
    ] {
        let actual = text.chars().count();
        if actual > max {
            let words = format!("The draft has {actual} characters, at most {max} are allowed.");
            let problem = Problem::new(field, "TEXT_TOO_LONG", words);
            problems.push(problem.with("max", max).with("actual", actual));
        }
    }
    let is_object =
        serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(&save.extras);
    if save.extras.len() > MAX_EXTRAS || is_object.is_err() {
        let text = "The extras of a draft are a JSON object.";
        problems.push(Problem::new("extras", "INVALID_EXTRAS", text));
    }
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    save.title.retain(|c| c != '\0');
    save.body.retain(|c| c != '\0');
    save.attachments.truncate(MAX_ATTACHMENTS);
    let known = uploads(tx, &save.attachments).await?;
    let is_own = |id: &AttachmentId| known.get(id).is_some_and(|(whose, _)| *whose == owner);
    save.attachments.retain(is_own);
    Ok(save)
}

fn says_the_same(draft: &DraftView, save: &DraftSave) -> bool {
    draft.title == save.title
        && draft.body == save.body
        && draft.extras == save.extras
        && draft.kind == save.kind
        && draft.community == save.community
        && draft.reply_to == save.reply_to
        && draft.attachments == save.attachments
}

async fn locked(tx: &Tx, id: DraftId) -> Result<Option<DraftView>> {
    let mut sql = Sql::new("SELECT ");
    sql.push(DraftRow::COLUMNS)
        .push(" FROM drafts d WHERE d.id = ")
        .bind(id);
    sql.lock(tx, "d");
    let row: Option<DraftRow> = sql.one(tx).await?;
    row.map(DraftRow::into_view).transpose()
}

/// The copy an earlier try of the same save has made.
async fn same_copy(tx: &Tx, save: &DraftSave) -> Result<Option<DraftView>> {
    let owner = tx.viewer().require_person()?;
    let mut sql = Sql::new("SELECT ");
    sql.push(DraftRow::COLUMNS)
        .push(" FROM drafts d WHERE d.person_id = ")
        .bind(owner);
    sql.push(" AND d.conflict_of = ").bind(save.id);
    let rows: Vec<DraftRow> = sql.all(tx).await?;
    let copies = rows.into_iter().map(DraftRow::into_view);
    let copies: Vec<DraftView> = copies.collect::<Result<_>>()?;
    Ok(copies.into_iter().find(|copy| says_the_same(copy, save)))
}

#[derive(FromQueryResult)]
struct TotalRow {
    total: i64,
}

/// Stores a new draft; `None` when the id is taken.
async fn create(
    tx: &mut Tx,
    owner: PersonId,
    id: DraftId,
    save: &DraftSave,
    conflict_of: Option<DraftId>,
) -> Result<Option<DraftView>> {
    let mut sql = Sql::new("SELECT COUNT(*) AS total FROM drafts WHERE person_id = ");
    sql.bind(owner);
    let row: Option<TotalRow> = sql.one(tx).await?;
    if row.is_some_and(|row| row.total >= MAX_DRAFTS) {
        let text = format!("You have {MAX_DRAFTS} drafts. Please remove one first.");
        let problem = Problem::new("draftId", "TOO_MANY_DRAFTS", text).with("max", MAX_DRAFTS);
        return Err(Error::Invalid(vec![problem]));
    }
    let draft = DraftView {
        id,
        owner,
        version: 1,
        kind: save.kind,
        community: save.community,
        reply_to: save.reply_to,
        title: save.title.clone(),
        body: save.body.clone(),
        extras: save.extras.clone(),
        attachments: save.attachments.clone(),
        conflict_of,
        updated_at: tx.now(),
    };
    let row: Vec<Value> = vec![
        draft.id.into(),
        owner.into(),
        draft.version.into(),
        draft.kind.as_str().into(),
        draft.community.map(|id| id.0).into(),
        draft.reply_to.map(|id| id.0).into(),
        draft.title.clone().into(),
        draft.body.clone().into(),
        draft.extras.clone().into(),
        serde_json::to_string(&draft.attachments)?.into(),
        draft.conflict_of.map(|id| id.0).into(),
        draft.updated_at.into(),
    ];
    let mut sql = Sql::new(
        "INSERT INTO drafts (id, person_id, version, kind, community_id, reply_to_id, title, body, \
         extras, attachment_ids, conflict_of, updated_at) VALUES ",
    );
    sql.bind_rows([row]).push(" ON CONFLICT (id) DO NOTHING");
    if sql.run(tx).await? == 0 {
        return Ok(None);
    }
    keep_version(tx, &draft).await?;
    announce(tx, "draft.saved", &draft);
    Ok(Some(draft))
}

async fn update(tx: &mut Tx, before: DraftView, save: &DraftSave) -> Result<DraftView> {
    let draft = DraftView {
        version: before.version + 1,
        kind: save.kind,
        community: save.community,
        reply_to: save.reply_to,
        title: save.title.clone(),
        body: save.body.clone(),
        extras: save.extras.clone(),
        attachments: save.attachments.clone(),
        updated_at: tx.now(),
        ..before
    };
    let mut sql = Sql::new("UPDATE drafts SET version = ");
    sql.bind(draft.version)
        .push(", kind = ")
        .bind(draft.kind.as_str());
    sql.push(", community_id = ")
        .bind(draft.community.map(|id| id.0));
    sql.push(", reply_to_id = ")
        .bind(draft.reply_to.map(|id| id.0));
    sql.push(", title = ").bind(draft.title.as_str());
    sql.push(", body = ").bind(draft.body.as_str());
    sql.push(", extras = ").bind(draft.extras.as_str());
    sql.push(", attachment_ids = ")
        .bind(serde_json::to_string(&draft.attachments)?);
    sql.push(", updated_at = ")
        .bind(draft.updated_at)
        .push(" WHERE id = ")
        .bind(draft.id);
    sql.run(tx).await?;
    keep_version(tx, &draft).await?;
    announce(tx, "draft.saved", &draft);
    Ok(draft)
}

async fn keep_version(tx: &Tx, draft: &DraftView) -> Result<()> {
    let mut sql =
        Sql::new("INSERT INTO draft_versions (draft_id, version, title, body, saved_at) VALUES ");
    let row: Vec<Value> = vec![
        draft.id.into(),
        draft.version.into(),
        draft.title.clone().into(),
        draft.body.clone().into(),
        draft.updated_at.into(),
    ];
    sql.bind_rows([row]);
    sql.run(tx).await?;
    let mut sql = Sql::new("DELETE FROM draft_versions WHERE draft_id = ");
    sql.bind(draft.id)
        .push(" AND version <= ")
        .bind(draft.version - KEPT_DRAFT_VERSIONS);
    sql.run(tx).await?;
    Ok(())
}

fn announce(tx: &mut Tx, kind: &'static str, draft: &DraftView) {
    let subject = SubjectRef::new(DraftId::PREFIX, draft.id);
    tx.announce(events::personal(kind, subject, draft.owner));
}

/// Removes one of the viewer's drafts with its versions.
///
/// # Errors
/// `NotFound`, database errors.
pub async fn delete_draft(database: &Database, viewer: &Viewer, id: DraftId) -> Result<DraftId> {
    let mut tx = database.begin(viewer).await?;
    let owner = tx.viewer().require_person()?;
    if !discard_draft(&mut tx, owner, id).await? {
        return Err(Error::NotFound);
    }
    tx.commit().await?;
    Ok(id)
}

/// Removes a draft within the transaction that publishes it; tells whether there was one.
///
/// # Errors
/// Database errors.
pub async fn discard_draft(tx: &mut Tx, owner: PersonId, id: DraftId) -> Result<bool> {
    let mut sql = Sql::new("UPDATE drafts SET conflict_of = NULL WHERE person_id = ");
    sql.bind(owner).push(" AND conflict_of = ").bind(id);
    sql.run(tx).await?;
    let mut sql = Sql::new("DELETE FROM drafts WHERE id = ");
    sql.bind(id).push(" AND person_id = ").bind(owner);
    if sql.run(tx).await? == 0 {
        return Ok(false);
    }
    let subject = SubjectRef::new(DraftId::PREFIX, id);
    tx.announce(events::personal("draft.deleted", subject, owner));
    Ok(true)
}
