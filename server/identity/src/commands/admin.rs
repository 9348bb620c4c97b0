//! What network admins do: people's accounts, and the organisation.

use kernel::{Error, OrganisationRole, PersonId, Result, Viewer};
use platform::{Database, Tx};

use super::accounts::revoke_tokens;
use super::people::{create_person, set_password};
use super::sessions::revoke_all;
use super::setup::create_organisation;
use crate::events::{self, RevokeReason};
use crate::model::{HouseChange, MAX_NAME, NewPerson, Password, PasswordHash, line, role_text};
use crate::policy::{self, MayChangePerson};
use crate::table::{self, id_value};

/// A person an admin makes.
#[derive(Debug, Clone)]
pub struct NewAccount {
    /// Short name.
    pub handle: String,
    /// Full name.
    pub name: String,
    /// E-mail address; may be empty.
    pub email: String,
    /// Job title; may be empty.
    pub title: String,
    /// Role in the organisation.
    pub role: OrganisationRole,
    /// Language.
    pub locale: String,
}

/// Makes a person with a one-time password, which is returned and never shown again.
///
/// # Errors
/// All problems of the input, `NETWORK_ADMIN_REQUIRED`.
pub async fn person_create(
    database: &Database,
    viewer: &Viewer,
    input: NewAccount,
) -> Result<(PersonId, Password)> {
    viewer.require_network_admin()?;
    let password = Password::one_time();
    let hash = PasswordHash::of(&password).await?;
    let mut tx = database.begin(viewer).await?;
    let person = create_account(&mut tx, input, hash).await?;
    tx.commit().await?;
    Ok((person, password))
}

/// Sets up the organisation and its first admin, who gets a one-time password: the set-up page for
/// those who have no browser at hand.
///
/// # Errors
/// All problems of the input, `NETWORK_ADMIN_REQUIRED`; `Conflict("ALREADY_SET_UP")` ever after.
pub async fn found(
    database: &Database,
    viewer: &Viewer,
    organisation: &str,
    input: NewAccount,
) -> Result<(PersonId, Password)> {
    viewer.require_network_admin()?;
    let password = Password::one_time();
    let hash = PasswordHash::of(&password).await?;
    let mut tx = database.begin(viewer).await?;
    create_organisation(&mut tx, organisation).await?;
    let admin = NewAccount {
        role: OrganisationRole::NetworkAdmin,
        ..input
    };
    let person = create_account(&mut tx, admin, hash).await?;
    tx.commit().await?;
    Ok((person, password))
}

async fn create_account(tx: &mut Tx, input: NewAccount, hash: PasswordHash) -> Result<PersonId> {
    let new = NewPerson {
        handle: input.handle,
        name: input.name,
        email: Some(input.email.trim().to_owned()).filter(|email| !email.is_empty()),
        title: input.title,
        role: input.role,
        locale: input.locale,
        password: Some(hash),
        must_change_password: true,
        ..NewPerson::default()
    };
    create_person(tx, new).await
}

/// Gives a person a new one-time password; all sessions and tokens of the person end.
///
/// # Errors
/// `NotFound`, `NETWORK_ADMIN_REQUIRED`.
pub async fn person_reset_password(
    database: &Database,
    viewer: &Viewer,
    person: PersonId,
) -> Result<Password> {
    viewer.require_network_admin()?;
    let password = Password::one_time();
    let hash = PasswordHash::of(&password).await?;
    let mut tx = database.begin(viewer).await?;
    let permit = policy::may_change_person(&tx, person).await?;
    let person = permit.row().id;
    set_password(&tx, person, &hash, true).await?;
    tx.announce(events::audit(events::PASSWORD_RESET, person));
    revoke_all(&mut tx, person, None, RevokeReason::PasswordReset).await?;
    revoke_tokens(&mut tx, person).await?;
    tx.commit().await?;
    Ok(password)
}

/// Lets a person sign in, or no longer. Whoever may not keeps his content; sessions and tokens end.
///
/// # Errors
/// `NotFound`, `NETWORK_ADMIN_REQUIRED`, `LAST_NETWORK_ADMIN`.
pub async fn person_set_active(
    database: &Database,
    viewer: &Viewer,
    person: PersonId,
    active: bool,
) -> Result<PersonId> {
    let mut tx = database.begin(viewer).await?;
    let permit = policy::may_change_person(&tx, person).await?;
    if permit.row().is_active == active {
        tx.rollback().await?;
        return Ok(person);
    }
    if active {
        reactivate(&mut tx, &permit).await?;
    } else {
        deactivate(&mut tx, &permit).await?;
    }
    tx.commit().await?;
    Ok(person)
}

async fn set_active(tx: &Tx, person: PersonId, active: bool) -> Result<()> {
    let sql = "UPDATE people SET is_active = $2, updated_at = $3 WHERE id = $1";
    table::run(
        tx,
        sql,
        vec![id_value(person), active.into(), tx.now().into()],
    )
    .await?;
    Ok(())
}

pub(super) async fn reactivate(tx: &mut Tx, permit: &MayChangePerson) -> Result<()> {
    let person = permit.row().id;
    set_active(tx, person, true).await?;
    tx.announce(events::public(events::PERSON_REACTIVATED, person));
    Ok(())
}

pub(super) async fn deactivate(tx: &mut Tx, permit: &MayChangePerson) -> Result<()> {
    permit.require_other_admin()?;
    let person = permit.row().id;
    set_active(tx, person, false).await?;
    tx.announce(events::public(events::PERSON_DEACTIVATED, person));
    revoke_all(tx, person, None, RevokeReason::Deactivated).await?;
    revoke_tokens(tx, person).await
}

/// Makes a person a network admin, or no longer.
///
/// # Errors
/// `NotFound`, `NETWORK_ADMIN_REQUIRED`, `LAST_NETWORK_ADMIN`.
pub async fn person_set_role(
    database: &Database,
    viewer: &Viewer,
    person: PersonId,
    role: OrganisationRole,
) -> Result<PersonId> {
    let mut tx = database.begin(viewer).await?;
    let permit = policy::may_change_person(&tx, person).await?;
    if permit.role()? == role {
        tx.rollback().await?;
        return Ok(person);
    }
    if role == OrganisationRole::Member {
        permit.require_other_admin()?;
    }
    let sql = "UPDATE people SET role = $2, updated_at = $3 WHERE id = $1";
    let values = vec![id_value(person), role_text(role).into(), tx.now().into()];
    table::run(&tx, sql, values).await?;
    let event = events::public(events::PERSON_ROLE_CHANGED, person);
    tx.announce(event.with(serde_json::json!({ "role": role_text(role) })));
    tx.commit().await?;
    Ok(person)
}

/// Renames the organisation and decides what it allows of what tells about people.
///
/// # Errors
/// A problem with the name, `NETWORK_ADMIN_REQUIRED`, `NotFound` before set-up.
pub async fn organisation_update(
    database: &Database,
    viewer: &Viewer,
    name: &str,
    change: HouseChange,
) -> Result<()> {
    let mut tx = database.begin(viewer).await?;
    let _permit = policy::may_administer(&tx)?;
    let name = line("name", name, MAX_NAME);
    let name = name.map_err(|problem| Error::Invalid(vec![problem]))?;
    let sql = "UPDATE organisation SET name = $1, updated_at = $2, \
               allows_presence = COALESCE($3, allows_presence), \
               allows_typing = COALESCE($4, allows_typing), \
               allows_receipts = COALESCE($5, allows_receipts) WHERE id = 1";
    let values = vec![
        name.into(),
        tx.now().into(),
        change.presence.into(),
        change.typing.into(),
        change.receipts.into(),
    ];
    if table::run(&tx, sql, values).await? == 0 {
        return Err(Error::NotFound);
    }
    tx.announce(events::organisation(events::ORGANISATION_CHANGED));
    tx.commit().await
}
