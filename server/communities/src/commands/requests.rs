//! The ways in: joining, asking, inviting, and the answers.

use kernel::{
    CommunityId, Error, InvitationId, JoinRequestId, PersonId, Problem, Result, SubjectRef, Viewer,
};
use platform::{Database, Tx};
use sea_orm::Value;

use crate::commands::input::Checks;
use crate::commands::{Outcome, active_people, admit, finish};
use crate::events;
use crate::model::{CommunityRole, MAX_INVITED};
use crate::policy::{self, DecideRequests, Invite, Join, Permit, permit};
use crate::queries;
use crate::table::{self, JOIN_REQUEST, JoinRequestRow, PersonKey};

/// Joins at once where that is possible, else asks to join where that is. Doing it again changes
/// nothing.
///
/// # Errors
/// `Forbidden` with the reason, `Invalid` for a message that is too long.
pub async fn join(
    database: &Database,
    viewer: &Viewer,
    id: CommunityId,
    message: Option<&str>,
) -> Result<()> {
    let person = viewer.require_person()?;
    let mut tx = database.begin(viewer).await?;
    let permit = permit::<Join>(&tx, id).await?;
    let outcome = enter(&mut tx, permit, person, message.unwrap_or_default()).await?;
    finish(tx, outcome).await
}

async fn enter(
    tx: &mut Tx,
    permit: Permit<Join>,
    person: PersonId,
    message: &str,
) -> Result<Outcome> {
    let (id, standing) = (permit.id(), permit.standing());
    if standing.role.is_some() || (standing.has_requested && !standing.can_join()) {
        return Ok(Outcome::Unchanged);
    }
    match standing.may_join() {
        Ok(()) => {
            if let Some(invitation) = invitation_of(tx, id, person).await? {
                let subject = SubjectRef::new(InvitationId::PREFIX, invitation);
                let kind = events::INVITATION_ACCEPTED;
                tx.announce(events::personal(kind, subject, id, person));
            }
            admit(tx, id, person, CommunityRole::Member).await?;
        }
        Err(Error::Forbidden("JOINING_BY_REQUEST")) => {
            standing.may_request_to_join()?;
            ask(tx, id, person, message).await?;
        }
        Err(error) => return Err(error),
    }
    Ok(Outcome::Changed)
}

async fn ask(tx: &mut Tx, id: CommunityId, person: PersonId, message: &str) -> Result<()> {
    let mut checks = Checks::default();
    let message = checks.message(message);
    checks.done()?;
    let request = JoinRequestId::at(tx.now());
    let sql = "INSERT INTO join_requests (id, community_id, person_id, message, created_at) \
               VALUES ($1, $2, $3, $4, $5)";
    let values: [Value; 5] = [
        request.into(),
        id.into(),
        person.into(),
        message.into(),
        tx.now().into(),
    ];
    table::execute(tx, sql, values).await?;
    let subject = SubjectRef::new(JoinRequestId::PREFIX, request);
    tx.announce(events::personal(
        events::REQUEST_CREATED,
        subject,
        id,
        person,
    ));
    Ok(())
}

async fn invitation_of(tx: &Tx, id: CommunityId, person: PersonId) -> Result<Option<InvitationId>> {
    #[derive(sea_orm::FromQueryResult)]
    struct Row {
        id: InvitationId,
    }
    let sql = "SELECT id FROM invitations WHERE community_id = $1 AND person_id = $2";
    let row: Option<Row> = table::one(tx, sql, [id.into(), person.into()]).await?;
    Ok(row.map(|row| row.id))
}

async fn delete_request(tx: &Tx, id: JoinRequestId) -> Result<()> {
    table::execute(tx, "DELETE FROM join_requests WHERE id = $1", [id.into()]).await?;
    Ok(())
}

async fn request_row(tx: &Tx, id: JoinRequestId) -> Result<JoinRequestRow> {
    let sql = format!("SELECT {JOIN_REQUEST} FROM join_requests r WHERE r.id = $1");
    table::one(tx, sql, [id.into()])
        .await?
        .ok_or(Error::NotFound)
}

/// Admits somebody who asked, or declines. Moderators. Returns the community.
///
/// # Errors
/// `NotFound` for a request the viewer may not see or that is settled, `Forbidden` with the reason.
pub async fn decide_join_request(
    database: &Database,
    viewer: &Viewer,
    id: JoinRequestId,
    approve: bool,
) -> Result<CommunityId> {
    let mut tx = database.begin(viewer).await?;
    // Only what the viewer may see can be decided; the permit then locks the community.
    let community = queries::join_request(&tx, viewer, id).await?.community_id;
    let permit = permit::<DecideRequests>(&tx, community).await?;
    let outcome = settle(&mut tx, permit, id, approve).await?;
    finish(tx, outcome).await?;
    Ok(community)
}

async fn settle(
    tx: &mut Tx,
    permit: Permit<DecideRequests>,
    id: JoinRequestId,
    approve: bool,
) -> Result<Outcome> {
    let row = request_row(tx, id).await?;
    let (community, person) = (permit.id(), row.person_id);
    let subject = SubjectRef::new(JoinRequestId::PREFIX, id);
    if approve {
        if active_people(tx, &[person]).await?.is_empty() {
            return Err(Error::Forbidden("PERSON_DEACTIVATED"));
        }
        let kind = events::REQUEST_APPROVED;
        tx.announce(events::personal(kind, subject, community, person));
        admit(tx, community, person, CommunityRole::Member).await?;
    } else {
        delete_request(tx, id).await?;
        let kind = events::REQUEST_DECLINED;
        tx.announce(events::personal(kind, subject, community, person));
    }
    Ok(Outcome::Changed)
}

/// Takes back the viewer's request to join; without one nothing changes.
///
/// # Errors
/// `NotFound` when there is no request and the viewer may not know of the community.
pub async fn withdraw_join_request(
    database: &Database,
    viewer: &Viewer,
    id: CommunityId,
) -> Result<()> {
    let person = viewer.require_person()?;
    let mut tx = database.begin(viewer).await?;
    let sql = format!(
        "SELECT {JOIN_REQUEST} FROM join_requests r WHERE r.community_id = $1 AND r.person_id = $2"
    );
    // One's own request is found even where the community has become secret since.
    let row: Option<JoinRequestRow> = table::one(&tx, sql, [id.into(), person.into()]).await?;
    let Some(row) = row else {
        policy::standing(&tx, viewer, id).await?;
        return tx.rollback().await;
    };
    policy::lock(&tx, id, "FOR NO KEY UPDATE").await?;
    let sql = "DELETE FROM join_requests WHERE id = $1";
    let deleted = table::execute(&tx, sql, [row.id.into()]).await?;
    if deleted.rows_affected() == 0 {
        return tx.rollback().await;
    }
    let subject = SubjectRef::new(JoinRequestId::PREFIX, row.id);
    tx.announce(events::personal(
        events::REQUEST_WITHDRAWN,
        subject,
        id,
        person,
    ));
    tx.commit().await
}

/// Invites people; those who are in or invited already are passed over. Returns how many were
/// invited.
///
/// # Errors
/// `Forbidden` with the reason; `Invalid` for too many people or one who does not exist.
pub async fn invite(
    database: &Database,
    viewer: &Viewer,
    id: CommunityId,
    people: &[PersonId],
) -> Result<usize> {
    let by = viewer.require_person()?;
    let mut tx = database.begin(viewer).await?;
    let permit = permit::<Invite>(&tx, id).await?;
    let invited = send(&mut tx, permit, by, people).await?;
    let outcome = if invited > 0 {
        Outcome::Changed
    } else {
        Outcome::Unchanged
    };
    finish(tx, outcome).await?;
    Ok(invited)
}

async fn send(
    tx: &mut Tx,
    permit: Permit<Invite>,
    by: PersonId,
    people: &[PersonId],
) -> Result<usize> {
    let id = permit.id();
    let mut people = people.to_vec();
    people.sort_unstable();
    people.dedup();
    if people.is_empty() {
        return Err(Error::invalid(
            "personIds",
            "NOBODY_NAMED",
            "Name at least one person.",
        ));
    }
    if people.len() > MAX_INVITED {
        let text = format!("Invite at most {MAX_INVITED} people at a time.");
        let problem = Problem::new("personIds", "TOO_MANY_PEOPLE", text).with("max", MAX_INVITED);
        return Err(Error::Invalid(vec![problem]));
    }
    if active_people(tx, &people).await?.len() < people.len() {
        let text = "One of these people does not exist or no longer works here.";
        return Err(Error::invalid("personIds", "PERSON_NOT_FOUND", text));
    }
    let settled = settled_people(tx, id, &people).await?;
    people.retain(|person| !settled.contains(person));
    for person in &people {
        let invitation = InvitationId::at(tx.now());
        let sql = "INSERT INTO invitations (id, community_id, person_id, invited_by, created_at) \
                   VALUES ($1, $2, $3, $4, $5)";
        let values: [Value; 5] = [
            invitation.into(),
            id.into(),
            (*person).into(),
            by.into(),
            tx.now().into(),
        ];
        table::execute(tx, sql, values).await?;
        let subject = SubjectRef::new(InvitationId::PREFIX, invitation);
        tx.announce(events::personal(events::INVITED, subject, id, *person));
    }
    Ok(people.len())
}

/// Those who are members or invited already.
async fn settled_people(tx: &Tx, id: CommunityId, people: &[PersonId]) -> Result<Vec<PersonId>> {
    let marks = table::placeholders(2, people.len());
    let sql = format!(
        "SELECT person_id FROM memberships WHERE community_id = $1 AND person_id IN ({marks}) \
         UNION SELECT person_id FROM invitations WHERE community_id = $1 AND person_id IN ({marks})"
    );
    let values = std::iter::once(Value::from(id)).chain(people.iter().map(|id| (*id).into()));
    let rows: Vec<PersonKey> = table::all(tx, sql, values).await?;
    Ok(rows.into_iter().map(|row| row.person_id).collect())
}

/// Accepts or declines an invitation of the viewer. Returns the community.
///
/// # Errors
/// `NotFound` when it is somebody else's or settled, `Forbidden` with the reason.
pub async fn decide_invitation(
    database: &Database,
    viewer: &Viewer,
    id: InvitationId,
    accept: bool,
) -> Result<CommunityId> {
    let mut tx = database.begin(viewer).await?;
    let community = queries::invitation(&tx, viewer, id).await?.community_id;
    let permit = permit::<Join>(&tx, community).await?;
    let outcome = answer(&mut tx, permit, id, accept).await?;
    finish(tx, outcome).await?;
    Ok(community)
}

async fn answer(
    tx: &mut Tx,
    permit: Permit<Join>,
    id: InvitationId,
    accept: bool,
) -> Result<Outcome> {
    // Read again behind the lock: it may have been settled meanwhile.
    let invitation = queries::invitation(tx, tx.viewer(), id).await?;
    let (community, person) = (permit.id(), invitation.person_id);
    let subject = SubjectRef::new(InvitationId::PREFIX, id);
    if !accept {
        table::execute(tx, "DELETE FROM invitations WHERE id = $1", [id.into()]).await?;
        let kind = events::INVITATION_DECLINED;
        tx.announce(events::personal(kind, subject, community, person));
        return Ok(Outcome::Changed);
    }
    permit.standing().may_join()?;
    let kind = events::INVITATION_ACCEPTED;
    tx.announce(events::personal(kind, subject, community, person));
    admit(tx, community, person, CommunityRole::Member).await?;
    Ok(Outcome::Changed)
}
