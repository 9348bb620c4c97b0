//! Many members at once, and the community everybody is in.

use kernel::{CommunityId, MembershipId, PersonId, Result, Timestamp};
use platform::Tx;
use sea_orm::{FromQueryResult, Value};
use uuid::Uuid;

use crate::commands::count_members;
use crate::commands::create::{Origin, insert};
use crate::events;
use crate::model::{CommunityRole, MAX_NAME, NewCommunity, NewMember};
use crate::policy;
use crate::queries;
use crate::table::{self, ROWS_PER_INSERT};

/// Up to this many new members are announced one by one, more by one event for all.
const ANNOUNCED_SINGLY: usize = 50;

#[derive(FromQueryResult)]
struct Joined {
    id: MembershipId,
    person_id: PersonId,
}

/// Makes people members, passing over those who are. Returns how many are new. Announced as
/// imported, so nobody is notified. For the importer, the demo and the all-company community: no
/// rule of joining is asked.
///
/// # Errors
/// Database errors; a person who does not exist.
pub async fn join_many(
    tx: &mut Tx,
    community: CommunityId,
    members: &[NewMember],
) -> Result<usize> {
    policy::lock(tx, community, "FOR NO KEY UPDATE").await?;
    let mut joined: Vec<Joined> = Vec::new();
    for chunk in members.chunks(ROWS_PER_INSERT) {
        joined.extend(insert_chunk(tx, community, chunk).await?);
    }
    if joined.is_empty() {
        return Ok(0);
    }
    count_members(
        tx,
        community,
        i64::try_from(joined.len()).unwrap_or(i64::MAX),
    )
    .await?;
    let people: Vec<PersonId> = joined.iter().map(|row| row.person_id).collect();
    clear_wishes(tx, community, &people).await?;
    if joined.len() > ANNOUNCED_SINGLY {
        tx.announce(events::joined_many(community));
    } else {
        for row in &joined {
            let event = events::membership(events::JOINED, row.id, community, row.person_id);
            tx.announce(event.imported(true));
        }
    }
    Ok(joined.len())
}

async fn insert_chunk(
    tx: &Tx,
    community: CommunityId,
    members: &[NewMember],
) -> Result<Vec<Joined>> {
    let mut values: Vec<Value> = Vec::with_capacity(members.len() * 6);
    let mut rows: Vec<String> = Vec::with_capacity(members.len());
    for member in members {
        rows.push(format!("({})", table::placeholders(values.len() + 1, 6)));
        values.extend([
            MembershipId::at(member.since).into(),
            community.into(),
            member.person.into(),
            member.role.as_str().into(),
            false.into(),
            Value::from(member.since),
        ]);
    }
    let sql = format!(
        "INSERT INTO memberships (id, community_id, person_id, role, is_muted, since) VALUES {} \
         ON CONFLICT (community_id, person_id) DO NOTHING RETURNING id, person_id",
        rows.join(", ")
    );
    table::all(tx, sql, values).await
}

/// Forgets requests and invitations of people who are members now.
pub(crate) async fn clear_wishes(
    tx: &Tx,
    community: CommunityId,
    people: &[PersonId],
) -> Result<()> {
    for chunk in people.chunks(ROWS_PER_INSERT) {
        let marks = table::placeholders(2, chunk.len());
        for wishes in ["join_requests", "invitations"] {
            let sql =
                format!("DELETE FROM {wishes} WHERE community_id = $1 AND person_id IN ({marks})");
            let people = chunk.iter().map(|person| Value::from(*person));
            table::execute(tx, sql, std::iter::once(community.into()).chain(people)).await?;
        }
    }
    Ok(())
}

#[derive(FromQueryResult)]
struct NameRow {
    name: String,
}

#[derive(FromQueryResult)]
struct PersonRow {
    id: PersonId,
    joined_at: Timestamp,
}

/// The community everybody is in, created with the organisation's name and everybody in it if
/// there is none yet. `None` while there is no organisation or nobody in it. The first network
/// administrator owns it.
///
/// # Errors
/// Database errors.
pub async fn ensure_all_company(tx: &mut Tx) -> Result<Option<CommunityId>> {
    if let Some(id) = queries::all_company_id(tx).await? {
        return Ok(Some(id));
    }
    // Rows of another room, read once in the life of an organisation.
    let organisation: Option<NameRow> =
        table::one(tx, "SELECT name FROM organisation ORDER BY id LIMIT 1", []).await?;
    let founder = "SELECT id, joined_at FROM people WHERE is_active \
                   ORDER BY CASE role WHEN 'network_admin' THEN 0 ELSE 1 END, joined_at, id LIMIT 1";
    let founder: Option<PersonRow> = table::one(tx, founder, []).await?;
    let (Some(organisation), Some(founder)) = (organisation, founder) else {
        return Ok(None);
    };
    let name: String = organisation.name.chars().take(MAX_NAME).collect();
    let at = tx.now();
    let id = insert(
        tx,
        founder.id,
        NewCommunity::named(name),
        at,
        Origin::AllCompany,
    )
    .await?;
    let mut after = Uuid::nil();
    loop {
        let sql = format!(
            "SELECT id, joined_at FROM people WHERE id > $1 ORDER BY id LIMIT {ROWS_PER_INSERT}"
        );
        let people: Vec<PersonRow> = table::all(tx, sql, [after.into()]).await?;
        let Some(last) = people.last() else {
            return Ok(Some(id));
        };
        after = last.id.0;
        let members: Vec<NewMember> = people
            .iter()
            .map(|row| member(row.id, row.joined_at))
            .collect();
        join_many(tx, id, &members).await?;
    }
}

fn member(person: PersonId, since: Timestamp) -> NewMember {
    NewMember {
        person,
        role: CommunityRole::Member,
        since,
    }
}

/// Makes people members of the all-company community, which is created if there is none. Returns
/// how many are new.
///
/// # Errors
/// Database errors.
pub async fn add_to_all_company(tx: &mut Tx, people: &[PersonId]) -> Result<usize> {
    let Some(id) = ensure_all_company(tx).await? else {
        return Ok(0);
    };
    let now = tx.now();
    let members: Vec<NewMember> = people.iter().map(|person| member(*person, now)).collect();
    join_many(tx, id, &members).await
}
