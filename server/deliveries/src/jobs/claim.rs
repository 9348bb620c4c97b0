//! Taking what is due, and saying how it ended.

use kernel::{DeliveryId, LetterId, Result, Timestamp, Viewer};
use notifications::model::EmailTiming;
use platform::{Database, Sql};
use sea_orm::FromQueryResult;

use crate::events;
use crate::model::{Channel, Outcome};
use crate::table::{Bundle, DELIVERY, DeliveryRow};

/// Deliveries taken at once.
const BATCH: i64 = 200;
/// How long a worker may hold what it took. A letter takes at most three steps of half a minute.
const LEASE_SECONDS: i64 = 600;
/// Longest pause between two tries.
const LONGEST_PAUSE_MINUTES: i64 = 60;
/// Tries after which it is given up: some four days.
const TRIES: i32 = 100;

/// Whether there is a delivery in this state whose moment has come, so that an idle house writes nothing.
pub(super) async fn is_any_due(database: &Database, state: &str) -> Result<bool> {
    let reader = database.reader(&Viewer::system("look for deliveries"));
    let mut sql = Sql::new("SELECT d.id FROM deliveries d WHERE d.state = '");
    // Written in, so that the partial index serves it.
    sql.push(state)
        .push("' AND d.due_at <= ")
        .bind(reader.now())
        .push(" LIMIT 1");
    Ok(sql.one::<IdRow, _>(&reader).await?.is_some())
}

#[derive(FromQueryResult)]
struct IdRow {
    #[expect(dead_code, reason = "that there is a row is the answer")]
    id: DeliveryId,
}

/// Takes what is due on a channel: a digest for each person with several, everything else alone.
pub(super) async fn claim(database: &Database, channel: Channel) -> Result<Vec<Bundle>> {
    if !is_any_due(database, "waiting").await? {
        return Ok(Vec::new());
    }
    let viewer = Viewer::system("claim deliveries");
    let mut tx = database.begin(&viewer).await?;
    let mut sql = Sql::new(format!(
        "SELECT {DELIVERY} FROM deliveries d WHERE d.state = 'waiting' AND d.due_at <= "
    ));
    sql.bind(tx.now())
        .push(" AND d.channel = ")
        .bind(channel.as_str());
    sql.push(" ORDER BY d.due_at, d.person_id, d.id LIMIT ")
        .bind(BATCH);
    if !database.is_sqlite() {
        sql.push(" FOR NO KEY UPDATE OF d SKIP LOCKED");
    }
    let rows: Vec<DeliveryRow> = sql.all(&tx).await?;
    if rows.is_empty() {
        tx.rollback().await?;
        return Ok(Vec::new());
    }
    let bundles = bundle(rows, tx.now())?;
    let until = tx.now().plus_seconds(LEASE_SECONDS);
    for bundle in &bundles {
        let mut sql = Sql::new("UPDATE deliveries SET letter_id = ");
        sql.bind(bundle.letter).push(", due_at = ").bind(until);
        sql.push(", attempts = attempts + 1 WHERE id IN (");
        sql.bind_all(bundle.rows.iter().map(|row| row.id)).push(")");
        sql.run(&tx).await?;
    }
    tx.announce(events::claimed(bundles.len()));
    tx.commit().await?;
    Ok(bundles)
}

fn bundle(rows: Vec<DeliveryRow>, now: Timestamp) -> Result<Vec<Bundle>> {
    let mut bundles: Vec<Bundle> = Vec::new();
    for row in rows {
        let timing = row.timing()?;
        let is_digest = timing != EmailTiming::Instant;
        let same = bundles.iter_mut().find(|bundle| {
            is_digest && bundle.person == row.person_id && bundle.timing != EmailTiming::Instant
        });
        match same {
            Some(bundle) => bundle.rows.push(row),
            None => bundles.push(Bundle {
                letter: LetterId::at(now),
                person: row.person_id,
                timing,
                rows: vec![row],
            }),
        }
    }
    Ok(bundles)
}

/// Notes that a letter may be accepted from now on. False: it is not this worker's any more, and must
/// not be sent.
pub(super) async fn begin_sending(database: &Database, letter: LetterId) -> Result<bool> {
    let mut tx = database.begin(&Viewer::system("send deliveries")).await?;
    let mut sql = Sql::new(
        "UPDATE deliveries SET state = 'sending' WHERE state = 'waiting' AND letter_id = ",
    );
    sql.bind(letter).push(" AND due_at > ").bind(tx.now());
    if sql.run(&tx).await? == 0 {
        tx.rollback().await?;
        return Ok(false);
    }
    tx.announce(events::handing_over(letter));
    tx.commit().await?;
    Ok(true)
}

/// Notes how a letter ended.
pub(super) async fn settle(
    database: &Database,
    letter: LetterId,
    outcome: Outcome,
    problem: Option<&str>,
) -> Result<()> {
    let mut tx = database.begin(&Viewer::system("settle deliveries")).await?;
    let mut sql = Sql::new("UPDATE deliveries SET state = ");
    sql.bind(outcome.as_str())
        .push(", problem = ")
        .bind(problem.map(str::to_owned));
    sql.push(" WHERE state IN ('waiting', 'sending') AND letter_id = ")
        .bind(letter);
    sql.run(&tx).await?;
    tx.announce(events::settled(letter, outcome.as_str()));
    tx.commit().await
}

/// Notes that a letter was certainly not taken and is to be tried again, later and later.
pub(super) async fn retry(
    database: &Database,
    bundle: &Bundle,
    problem: &str,
    not_before: Option<std::time::Duration>,
) -> Result<()> {
    let tries = bundle
        .rows
        .iter()
        .map(|row| row.attempts)
        .max()
        .unwrap_or(0)
        + 1;
    if tries >= TRIES {
        return settle(database, bundle.letter, Outcome::Failed, Some(problem)).await;
    }
    let pause = pause_seconds(tries);
    let wished = not_before.and_then(|wait| i64::try_from(wait.as_secs()).ok());
    let pause = wished.map_or(pause, |wished| {
        wished.clamp(pause, LONGEST_PAUSE_MINUTES * 60)
    });
    let mut tx = database.begin(&Viewer::system("retry deliveries")).await?;
    let mut sql = Sql::new("UPDATE deliveries SET state = 'waiting', letter_id = NULL, due_at = ");
    sql.bind(tx.now().plus_seconds(pause))
        .push(", problem = ")
        .bind(problem);
    sql.push(" WHERE state IN ('waiting', 'sending') AND letter_id = ")
        .bind(bundle.letter);
    sql.run(&tx).await?;
    tx.announce(events::settled(bundle.letter, "retry"));
    tx.commit().await
}

/// One minute, two, four and so on, up to an hour.
fn pause_seconds(tries: i32) -> i64 {
    let doublings = u32::try_from(tries - 1).unwrap_or(0).min(10);
    (60_i64 << doublings).min(LONGEST_PAUSE_MINUTES * 60)
}

/// Gives up what was being handed over when its worker died.
pub(super) async fn give_up_lost(database: &Database) -> Result<()> {
    if !is_any_due(database, "sending").await? {
        return Ok(());
    }
    let mut tx = database.begin(&Viewer::system("lost deliveries")).await?;
    let mut sql = Sql::new(
        "UPDATE deliveries SET state = 'unknown', problem = 'the server stopped while sending' \
         WHERE state = 'sending' AND due_at <= ",
    );
    sql.bind(tx.now());
    let lost = sql.run(&tx).await?;
    if lost == 0 {
        return tx.rollback().await;
    }
    tracing::warn!(lost, "deliveries may have arrived and are not sent again");
    tx.announce(events::given_up(lost));
    tx.commit().await
}

#[cfg(test)]
mod tests {
    use super::pause_seconds;

    #[test]
    fn pauses_grow_to_an_hour() {
        let pauses: Vec<i64> = [1, 2, 3, 6, 7, 50].into_iter().map(pause_seconds).collect();
        assert_eq!(pauses, [60, 120, 240, 1_920, 3_600, 3_600]);
    }
}
