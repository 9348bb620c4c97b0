//! The same rules as SQL, for other rooms' statements.
//!
//! Each text refers to the viewer's placeholder exactly, also where the answer does not depend on
//! it, so that a statement binds the same values for every viewer.

use kernel::{CommunityId, Viewer};
use platform::Sql;
use sea_orm::Value;
use sea_orm::sea_query::{Condition, Expr};
use uuid::Uuid;

/// What to bind for the viewer's placeholder: the person, or the nil UUID.
pub fn viewer_value(viewer: &Viewer) -> Value {
    viewer.person_id().map_or(Uuid::nil(), |id| id.0).into()
}

/// A boolean expression: whether the viewer may read the content of the community whose id stands
/// in `column`. Bind [`viewer_value`] as `$place`. A NULL column is not readable.
///
/// Each row costs two look-ups by key. To collect a feed start from
/// [`crate::queries::readable_ids`] instead.
pub fn readable_sql(viewer: &Viewer, column: &'static str, place: usize) -> String {
    if viewer.is_system() {
        return format!("({column} IS NOT NULL OR {column} = ${place})");
    }
    if viewer.person_id().is_none() {
        return format!("({column} IS NULL AND {column} = ${place})");
    }
    format!(
        "EXISTS (SELECT 1 FROM communities readable WHERE readable.id = {column} \
         AND (readable.visibility = 'public' OR EXISTS (SELECT 1 FROM memberships reading \
         WHERE reading.community_id = readable.id AND reading.person_id = ${place})))"
    )
}

/// A boolean expression: whether the viewer may know of the community whose id stands in `column`.
/// Bind [`viewer_value`] as `$place`.
pub fn visible_sql(viewer: &Viewer, column: &'static str, place: usize) -> String {
    if viewer.is_system() || viewer.is_network_admin() {
        return format!("({column} IS NOT NULL OR {column} = ${place})");
    }
    if viewer.person_id().is_none() {
        return format!("({column} IS NULL AND {column} = ${place})");
    }
    format!(
        "EXISTS (SELECT 1 FROM communities visible WHERE visible.id = {column} \
         AND (visible.visibility <> 'secret' \
         OR EXISTS (SELECT 1 FROM memberships seeing \
         WHERE seeing.community_id = visible.id AND seeing.person_id = ${place}) \
         OR EXISTS (SELECT 1 FROM invitations invited \
         WHERE invited.community_id = visible.id AND invited.person_id = ${place})))"
    )
}

/// The members of any of these communities: a query with the one column `person_id`. Sees
/// everything; whether the viewer may is [`crate::policy::Standing::can_read`].
pub fn members_sql(communities: &[CommunityId], bound: usize) -> (String, Vec<Value>) {
    let mut sql = Sql::after(bound);
    sql.push("SELECT m.person_id FROM memberships m WHERE m.community_id IN (")
        .bind_all(communities.iter().copied())
        .push(")");
    sql.into_parts()
}

/// [`readable_sql`] as a condition for sea-query.
pub fn readable_condition(viewer: &Viewer, column: &'static str) -> Condition {
    let sql = readable_sql(viewer, column, 1);
    Condition::all().add(Expr::cust_with_values(sql, [viewer_value(viewer)]))
}

/// [`visible_sql`] as a condition for sea-query.
pub fn visible_condition(viewer: &Viewer, column: &'static str) -> Condition {
    let sql = visible_sql(viewer, column, 1);
    // The one placeholder may stand there twice.
    Condition::all().add(Expr::cust_with_values(sql, [viewer_value(viewer)]))
}
