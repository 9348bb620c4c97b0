//! Who sees what, as SQL and as a predicate.

use communities::policy::{readable_sql, viewer_value};
use kernel::{ContentState, PersonId, Viewer};
use sea_orm::Value;

use crate::table::Sql;

/// Everything that decides whether a viewer sees a piece of content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    /// Who wrote it.
    pub author: PersonId,
    /// Its state.
    pub state: ContentState,
    /// State of the start of its thread; its own for the start itself.
    pub root_state: ContentState,
    /// Whether the viewer may read the community it is in.
    pub readable: bool,
}

/// Whether `viewer` sees it.
pub fn can_see(viewer: &Viewer, facts: &Facts) -> bool {
    if viewer.is_system() {
        return true;
    }
    let Some(person) = viewer.person_id() else {
        return false;
    };
    match facts.state {
        ContentState::Published | ContentState::Archived => reaches_audience(facts),
        ContentState::Draft
        | ContentState::Pending
        | ContentState::Scheduled
        | ContentState::Expired => facts.author == person,
        ContentState::Deleted => false,
    }
}

/// Whether `viewer` sees at least that something was there: the empty place of a deleted reply.
pub fn can_see_place(viewer: &Viewer, facts: &Facts, is_reply: bool) -> bool {
    let empty_place = is_reply
        && facts.state == ContentState::Deleted
        && viewer.person_id().is_some()
        && reaches_audience(facts);
    can_see(viewer, facts) || empty_place
}

fn reaches_audience(facts: &Facts) -> bool {
    facts.readable && facts.root_state.is_public_to_audience()
}

/// Adds the condition under which `viewer` sees the row of `contents` named `c`.
pub(crate) fn visible(sql: &mut Sql, viewer: &Viewer) {
    condition(sql, viewer, "c.state IN ('published', 'archived')");
}

/// As [`visible`], and the empty places of deleted replies.
pub(crate) fn tombstone_or_visible(sql: &mut Sql, viewer: &Viewer) {
    condition(
        sql,
        viewer,
        "(c.state IN ('published', 'archived') OR (c.state = 'deleted' AND c.kind = 'reply'))",
    );
}

/// Adds the condition under which `viewer` sees a row of `attachments` named `a` because it was shared
/// in a circle of the viewer's. Not even the house itself looks into circles.
pub(crate) fn in_circle(sql: &mut Sql, viewer: &Viewer) {
    let Some(person) = viewer.person_id() else {
        sql.push("1 = 0");
        return;
    };
    sql.push(
        "(a.circle_id IS NOT NULL AND EXISTS (SELECT 1 FROM attachment_circles circle \
         WHERE circle.circle_id = a.circle_id AND circle.person_id = ",
    );
    sql.bind(person).push("))");
}

fn condition(sql: &mut Sql, viewer: &Viewer, reaches: &str) {
    if viewer.is_system() {
        sql.push("1 = 1");
        return;
    }
    let Some(person) = viewer.person_id() else {
        sql.push("1 = 0");
        return;
    };
    sql.push("((").push(reaches).push(" AND ");
    let place = sql.hold(viewer_value(viewer));
    sql.push(&readable_sql(viewer, "c.community_id", place));
    sql.push(
        " AND (c.root_id = c.id OR EXISTS (SELECT 1 FROM contents root \
         WHERE root.id = c.root_id AND root.state IN ('published', 'archived')))) \
         OR (c.author_id = ",
    );
    sql.bind(person);
    sql.push(" AND c.state IN ('draft', 'pending', 'scheduled', 'expired')))");
}

/// The condition under which `viewer` sees the row of `contents` named `c`, for a statement that
/// already has `bound` values: text with `$n` placeholders, and the values to add.
pub fn visible_sql(viewer: &Viewer, bound: usize) -> (String, Vec<Value>) {
    let mut sql = Sql::after(bound);
    visible(&mut sql, viewer);
    sql.into_parts()
}
