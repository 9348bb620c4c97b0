//! Deadlines in working time, reminders, and the way up the line. Each step is taken once: the row of the
//! roll names the next one and is locked while it is taken.

use std::collections::{BTreeMap, HashMap};

use directory::queries::WorkingCalendars;
use kernel::{DispatchId, PersonId, Result, Timestamp, Viewer};
use platform::{Database, Tx};
use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, Value};

use super::receipts::acknowledged;
use crate::events;
use crate::model::{Plan, RollEntry, StepKind};
use crate::policy;
use crate::table::{DispatchRow, Sql};

/// Rows of the roll one round takes.
const PER_ROUND: u64 = 1_000;

/// When a recipient's duty ends and what comes before.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Duty {
    /// The deadline; nothing when nothing is to be confirmed.
    pub(super) due_at: Option<Timestamp>,
    /// The next step.
    pub(super) next_step_at: Option<Timestamp>,
}

/// The duties of people for whom a dispatch begins now.
pub(super) async fn begin(
    tx: &Tx,
    row: &DispatchRow,
    entries: &[RollEntry],
) -> Result<HashMap<PersonId, Duty>> {
    let people: Vec<PersonId> = entries.iter().map(|entry| entry.person_id).collect();
    duties(tx, row, &people).await
}

async fn duties(
    tx: &Tx,
    row: &DispatchRow,
    people: &[PersonId],
) -> Result<HashMap<PersonId, Duty>> {
    let Some(hours) = row.working_hours.filter(|_| row.is_must_read) else {
        return Ok(HashMap::new());
    };
    let plan = Plan::new(hours, row.is_urgent);
    let calendars = directory::queries::working_calendars(tx, people, tx.now()).await?;
    let duty = |person: &PersonId| Duty {
        due_at: calendars.after(*person, tx.now(), i64::from(hours) * 60),
        next_step_at: plan
            .step(0)
            .and_then(|step| calendars.after(*person, tx.now(), step.after_minutes)),
    };
    Ok(people
        .iter()
        .map(|person| (*person, duty(person)))
        .collect())
}

#[derive(FromQueryResult)]
struct OnRoll {
    person_id: PersonId,
}

/// Begins the duties of everybody on the roll anew, after a material change.
pub(super) async fn restart(tx: &Tx, row: &DispatchRow) -> Result<()> {
    if !row.is_must_read {
        return Ok(());
    }
    let mut sql = Sql::new("SELECT r.person_id FROM dispatch_roll r WHERE r.dispatch_id = ");
    sql.bind(row.id);
    let people: Vec<OnRoll> = sql.all(tx).await?;
    let people: Vec<PersonId> = people.into_iter().map(|row| row.person_id).collect();
    // Few calendars, many people: those with the same deadline are written together.
    let mut together: BTreeMap<Duty, Vec<PersonId>> = BTreeMap::new();
    for (person, duty) in duties(tx, row, &people).await? {
        together.entry(duty).or_default().push(person);
    }
    for (duty, people) in together {
        for people in people.chunks(10_000) {
            let mut sql = Sql::new("UPDATE dispatch_roll SET step = 0, duty_since = ");
            sql.bind(tx.now())
                .push(", due_at = ")
                .bind(duty.due_at)
                .push(", next_step_at = ")
                .bind(duty.next_step_at)
                .push(" WHERE dispatch_id = ")
                .bind(row.id)
                .push(" AND person_id IN (")
                .bind_all(people.iter().copied())
                .push(")");
            sql.run(tx).await?;
        }
    }
    Ok(())
}

#[derive(Debug, Clone, FromQueryResult)]
struct DueRow {
    person_id: PersonId,
    unit_id: kernel::OrgUnitId,
    manager_id: Option<PersonId>,
    duty_since: Timestamp,
    step: i32,
}

#[derive(FromQueryResult)]
struct DueDispatch {
    dispatch_id: DispatchId,
}

/// Takes the steps whose time has come; returns how many. Run it until it returns 0.
///
/// # Errors
/// The first error, after all other dispatches have been tried.
pub async fn take_due(database: &Database) -> Result<u64> {
    let viewer = Viewer::system("remind of dispatches");
    let reader = database.reader(&viewer);
    let mut sql = Sql::new(
        "SELECT DISTINCT due.dispatch_id FROM (SELECT r.dispatch_id FROM dispatch_roll r \
         WHERE r.next_step_at IS NOT NULL AND r.next_step_at <= ",
    );
    sql.bind(reader.now())
        .push(&format!(" ORDER BY r.next_step_at LIMIT {PER_ROUND}) due"));
    let due: Vec<DueDispatch> = sql.all(&reader).await?;
    let (mut taken, mut failure) = (0, None);
    for DueDispatch { dispatch_id } in due {
        match take(database, &viewer, dispatch_id).await {
            Ok(more) => taken += more,
            Err(error) => {
                tracing::error!(dispatch = %dispatch_id, %error, "steps were not taken");
                failure.get_or_insert(error);
            }
        }
    }
    failure.map_or(Ok(taken), Err)
}

async fn take(database: &Database, viewer: &Viewer, id: DispatchId) -> Result<u64> {
    let mut tx = database.begin(viewer).await?;
    let row = policy::locked(&tx, id).await?;
    let (Some(hours), true) = (row.working_hours, row.is_must_read) else {
        tx.rollback().await?;
        return Ok(0);
    };
    let due = due_rows(&tx, id).await?;
    if due.is_empty() {
        tx.rollback().await?;
        return Ok(0);
    }
    let people: Vec<PersonId> = due.iter().map(|row| row.person_id).collect();
    let done = acknowledged(&tx, id, row.required_version, &people).await?;
    let calendars = directory::queries::working_calendars(&tx, &people, tx.now()).await?;
    let round = Round {
        plan: Plan::new(hours, row.is_urgent),
        calendars,
        row: &row,
    };
    let mut told: BTreeMap<(PersonId, i32), i64> = BTreeMap::new();
    let count = due.len() as u64;
    for person in due {
        let taken = !done.contains(&person.person_id);
        if taken && !round.is_early(&person, tx.now()) {
            round.tell(&mut tx, &person, &mut told).await?;
            round.advance(&tx, &person, true).await?;
        } else {
            round.advance(&tx, &person, !taken).await?;
        }
    }
    round.store(&mut tx, &told).await?;
    if told.is_empty() {
        tx.announce(events::wide("dispatch.advanced", id, row.sender_id));
    }
    tx.commit().await?;
    Ok(count)
}

async fn due_rows(tx: &Tx, id: DispatchId) -> Result<Vec<DueRow>> {
    let mut sql = Sql::new(
        "SELECT r.person_id, r.unit_id, r.manager_id, r.duty_since, r.step FROM dispatch_roll r \
         WHERE r.next_step_at IS NOT NULL AND r.duty_since IS NOT NULL AND r.dispatch_id = ",
    );
    sql.bind(id)
        .push(" AND r.next_step_at <= ")
        .bind(tx.now())
        .push(&format!(
            " ORDER BY r.next_step_at, r.person_id LIMIT {PER_ROUND}"
        ));
    if tx.get_database_backend() == DbBackend::Postgres {
        sql.push(" FOR UPDATE");
    }
    sql.all(tx).await
}

/// One dispatch's steps at one moment.
struct Round<'a> {
    plan: Plan,
    calendars: WorkingCalendars,
    row: &'a DispatchRow,
}

impl Round<'_> {
    /// When a step of this person is due by the calendar as it is now: somebody may have been absent since.
    fn at(&self, person: &DueRow, step: i32) -> Option<Timestamp> {
        let step = self.plan.step(step)?;
        self.calendars
            .after(person.person_id, person.duty_since, step.after_minutes)
    }

    fn is_early(&self, person: &DueRow, now: Timestamp) -> bool {
        self.at(person, person.step).is_some_and(|at| at > now)
    }

    /// Whom this step tells: the person, the manager, or the manager's manager.
    async fn tell(
        &self,
        tx: &mut Tx,
        person: &DueRow,
        told: &mut BTreeMap<(PersonId, i32), i64>,
    ) -> Result<()> {
        let Some(step) = self.plan.step(person.step) else {
            return Ok(());
        };
        let whom = match step.kind {
            StepKind::Reminder => Some(person.person_id),
            StepKind::Overdue => person.manager_id,
            StepKind::Escalation => self.second_manager(tx, person).await?,
        };
        if let Some(whom) = whom {
            *told.entry((whom, person.step)).or_default() += 1;
        }
        Ok(())
    }

    /// The next head above the manager, by the tree as it is now; at most up to the unit of the sender.
    async fn second_manager(&self, tx: &Tx, person: &DueRow) -> Result<Option<PersonId>> {
        let above = directory::queries::above(tx, &[person.unit_id]).await?;
        let ids: Vec<_> = above.iter().map(|unit| unit.id).collect();
        let heads = directory::queries::unit_heads(tx, &ids, tx.now()).await?;
        let mut next = Some(person.unit_id);
        while let Some(unit) = next {
            let head = heads.iter().find(|head| head.unit_id == unit);
            if let Some(head) = head.map(|head| head.person_id)
                && head != person.person_id
                && Some(head) != person.manager_id
            {
                return Ok(Some(head));
            }
            next = above
                .iter()
                .find(|above| above.id == unit)
                .and_then(|unit| unit.parent_id);
        }
        Ok(None)
    }

    /// Moves the person on to the next step, or (not `taken`) keeps the step for its new time.
    async fn advance(&self, tx: &Tx, person: &DueRow, taken: bool) -> Result<()> {
        let step = if taken { person.step + 1 } else { person.step };
        let due_minutes = i64::from(self.row.working_hours.unwrap_or_default()) * 60;
        let due = self
            .calendars
            .after(person.person_id, person.duty_since, due_minutes);
        let mut sql = Sql::new("UPDATE dispatch_roll SET step = ");
        sql.bind(step)
            .push(", next_step_at = ")
            .bind(self.at(person, step))
            .push(", due_at = ")
            .bind(due)
            .push(" WHERE dispatch_id = ")
            .bind(self.row.id)
            .push(" AND person_id = ")
            .bind(person.person_id);
        sql.run(tx).await?;
        Ok(())
    }

    /// Notes who was told of how many, and tells them.
    async fn store(&self, tx: &mut Tx, told: &BTreeMap<(PersonId, i32), i64>) -> Result<()> {
        if told.is_empty() {
            return Ok(());
        }
        let mut sql = Sql::new(
            "INSERT INTO dispatch_steps (dispatch_id, version, step, person_id, about_count, taken_at) \
             VALUES ",
        );
        let now = tx.now();
        sql.bind_rows(told.iter().map(|((person, step), count)| {
            let row: Vec<Value> = vec![
                self.row.id.into(),
                self.row.required_version.into(),
                (*step).into(),
                (*person).into(),
                (*count).into(),
                now.into(),
            ];
            row
        }));
        sql.run(tx).await?;
        for (person, step) in told.keys() {
            let kind = match self.plan.step(*step).map(|step| step.kind) {
                Some(StepKind::Reminder) | None => events::REMINDED,
                Some(StepKind::Overdue | StepKind::Escalation) => events::ESCALATED,
            };
            tx.announce(events::personal(kind, self.row.id, *person));
        }
        Ok(())
    }
}
