//! Who may see a notification, and who is told at all.
//!
//! Nobody is told of what he may not see: [`audience`] checks when a line is written, [`visible`]
//! again whenever it is read, so that a line disappears with the right to see what it is about (and
//! comes back with it).

mod audience;
mod wishes;

pub use wishes::{Wish, wish_sql};

pub(crate) use audience::{Candidates, Levels, Place, audience, moderators, one, wide};

use communities::policy::{viewer_value, visible_sql};
use kernel::Viewer;

use crate::table::Sql;

/// Adds the condition under which the row of `notifications` named `n`, one of the viewer's own, may
/// be shown.
///
/// A bundle of replies stays while others are in it although the latest reply is gone. Who wishes
/// to join is shown only to those who decide.
pub(crate) fn visible(sql: Sql, viewer: &Viewer) -> Sql {
    let Some(person) = viewer.person_id() else {
        return sql.push("1 = 0");
    };
    let sql = sql.push("n.person_id = ").bind(person).push(
        " AND (n.post_id IS NULL OR EXISTS (SELECT 1 FROM contents c WHERE c.id = n.post_id AND ",
    );
    let part = content::policy::visible_sql(viewer, sql.bound());
    let sql = sql.part(part).push(
        ")) AND (n.reply_id IS NULL OR (n.kind = 'reply' AND n.actor_count > 1) \
         OR EXISTS (SELECT 1 FROM contents c WHERE c.id = n.reply_id AND ",
    );
    let part = content::policy::visible_sql(viewer, sql.bound());
    let (sql, place) = sql.part(part).hold(viewer_value(viewer));
    sql.push(")) AND (n.community_id IS NULL OR ")
        .push(&visible_sql(viewer, "n.community_id", place))
        .push(
            ") AND (n.kind <> 'join_request' OR EXISTS (SELECT 1 FROM memberships deciding \
             WHERE deciding.community_id = n.community_id \
             AND deciding.role IN ('owner', 'moderator') AND deciding.person_id = ",
        )
        .bind(person)
        .push("))")
}
