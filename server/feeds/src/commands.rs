//! Writes: moving the marks, taking that back, and telling a thread that somebody is writing.
//!
//! A mark never moves back, except by undo.

use kernel::id::{last_uuid_at, uuid_at};
use kernel::{CommunityId, Error, PersonId, Result, Timestamp, Viewer};
use platform::live::{LiveHub, Signal};
use platform::rate::RateLimiter;
use platform::{Database, Tx};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::events;
use crate::model::{Mark, UNDO_SECONDS, UndoToken};
use crate::policy::{self, MayMark, MayType};
use crate::table::{self, MarkRow, scope_id};

/// Marks everything, or one community, as read up to now. Gives what takes it back.
///
/// # Errors
/// `Unauthenticated`, `NotFound`, database errors.
pub async fn mark_read(
    database: &Database,
    viewer: &Viewer,
    community: Option<CommunityId>,
) -> Result<UndoToken> {
    let mut tx = database.begin(viewer).await?;
    let permit = policy::may_mark(&tx, community).await?;
    let token = mark_read_in(&mut tx, &permit).await?;
    tx.commit().await?;
    Ok(token)
}

/// [`mark_read`] within a transaction.
///
/// # Errors
/// Database errors.
pub async fn mark_read_in(tx: &mut Tx, permit: &MayMark) -> Result<UndoToken> {
    let (person, scope) = (permit.person(), scope_id(permit.community()));
    let before = locked(tx, person, scope).await?;
    let key = last_uuid_at(tx.now());
    move_marks(
        tx,
        person,
        scope,
        Mark {
            read: key,
            visit: key,
        },
    )
    .await?;
    let old = "DELETE FROM feed_mark_undos WHERE person_id = $1 AND created_at < $2";
    let spent = tx.now().plus_seconds(-UNDO_SECONDS);
    table::execute(tx, old, [person.into(), spent.into()]).await?;
    let token = uuid_at(tx.now());
    let insert = "INSERT INTO feed_mark_undos (token, person_id, scope_id, read_key, visit_key, created_at) \
                  VALUES ($1, $2, $3, $4, $5, $6)";
    let values = [
        token.into(),
        person.into(),
        scope.into(),
        before.read.into(),
        before.visit.into(),
        tx.now().into(),
    ];
    table::execute(tx, insert, values).await?;
    tx.announce(events::feed_read(person, permit.community()));
    Ok(UndoToken(token))
}

/// Ends a visit: what was published before now is no longer new. In a community it is read as well.
///
/// # Errors
/// `Unauthenticated`, `NotFound`, database errors.
pub async fn end_visit(
    database: &Database,
    viewer: &Viewer,
    community: Option<CommunityId>,
) -> Result<()> {
    let mut tx = database.begin(viewer).await?;
    let permit = policy::may_mark(&tx, community).await?;
    let visit = last_uuid_at(tx.now());
    let read = community.map_or(Uuid::nil(), |_| visit);
    let scope = scope_id(permit.community());
    move_marks(&tx, permit.person(), scope, Mark { read, visit }).await?;
    tx.announce(events::feed_read(permit.person(), permit.community()));
    tx.commit().await
}

#[derive(FromQueryResult)]
struct UndoRow {
    scope_id: Uuid,
    read_key: Uuid,
    visit_key: Uuid,
    created_at: Timestamp,
}

/// Takes "mark all read" back.
///
/// # Errors
/// `Conflict(UNDO_EXPIRED)` after ten minutes, for a token of somebody else or one used before, and
/// when the same feed was marked read again meanwhile; database errors.
pub async fn undo(database: &Database, viewer: &Viewer, token: UndoToken) -> Result<()> {
    let mut tx = database.begin(viewer).await?;
    let person = tx.viewer().require_person()?;
    let expired = Error::Conflict("UNDO_EXPIRED");
    let sql = format!(
        "SELECT scope_id, read_key, visit_key, created_at FROM feed_mark_undos \
         WHERE token = $1 AND person_id = $2{}",
        table::lock(&tx)
    );
    let row: Option<UndoRow> = table::one(&tx, sql, [token.0.into(), person.into()]).await?;
    let Some(row) = row.filter(|row| tx.now() <= row.created_at.plus_seconds(UNDO_SECONDS)) else {
        return Err(expired);
    };
    let marked = last_uuid_at(row.created_at);
    let current = locked(&tx, person, row.scope_id).await?;
    if current.read != marked {
        return Err(expired);
    }
    // A visit that ended after the marking stays ended.
    let visit = if current.visit == marked {
        row.visit_key
    } else {
        current.visit
    };
    restore(
        &tx,
        person,
        row.scope_id,
        Mark {
            read: row.read_key,
            visit,
        },
    )
    .await?;
    let spent = "DELETE FROM feed_mark_undos WHERE token = $1";
    table::execute(&tx, spent, [token.0.into()]).await?;
    let community = Some(CommunityId(row.scope_id)).filter(|id| !id.0.is_nil());
    tx.announce(events::feed_read(person, community));
    tx.commit().await
}

/// Puts a mark back to where it was; one that was not there goes away again.
async fn restore(tx: &Tx, person: PersonId, scope: Uuid, to: Mark) -> Result<()> {
    if to == Mark::default() {
        let sql = "DELETE FROM feed_marks WHERE person_id = $1 AND scope_id = $2";
        table::execute(tx, sql, [person.into(), scope.into()]).await?;
        return Ok(());
    }
    let sql = "UPDATE feed_marks SET read_key = $3, visit_key = $4, updated_at = $5 \
               WHERE person_id = $1 AND scope_id = $2";
    let values = [
        person.into(),
        scope.into(),
        to.read.into(),
        to.visit.into(),
        tx.now().into(),
    ];
    table::execute(tx, sql, values).await?;
    Ok(())
}

/// Tells those who look at a thread that the viewer is writing there. Not stored.
///
/// # Errors
/// `RateLimited`.
pub fn typing(hub: &LiveHub, limiter: &RateLimiter<PersonId>, permit: &MayType) -> Result<()> {
    limiter.check(&permit.person())?;
    hub.signal(Signal::Typing {
        post: permit.post(),
        person: permit.person(),
    });
    Ok(())
}

/// A person's mark, locked until the transaction ends.
async fn locked(tx: &Tx, person: PersonId, scope: Uuid) -> Result<Mark> {
    let sql = format!(
        "SELECT scope_id, read_key, visit_key FROM feed_marks WHERE person_id = $1 AND scope_id = $2{}",
        table::lock(tx)
    );
    let row: Option<MarkRow> = table::one(tx, sql, [person.into(), scope.into()]).await?;
    Ok(row.map_or_else(Mark::default, |row| Mark {
        read: row.read_key,
        visit: row.visit_key,
    }))
}

/// Moves a mark forward to `to`; keys that are further already stay.
pub(crate) async fn move_marks(tx: &Tx, person: PersonId, scope: Uuid, to: Mark) -> Result<()> {
    let sql = "INSERT INTO feed_marks (person_id, scope_id, read_key, visit_key, updated_at) \
               VALUES ($1, $2, $3, $4, $5) ON CONFLICT (person_id, scope_id) DO UPDATE SET \
               read_key = CASE WHEN excluded.read_key > feed_marks.read_key \
               THEN excluded.read_key ELSE feed_marks.read_key END, \
               visit_key = CASE WHEN excluded.visit_key > feed_marks.visit_key \
               THEN excluded.visit_key ELSE feed_marks.visit_key END, \
               updated_at = excluded.updated_at";
    let values = [
        person.into(),
        scope.into(),
        to.read.into(),
        to.visit.into(),
        tx.now().into(),
    ];
    table::execute(tx, sql, values).await?;
    Ok(())
}
