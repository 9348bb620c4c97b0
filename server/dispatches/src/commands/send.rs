//! Sending: the right is checked again, the roll is frozen and hashed, managers in between get their
//! copies, all in one transaction. A crash leaves everything or nothing of it.

use std::collections::HashSet;

use directory::queries::{Placed, UnitHead};
use kernel::{ContentState, DispatchId, Error, PersonId, Result, Timestamp, Transition, Viewer};
use platform::{Database, Tx};
use sea_orm::{FromQueryResult, Value};

use super::steps;
use crate::events;
use crate::model::{RollEntry, batch_hash, managers};
use crate::policy::{self, Line};
use crate::table::{BatchRow, DispatchRow, Sql};

/// Rows written by one statement: thirteen values each, below SQLite's limit of 32,766.
const CHUNK: usize = 2_500;
/// Dispatches looked at in one round.
const PER_ROUND: u64 = 50;

/// Sends a draft now.
///
/// # Errors
/// `NotFound`, `NOT_YOURS`, `WRONG_STATE`, `LINE_RIGHT_MISSING` when the right is gone,
/// `AUDIENCE_HIDDEN`, `NOBODY_ADDRESSED`, all problems of a draft that is not finished.
pub async fn send(database: &Database, viewer: &Viewer, id: DispatchId) -> Result<()> {
    let mut tx = database.begin(viewer).await?;
    let states = [ContentState::Draft, ContentState::Scheduled];
    let seen = policy::may_change(&tx, id, &states).await?;
    send_in(&mut tx, &seen.row).await?;
    tx.commit().await
}

/// Sends a draft at a set time, or (`None`) takes that back.
///
/// # Errors
/// As [`send`]; `IN_THE_PAST`.
pub async fn schedule(
    database: &Database,
    viewer: &Viewer,
    id: DispatchId,
    at: Option<Timestamp>,
) -> Result<()> {
    let mut tx = database.begin(viewer).await?;
    let states = [ContentState::Draft, ContentState::Scheduled];
    let seen = policy::may_change(&tx, id, &states).await?;
    if at.is_some_and(|at| at <= tx.now()) {
        let text = "Choose a time that is still to come.";
        return Err(Error::invalid("scheduledFor", "IN_THE_PAST", text));
    }
    if at.is_some() {
        super::draft::require_finished(&tx, &seen.row).await?;
    }
    let state = seen.row.state()?;
    let next = match (at, state) {
        (Some(_), _) => state.apply(Transition::Schedule)?,
        (None, ContentState::Scheduled) => state.apply(Transition::Return)?,
        (None, _) => state,
    };
    let mut sql = Sql::new("UPDATE dispatches SET state = ");
    sql.bind(next.as_str())
        .push(", scheduled_for = ")
        .bind(at)
        .push(", updated_at = ")
        .bind(tx.now())
        .push(" WHERE id = ")
        .bind(id);
    sql.run(&tx).await?;
    tx.announce(events::personal("dispatch.saved", id, seen.person));
    tx.commit().await
}

#[derive(FromQueryResult)]
struct Due {
    id: DispatchId,
}

/// Sends those whose time has come; returns how many. One whose sender no longer has the right goes back
/// to the drafts.
///
/// # Errors
/// The first error, after all others have been tried.
pub async fn send_scheduled(database: &Database) -> Result<u64> {
    let viewer = Viewer::system("send scheduled dispatches");
    let reader = database.reader(&viewer);
    let mut sql = Sql::new(
        "SELECT d.id FROM dispatches d WHERE d.state = 'scheduled' AND d.scheduled_for <= ",
    );
    sql.bind(reader.now())
        .push(&format!(" ORDER BY d.scheduled_for LIMIT {PER_ROUND}"));
    let due: Vec<Due> = sql.all(&reader).await?;
    let (mut sent, mut failure) = (0, None);
    for Due { id } in due {
        match send_one_scheduled(database, &viewer, id).await {
            Ok(true) => sent += 1,
            Ok(false) => {}
            Err(error) => {
                tracing::error!(dispatch = %id, %error, "scheduled dispatch was not sent");
                failure.get_or_insert(error);
            }
        }
    }
    failure.map_or(Ok(sent), Err)
}

async fn send_one_scheduled(database: &Database, viewer: &Viewer, id: DispatchId) -> Result<bool> {
    let mut tx = database.begin(viewer).await?;
    let row = policy::locked(&tx, id).await?;
    let is_due = row.scheduled_for.is_some_and(|at| at <= tx.now());
    if row.state()? != ContentState::Scheduled || !is_due {
        tx.rollback().await?;
        return Ok(false);
    }
    match send_in(&mut tx, &row).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(true)
        }
        Err(Error::Forbidden(_) | Error::Invalid(_)) => {
            tx.rollback().await?;
            let mut tx = database.begin(viewer).await?;
            let mut sql =
                Sql::new("UPDATE dispatches SET state = 'draft', scheduled_for = NULL WHERE id = ");
            sql.bind(id);
            sql.run(&tx).await?;
            tx.announce(events::personal("dispatch.saved", id, row.sender_id));
            tx.commit().await?;
            Ok(false)
        }
        Err(error) => Err(error),
    }
}

async fn send_in(tx: &mut Tx, row: &DispatchRow) -> Result<()> {
    let next = row.state()?.apply(Transition::Publish)?;
    super::draft::require_finished(tx, row).await?;
    let (targets, roles) = (row.target_units()?, row.target_roles()?);
    policy::may_send(tx, row.sender_id, row.unit_id, &targets, &roles, tx.now()).await?;
    let placed = placed(tx, row).await?;
    if placed.is_empty() {
        let text = "Nobody has such a place at the moment.";
        return Err(Error::invalid("targetRoles", "NOBODY_ADDRESSED", text));
    }
    let line = Line::read(tx, row.unit_id, tx.now()).await?;
    let copies = line.passed(row.unit_id, &placed, row.sender_id);
    let count = i64::try_from(placed.len()).unwrap_or(i64::MAX);
    let entries = managers(placed, &line.units, &line.heads);
    store_batch(tx, row, 1, "sent", "", &entries).await?;
    store_copies(tx, row.id, &copies).await?;
    let mut sql = Sql::new("UPDATE dispatches SET state = ");
    sql.bind(next.as_str())
        .push(", sent_at = ")
        .bind(tx.now())
        .push(", updated_at = ")
        .bind(tx.now())
        .push(", scheduled_for = NULL, recipient_count = ")
        .bind(count)
        .push(", addressed = ")
        .bind(addressed(&line, row)?)
        .push(" WHERE id = ")
        .bind(row.id);
    sql.run(tx).await?;
    tx.announce(events::wide(events::SENT, row.id, row.sender_id));
    Ok(())
}

/// Who was addressed, in words that outlive renamed units and audiences: codes, roles and a name.
fn addressed(line: &Line, row: &DispatchRow) -> Result<String> {
    let codes: Vec<String> = row
        .roots()?
        .iter()
        .filter_map(|id| line.units.iter().find(|unit| unit.id == *id))
        .map(|unit| format!("{} ({})", unit.name, unit.code))
        .collect();
    let roles = row.target_roles()?;
    let roles = if roles.is_empty() {
        "*".to_owned()
    } else {
        roles.join(", ")
    };
    let audience = row.audience()?;
    let audience = audience.map_or_else(String::new, |audience| format!(" ∩ {}", audience.name));
    Ok(format!("{}: {roles}{audience}", codes.join(", ")))
}

/// Everybody addressed at this moment but the sender: whom the line covers, and of these who is in the audience.
async fn placed(tx: &Tx, row: &DispatchRow) -> Result<Vec<Placed>> {
    let (roots, roles) = (row.roots()?, row.target_roles()?);
    let audience = row.audience()?;
    if let Some(audience) = &audience {
        policy::may_narrow(tx, row.sender_id, audience).await?;
    }
    let among = |bound| {
        let audience = audience.as_ref()?;
        Some(audiences::queries::people_part(
            &audience.rule,
            tx.now(),
            bound,
        ))
    };
    let mut placed = directory::queries::placed_among(tx, &roots, &roles, tx.now(), among).await?;
    placed.retain(|place| place.person_id != row.sender_id);
    Ok(placed)
}

async fn store_batch(
    tx: &Tx,
    row: &DispatchRow,
    number: i32,
    reason: &str,
    before: &str,
    entries: &[RollEntry],
) -> Result<()> {
    let duties = steps::begin(tx, row, entries).await?;
    for entries in entries.chunks(CHUNK) {
        let mut sql = Sql::new(
            "INSERT INTO dispatch_roll (dispatch_id, person_id, unit_id, unit_code, role, manager_id, \
             language, batch, duty_since, due_at, next_step_at, next_nudge_at, step) VALUES ",
        );
        sql.bind_rows(entries.iter().map(|entry| {
            let duty = duties.get(&entry.person_id).copied().unwrap_or_default();
            let values: Vec<Value> = vec![
                row.id.into(),
                entry.person_id.into(),
                entry.unit_id.into(),
                entry.unit_code.as_str().into(),
                entry.role.as_str().into(),
                entry.manager_id.into(),
                entry.language.as_str().into(),
                number.into(),
                duty.due_at.map(|_| tx.now()).into(),
                duty.due_at.into(),
                duty.next_step_at.into(),
                duty.next_nudge_at.into(),
                0.into(),
            ];
            values
        }));
        sql.run(tx).await?;
    }
    let mut sql = Sql::new(
        "INSERT INTO dispatch_batches (dispatch_id, number, reason, added, hash, added_at) VALUES ",
    );
    let values: Vec<Value> = vec![
        row.id.into(),
        number.into(),
        reason.into(),
        i64::try_from(entries.len()).unwrap_or(i64::MAX).into(),
        batch_hash(row.id, number, before, entries).into(),
        tx.now().into(),
    ];
    sql.bind_rows([values]);
    sql.run(tx).await?;
    Ok(())
}

async fn store_copies(tx: &Tx, id: DispatchId, copies: &[UnitHead]) -> Result<()> {
    for copies in copies.chunks(CHUNK) {
        let mut sql =
            Sql::new("INSERT INTO dispatch_copies (dispatch_id, person_id, unit_id) VALUES ");
        sql.bind_rows(
            copies
                .iter()
                .map(|head| vec![id.into(), head.person_id.into(), head.unit_id.into()]),
        )
        .push(" ON CONFLICT (dispatch_id, person_id, unit_id) DO NOTHING");
        sql.run(tx).await?;
    }
    Ok(())
}

/// Adds people who came into the addressed places since a dispatch was sent, as long as its sender chose;
/// returns how many.
///
/// # Errors
/// The first error, after all others have been tried.
pub async fn join_due(database: &Database) -> Result<u64> {
    let viewer = Viewer::system("add joiners to dispatches");
    let reader = database.reader(&viewer);
    let mut sql = Sql::new(
        "SELECT d.id FROM dispatches d WHERE d.state = 'published' AND d.joiner_days > 0 \
         AND d.sent_at + CAST(d.joiner_days AS BIGINT) * 86400000000 > ",
    );
    sql.bind(reader.now()).push(" ORDER BY d.id");
    let open: Vec<Due> = sql.all(&reader).await?;
    let (mut added, mut failure) = (0, None);
    for Due { id } in open {
        match join_one(database, &viewer, id).await {
            Ok(more) => added += more,
            Err(error) => {
                tracing::error!(dispatch = %id, %error, "joiners were not added");
                failure.get_or_insert(error);
            }
        }
    }
    failure.map_or(Ok(added), Err)
}

#[derive(FromQueryResult)]
struct OnRoll {
    person_id: PersonId,
}

async fn join_one(database: &Database, viewer: &Viewer, id: DispatchId) -> Result<u64> {
    let mut tx = database.begin(viewer).await?;
    let row = policy::locked(&tx, id).await?;
    if row.state()? != ContentState::Published {
        tx.rollback().await?;
        return Ok(0);
    }
    let mut sql = Sql::new("SELECT r.person_id FROM dispatch_roll r WHERE r.dispatch_id = ");
    sql.bind(id);
    let there: Vec<OnRoll> = sql.all(&tx).await?;
    let there: HashSet<PersonId> = there.into_iter().map(|row| row.person_id).collect();
    let mut joiners = match placed(&tx, &row).await {
        // The sender has lost sight of a community the audience names.
        Err(Error::Invalid(_)) => Vec::new(),
        placed => placed?,
    };
    joiners.retain(|place| !there.contains(&place.person_id));
    if joiners.is_empty() {
        tx.rollback().await?;
        return Ok(0);
    }
    let mut sql = Sql::new(
        "SELECT b.number, b.reason, b.added, b.hash, b.added_at FROM dispatch_batches b \
         WHERE b.dispatch_id = ",
    );
    sql.bind(id).push(" ORDER BY b.number DESC LIMIT 1");
    let last: Option<BatchRow> = sql.one(&tx).await?;
    let last = last.ok_or(Error::bug("a dispatch was sent without a roll"))?;
    let line = Line::read(&tx, row.unit_id, tx.now()).await?;
    let copies = line.passed(row.unit_id, &joiners, row.sender_id);
    let count = joiners.len() as u64;
    let entries = managers(joiners, &line.units, &line.heads);
    let number = last.number + 1;
    store_batch(&tx, &row, number, "joined", &last.hash, &entries).await?;
    store_copies(&tx, id, &copies).await?;
    let mut sql = Sql::new("UPDATE dispatches SET recipient_count = recipient_count + ");
    sql.bind(i64::try_from(count).unwrap_or(i64::MAX))
        .push(" WHERE id = ")
        .bind(id);
    sql.run(&tx).await?;
    tx.announce(events::joined(id, row.sender_id, number));
    tx.commit().await?;
    Ok(count)
}
