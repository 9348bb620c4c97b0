//! Waiting until the journal can be read to its end.
//!
//! PostgreSQL counts open transactions for the whole server, so a test running beside this one in
//! another database holds back what journal readers may pass, for as long as its transaction lasts.
//! A test that reads the journal at once after writing waits here first.

use std::time::Duration;

use kernel::Viewer;
use platform::Database;
use sea_orm::{ConnectionTrait, DbBackend, Statement};

/// Returns as soon as everything committed so far is visible to readers of the journal.
pub async fn settled(database: &Database) {
    if database.backend() != DbBackend::Postgres {
        return;
    }
    let reader = database.reader(&Viewer::system("test"));
    let sql = "SELECT 1 FROM journal \
               WHERE transaction_id >= pg_snapshot_xmin(pg_current_snapshot())::text::bigint LIMIT 1";
    let held_back = || Statement::from_string(DbBackend::Postgres, sql);
    while reader
        .query_one_raw(held_back())
        .await
        .expect("journal answers")
        .is_some()
    {
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
}
