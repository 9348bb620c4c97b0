//! Reads. Each starts from what the reader's viewer may see; what is not visible is `NotFound`, or
//! absent from lists.

mod lists;
mod members;

use kernel::{CommunityId, Error, InvitationId, JoinRequestId, Result, Viewer};
use platform::Reader;
use sea_orm::{ConnectionTrait, Value};

use crate::model::{CommunityView, InvitationView, JoinRequestView};
use crate::policy::{viewer_value, visible_sql};
use crate::table::{
    self, COMMUNITY, CommunityKey, CommunityRow, INVITATION, InvitationRow, JOIN_REQUEST,
    JoinRequestRow,
};

pub use lists::{CommunityFilter, Listed, list};
pub use members::{MemberFilter, join_requests, member_levels, members, memberships_of};
pub(crate) use members::{members_of_viewer, pending_requests};

/// Most invitations of one person that are shown.
const MAX_INVITATIONS: u64 = 100;

/// Communities by id; invisible ones are absent.
///
/// # Errors
/// Database errors.
pub async fn by_ids<C: ConnectionTrait>(
    db: &C,
    viewer: &Viewer,
    ids: &[CommunityId],
) -> Result<Vec<CommunityView>> {
    let mut found = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(table::IDS_PER_LIST) {
        let sql = format!(
            "SELECT {COMMUNITY} FROM communities c WHERE {} AND c.id IN ({})",
            visible_sql(viewer, "c.id", 1),
            table::placeholders(2, chunk.len())
        );
        let ids = chunk.iter().map(|id| Value::from(*id));
        let values = std::iter::once(viewer_value(viewer)).chain(ids);
        for row in table::all::<CommunityRow, _>(db, sql, values).await? {
            found.push(row.try_into()?);
        }
    }
    Ok(found)
}

/// One community.
///
/// # Errors
/// `NotFound` when the viewer may not know of it.
pub async fn by_id(reader: &Reader, id: CommunityId) -> Result<CommunityView> {
    by_ids(reader, reader.viewer(), &[id])
        .await?
        .pop()
        .ok_or(Error::NotFound)
}

/// Communities by slug, each with the slug it was asked by: a present or a former one. Invisible
/// ones are absent.
///
/// # Errors
/// Database errors.
pub async fn by_slugs<C: ConnectionTrait>(
    db: &C,
    viewer: &Viewer,
    slugs: &[String],
) -> Result<Vec<(String, CommunityView)>> {
    #[derive(sea_orm::FromQueryResult)]
    struct SlugRow {
        slug: String,
        community_id: CommunityId,
    }
    if slugs.is_empty() {
        return Ok(Vec::new());
    }
    let mut rows: Vec<SlugRow> = Vec::new();
    for chunk in slugs.chunks(table::IDS_PER_LIST) {
        let marks = table::placeholders(1, chunk.len());
        let sql = format!("SELECT slug, community_id FROM community_slugs WHERE slug IN ({marks})");
        let values = chunk.iter().map(|slug| Value::from(slug.to_lowercase()));
        rows.extend(table::all::<SlugRow, _>(db, sql, values).await?);
    }
    let ids: Vec<CommunityId> = rows.iter().map(|row| row.community_id).collect();
    let views = by_ids(db, viewer, &ids).await?;
    let with_view = rows.into_iter().filter_map(|row| {
        let view = views.iter().find(|view| view.id == row.community_id)?;
        Some((row.slug, view.clone()))
    });
    Ok(with_view.collect())
}

/// The community that has or had this slug.
///
/// # Errors
/// `NotFound` when there is none the viewer may know of.
pub async fn by_slug(reader: &Reader, slug: &str) -> Result<CommunityView> {
    let found = by_slugs(reader, reader.viewer(), &[slug.to_owned()]).await?;
    found
        .into_iter()
        .next()
        .map(|(_, view)| view)
        .ok_or(Error::NotFound)
}

async fn memberships(reader: &Reader, condition: &str) -> Result<Vec<CommunityId>> {
    let sql = format!("SELECT m.community_id FROM memberships m WHERE m.person_id = $1{condition}");
    let rows: Vec<CommunityKey> = table::all(reader, sql, [viewer_value(reader.viewer())]).await?;
    Ok(rows.into_iter().map(|row| row.community_id).collect())
}

/// The communities the viewer is in.
///
/// # Errors
/// Database errors.
pub async fn readable_ids(reader: &Reader) -> Result<Vec<CommunityId>> {
    memberships(reader, "").await
}

/// The communities the viewer is in and has not muted: what the home feed is made of.
///
/// # Errors
/// Database errors.
pub async fn feed_ids(reader: &Reader) -> Result<Vec<CommunityId>> {
    memberships(reader, " AND NOT m.is_muted").await
}

/// The community everybody is in, once there is one.
///
/// # Errors
/// Database errors.
pub async fn all_company_id<C: ConnectionTrait>(db: &C) -> Result<Option<CommunityId>> {
    let sql = "SELECT id AS community_id FROM communities WHERE is_all_company";
    let row: Option<CommunityKey> = table::one(db, sql, []).await?;
    Ok(row.map(|row| row.community_id))
}

/// The viewer's invitations, newest first.
///
/// # Errors
/// `Unauthenticated` for nobody.
pub async fn invitations(reader: &Reader) -> Result<Vec<InvitationView>> {
    let person = reader.viewer().require_person()?;
    let sql = format!(
        "SELECT {INVITATION} FROM invitations i WHERE i.person_id = $1 \
         ORDER BY i.id DESC LIMIT {MAX_INVITATIONS}"
    );
    let rows: Vec<InvitationRow> = table::all(reader, sql, [person.into()]).await?;
    Ok(rows.into_iter().map(InvitationView::from).collect())
}

/// An invitation of the viewer.
///
/// # Errors
/// `NotFound` when it is somebody else's.
pub async fn invitation<C: ConnectionTrait>(
    db: &C,
    viewer: &Viewer,
    id: InvitationId,
) -> Result<InvitationView> {
    let person = viewer.require_person()?;
    let sql =
        format!("SELECT {INVITATION} FROM invitations i WHERE i.id = $1 AND i.person_id = $2");
    let row: Option<InvitationRow> = table::one(db, sql, [id.into(), person.into()]).await?;
    row.map(InvitationView::from).ok_or(Error::NotFound)
}

/// A request to join, for whoever asks and for those who decide.
///
/// # Errors
/// `NotFound` for everybody else.
pub async fn join_request<C: ConnectionTrait>(
    db: &C,
    viewer: &Viewer,
    id: JoinRequestId,
) -> Result<JoinRequestView> {
    let sql = format!("SELECT {JOIN_REQUEST} FROM join_requests r WHERE r.id = $1");
    let row: JoinRequestRow = table::one(db, sql, [id.into()])
        .await?
        .ok_or(Error::NotFound)?;
    let standing = crate::policy::standing(db, viewer, row.community_id).await?;
    if viewer.person_id() == Some(row.person_id) || standing.can_see_requests() {
        Ok(row.into())
    } else {
        Err(Error::NotFound)
    }
}

/// Communities that nobody who can sign in owns any more, for administrators and the house itself.
///
/// # Errors
/// `Forbidden` for everybody else.
pub async fn ownerless(reader: &Reader) -> Result<Vec<CommunityView>> {
    reader.viewer().require_network_admin()?;
    let sql = format!(
        "SELECT {COMMUNITY} FROM communities c WHERE c.archived_at IS NULL AND NOT EXISTS \
         (SELECT 1 FROM memberships o JOIN people p ON p.id = o.person_id \
         WHERE o.community_id = c.id AND o.role = 'owner' AND p.is_active) \
         ORDER BY c.search_text, c.id LIMIT {MAX_INVITATIONS}"
    );
    let rows: Vec<CommunityRow> = table::all(reader, sql, []).await?;
    rows.into_iter().map(CommunityView::try_from).collect()
}
