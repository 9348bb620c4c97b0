//! Consumers: reactions to the journal. Each has its own cursor, stored with its effect in one
//! transaction, so that a crash neither loses nor repeats an event.
//!
//! Several nodes may run the same consumer: the cursor's row is locked while a batch is handled.

use std::sync::Arc;
use std::time::Duration;

use kernel::{Error, Event, Position, Result, Viewer};
use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, Statement};
use tokio_util::sync::CancellationToken;

use crate::db::{Database, Tx};
use crate::journal;

/// Events handled in one transaction at most.
const BATCH: u64 = 100;
/// Tries before an event that always fails is set aside for a person to look at.
const TRIES: u32 = 8;

/// A reaction to events.
#[async_trait::async_trait]
pub trait Consumer: Send + Sync {
    /// Stable name; the cursor is stored under it.
    fn name(&self) -> &'static str;

    /// Whether the event means anything to this consumer; cheap, no I/O.
    fn wants(&self, event: &Event) -> bool;

    /// Reacts. Rows written through `tx` are stored together with the cursor.
    ///
    /// # Errors
    /// Any error rolls back; the event is tried again and, if it never works, set aside.
    async fn handle(&self, tx: &mut Tx, event: &Event) -> Result<()>;
}

/// Runs consumers until told to stop.
pub struct ConsumerRunner {
    database: Database,
    consumers: Vec<Arc<dyn Consumer>>,
    poll: Duration,
}

impl ConsumerRunner {
    /// `poll` is how long a commit of another process may stay unnoticed.
    pub fn new(database: Database, consumers: Vec<Arc<dyn Consumer>>, poll: Duration) -> Self {
        Self {
            database,
            consumers,
            poll,
        }
    }

    /// Runs each consumer in its own task until `stop`; returns when all have ended.
    pub async fn run(&self, stop: CancellationToken) {
        let tasks = self.consumers.iter().map(|consumer| {
            let (database, consumer) = (self.database.clone(), consumer.clone());
            let (poll, stop) = (self.poll, stop.clone());
            tokio::spawn(async move { follow(&database, consumer.as_ref(), poll, stop).await })
        });
        for task in tasks.collect::<Vec<_>>() {
            if let Err(error) = task.await {
                tracing::error!(%error, "consumer task ended badly");
            }
        }
    }

    /// Handles everything there is now, then returns; for tests and commands that end.
    ///
    /// # Errors
    /// The first error of a consumer.
    pub async fn drain(&self) -> Result<()> {
        loop {
            let mut handled = 0;
            for consumer in &self.consumers {
                handled += step(&self.database, consumer.as_ref(), BATCH).await?;
            }
            if handled == 0 {
                return Ok(());
            }
        }
    }
}

async fn follow(
    database: &Database,
    consumer: &dyn Consumer,
    poll: Duration,
    stop: CancellationToken,
) {
    let mut wake = database.wake();
    let mut failures = 0;
    while !stop.is_cancelled() {
        wake.mark_unchanged();
        // After a failure events are taken one by one, so that a bad one does not hold up good ones.
        let limit = if failures == 0 { BATCH } else { 1 };
        let pause = match step(database, consumer, limit).await {
            Ok(0) => poll,
            Ok(_) => {
                failures = 0;
                continue;
            }
            Err(error) => {
                failures += 1;
                tracing::error!(consumer = consumer.name(), failures, %error, "consumer failed");
                if failures > TRIES && set_aside(database, consumer, &error).await.is_ok() {
                    failures = 0;
                }
                backoff(failures)
            }
        };
        tokio::select! {
            () = stop.cancelled() => break,
            () = tokio::time::sleep(pause) => {}
            _ = wake.changed(), if failures == 0 => {}
        }
    }
}

fn backoff(failures: u32) -> Duration {
    Duration::from_millis(100 << failures.min(8))
}

#[derive(FromQueryResult)]
struct CursorRow {
    transaction_id: i64,
    sequence: i64,
}

/// Where a consumer stands.
///
/// # Errors
/// Database errors.
pub async fn cursor<C: ConnectionTrait>(db: &C, name: &str) -> Result<Position> {
    read_cursor(db, name, "").await
}

async fn read_cursor<C: ConnectionTrait>(db: &C, name: &str, lock: &str) -> Result<Position> {
    let sql = format!("SELECT transaction_id, sequence FROM journal_cursors WHERE name = $1{lock}");
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [name.into()]);
    let row = CursorRow::find_by_statement(statement).one(db).await?;
    Ok(row.map_or(Position::START, |row| Position {
        transaction: row.transaction_id,
        sequence: row.sequence,
    }))
}

async fn lock_cursor(tx: &Tx, name: &str) -> Result<Position> {
    if tx.get_database_backend() != DbBackend::Postgres {
        return read_cursor(tx, name, "").await;
    }
    let insert = "INSERT INTO journal_cursors (name, transaction_id, sequence, updated_at) \
                  VALUES ($1, 0, 0, $2) ON CONFLICT (name) DO NOTHING";
    let values = [name.into(), tx.now().into()];
    tx.execute_raw(Statement::from_sql_and_values(
        DbBackend::Postgres,
        insert,
        values,
    ))
    .await?;
    read_cursor(tx, name, " FOR UPDATE").await
}

async fn store_cursor(tx: &Tx, name: &str, position: Position) -> Result<()> {
    let sql = "INSERT INTO journal_cursors (name, transaction_id, sequence, updated_at) \
               VALUES ($1, $2, $3, $4) ON CONFLICT (name) DO UPDATE SET \
               transaction_id = excluded.transaction_id, sequence = excluded.sequence, \
               updated_at = excluded.updated_at";
    let values = [
        name.into(),
        position.transaction.into(),
        position.sequence.into(),
        tx.now().into(),
    ];
    tx.execute_raw(Statement::from_sql_and_values(
        tx.get_database_backend(),
        sql,
        values,
    ))
    .await?;
    Ok(())
}

/// Handles up to `limit` events; returns how many the cursor passed.
async fn step(database: &Database, consumer: &dyn Consumer, limit: u64) -> Result<usize> {
    let viewer = Viewer::system(consumer.name());
    // A look without a transaction first: most wake-ups bring nothing for this consumer.
    let reader = database.reader(&viewer);
    let seen = cursor(&reader, consumer.name()).await?;
    if journal::read(&reader, seen, 1).await?.is_empty() {
        return Ok(0);
    }
    let mut tx = database.begin_reaction(&viewer).await?;
    let from = lock_cursor(&tx, consumer.name()).await?;
    let events = journal::read(&tx, from, limit).await?;
    let Some(last) = events.last().map(|event| event.position) else {
        return Ok(0);
    };
    for event in events.iter().filter(|event| consumer.wants(event)) {
        consumer.handle(&mut tx, event).await?;
    }
    store_cursor(&tx, consumer.name(), last).await?;
    tx.commit().await?;
    Ok(events.len())
}

/// Parks the event the consumer cannot handle and moves on; `loggia doctor` shows parked events.
async fn set_aside(database: &Database, consumer: &dyn Consumer, error: &Error) -> Result<()> {
    let viewer = Viewer::system(consumer.name());
    let tx = database.begin_reaction(&viewer).await?;
    let from = lock_cursor(&tx, consumer.name()).await?;
    let events = journal::read(&tx, from, 1).await?;
    let Some(event) = events.first() else {
        return Ok(());
    };
    let sql = "INSERT INTO journal_parked (consumer, event_id, transaction_id, sequence, error, parked_at) \
               VALUES ($1, $2, $3, $4, $5, $6)";
    let reason: String = error.to_string().chars().take(1000).collect();
    let values = [
        consumer.name().into(),
        event.id.into(),
        event.position.transaction.into(),
        event.position.sequence.into(),
        reason.into(),
        tx.now().into(),
    ];
    tx.execute_raw(Statement::from_sql_and_values(
        tx.get_database_backend(),
        sql,
        values,
    ))
    .await?;
    store_cursor(&tx, consumer.name(), event.position).await?;
    tracing::error!(consumer = consumer.name(), event = %event.id, "event set aside");
    tx.commit().await
}
