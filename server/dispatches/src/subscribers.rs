//! What dispatches do when others announce. It may run again without harm.

use async_trait::async_trait;
use kernel::{Event, OrgUnitId, PersonId, Result, Scope, SubjectRef};
use platform::{Consumer, Tx};
use sea_orm::FromQueryResult;

use crate::events;
use crate::table::Sql;

/// People named in one statement.
const PER_STATEMENT: usize = 10_000;

/// Moves running deadlines when working time changes: somebody is away, or no longer; a unit opens at other
/// hours, in another zone, by another calendar or stands elsewhere in the tree; somebody changes units. What was
/// reckoned with the old times is marked as due, and reckoned anew by the same work that takes due steps
/// (see `commands/steps`), round by round, however many people it is.
#[derive(Debug, Clone, Copy, Default)]
pub struct Deadlines;

#[derive(FromQueryResult)]
struct Open {
    is_open: bool,
}

#[async_trait]
impl Consumer for Deadlines {
    fn name(&self) -> &'static str {
        "dispatches.deadlines"
    }

    fn wants(&self, event: &Event) -> bool {
        let kind = event.kind.as_str();
        kind.starts_with("absence.")
            || kind.starts_with("assignment.")
            || matches!(kind, "org_unit.changed" | "calendar.saved")
    }

    async fn handle(&self, tx: &mut Tx, event: &Event) -> Result<()> {
        // Most of the time nothing waits for anybody, and an import tells of thousands of units.
        if !anything_waits(tx).await? {
            return Ok(());
        }
        let marked = match event.kind.as_str() {
            "calendar.saved" => mark(tx, None).await?,
            "org_unit.changed" => {
                let unit = OrgUnitId(event.subject.id);
                let placed = directory::queries::placed(tx, &[unit], &[], tx.now()).await?;
                let people: Vec<PersonId> = placed.iter().map(|place| place.person_id).collect();
                mark_all(tx, &people).await?
            }
            _ => match whose(event) {
                Some(person) => mark(tx, Some(&[person])).await?,
                None => 0,
            },
        };
        if marked > 0 {
            let subject = SubjectRef::new(&event.subject.kind, event.subject.id);
            tx.announce(events::reckoned(subject));
        }
        Ok(())
    }
}

/// Whom an event about one person is about: an absence says it by its scope, a place in its payload.
fn whose(event: &Event) -> Option<PersonId> {
    match event.scope {
        Scope::Person(person) => Some(person),
        _ => events::person(event),
    }
}

async fn anything_waits(tx: &Tx) -> Result<bool> {
    let mut sql = Sql::new("SELECT ");
    for (number, track) in ["next_step_at", "next_nudge_at"].iter().enumerate() {
        sql.push(if number > 0 { " OR " } else { "" })
            .push(&format!(
                "EXISTS (SELECT 1 FROM dispatch_roll r WHERE r.{track} IS NOT NULL AND r.{track} > "
            ))
            .bind(tx.now())
            .push(")");
    }
    sql.push(" AS is_open");
    let found: Option<Open> = sql.one(tx).await?;
    Ok(found.is_some_and(|found| found.is_open))
}

async fn mark_all(tx: &Tx, people: &[PersonId]) -> Result<u64> {
    let mut marked = 0;
    for people in people.chunks(PER_STATEMENT) {
        marked += mark(tx, Some(people)).await?;
    }
    Ok(marked)
}

/// Sets what is still to come of these people, or of everybody, to the present moment. What is due already is
/// left alone: it is about to be reckoned anyway.
async fn mark(tx: &Tx, people: Option<&[PersonId]>) -> Result<u64> {
    let mut marked = 0;
    for track in ["next_step_at", "next_nudge_at"] {
        let mut sql = Sql::new(format!("UPDATE dispatch_roll SET {track} = "));
        let now = sql.hold(tx.now());
        sql.push(&format!(
            "${now} WHERE {track} IS NOT NULL AND {track} > ${now}"
        ));
        if let Some(people) = people {
            sql.push(" AND person_id IN (")
                .bind_all(people.iter().copied())
                .push(")");
        }
        marked += sql.run(tx).await?;
    }
    Ok(marked)
}
