//! The life of sessions in the database: begin, renew, end, be forgotten.

use kernel::{PersonId, Result, SessionId, Timestamp, Viewer};
use platform::{Database, Tx};
use sea_orm::FromQueryResult;

use super::login::Device;
use crate::events::{self, RevokeReason};
use crate::model::{MAX_SESSIONS, RefreshToken};
use crate::policy;
use crate::queries::living_sessions;
use crate::table::{self, id_value};

/// Rows removed by one statement.
const PRUNE_BATCH: u64 = 1000;

/// Begins a session with its first refresh token.
pub(super) async fn begin(
    tx: &mut Tx,
    person: PersonId,
    device: &Device,
    expires_at: Timestamp,
) -> Result<(SessionId, RefreshToken)> {
    let id = SessionId::at(tx.now());
    let sql = "INSERT INTO sessions (id, person_id, user_agent, address, created_at, last_used_at, expires_at) \
               VALUES ($1, $2, $3, $4, $5, $5, $6)";
    let values = vec![
        id_value(id),
        id_value(person),
        device.user_agent().into(),
        device.address_text().into(),
        tx.now().into(),
        expires_at.into(),
    ];
    table::run(tx, sql, values).await?;
    let token = add_token(tx, id).await?;
    note_activity(tx, person).await?;
    tx.announce(events::session(events::SESSION_STARTED, id, person));
    let living = living_sessions(tx, person).await?;
    for surplus in living
        .iter()
        .skip(MAX_SESSIONS)
        .filter(|session| session.id != id)
    {
        revoke(tx, surplus.id, person, RevokeReason::TooMany).await?;
    }
    Ok((id, token))
}

async fn add_token(tx: &Tx, session: SessionId) -> Result<RefreshToken> {
    let token = RefreshToken::random();
    let sql = "INSERT INTO refresh_tokens (hash, session_id, created_at) VALUES ($1, $2, $3)";
    let values = vec![token.digest().into(), id_value(session), tx.now().into()];
    table::run(tx, sql, values).await?;
    Ok(token)
}

async fn note_activity(tx: &Tx, person: PersonId) -> Result<()> {
    let sql = "UPDATE people SET last_active_at = $2 WHERE id = $1";
    table::run(tx, sql, vec![id_value(person), tx.now().into()]).await?;
    Ok(())
}

/// Whose a refresh token is, spent or not.
#[derive(Debug, FromQueryResult)]
pub(super) struct TokenOwner {
    pub(super) session_id: SessionId,
    pub(super) person_id: PersonId,
    pub(super) role: String,
}

/// Looks up whose a refresh token is.
pub(super) async fn token_owner(
    database: &Database,
    token: &RefreshToken,
) -> Result<Option<TokenOwner>> {
    let reader = database.reader(&Viewer::system("refresh token"));
    let sql = "SELECT r.session_id, s.person_id, p.role FROM refresh_tokens r \
               JOIN sessions s ON s.id = r.session_id JOIN people p ON p.id = s.person_id \
               WHERE r.hash = $1";
    table::one(&reader, sql, vec![token.digest().into()]).await
}

#[derive(Debug, FromQueryResult)]
struct SessionState {
    revoked_at: Option<Timestamp>,
    expires_at: Timestamp,
    is_active: bool,
}

/// What came of presenting a refresh token.
pub(super) enum Renewal {
    /// The next token.
    Renewed(RefreshToken),
    /// The token was spent before: somebody has a copy. The session is over.
    Reused,
    /// The session is over already.
    Ended,
}

/// Exchanges a token for the next one. Of two who present the same token one gets the next token
/// and the other ends the session for both.
pub(super) async fn renew(
    tx: &mut Tx,
    token: &RefreshToken,
    owner: &TokenOwner,
    device: &Device,
    expires_at: Timestamp,
) -> Result<Renewal> {
    let now = tx.now();
    let spend = "UPDATE refresh_tokens SET spent_at = $2 WHERE hash = $1 AND spent_at IS NULL";
    let spent_now = table::run(tx, spend, vec![token.digest().into(), now.into()]).await? > 0;
    // The person before the session, as admins do who end all sessions: nobody waits in a circle.
    policy::locked_person(tx, owner.person_id).await?;
    let sql = format!(
        "SELECT s.revoked_at, s.expires_at, p.is_active FROM sessions s \
         JOIN people p ON p.id = s.person_id WHERE s.id = $1{}",
        table::lock(tx, "s")
    );
    let state: Option<SessionState> =
        table::one(tx, &sql, vec![id_value(owner.session_id)]).await?;
    let lives = state.is_some_and(|state| {
        state.revoked_at.is_none() && state.expires_at > now && state.is_active
    });
    if !lives {
        return Ok(Renewal::Ended);
    }
    if !spent_now {
        revoke(
            tx,
            owner.session_id,
            owner.person_id,
            RevokeReason::TokenReused,
        )
        .await?;
        return Ok(Renewal::Reused);
    }
    let next = add_token(tx, owner.session_id).await?;
    let sql = "UPDATE sessions SET last_used_at = $2, expires_at = $3, address = $4, user_agent = $5 \
               WHERE id = $1";
    let values = vec![
        id_value(owner.session_id),
        now.into(),
        expires_at.into(),
        device.address_text().into(),
        device.user_agent().into(),
    ];
    table::run(tx, sql, values).await?;
    note_activity(tx, owner.person_id).await?;
    let event = events::session(events::SESSION_REFRESHED, owner.session_id, owner.person_id);
    tx.announce(event);
    Ok(Renewal::Renewed(next))
}

/// Ends one session; `false` when it was over already.
pub(super) async fn revoke(
    tx: &mut Tx,
    session: SessionId,
    person: PersonId,
    reason: RevokeReason,
) -> Result<bool> {
    let sql = "UPDATE sessions SET revoked_at = $3 WHERE id = $1 AND person_id = $2 AND revoked_at IS NULL";
    let values = vec![id_value(session), id_value(person), tx.now().into()];
    let ended = table::run(tx, sql, values).await? > 0;
    if ended {
        tx.announce(events::revoked(session, person, reason));
    }
    Ok(ended)
}

/// Ends all sessions of a person, but for one that may stay; returns how many.
pub(super) async fn revoke_all(
    tx: &mut Tx,
    person: PersonId,
    keep: Option<SessionId>,
    reason: RevokeReason,
) -> Result<usize> {
    let mut ended = 0;
    for session in living_sessions(tx, person).await? {
        if Some(session.id) != keep && revoke(tx, session.id, person, reason).await? {
            ended += 1;
        }
    }
    Ok(ended)
}

/// Signs the viewer out on this device.
///
/// # Errors
/// `SESSION_REQUIRED` for a personal access token, database errors.
pub async fn end_session(database: &Database, viewer: &Viewer) -> Result<()> {
    let person = viewer.require_person()?;
    let session = policy::require_session(viewer)?;
    let mut tx = database.begin(viewer).await?;
    if revoke(&mut tx, session, person, RevokeReason::SignedOut).await? {
        tx.commit().await
    } else {
        tx.rollback().await
    }
}

/// Signs the viewer out everywhere; returns on how many devices.
///
/// # Errors
/// `SESSION_REQUIRED` for a personal access token, database errors.
pub async fn end_sessions(database: &Database, viewer: &Viewer) -> Result<usize> {
    let person = viewer.require_person()?;
    policy::require_session(viewer)?;
    let mut tx = database.begin(viewer).await?;
    let ended = revoke_all(&mut tx, person, None, RevokeReason::SignedOut).await?;
    if ended > 0 {
        tx.commit().await?;
    } else {
        tx.rollback().await?;
    }
    Ok(ended)
}

/// Removes sessions that ended before `before`, and tokens spent before then; returns how many rows.
///
/// Spent tokens are kept that long because a thief may spend a token on Friday whose owner comes
/// back on Monday: only a token we still know can end the thief's session.
pub(crate) async fn prune(database: &Database, before: Timestamp) -> Result<u64> {
    let viewer = Viewer::system("session pruning");
    let mut removed = 0;
    loop {
        let mut tx = database.begin(&viewer).await?;
        let tokens = format!(
            "DELETE FROM refresh_tokens WHERE hash IN (SELECT hash FROM refresh_tokens \
             WHERE spent_at < $1 ORDER BY spent_at LIMIT {PRUNE_BATCH})"
        );
        let spent = table::run(&tx, &tokens, vec![before.into()]).await?;
        let old = format!(
            "SELECT id FROM sessions WHERE expires_at < $1 ORDER BY expires_at LIMIT {PRUNE_BATCH}"
        );
        let of_old = format!("DELETE FROM refresh_tokens WHERE session_id IN ({old})");
        let left = table::run(&tx, &of_old, vec![before.into()]).await?;
        let sessions = format!("DELETE FROM sessions WHERE id IN ({old})");
        let ended = table::run(&tx, &sessions, vec![before.into()]).await?;
        if spent + left + ended == 0 {
            tx.rollback().await?;
            return Ok(removed);
        }
        removed += spent + left + ended;
        tx.announce(events::housekeeping(events::SESSIONS_PRUNED));
        tx.commit().await?;
    }
}
