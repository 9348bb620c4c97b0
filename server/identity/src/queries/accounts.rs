//! Settings, sessions and tokens: one's own, or all for the house itself.

use kernel::{Error, PersonId, Result, SessionId};
use sea_orm::FromQueryResult;

use super::Reads;
use crate::model::{AccessTokenView, SessionView, SettingsView};
use crate::table::{self, AccessTokenRow, PERSON_COLUMNS, PersonRow, SessionRow, id_value, places};

/// The viewer's own settings.
///
/// # Errors
/// `Unauthenticated` without a person, database errors.
pub async fn settings<R: Reads>(reader: &R) -> Result<SettingsView> {
    let person = reader.who().require_person()?;
    let found = load_settings(reader, &[person]).await?;
    found.into_iter().next().ok_or(Error::Unauthenticated)
}

/// Settings of many people, for the house itself (to notify each in his language).
///
/// # Errors
/// `Forbidden` for anybody else, database errors.
pub async fn settings_of<R: Reads>(reader: &R, ids: &[PersonId]) -> Result<Vec<SettingsView>> {
    if !reader.who().is_system() {
        return Err(Error::Forbidden("SYSTEM_ONLY"));
    }
    let mut found = Vec::with_capacity(ids.len());
    for ids in ids.chunks(500) {
        found.extend(load_settings(reader, ids).await?);
    }
    Ok(found)
}

async fn load_settings<R: Reads>(reader: &R, ids: &[PersonId]) -> Result<Vec<SettingsView>> {
    let sql = format!(
        "SELECT {PERSON_COLUMNS} FROM people p WHERE p.id IN ({})",
        places(1, ids.len())
    );
    let values = ids.iter().map(|id| id_value(*id)).collect();
    let rows: Vec<PersonRow> = table::all(reader, &sql, values).await?;
    rows.iter().map(PersonRow::settings).collect()
}

const SESSION_COLUMNS: &str =
    "s.id, s.person_id, s.user_agent, s.address, s.created_at, s.last_used_at";

/// The viewer's own living sessions, the one used last first.
///
/// # Errors
/// `Unauthenticated` without a person, database errors.
pub async fn sessions<R: Reads>(reader: &R) -> Result<Vec<SessionView>> {
    let person = reader.who().require_person()?;
    living_sessions(reader, person).await
}

pub(crate) async fn living_sessions<R: Reads>(
    reader: &R,
    person: PersonId,
) -> Result<Vec<SessionView>> {
    let sql = format!(
        "SELECT {SESSION_COLUMNS} FROM sessions s WHERE s.person_id = $1 AND s.revoked_at IS NULL \
         AND s.expires_at > $2 ORDER BY s.last_used_at DESC, s.id DESC"
    );
    let rows: Vec<SessionRow> =
        table::all(reader, &sql, vec![id_value(person), reader.moment().into()]).await?;
    Ok(rows.into_iter().map(SessionView::from).collect())
}

/// One of the viewer's own living sessions.
///
/// # Errors
/// `NotFound`, database errors.
pub async fn session<R: Reads>(reader: &R, id: SessionId) -> Result<SessionView> {
    let found = sessions(reader).await?;
    let found = found.into_iter().find(|session| session.id == id);
    found.ok_or(Error::NotFound)
}

/// The viewer's own tokens, newest first.
///
/// # Errors
/// `Unauthenticated` without a person, database errors.
pub async fn access_tokens<R: Reads>(reader: &R) -> Result<Vec<AccessTokenView>> {
    let person = reader.who().require_person()?;
    let sql = "SELECT t.id, t.name, t.scopes, t.created_at, t.last_used_at, t.expires_at \
               FROM access_tokens t WHERE t.person_id = $1 AND t.revoked_at IS NULL \
               ORDER BY t.created_at DESC, t.id DESC";
    let rows: Vec<AccessTokenRow> = table::all(reader, sql, vec![id_value(person)]).await?;
    Ok(rows.into_iter().map(AccessTokenView::from).collect())
}

/// What is needed to check a password.
#[derive(Debug, FromQueryResult)]
pub(crate) struct LoginAccount {
    pub(crate) id: PersonId,
    pub(crate) role: String,
    pub(crate) is_active: bool,
    pub(crate) secret_hash: Option<String>,
}

/// The local account of a handle or e-mail address (both unique, and a handle has no `@`).
pub(crate) async fn login_account<R: Reads>(
    reader: &R,
    login: &str,
) -> Result<Option<LoginAccount>> {
    let column = if login.contains('@') {
        "email"
    } else {
        "handle"
    };
    let sql = format!(
        "SELECT p.id, p.role, p.is_active, i.secret_hash FROM people p \
         LEFT JOIN identities i ON i.person_id = p.id AND i.provider = 'local' WHERE p.{column} = $1"
    );
    table::one(reader, &sql, vec![login.into()]).await
}
