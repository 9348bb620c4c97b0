//! Members: leaving, removing, roles, ownership, and each member's own settings.

use identity::NotificationLevel;
use kernel::{CommunityId, Error, MembershipId, PersonId, Result, Viewer};
use platform::{Database, Tx};
use sea_orm::Value;

use crate::commands::{Outcome, Target, admit, count_members, finish, is_active_person, target};
use crate::events;
use crate::model::CommunityRole;
use crate::policy::{
    ChangeRoles, Leave, Membership, Permit, RemoveMembers, Standing, Transfer, permit,
};
use crate::table;

impl Target {
    fn role(&self) -> Result<CommunityRole> {
        CommunityRole::parse(&self.role)
    }
}

/// Refuses what would leave a community without an owner who can sign in.
fn keep_an_owner(standing: &Standing, target: &Target) -> Result<()> {
    let remaining = standing.active_owners - i64::from(target.is_active);
    if target.role()? == CommunityRole::Owner && remaining < 1 {
        Err(Error::Forbidden("LAST_OWNER"))
    } else {
        Ok(())
    }
}

async fn delete_membership(tx: &Tx, community: CommunityId, person: PersonId) -> Result<()> {
    let sql = "DELETE FROM memberships WHERE community_id = $1 AND person_id = $2";
    table::execute(tx, sql, [community.into(), person.into()]).await?;
    count_members(tx, community, -1).await
}

/// Leaves a community. The last owner cannot, and nobody leaves the all-company community.
///
/// # Errors
/// `Forbidden` with the reason.
pub async fn leave(database: &Database, viewer: &Viewer, id: CommunityId) -> Result<()> {
    let person = viewer.require_person()?;
    let mut tx = database.begin(viewer).await?;
    let permit = permit::<Leave>(&tx, id).await?;
    let outcome = go(&mut tx, permit, person).await?;
    finish(tx, outcome).await
}

async fn go(tx: &mut Tx, permit: Permit<Leave>, person: PersonId) -> Result<Outcome> {
    let id = permit.id();
    let member = target(tx, id, person).await?.ok_or(Error::NotFound)?;
    keep_an_owner(permit.standing(), &member)?;
    delete_membership(tx, id, person).await?;
    tx.announce(events::membership(events::LEFT, member.id, id, person));
    Ok(Outcome::Changed)
}

/// Removes a member. Moderators remove members, owners everybody; to go oneself is leaving.
///
/// # Errors
/// `NotFound` when the person is no member, `Forbidden` with the reason.
pub async fn remove_member(
    database: &Database,
    viewer: &Viewer,
    id: CommunityId,
    person: PersonId,
) -> Result<()> {
    if viewer.person_id() == Some(person) {
        return leave(database, viewer, id).await;
    }
    let mut tx = database.begin(viewer).await?;
    let permit = permit::<RemoveMembers>(&tx, id).await?;
    let outcome = remove(&mut tx, permit, person).await?;
    finish(tx, outcome).await
}

async fn remove(tx: &mut Tx, permit: Permit<RemoveMembers>, person: PersonId) -> Result<Outcome> {
    let id = permit.id();
    let member = target(tx, id, person).await?.ok_or(Error::NotFound)?;
    permit.standing().may_remove(member.role()?)?;
    keep_an_owner(permit.standing(), &member)?;
    delete_membership(tx, id, person).await?;
    tx.announce(events::membership(events::REMOVED, member.id, id, person));
    Ok(Outcome::Changed)
}

/// Gives a member another role. Owners. The last owner keeps the role.
///
/// # Errors
/// `NotFound` when the person is no member, `Forbidden` with the reason.
pub async fn set_role(
    database: &Database,
    viewer: &Viewer,
    id: CommunityId,
    person: PersonId,
    role: CommunityRole,
) -> Result<()> {
    let mut tx = database.begin(viewer).await?;
    let permit = permit::<ChangeRoles>(&tx, id).await?;
    let outcome = give_role(&mut tx, permit, person, role).await?;
    finish(tx, outcome).await
}

async fn give_role(
    tx: &mut Tx,
    permit: Permit<ChangeRoles>,
    person: PersonId,
    role: CommunityRole,
) -> Result<Outcome> {
    let id = permit.id();
    let member = target(tx, id, person).await?.ok_or(Error::NotFound)?;
    if member.role()? == role {
        return Ok(Outcome::Unchanged);
    }
    if role > CommunityRole::Member && !member.is_active {
        return Err(Error::Forbidden("PERSON_DEACTIVATED"));
    }
    keep_an_owner(permit.standing(), &member)?;
    write_role(tx, id, person, (member.id, member.role()?), role).await?;
    Ok(Outcome::Changed)
}

async fn write_role(
    tx: &mut Tx,
    community: CommunityId,
    person: PersonId,
    (membership, previous): (MembershipId, CommunityRole),
    role: CommunityRole,
) -> Result<()> {
    let sql = "UPDATE memberships SET role = $1 WHERE id = $2";
    table::execute(tx, sql, [role.as_str().into(), membership.into()]).await?;
    tx.announce(events::role_changed(
        membership,
        community,
        person,
        (previous, role),
    ));
    Ok(())
}

/// Makes another member the owner; an owner who hands over becomes a moderator. Where nobody who
/// can sign in owns the community, network administrators may name a member, or anybody if no
/// active member is left.
///
/// # Errors
/// `Forbidden` with the reason.
pub async fn transfer_ownership(
    database: &Database,
    viewer: &Viewer,
    id: CommunityId,
    person: PersonId,
) -> Result<()> {
    let mut tx = database.begin(viewer).await?;
    let permit = permit::<Transfer>(&tx, id).await?;
    let outcome = hand_over(&mut tx, permit, person).await?;
    finish(tx, outcome).await
}

async fn hand_over(tx: &mut Tx, permit: Permit<Transfer>, person: PersonId) -> Result<Outcome> {
    let id = permit.id();
    let standing = permit.standing();
    let giver = tx.viewer().person_id();
    let hands_over_own = standing.role == Some(CommunityRole::Owner);
    if hands_over_own && giver == Some(person) {
        return Ok(Outcome::Unchanged);
    }
    match target(tx, id, person).await? {
        Some(member) if !member.is_active => return Err(Error::Forbidden("PERSON_DEACTIVATED")),
        Some(member) => {
            let previous = member.role()?;
            if previous != CommunityRole::Owner {
                let membership = (member.id, previous);
                write_role(tx, id, person, membership, CommunityRole::Owner).await?;
            } else if !hands_over_own {
                return Ok(Outcome::Unchanged);
            }
        }
        None if standing.is_ownerless() && !has_active_member(tx, id).await? => {
            if !is_active_person(tx, person).await? {
                return Err(Error::NotFound);
            }
            admit(tx, id, person, CommunityRole::Owner).await?;
        }
        None => return Err(Error::Forbidden("NOT_A_MEMBER")),
    }
    if let (true, Some(giver)) = (hands_over_own, giver) {
        let own = target(tx, id, giver).await?.ok_or(Error::NotFound)?;
        let membership = (own.id, CommunityRole::Owner);
        write_role(tx, id, giver, membership, CommunityRole::Moderator).await?;
    }
    Ok(Outcome::Changed)
}

async fn has_active_member(tx: &Tx, id: CommunityId) -> Result<bool> {
    let sql = "SELECT m.person_id FROM memberships m JOIN people p ON p.id = m.person_id \
               WHERE m.community_id = $1 AND p.is_active LIMIT 1";
    let row: Option<table::PersonKey> = table::one(tx, sql, [id.into()]).await?;
    Ok(row.is_some())
}

/// Keeps a community's posts out of the viewer's home feed, or lets them in again.
///
/// # Errors
/// `Forbidden("MEMBERS_ONLY")` for others than members.
pub async fn set_muted(
    database: &Database,
    viewer: &Viewer,
    id: CommunityId,
    muted: bool,
) -> Result<()> {
    let mut tx = database.begin(viewer).await?;
    let permit = permit::<Membership>(&tx, id).await?;
    let outcome = set_own(&mut tx, permit, "is_muted", muted.into()).await?;
    finish(tx, outcome).await
}

/// Chooses what the viewer wants to hear of a community.
///
/// # Errors
/// `Forbidden("MEMBERS_ONLY")` for others than members.
pub async fn set_notification_level(
    database: &Database,
    viewer: &Viewer,
    id: CommunityId,
    level: NotificationLevel,
) -> Result<()> {
    let mut tx = database.begin(viewer).await?;
    let permit = permit::<Membership>(&tx, id).await?;
    let outcome = set_own(&mut tx, permit, "notification_level", level.as_str().into()).await?;
    finish(tx, outcome).await
}

/// Changes a column of the viewer's own membership.
async fn set_own(
    tx: &mut Tx,
    permit: Permit<Membership>,
    column: &'static str,
    value: Value,
) -> Result<Outcome> {
    let (id, person) = (permit.id(), tx.viewer().require_person()?);
    let member = target(tx, id, person).await?.ok_or(Error::NotFound)?;
    let sql = format!(
        "UPDATE memberships SET {column} = $1 WHERE id = $2 \
         AND ({column} IS NULL OR {column} <> $1)"
    );
    let changed = table::execute(tx, sql, [value, member.id.into()]).await?;
    if changed.rows_affected() == 0 {
        return Ok(Outcome::Unchanged);
    }
    tx.announce(events::membership(
        events::MEMBERSHIP_CHANGED,
        member.id,
        id,
        person,
    ));
    Ok(Outcome::Changed)
}
