//! Who may see and change what about people and accounts.
//!
//! Everybody who is signed in sees everybody; e-mail address and last sign of life are for the
//! person and for network admins. A person changes what is his own; a network admin changes people
//! and the organisation. Whoever comes with a personal access token never touches passwords,
//! sessions or tokens: a lost token must not be able to make itself permanent.

use kernel::{Error, OrganisationRole, PersonId, Result, SessionId, Viewer};
use platform::{Sql, Tx};
use sea_orm::Value;

use crate::model::{parse_role, role_text};
use crate::table::{self, IdRow, PERSON_COLUMNS, PersonRow, id_value};

/// Whether the viewer sees people at all, as an SQL condition.
pub(crate) fn visible(viewer: &Viewer) -> &'static str {
    let signed_in = viewer.person_id().is_some() || viewer.is_system();
    if signed_in && viewer.can_read() {
        "TRUE"
    } else {
        "FALSE"
    }
}

/// People who may sign in and of whom `condition`, which calls them `p`, is true: a query with the
/// one column `id`. For other rooms' statements.
pub fn active_people_sql(condition: (String, Vec<Value>)) -> (String, Vec<Value>) {
    let (condition, values) = condition;
    let sql = format!("SELECT p.id FROM people p WHERE p.is_active AND {condition}");
    (sql, values)
}

/// Whoever says to work at one of these locations, whatever their case: a query with the one
/// column `person_id`.
pub fn located_sql(locations: &[String], bound: usize) -> (String, Vec<Value>) {
    let mut sql = Sql::after(bound);
    sql.push("SELECT l.id AS person_id FROM people l WHERE ")
        .push_same_text("l.location", locations);
    sql.into_parts()
}

/// Whether the viewer sees e-mail address and last sign of life of a person.
pub fn may_see_private(viewer: &Viewer, person: PersonId) -> bool {
    viewer.person_id() == Some(person) || viewer.is_network_admin()
}

/// Whether the viewer may make communities. Everybody who writes may; the rule stands here so that
/// an organisation's policy has a place.
pub fn may_create_community(viewer: &Viewer) -> bool {
    viewer.person_id().is_some() && viewer.can_write()
}

/// Loads and locks a person.
pub(crate) async fn locked_person(tx: &Tx, id: PersonId) -> Result<Option<PersonRow>> {
    let sql = format!(
        "SELECT {PERSON_COLUMNS} FROM people p WHERE p.id = $1{}",
        table::lock(tx, "p")
    );
    table::one(tx, &sql, vec![id_value(id)]).await
}

/// Leave to change one's own profile and settings. Holds the locked row.
#[derive(Debug)]
pub struct MayEditSelf {
    row: PersonRow,
}

impl MayEditSelf {
    pub(crate) fn row(&self) -> &PersonRow {
        &self.row
    }
}

/// Whether the viewer may change his own profile and settings.
///
/// # Errors
/// `Unauthenticated` without a person.
pub async fn may_edit_self(tx: &Tx) -> Result<MayEditSelf> {
    let id = tx.viewer().require_person()?;
    let row = locked_person(tx, id).await?.ok_or(Error::Unauthenticated)?;
    Ok(MayEditSelf { row })
}

/// Leave to change one's own password, sessions and tokens. Holds the locked row.
#[derive(Debug)]
pub struct MayManageAccount {
    row: PersonRow,
    session: SessionId,
}

impl MayManageAccount {
    pub(crate) fn row(&self) -> &PersonRow {
        &self.row
    }

    pub(crate) fn session(&self) -> SessionId {
        self.session
    }
}

/// Whether the viewer may change his own password, sessions and tokens.
///
/// # Errors
/// `SESSION_REQUIRED` for a personal access token.
pub async fn may_manage_account(tx: &Tx) -> Result<MayManageAccount> {
    let id = tx.viewer().require_person()?;
    let session = require_session(tx.viewer())?;
    let row = locked_person(tx, id).await?.ok_or(Error::Unauthenticated)?;
    Ok(MayManageAccount { row, session })
}

/// Refuses whoever is not signed in on a device.
pub(crate) fn require_session(viewer: &Viewer) -> Result<SessionId> {
    viewer.require_person()?;
    let session = viewer.session_id();
    session.ok_or(Error::Forbidden("SESSION_REQUIRED"))
}

/// Leave to follow or unfollow somebody. Holds that person's row.
#[derive(Debug)]
pub struct MayFollow {
    follower: PersonId,
    row: PersonRow,
}

impl MayFollow {
    pub(crate) fn follower(&self) -> PersonId {
        self.follower
    }

    pub(crate) fn row(&self) -> &PersonRow {
        &self.row
    }
}

/// Whether the viewer may follow somebody.
///
/// # Errors
/// `NotFound`, or a problem for oneself.
pub async fn may_follow(tx: &Tx, person: PersonId) -> Result<MayFollow> {
    let follower = tx.viewer().require_person()?;
    let row = locked_person(tx, person).await?.ok_or(Error::NotFound)?;
    if follower == person {
        let message = "You cannot follow yourself.";
        return Err(Error::invalid("personId", "CANNOT_FOLLOW_SELF", message));
    }
    Ok(MayFollow { follower, row })
}

/// Leave to make people and change the organisation.
#[derive(Debug)]
pub struct MayAdminister {
    _proof: (),
}

/// Whether the viewer may make people and change the organisation.
///
/// # Errors
/// `NETWORK_ADMIN_REQUIRED`.
pub fn may_administer(tx: &Tx) -> Result<MayAdminister> {
    tx.viewer().require_network_admin()?;
    Ok(MayAdminister { _proof: () })
}

/// Leave to change somebody's account. Holds the locked row and who administers besides.
#[derive(Debug)]
pub struct MayChangePerson {
    row: PersonRow,
    other_admins: usize,
}

impl MayChangePerson {
    pub(crate) fn row(&self) -> &PersonRow {
        &self.row
    }

    pub(crate) fn role(&self) -> Result<OrganisationRole> {
        parse_role(&self.row.role)
    }

    /// Refuses to take away the last active network admin.
    pub(crate) fn require_other_admin(&self) -> Result<()> {
        let is_admin = self.row.is_active && self.role()? == OrganisationRole::NetworkAdmin;
        if is_admin && self.other_admins == 0 {
            let message = "The organisation needs at least one active network admin.";
            return Err(Error::invalid("personId", "LAST_NETWORK_ADMIN", message));
        }
        Ok(())
    }
}

/// Whether the viewer may change somebody's account.
///
/// # Errors
/// `NETWORK_ADMIN_REQUIRED`, `NotFound`.
pub async fn may_change_person(tx: &Tx, person: PersonId) -> Result<MayChangePerson> {
    tx.viewer().require_network_admin()?;
    // All admins are locked first and in order: two who take the right from each other at the same
    // moment wait for each other, and the second one is refused.
    let sql = format!(
        "SELECT p.id FROM people p WHERE p.role = 'network_admin' AND p.is_active ORDER BY p.id{}",
        table::lock(tx, "p")
    );
    let admins: Vec<IdRow> = table::all(tx, &sql, Vec::new()).await?;
    let row = locked_person(tx, person).await?.ok_or(Error::NotFound)?;
    let other_admins = admins.iter().filter(|admin| admin.id != person).count();
    Ok(MayChangePerson { row, other_admins })
}

/// The role as stored, for conditions.
pub(crate) fn stored_role(role: OrganisationRole) -> &'static str {
    role_text(role)
}
