//! What communities do when others announce. Both reactions may run again without harm.

use async_trait::async_trait;
use kernel::{CommunityId, Event, JoinRequestId, PersonId, Result, SubjectRef};
use platform::{Consumer, Tx};
use sea_orm::FromQueryResult;

use crate::commands;
use crate::events;
use crate::table;

/// Puts every person into the community everybody is in, which it creates when the organisation
/// is set up.
#[derive(Debug, Clone, Copy, Default)]
pub struct AllCompany;

#[async_trait]
impl Consumer for AllCompany {
    fn name(&self) -> &'static str {
        "communities.all_company"
    }

    fn wants(&self, event: &Event) -> bool {
        matches!(
            event.kind.as_str(),
            "organisation.created" | "person.created"
        )
    }

    async fn handle(&self, tx: &mut Tx, event: &Event) -> Result<()> {
        if event.kind == "person.created" {
            commands::add_to_all_company(tx, &[PersonId(event.subject.id)]).await?;
        } else {
            commands::ensure_all_company(tx).await?;
        }
        Ok(())
    }
}

/// Looks after what deactivated people leave behind: says which communities have lost their last
/// owner (who stays the owner until an administrator names another) and drops their requests.
#[derive(Debug, Clone, Copy, Default)]
pub struct Deactivations;

#[derive(FromQueryResult)]
struct RequestRow {
    id: JoinRequestId,
    community_id: CommunityId,
}

#[async_trait]
impl Consumer for Deactivations {
    fn name(&self) -> &'static str {
        "communities.deactivations"
    }

    fn wants(&self, event: &Event) -> bool {
        event.kind == "person.deactivated"
    }

    async fn handle(&self, tx: &mut Tx, event: &Event) -> Result<()> {
        let person = PersonId(event.subject.id);
        // Whether owners can sign in is read from people: it is what this is about.
        let sql = "SELECT m.community_id FROM memberships m \
                   WHERE m.person_id = $1 AND m.role = 'owner' AND NOT EXISTS \
                   (SELECT 1 FROM memberships o JOIN people p ON p.id = o.person_id \
                   WHERE o.community_id = m.community_id AND o.role = 'owner' AND p.is_active)";
        let rows: Vec<table::CommunityKey> = table::all(tx, sql, [person.into()]).await?;
        for row in rows {
            tx.announce(events::ownerless(row.community_id));
        }
        let sql = "SELECT id, community_id FROM join_requests WHERE person_id = $1";
        let requests: Vec<RequestRow> = table::all(tx, sql, [person.into()]).await?;
        for request in requests {
            table::execute(
                tx,
                "DELETE FROM join_requests WHERE id = $1",
                [request.id.into()],
            )
            .await?;
            let subject = SubjectRef::new(JoinRequestId::PREFIX, request.id);
            let kind = events::REQUEST_WITHDRAWN;
            tx.announce(events::personal(
                kind,
                subject,
                request.community_id,
                person,
            ));
        }
        Ok(())
    }
}
