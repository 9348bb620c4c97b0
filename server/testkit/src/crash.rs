//! A small house for crash tests: a writer, and a consumer whose effect can be counted.

use async_trait::async_trait;
use kernel::{Event, NewEvent, Result, Scope, SubjectRef, Viewer};
use platform::{Consumer, Database, Tx};
use sea_orm::{ConnectionTrait, FromQueryResult, Statement};
use uuid::Uuid;

/// Name under which the consumer's effects are stored in `import_keys`.
pub const EFFECT: &str = "crash-test";

/// Stores one row for each event; a repeated event would break the table's primary key.
pub struct Recorder;

#[async_trait]
impl Consumer for Recorder {
    fn name(&self) -> &'static str {
        "recorder"
    }

    fn wants(&self, event: &Event) -> bool {
        event.kind == "test.written"
    }

    async fn handle(&self, tx: &mut Tx, event: &Event) -> Result<()> {
        let sql = "INSERT INTO import_keys (source, item, target_id) VALUES ($1, $2, $3)";
        let item = event.subject.id.simple().to_string();
        let values = [EFFECT.into(), item.into(), event.subject.id.into()];
        tx.execute_raw(Statement::from_sql_and_values(
            tx.get_database_backend(),
            sql,
            values,
        ))
        .await?;
        Ok(())
    }
}

/// Writes one fact and returns its subject once it is committed.
///
/// # Errors
/// Database errors.
pub async fn write_fact(database: &Database, subject: Uuid) -> Result<Uuid> {
    let mut tx = database.begin(&Viewer::system("crash test")).await?;
    tx.announce(NewEvent::new(
        "test.written",
        SubjectRef::new("event", subject),
        Scope::System,
    ));
    tx.commit().await?;
    Ok(subject)
}

#[derive(FromQueryResult)]
struct Item {
    item: String,
}

/// Subjects the consumer has recorded.
///
/// # Errors
/// Database errors.
pub async fn recorded(database: &Database) -> Result<Vec<Uuid>> {
    let reader = database.reader(&Viewer::system("crash test"));
    let sql = "SELECT item FROM import_keys WHERE source = $1 ORDER BY item";
    let statement = Statement::from_sql_and_values(database.backend(), sql, [EFFECT.into()]);
    let rows = Item::find_by_statement(statement).all(&reader).await?;
    Ok(rows
        .iter()
        .filter_map(|row| Uuid::try_parse(&row.item).ok())
        .collect())
}
