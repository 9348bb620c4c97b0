//! The journal: every fact in order, written with the rows it is about.
//!
//! On SQLite the number is the order. PostgreSQL hands numbers out before commits are visible, so a
//! row with a smaller number can appear after a larger one. There each row also carries its
//! transaction's number, readers stop below the oldest transaction still open
//! (`pg_snapshot_xmin`), and order is (transaction, number): what a reader has passed can never
//! grow a row behind it.

use kernel::{
    CommunityId, Error, Event, EventId, NewEvent, PersonId, Position, Result, Scope, SubjectRef,
    Timestamp,
};
use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, Statement, Value};
use uuid::Uuid;

use crate::db::Tx;

/// Most events written by one INSERT (SQLite and PostgreSQL limit bound values).
const ROWS_PER_INSERT: usize = 500;

fn scope_columns(scope: Scope) -> (&'static str, Option<Uuid>) {
    match scope {
        Scope::Community(id) => ("community", Some(id.0)),
        Scope::Person(id) => ("person", Some(id.0)),
        Scope::Organisation => ("organisation", None),
        Scope::System => ("system", None),
    }
}

fn scope_from(kind: &str, id: Option<Uuid>) -> Result<Scope> {
    match (kind, id) {
        ("community", Some(id)) => Ok(Scope::Community(CommunityId(id))),
        ("person", Some(id)) => Ok(Scope::Person(PersonId(id))),
        ("organisation", None) => Ok(Scope::Organisation),
        ("system", None) => Ok(Scope::System),
        _ => Err(Error::bug("unknown scope in the journal")),
    }
}

/// Writes events at the end of a transaction.
pub(crate) async fn append(tx: &Tx, events: &[NewEvent]) -> Result<()> {
    let backend = tx.get_database_backend();
    let transaction = match backend {
        DbBackend::Postgres => "pg_current_xact_id()::text::bigint",
        _ => "0",
    };
    for chunk in events.chunks(ROWS_PER_INSERT) {
        let mut sql = String::from(
            "INSERT INTO journal (transaction_id, id, kind, actor_id, subject_kind, subject_id, \
             root_id, scope_kind, scope_id, imported, payload, occurred_at) VALUES ",
        );
        let mut values: Vec<Value> = Vec::with_capacity(chunk.len() * 11);
        for (index, event) in chunk.iter().enumerate() {
            let (scope_kind, scope_id) = scope_columns(event.scope);
            let first = values.len() + 1;
            if index > 0 {
                sql.push(',');
            }
            sql.push('(');
            sql.push_str(transaction);
            for place in first..first + 11 {
                sql.push_str(&format!(",${place}"));
            }
            sql.push(')');
            values.extend([
                Value::from(EventId::at(tx.now())),
                event.kind.into(),
                tx.viewer().person_id().map(|id| id.0).into(),
                event.subject.kind.clone().into(),
                event.subject.id.into(),
                event.root.into(),
                scope_kind.into(),
                scope_id.into(),
                event.imported.into(),
                event.payload.to_string().into(),
                tx.now().into(),
            ]);
        }
        tx.execute_raw(Statement::from_sql_and_values(backend, sql, values))
            .await?;
    }
    Ok(())
}

#[derive(FromQueryResult)]
struct Row {
    sequence: i64,
    transaction_id: i64,
    id: EventId,
    kind: String,
    actor_id: Option<Uuid>,
    subject_kind: String,
    subject_id: Uuid,
    root_id: Option<Uuid>,
    scope_kind: String,
    scope_id: Option<Uuid>,
    imported: bool,
    payload: String,
    occurred_at: Timestamp,
}

impl Row {
    fn into_event(self) -> Result<Event> {
        Ok(Event {
            position: Position {
                transaction: self.transaction_id,
                sequence: self.sequence,
            },
            id: self.id,
            kind: self.kind,
            actor: self.actor_id.map(PersonId),
            subject: SubjectRef {
                kind: self.subject_kind,
                id: self.subject_id,
            },
            root: self.root_id,
            scope: scope_from(&self.scope_kind, self.scope_id)?,
            imported: self.imported,
            payload: serde_json::from_str(&self.payload)?,
            occurred_at: self.occurred_at,
        })
    }
}

const COLUMNS: &str = "sequence, transaction_id, id, kind, actor_id, subject_kind, subject_id, \
                       root_id, scope_kind, scope_id, imported, payload, occurred_at";

/// Below this transaction number all is decided: committed and visible, or rolled back.
const SETTLED: &str = "transaction_id < pg_snapshot_xmin(pg_current_snapshot())::text::bigint";

/// Up to `limit` events behind `after`, in order; only what no later commit can precede.
///
/// # Errors
/// Database errors.
pub async fn read<C: ConnectionTrait>(db: &C, after: Position, limit: u64) -> Result<Vec<Event>> {
    let backend = db.get_database_backend();
    let statement = match backend {
        DbBackend::Postgres => Statement::from_sql_and_values(
            backend,
            format!(
                "SELECT {COLUMNS} FROM journal WHERE (transaction_id, sequence) > ($1, $2) AND {SETTLED} \
                 ORDER BY transaction_id, sequence LIMIT {limit}"
            ),
            [after.transaction.into(), after.sequence.into()],
        ),
        _ => Statement::from_sql_and_values(
            backend,
            format!(
                "SELECT {COLUMNS} FROM journal WHERE sequence > $1 ORDER BY sequence LIMIT {limit}"
            ),
            [after.sequence.into()],
        ),
    };
    let rows = Row::find_by_statement(statement).all(db).await?;
    rows.into_iter().map(Row::into_event).collect()
}

#[derive(FromQueryResult)]
struct PositionRow {
    transaction_id: i64,
    sequence: i64,
}

async fn position<C: ConnectionTrait>(db: &C, sql: &str) -> Result<Option<Position>> {
    let statement = Statement::from_string(db.get_database_backend(), sql);
    let row = PositionRow::find_by_statement(statement).one(db).await?;
    Ok(row.map(|row| Position {
        transaction: row.transaction_id,
        sequence: row.sequence,
    }))
}

/// The place of the newest event a reader may pass; [`Position::START`] when there is none.
///
/// # Errors
/// Database errors.
pub async fn head<C: ConnectionTrait>(db: &C) -> Result<Position> {
    let sql = match db.get_database_backend() {
        DbBackend::Postgres => format!(
            "SELECT transaction_id, sequence FROM journal WHERE {SETTLED} \
             ORDER BY transaction_id DESC, sequence DESC LIMIT 1"
        ),
        _ => {
            "SELECT transaction_id, sequence FROM journal ORDER BY sequence DESC LIMIT 1".to_owned()
        }
    };
    let newest = position(db, &sql).await?;
    Ok(newest.unwrap_or(floor(db).await?))
}

/// The place of the newest event that was pruned: a cursor below it has missed something.
///
/// # Errors
/// Database errors.
pub async fn floor<C: ConnectionTrait>(db: &C) -> Result<Position> {
    let sql = "SELECT transaction_id, sequence FROM journal_floor WHERE id = 1";
    Ok(position(db, sql).await?.unwrap_or(Position::START))
}

/// Removes events older than `before` that every consumer has passed. Returns how many.
///
/// # Errors
/// Database errors.
pub async fn prune(tx: &mut Tx, before: Timestamp) -> Result<u64> {
    let backend = tx.get_database_backend();
    let oldest_cursor = position(
        tx,
        "SELECT transaction_id, sequence FROM journal_cursors ORDER BY transaction_id, sequence LIMIT 1",
    );
    let Some(passed) = oldest_cursor.await? else {
        return Ok(0);
    };
    let newest_old = Statement::from_sql_and_values(
        backend,
        "SELECT transaction_id, sequence FROM journal WHERE occurred_at < $1 \
         AND (transaction_id, sequence) <= ($2, $3) \
         ORDER BY transaction_id DESC, sequence DESC LIMIT 1",
        [
            before.into(),
            passed.transaction.into(),
            passed.sequence.into(),
        ],
    );
    let Some(last) = PositionRow::find_by_statement(newest_old).one(tx).await? else {
        return Ok(0);
    };
    let place = [Value::from(last.transaction_id), Value::from(last.sequence)];
    let delete = "DELETE FROM journal WHERE (transaction_id, sequence) <= ($1, $2)";
    let removed = tx
        .execute_raw(Statement::from_sql_and_values(
            backend,
            delete,
            place.clone(),
        ))
        .await?;
    let floor = "INSERT INTO journal_floor (id, transaction_id, sequence) VALUES (1, $1, $2) \
                 ON CONFLICT (id) DO UPDATE SET transaction_id = excluded.transaction_id, \
                 sequence = excluded.sequence";
    tx.execute_raw(Statement::from_sql_and_values(backend, floor, place))
        .await?;
    tx.announce(NewEvent::new(
        "journal.pruned",
        SubjectRef::new("event", Uuid::nil()),
        Scope::System,
    ));
    Ok(removed.rows_affected())
}
