//! Reading starts where somebody comes in: what was published before a person came, or joined a
//! community, is neither unread nor new to that person.

use kernel::id::last_uuid_at;
use kernel::{Event, PersonId, Result};
use platform::{Consumer, Tx};

use crate::commands::move_marks;
use crate::events::{JOINED, JOINED_MANY, PERSON_CREATED};
use crate::model::Mark;
use crate::table::{self, scope_id};

/// Sets the first marks. Idempotent: a mark only moves forward, to the moment of the event.
#[derive(Debug, Default, Clone, Copy)]
pub struct StartReading;

#[async_trait::async_trait]
impl Consumer for StartReading {
    fn name(&self) -> &'static str {
        "feeds.start_reading"
    }

    fn wants(&self, event: &Event) -> bool {
        matches!(event.kind.as_str(), PERSON_CREATED | JOINED | JOINED_MANY)
    }

    async fn handle(&self, tx: &mut Tx, event: &Event) -> Result<()> {
        let key = last_uuid_at(event.occurred_at);
        let mark = Mark {
            read: key,
            visit: key,
        };
        let person = event.payload_uuid("person").map(PersonId);
        match (event.kind.as_str(), event.community(), person) {
            (PERSON_CREATED, _, _) => {
                let person = PersonId(event.subject.id);
                move_marks(tx, person, scope_id(None), mark).await
            }
            (JOINED, Some(community), Some(person)) => {
                move_marks(tx, person, scope_id(Some(community)), mark).await
            }
            (JOINED_MANY, Some(community), _) => {
                // Who came in with the batch is not named; whoever has a mark was here before.
                let sql = "INSERT INTO feed_marks (person_id, scope_id, read_key, visit_key, updated_at) \
                           SELECT m.person_id, m.community_id, $2, $2, $3 FROM memberships m \
                           WHERE m.community_id = $1 ON CONFLICT (person_id, scope_id) DO NOTHING";
                let values = [community.into(), key.into(), tx.now().into()];
                table::execute(tx, sql, values).await?;
                Ok(())
            }
            _ => Ok(()),
        }
    }
}
