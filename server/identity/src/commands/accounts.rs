//! What people do with their own account: password, sessions, personal access tokens.

use kernel::{AccessTokenId, Error, PersonId, Result, SessionId, Viewer};
use platform::{Database, Reader, Tx};

use super::people::set_password;
use super::sessions::{revoke, revoke_all};
use crate::events::{self, RevokeReason};
use crate::model::{
    AccessTokenSecret, HashSlot, MAX_ACCESS_TOKENS, NewAccessToken, Password, PasswordHash,
    PasswordOwner, PersonView, scopes_to_text,
};
use crate::policy::{self, MayManageAccount};
use crate::queries;
use crate::subscribers::Authenticator;
use crate::table::{self, CountRow, id_value};

/// That a person has given the password just now. Only [`password_confirm`] makes one.
#[derive(Debug)]
pub struct PasswordConfirmed {
    person: PersonId,
}

impl PasswordConfirmed {
    /// Whose password it was.
    pub fn person(&self) -> PersonId {
        self.person
    }
}

/// Checks the viewer's password again, for what is to be signed. Wrong ones count as failed sign-ins.
///
/// # Errors
/// `PASSWORD_WRONG`, `RateLimited` after too many wrong ones, `SESSION_REQUIRED` for a personal access token.
pub async fn password_confirm(
    authenticator: &Authenticator,
    viewer: &Viewer,
    password: &str,
) -> Result<PasswordConfirmed> {
    let person = viewer.require_person()?;
    policy::require_session(viewer)?;
    let reader = authenticator.database().reader(viewer);
    let view = queries::person(&reader, person).await?;
    check_password(authenticator, &view, password, "password", &reader).await?;
    Ok(PasswordConfirmed { person })
}

/// Checks a password; returns the hash it fits.
async fn check_password(
    authenticator: &Authenticator,
    person: &PersonView,
    password: &str,
    field: &str,
    reader: &Reader,
) -> Result<Option<String>> {
    let account = queries::login_account(reader, &person.handle).await?;
    let hash = account.and_then(|account| account.secret_hash);
    authenticator.limiters().count_account(person.id)?;
    if !HashSlot::take()
        .await?
        .verify(password, hash.clone())
        .await?
    {
        let message = "This is not your current password.";
        return Err(Error::invalid(field, "PASSWORD_WRONG", message));
    }
    authenticator.limiters().forget_account(person.id);
    Ok(hash)
}

/// Changes the viewer's password and signs the other devices out.
///
/// # Errors
/// `PASSWORD_WRONG`, problems of the new password, `RateLimited` after too many wrong ones,
/// `SESSION_REQUIRED` for a personal access token.
pub async fn password_change(
    authenticator: &Authenticator,
    viewer: &Viewer,
    current: &str,
    new: &str,
) -> Result<PersonId> {
    let database = authenticator.database();
    let id = viewer.require_person()?;
    policy::require_session(viewer)?;
    let reader = database.reader(viewer);
    let person = queries::person(&reader, id).await?;
    let hash = check_password(authenticator, &person, current, "currentPassword", &reader).await?;
    let owner = PasswordOwner {
        handle: &person.handle,
        name: &person.name,
        email: person.email.as_deref(),
    };
    let password = Password::parse("newPassword", new, owner);
    let password = password.map_err(|problem| Error::Invalid(vec![problem]))?;
    if password.expose() == Password::normalise(current) {
        let message = "Choose a password other than the current one.";
        return Err(Error::invalid("newPassword", "PASSWORD_UNCHANGED", message));
    }
    let new_hash = PasswordHash::of(&password).await?;
    let mut tx = database.begin(viewer).await?;
    let permit = policy::may_manage_account(&tx).await?;
    require_same_hash(&tx, id, hash.as_deref()).await?;
    set_password(&tx, id, &new_hash, false).await?;
    tx.announce(events::private(events::PASSWORD_CHANGED, id));
    revoke_all(
        &mut tx,
        id,
        Some(permit.session()),
        RevokeReason::PasswordChanged,
    )
    .await?;
    tx.commit().await?;
    // The viewer goes on at once; a one-time password no longer stands in the way.
    authenticator.forget_person(id);
    Ok(id)
}

/// Refuses when the password was changed between the check and now (an admin's reset must win).
async fn require_same_hash(tx: &Tx, person: PersonId, checked: Option<&str>) -> Result<()> {
    let sql = "SELECT COUNT(*) AS total FROM identities WHERE person_id = $1 \
               AND provider = 'local' AND secret_hash = $2";
    let checked = checked.unwrap_or_default();
    let row: Option<CountRow> = table::one(tx, sql, vec![id_value(person), checked.into()]).await?;
    if row.is_some_and(|row| row.total == 1) {
        Ok(())
    } else {
        Err(Error::Conflict("PASSWORD_CHANGED_MEANWHILE"))
    }
}

/// Ends one of the viewer's own sessions.
///
/// # Errors
/// `NotFound` for anybody else's and for one that is over, `SESSION_REQUIRED` for a token.
pub async fn session_revoke(
    database: &Database,
    viewer: &Viewer,
    session: SessionId,
) -> Result<PersonId> {
    let mut tx = database.begin(viewer).await?;
    let permit = policy::may_manage_account(&tx).await?;
    let person = permit.row().id;
    if !revoke(&mut tx, session, person, RevokeReason::RevokedByOwner).await? {
        return Err(Error::NotFound);
    }
    tx.commit().await?;
    Ok(person)
}

/// Makes a personal access token for the viewer. The secret is shown once.
///
/// # Errors
/// All problems of the input, `SESSION_REQUIRED` for a token.
pub async fn access_token_create(
    database: &Database,
    viewer: &Viewer,
    input: NewAccessToken,
) -> Result<(AccessTokenId, AccessTokenSecret)> {
    let mut tx = database.begin(viewer).await?;
    let permit = policy::may_manage_account(&tx).await?;
    let made = create_token(&mut tx, &permit, input).await?;
    tx.commit().await?;
    Ok(made)
}

async fn create_token(
    tx: &mut Tx,
    permit: &MayManageAccount,
    input: NewAccessToken,
) -> Result<(AccessTokenId, AccessTokenSecret)> {
    let person = permit.row().id;
    let input = input.check(tx.now(), tx.viewer().is_network_admin())?;
    let sql =
        "SELECT COUNT(*) AS total FROM access_tokens WHERE person_id = $1 AND revoked_at IS NULL";
    let count: Option<CountRow> = table::one(tx, sql, vec![id_value(person)]).await?;
    if count.is_some_and(|count| count.total >= MAX_ACCESS_TOKENS) {
        let message = format!("At most {MAX_ACCESS_TOKENS} tokens; take one back first.");
        return Err(Error::invalid("name", "TOO_MANY_TOKENS", message));
    }
    let (id, secret) = (AccessTokenId::at(tx.now()), AccessTokenSecret::random());
    let sql = "INSERT INTO access_tokens (id, person_id, name, hash, scopes, created_at, expires_at) \
               VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let values = vec![
        id_value(id),
        id_value(person),
        input.name.into(),
        secret.digest().into(),
        scopes_to_text(&input.scopes).into(),
        tx.now().into(),
        input.expires_at.map(kernel::Timestamp::micros).into(),
    ];
    table::run(tx, sql, values).await?;
    tx.announce(events::token(events::ACCESS_TOKEN_CREATED, id, person));
    Ok((id, secret))
}

/// Takes one of the viewer's own tokens back.
///
/// # Errors
/// `NotFound` for anybody else's, `SESSION_REQUIRED` for a token.
pub async fn access_token_revoke(
    database: &Database,
    viewer: &Viewer,
    token: AccessTokenId,
) -> Result<PersonId> {
    let mut tx = database.begin(viewer).await?;
    let permit = policy::may_manage_account(&tx).await?;
    let person = permit.row().id;
    let sql = "UPDATE access_tokens SET revoked_at = $3 \
               WHERE id = $1 AND person_id = $2 AND revoked_at IS NULL";
    let values = vec![id_value(token), id_value(person), tx.now().into()];
    if table::run(&tx, sql, values).await? == 0 {
        return Err(Error::NotFound);
    }
    tx.announce(events::token(events::ACCESS_TOKEN_REVOKED, token, person));
    tx.commit().await?;
    Ok(person)
}

/// Takes all tokens of a person back, inside an admin's transaction.
pub(super) async fn revoke_tokens(tx: &mut Tx, person: PersonId) -> Result<()> {
    let sql =
        "UPDATE access_tokens SET revoked_at = $2 WHERE person_id = $1 AND revoked_at IS NULL";
    table::run(tx, sql, vec![id_value(person), tx.now().into()]).await?;
    Ok(())
}
