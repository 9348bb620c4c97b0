//! New communities.

use kernel::{CommunityId, Error, PersonId, Result, Timestamp, Viewer};
use platform::{Database, Tx};
use sea_orm::{ConnectionTrait, Value};
use uuid::Uuid;

use crate::commands::input::Checks;
use crate::commands::insert_membership;
use crate::commands::slugs::{self, Secrecy};
use crate::events;
use crate::model::{CommunityRole, CommunityVisibility, NewCommunity, cover_color, sort_key};
use crate::table::{self, CommunityKey};

/// Creates a community owned by the viewer. Every active person may. Repeating it with the same
/// client id gives the same community.
///
/// # Errors
/// `Invalid` with all problems of the input.
pub async fn create(
    database: &Database,
    viewer: &Viewer,
    new: NewCommunity,
) -> Result<CommunityId> {
    let owner = viewer.require_person()?;
    if !identity::policy::may_create_community(viewer) {
        return Err(Error::Forbidden("TOKEN_READ_ONLY"));
    }
    let client_id = new.client_id;
    let mut tx = database.begin(viewer).await?;
    if let Some(id) = made_before(&tx, owner, client_id).await? {
        tx.rollback().await?;
        return Ok(id);
    }
    let at = tx.now();
    let made = match insert(&mut tx, owner, new, at, Origin::Person).await {
        Ok(id) => tx.commit().await.map(|()| id),
        Err(error) => tx.rollback().await.and(Err(error)),
    };
    match made {
        // The same call was faster on another connection.
        Err(Error::Conflict("ALREADY_EXISTS")) => {
            let reader = database.reader(viewer);
            let id = made_before(&reader, owner, client_id).await?;
            id.ok_or(Error::Conflict("ALREADY_EXISTS"))
        }
        made => made,
    }
}

/// Creates a community on behalf of `owner` with the time it really began; announced as imported.
///
/// # Errors
/// `Invalid` with all problems of the input.
pub async fn create_in(
    tx: &mut Tx,
    owner: PersonId,
    new: NewCommunity,
    at: Timestamp,
) -> Result<CommunityId> {
    insert(tx, owner, new, at, Origin::Import).await
}

/// Where a new community comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    Person,
    Import,
    /// The one everybody is in.
    AllCompany,
}

async fn made_before<C: ConnectionTrait>(
    db: &C,
    owner: PersonId,
    client_id: Option<Uuid>,
) -> Result<Option<CommunityId>> {
    let Some(client_id) = client_id else {
        return Ok(None);
    };
    let sql = "SELECT id AS community_id FROM communities WHERE created_by = $1 AND client_id = $2";
    let row: Option<CommunityKey> = table::one(db, sql, [owner.into(), client_id.into()]).await?;
    Ok(row.map(|row| row.community_id))
}

/// Checks and writes a community with its first owner.
pub(super) async fn insert(
    tx: &mut Tx,
    owner: PersonId,
    new: NewCommunity,
    at: Timestamp,
    origin: Origin,
) -> Result<CommunityId> {
    let mut checks = Checks::default();
    let name = checks.name(&new.name);
    let (description, html) = checks.description(&new.description);
    let topics = checks.topics(&new.topics);
    checks.done()?;
    let id = CommunityId::at(at);
    let is_all_company = origin == Origin::AllCompany;
    let sql = "INSERT INTO communities (id, slug, name, search_text, description, description_html, \
               visibility, joining, posting, is_official, is_all_company, cover_color, topics, \
               member_count, created_by, client_id, created_at, updated_at) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, $11, $12, $13, $14, $15, $16, $16)";
    let values: [Value; 16] = [
        id.into(),
        // Until the slug is taken: unique, and never seen outside this transaction.
        id.0.simple().to_string().into(),
        name.as_str().into(),
        sort_key(&name).into(),
        description.into(),
        html.into(),
        new.visibility.as_str().into(),
        new.joining.as_str().into(),
        new.posting.as_str().into(),
        is_all_company.into(),
        cover_color(&name).into(),
        table::topics_to_text(&topics).into(),
        1_i64.into(),
        owner.into(),
        new.client_id.into(),
        at.into(),
    ];
    table::execute(tx, sql, values).await?;
    let secrecy = match new.visibility {
        CommunityVisibility::Secret => Secrecy::Secret,
        CommunityVisibility::Public | CommunityVisibility::Private => Secrecy::Known,
    };
    let slug = slugs::from_name(tx, id, &name, secrecy).await?;
    let sql = "UPDATE communities SET slug = $1 WHERE id = $2";
    table::execute(tx, sql, [slug.into(), id.into()]).await?;
    let membership = insert_membership(tx, id, owner, CommunityRole::Owner, at).await?;
    let imported = origin == Origin::Import;
    tx.announce(events::community(events::CREATED, id).imported(imported));
    tx.announce(events::membership(events::JOINED, membership, id, owner).imported(imported));
    Ok(id)
}
