//! The tables of this room (`feed_marks`, `feed_mark_undos`), and how statements are run. Private to
//! this crate; what other rooms read of the marks is `Post.isNewToViewer`.

use kernel::{CommunityId, Result};
use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, Statement, Value};
use uuid::Uuid;

fn statement<C: ConnectionTrait>(
    db: &C,
    sql: impl Into<String>,
    values: impl IntoIterator<Item = Value>,
) -> Statement {
    Statement::from_sql_and_values(db.get_database_backend(), sql, values)
}

/// Runs a statement that changes rows; returns how many.
pub(crate) async fn execute<C: ConnectionTrait>(
    db: &C,
    sql: impl Into<String>,
    values: impl IntoIterator<Item = Value>,
) -> Result<u64> {
    let done = db.execute_raw(statement(db, sql, values)).await?;
    Ok(done.rows_affected())
}

/// All rows of a query.
pub(crate) async fn all<R: FromQueryResult, C: ConnectionTrait>(
    db: &C,
    sql: impl Into<String>,
    values: impl IntoIterator<Item = Value>,
) -> Result<Vec<R>> {
    let statement = statement(db, sql, values);
    Ok(R::find_by_statement(statement).all(db).await?)
}

/// The row of a query, if there is one.
pub(crate) async fn one<R: FromQueryResult, C: ConnectionTrait>(
    db: &C,
    sql: impl Into<String>,
    values: impl IntoIterator<Item = Value>,
) -> Result<Option<R>> {
    let statement = statement(db, sql, values);
    Ok(R::find_by_statement(statement).one(db).await?)
}

/// Keeps the selected rows locked until the transaction ends; SQLite has one writer.
pub(crate) fn lock<C: ConnectionTrait>(db: &C) -> &'static str {
    match db.get_database_backend() {
        DbBackend::Postgres => " FOR UPDATE",
        _ => "",
    }
}

/// The `scope_id` of a mark: a community, or the nil UUID for everything.
pub(crate) fn scope_id(community: Option<CommunityId>) -> Uuid {
    community.map_or(Uuid::nil(), |id| id.0)
}

/// A row of `feed_marks`.
#[derive(Debug, Clone, Copy, FromQueryResult)]
pub(crate) struct MarkRow {
    pub(crate) scope_id: Uuid,
    pub(crate) read_key: Uuid,
    pub(crate) visit_key: Uuid,
}
