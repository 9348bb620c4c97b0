//! Deadlines in working time, reminders, what comes back, and the way up the line. Each step is taken once:
//! the row of the roll names the next one and is locked while it is taken.
//!
//! A line of the roll has two tracks: `step` and `next_step_at` are the way up the line ([`Plan`]), `nudges`
//! and `next_nudge_at` what is said again, by an urgent dispatch itself ([`Urgency`]) or because the
//! sender asks for it. Both are reckoned when they are stored and again when they are due, so that whoever
//! sets one of them to the present moment has it reckoned anew.

use std::collections::{BTreeMap, HashMap, HashSet};

use directory::queries::WorkingCalendars;
use kernel::{DispatchId, OrgUnitId, PersonId, Result, Timestamp, Viewer};
use platform::{Database, Tx};
use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, Value};

use super::receipts::acknowledged;
use crate::events;
use crate::model::{Plan, RollEntry, StepKind, Urgencies};
use crate::policy;
use crate::queries;
use crate::table::{DispatchRow, Sql};

/// Rows of the roll one round takes.
const PER_ROUND: u64 = 1_000;
/// People named in one statement.
const PER_STATEMENT: usize = 10_000;
/// The number under which what is said again is noted beside the steps.
const NUDGE: i32 = -1;

/// When a recipient's duty ends and what comes before.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Duty {
    /// The deadline; nothing when nothing is to be confirmed.
    pub(super) due_at: Option<Timestamp>,
    /// The next step.
    pub(super) next_step_at: Option<Timestamp>,
    /// When an urgent one comes back.
    pub(super) next_nudge_at: Option<Timestamp>,
}

/// Somebody with a duty since some moment.
#[derive(Debug, Clone, Copy, FromQueryResult)]
struct Obliged {
    person_id: PersonId,
    unit_id: OrgUnitId,
    duty_since: Timestamp,
}

/// When things are due, for the people of one dispatch.
struct Reckoning {
    plan: Plan,
    minutes: i64,
    calendars: WorkingCalendars,
    urgencies: Option<Urgencies>,
}

impl Reckoning {
    /// Reads what it takes; nothing for a dispatch that need not be confirmed.
    async fn of(tx: &Tx, row: &DispatchRow, people: &[Obliged]) -> Result<Option<Self>> {
        let Some(hours) = row.working_hours.filter(|_| row.is_must_read) else {
            return Ok(None);
        };
        let ids: Vec<PersonId> = people.iter().map(|obliged| obliged.person_id).collect();
        let urgencies = if row.is_urgent {
            let units: HashSet<OrgUnitId> = people.iter().map(|obliged| obliged.unit_id).collect();
            let units: Vec<OrgUnitId> = units.into_iter().collect();
            Some(queries::urgencies(tx, &units).await?)
        } else {
            None
        };
        Ok(Some(Self {
            plan: Plan::new(hours, row.is_urgent),
            minutes: i64::from(hours) * 60,
            calendars: directory::queries::working_calendars(tx, &ids, tx.now()).await?,
            urgencies,
        }))
    }

    fn due(&self, who: &Obliged) -> Option<Timestamp> {
        self.calendars
            .after(who.person_id, who.duty_since, self.minutes)
    }

    fn step(&self, who: &Obliged, step: i32) -> Option<Timestamp> {
        let step = self.plan.step(step)?;
        self.calendars
            .after(who.person_id, who.duty_since, step.after_minutes)
    }

    /// When an urgent one comes back for the `number`th time: by the clock where the unit's policy lets it
    /// pass quiet hours and the person is not away, otherwise in working time.
    fn nudge(&self, who: &Obliged, number: i32) -> Option<Timestamp> {
        let urgency = self.urgencies.as_ref()?.of(who.unit_id);
        if number > urgency.max_repeats {
            return None;
        }
        let minutes = i64::from(number) * i64::from(urgency.repeat_minutes);
        if urgency.passes_quiet_hours {
            let at = who.duty_since.plus_seconds(minutes * 60);
            if !self.calendars.is_away(who.person_id, at) {
                return Some(at);
            }
        }
        self.calendars.after(who.person_id, who.duty_since, minutes)
    }

    fn first(&self, who: &Obliged) -> Duty {
        Duty {
            due_at: self.due(who),
            next_step_at: self.step(who, 0),
            next_nudge_at: self.nudge(who, 1),
        }
    }
}

/// The duties of people for whom a dispatch begins now.
pub(super) async fn begin(
    tx: &Tx,
    row: &DispatchRow,
    entries: &[RollEntry],
) -> Result<HashMap<PersonId, Duty>> {
    let people: Vec<Obliged> = entries
        .iter()
        .map(|entry| Obliged {
            person_id: entry.person_id,
            unit_id: entry.unit_id,
            duty_since: tx.now(),
        })
        .collect();
    let reckoning = Reckoning::of(tx, row, &people).await?;
    Ok(reckoning.map_or_else(HashMap::new, |reckoning| {
        let duty = |who: &Obliged| (who.person_id, reckoning.first(who));
        people.iter().map(duty).collect()
    }))
}

#[derive(FromQueryResult)]
struct OnRoll {
    person_id: PersonId,
    unit_id: OrgUnitId,
}

/// Begins the duties of everybody on the roll anew, after a material change.
pub(super) async fn restart(tx: &Tx, row: &DispatchRow) -> Result<()> {
    let mut sql =
        Sql::new("SELECT r.person_id, r.unit_id FROM dispatch_roll r WHERE r.dispatch_id = ");
    sql.bind(row.id);
    let people: Vec<OnRoll> = sql.all(tx).await?;
    let people: Vec<Obliged> = people
        .into_iter()
        .map(|on_roll| Obliged {
            person_id: on_roll.person_id,
            unit_id: on_roll.unit_id,
            duty_since: tx.now(),
        })
        .collect();
    let Some(reckoning) = Reckoning::of(tx, row, &people).await? else {
        return Ok(());
    };
    let mut together = Together::new();
    for who in &people {
        let place = Place {
            step: 0,
            nudges: 0,
            duty: reckoning.first(who),
        };
        together.entry(place).or_default().push(who.person_id);
    }
    store(tx, row.id, Some(tx.now()), together).await
}

/// Where somebody stands on both tracks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    step: i32,
    nudges: i32,
    duty: Duty,
}

/// Few calendars, many people: those who stand at the same place are written together.
type Together = BTreeMap<Place, Vec<PersonId>>;

async fn store(
    tx: &Tx,
    id: DispatchId,
    duty_since: Option<Timestamp>,
    together: Together,
) -> Result<()> {
    for (place, people) in together {
        for people in people.chunks(PER_STATEMENT) {
            let mut sql = Sql::new("UPDATE dispatch_roll SET step = ");
            sql.bind(place.step)
                .push(", nudges = ")
                .bind(place.nudges)
                .push(", due_at = ")
                .bind(place.duty.due_at)
                .push(", next_step_at = ")
                .bind(place.duty.next_step_at)
                .push(", next_nudge_at = ")
                .bind(place.duty.next_nudge_at);
            if let Some(since) = duty_since {
                sql.push(", duty_since = ").bind(since);
            }
            sql.push(" WHERE dispatch_id = ")
                .bind(id)
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
    unit_id: OrgUnitId,
    manager_id: Option<PersonId>,
    duty_since: Timestamp,
    step: i32,
    nudges: i32,
    due_at: Option<Timestamp>,
    next_step_at: Option<Timestamp>,
    next_nudge_at: Option<Timestamp>,
}

impl DueRow {
    fn obliged(&self) -> Obliged {
        Obliged {
            person_id: self.person_id,
            unit_id: self.unit_id,
            duty_since: self.duty_since,
        }
    }
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
    let mut sql = Sql::new("SELECT DISTINCT due.dispatch_id FROM (");
    for (number, track) in ["next_step_at", "next_nudge_at"].iter().enumerate() {
        sql.push(if number > 0 { " UNION ALL " } else { "" })
            .push(&format!(
                "SELECT * FROM (SELECT r.dispatch_id FROM dispatch_roll r \
                 WHERE r.{track} IS NOT NULL AND r.{track} <= "
            ))
            .bind(reader.now())
            .push(&format!(
                " ORDER BY r.{track} LIMIT {PER_ROUND}) track_{number}"
            ));
    }
    sql.push(") due");
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
    let due = due_rows(&tx, id).await?;
    let obliged: Vec<Obliged> = due.iter().map(DueRow::obliged).collect();
    let reckoning = Reckoning::of(&tx, &row, &obliged).await?;
    let (Some(reckoning), false) = (reckoning, due.is_empty()) else {
        tx.rollback().await?;
        return Ok(0);
    };
    let people: Vec<PersonId> = due.iter().map(|row| row.person_id).collect();
    let done = acknowledged(&tx, id, row.required_version, &people).await?;
    let done: HashSet<PersonId> = done.into_iter().collect();
    let round = Round {
        reckoning,
        row: &row,
    };
    let mut told: BTreeMap<(PersonId, i32), i64> = BTreeMap::new();
    let mut together = Together::new();
    let count = due.len() as u64;
    for person in due {
        let place = if done.contains(&person.person_id) {
            Place {
                step: person.step,
                nudges: person.nudges,
                duty: Duty {
                    due_at: person.due_at,
                    ..Duty::default()
                },
            }
        } else {
            round.move_on(&tx, &person, &mut told).await?
        };
        together.entry(place).or_default().push(person.person_id);
    }
    store(&tx, id, None, together).await?;
    round.tell(&mut tx, &told).await?;
    if told.is_empty() {
        tx.announce(events::wide("dispatch.advanced", id, row.sender_id));
    }
    tx.commit().await?;
    Ok(count)
}

async fn due_rows(tx: &Tx, id: DispatchId) -> Result<Vec<DueRow>> {
    let mut sql = Sql::new(
        "SELECT r.person_id, r.unit_id, r.manager_id, r.duty_since, r.step, r.nudges, r.due_at, \
         r.next_step_at, r.next_nudge_at FROM dispatch_roll r WHERE r.duty_since IS NOT NULL \
         AND r.dispatch_id = ",
    );
    let now = sql.bind(id).hold(tx.now());
    sql.push(&format!(
        " AND (r.next_step_at <= ${now} OR r.next_nudge_at <= ${now}) ORDER BY r.person_id LIMIT {PER_ROUND}"
    ));
    if tx.get_database_backend() == DbBackend::Postgres {
        sql.push(" FOR UPDATE");
    }
    sql.all(tx).await
}

/// One dispatch's steps at one moment.
struct Round<'a> {
    reckoning: Reckoning,
    row: &'a DispatchRow,
}

impl Round<'_> {
    /// Takes what is due of a person by the calendar as it is now (somebody may have been absent since), and
    /// says where that leaves the person.
    async fn move_on(
        &self,
        tx: &Tx,
        person: &DueRow,
        told: &mut BTreeMap<(PersonId, i32), i64>,
    ) -> Result<Place> {
        let (now, who) = (tx.now(), person.obliged());
        let is_due = |at: Option<Timestamp>| at.is_some_and(|at| at <= now);
        let mut step = person.step;
        if is_due(person.next_step_at) && is_due(self.reckoning.step(&who, step)) {
            if let Some(whom) = self.whom(tx, person).await? {
                *told.entry((whom, step)).or_default() += 1;
            }
            step += 1;
        }
        let mut nudges = person.nudges;
        if is_due(person.next_nudge_at) {
            // The sender asked for it: it is no repeat of the dispatch itself and does not count as one.
            let is_asked_for = person.next_nudge_at == self.row.reminded_at;
            let mut is_told = is_asked_for;
            // Repeats that fell into a time nobody ran this are made good by one.
            while is_due(self.reckoning.nudge(&who, nudges + 1)) {
                nudges += 1;
                is_told = true;
            }
            if is_told {
                told.insert((person.person_id, NUDGE), 1);
            }
        }
        Ok(Place {
            step,
            nudges,
            duty: Duty {
                due_at: self.reckoning.due(&who),
                next_step_at: self.reckoning.step(&who, step),
                next_nudge_at: self.reckoning.nudge(&who, nudges + 1),
            },
        })
    }

    /// Whom this step tells: the person, the manager, or the manager's manager.
    async fn whom(&self, tx: &Tx, person: &DueRow) -> Result<Option<PersonId>> {
        match self.reckoning.plan.step(person.step).map(|step| step.kind) {
            None => Ok(None),
            Some(StepKind::Reminder) => Ok(Some(person.person_id)),
            Some(StepKind::Overdue) => Ok(person.manager_id),
            Some(StepKind::Escalation) => self.second_manager(tx, person).await,
        }
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

    /// Notes who was told of how many, and tells them.
    async fn tell(&self, tx: &mut Tx, told: &BTreeMap<(PersonId, i32), i64>) -> Result<()> {
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
        }))
        .push(
            " ON CONFLICT (dispatch_id, version, step, person_id, taken_at) DO UPDATE SET \
             about_count = dispatch_steps.about_count + excluded.about_count",
        );
        sql.run(tx).await?;
        for ((person, step), count) in told {
            let kind = self.reckoning.plan.step(*step).map(|step| step.kind);
            tx.announce(match kind {
                None if self.row.is_urgent => events::repeated(self.row.id, *person),
                None | Some(StepKind::Reminder) => {
                    events::personal(events::REMINDED, self.row.id, *person)
                }
                Some(kind) => events::escalated(self.row.id, *person, kind, *count),
            });
        }
        Ok(())
    }
}
