//! Writes. The functions that take `&Database` and `&Viewer` are whole mutations; those that take
//! `&mut Tx` are parts of a larger write (importer, demo, consumers).
//!
//! Whatever changes members or settings holds the community's row first (see
//! [`crate::policy`]'s permits), so member count and last owner are decided one change at a time.

mod bulk;
mod create;
mod input;
mod membership;
mod requests;
mod settings;
mod slugs;

use kernel::{CommunityId, MembershipId, PersonId, Result, Timestamp};
use platform::Tx;
use sea_orm::{FromQueryResult, Value};

use crate::events;
use crate::model::CommunityRole;
use crate::table;

pub use bulk::{add_to_all_company, ensure_all_company, join_many};
pub use create::{create, create_in};
pub use membership::{
    leave, remove_member, set_muted, set_notification_level, set_role, transfer_ownership,
};
pub use requests::{decide_invitation, decide_join_request, invite, join, withdraw_join_request};
pub use settings::{set_archived, set_archived_in, set_official, update};

pub(crate) use bulk::clear_wishes;

/// Whether a command changed anything; what changed nothing is not committed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Changed,
    Unchanged,
}

async fn finish(tx: Tx, outcome: Outcome) -> Result<()> {
    match outcome {
        Outcome::Changed => tx.commit().await,
        Outcome::Unchanged => tx.rollback().await,
    }
}

/// Keeps the stored number of members equal to the rows.
async fn count_members(tx: &Tx, community: CommunityId, change: i64) -> Result<()> {
    let sql = "UPDATE communities SET member_count = member_count + $1 WHERE id = $2";
    table::execute(tx, sql, [change.into(), community.into()]).await?;
    Ok(())
}

/// Makes somebody a member; open requests and invitations of that person are settled by it.
async fn admit(
    tx: &mut Tx,
    community: CommunityId,
    person: PersonId,
    role: CommunityRole,
) -> Result<()> {
    let id = insert_membership(tx, community, person, role, tx.now()).await?;
    count_members(tx, community, 1).await?;
    clear_wishes(tx, community, &[person]).await?;
    tx.announce(events::membership(events::JOINED, id, community, person));
    Ok(())
}

async fn insert_membership(
    tx: &Tx,
    community: CommunityId,
    person: PersonId,
    role: CommunityRole,
    since: Timestamp,
) -> Result<MembershipId> {
    let id = MembershipId::at(since);
    let sql = "INSERT INTO memberships (id, community_id, person_id, role, is_muted, since) \
               VALUES ($1, $2, $3, $4, $5, $6)";
    let values: [Value; 6] = [
        id.into(),
        community.into(),
        person.into(),
        role.as_str().into(),
        false.into(),
        since.into(),
    ];
    table::execute(tx, sql, values).await?;
    Ok(id)
}

/// A member as a command about that member needs it.
#[derive(FromQueryResult)]
struct Target {
    id: MembershipId,
    role: String,
    is_active: bool,
}

/// The membership of somebody else. Reads `people.is_active` because the last owner who can still
/// sign in must stay.
async fn target(tx: &Tx, community: CommunityId, person: PersonId) -> Result<Option<Target>> {
    let sql = "SELECT m.id, m.role, p.is_active FROM memberships m \
               JOIN people p ON p.id = m.person_id WHERE m.community_id = $1 AND m.person_id = $2";
    table::one(tx, sql, [community.into(), person.into()]).await
}

async fn is_active_person(tx: &Tx, person: PersonId) -> Result<bool> {
    Ok(!active_people(tx, &[person]).await?.is_empty())
}

/// Those of `people` who exist and can sign in.
async fn active_people(tx: &Tx, people: &[PersonId]) -> Result<Vec<PersonId>> {
    let mut found = Vec::with_capacity(people.len());
    for chunk in people.chunks(table::IDS_PER_LIST) {
        let marks = table::placeholders(1, chunk.len());
        let sql = format!("SELECT id AS person_id FROM people WHERE is_active AND id IN ({marks})");
        let values = chunk.iter().map(|id| Value::from(*id));
        let rows: Vec<table::PersonKey> = table::all(tx, sql, values).await?;
        found.extend(rows.into_iter().map(|row| row.person_id));
    }
    Ok(found)
}
