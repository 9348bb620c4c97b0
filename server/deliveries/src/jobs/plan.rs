//! Gives each new delivery its moment, by the habits of its person.

use std::collections::HashMap;

use jiff::tz::TimeZone;
use kernel::{DeliveryId, PersonId, Result, Timestamp, Viewer};
use notifications::model::EmailTiming;
use platform::{Database, Sql, Tx};

use super::claim::is_any_due;
use crate::events;
use crate::model::{Channel, Habits, Planned, plan};
use crate::table::{DELIVERY, DeliveryRow};

/// Deliveries planned in one transaction.
const BATCH: i64 = 1_000;

/// Plans all new deliveries; returns how many. Safe on several nodes at once.
///
/// # Errors
/// Database errors; what was planned until then stays planned.
pub async fn plan_due(database: &Database) -> Result<usize> {
    let mut all = 0;
    while is_any_due(database, "new").await? {
        let mut tx = database.begin(&Viewer::system("plan deliveries")).await?;
        let planned = plan_some(&mut tx).await?;
        if planned == 0 {
            tx.rollback().await?;
            break;
        }
        tx.announce(events::planned(planned));
        tx.commit().await?;
        all += planned;
    }
    Ok(all)
}

async fn plan_some(tx: &mut Tx) -> Result<usize> {
    let mut sql = Sql::new(format!(
        "SELECT {DELIVERY} FROM deliveries d WHERE d.state = 'new' ORDER BY d.due_at, d.id LIMIT "
    ));
    sql.bind(BATCH).lock(tx, "d");
    let rows: Vec<DeliveryRow> = sql.all(tx).await?;
    if rows.is_empty() {
        return Ok(0);
    }
    let mut people: Vec<PersonId> = rows.iter().map(|row| row.person_id).collect();
    people.sort_unstable();
    people.dedup();
    let known = Known::load(tx, &people).await?;
    let mut moments: HashMap<Option<(Timestamp, EmailTiming)>, Vec<DeliveryId>> = HashMap::new();
    for row in &rows {
        let channel = Channel::parse(&row.channel)?;
        let habits = known.habits(row.person_id);
        let moment = match plan(
            channel,
            row.timing()?,
            row.created_at,
            row.is_urgent,
            &habits,
        ) {
            Planned::At(at, timing) => Some((at, timing)),
            Planned::Dropped => None,
        };
        moments.entry(moment).or_default().push(row.id);
    }
    for (moment, ids) in moments {
        let mut sql = Sql::new("UPDATE deliveries SET ");
        match moment {
            Some((at, timing)) => sql
                .push("state = 'waiting', due_at = ")
                .bind(at)
                .push(", timing = ")
                .bind(timing.as_str()),
            None => sql.push("state = 'dropped', problem = 'absent'"),
        };
        sql.push(" WHERE id IN (").bind_all(ids).push(")");
        sql.run(tx).await?;
    }
    Ok(rows.len())
}

/// What is known of the time of some people.
struct Known {
    rhythms: HashMap<PersonId, notifications::model::Rhythm>,
    zones: HashMap<PersonId, TimeZone>,
    working: directory::queries::WorkingCalendars,
    away: HashMap<PersonId, Timestamp>,
}

impl Known {
    async fn load(tx: &Tx, people: &[PersonId]) -> Result<Self> {
        let settings = identity::queries::settings_of(tx, people).await?;
        let zones = settings.into_iter().filter_map(|settings| {
            let zone = TimeZone::get(&settings.time_zone).ok()?;
            Some((settings.person, zone))
        });
        Ok(Self {
            zones: zones.collect(),
            rhythms: notifications::queries::rhythms(tx, people).await?,
            working: directory::queries::working_calendars(tx, people, tx.now()).await?,
            away: directory::queries::away_until(tx, people, tx.now()).await?,
        })
    }

    fn habits(&self, person: PersonId) -> Habits<'_> {
        let working = self.working.of(person);
        let zone = self.zones.get(&person);
        let zone = zone.or_else(|| working.map(kernel::working_time::WorkingTime::zone));
        Habits {
            rhythm: self.rhythms.get(&person).copied().unwrap_or_default(),
            zone: zone.cloned().unwrap_or(TimeZone::UTC),
            working,
            away_until: self.away.get(&person).copied(),
        }
    }
}
