//! Rows as JSON, typed by what the database says of its columns.

use anyhow::Context as _;
use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, QueryResult, Statement, Value};
use serde_json::Value as Json;
use uuid::Uuid;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnType {
    /// A UUID.
    Uuid,
    /// Yes or no.
    Bool,
    /// A whole number of 32 bits.
    Int,
    /// A whole number of 64 bits.
    BigInt,
    /// Text.
    Text,
}

/// A column of a table.
#[derive(Debug, Clone)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub holds: ColumnType,
}

#[derive(FromQueryResult)]
struct ColumnRow {
    name: String,
    declared: String,
}

/// Columns of a table in their order.
pub async fn columns<C: ConnectionTrait>(db: &C, table: &str) -> anyhow::Result<Vec<Column>> {
    let backend = db.get_database_backend();
    let sql = match backend {
        DbBackend::Postgres => {
            "SELECT column_name::text AS name, data_type::text AS declared FROM information_schema.columns \
             WHERE table_schema = current_schema() AND table_name = $1 ORDER BY ordinal_position"
        }
        _ => "SELECT name, type AS declared FROM pragma_table_info($1) ORDER BY cid",
    };
    let statement = Statement::from_sql_and_values(backend, sql, [table.into()]);
    let rows = ColumnRow::find_by_statement(statement).all(db).await?;
    anyhow::ensure!(!rows.is_empty(), "table {table} does not exist");
    rows.into_iter()
        .map(|row| {
            let holds = match row.declared.to_ascii_lowercase().as_str() {
                "uuid" | "blob" => ColumnType::Uuid,
                "boolean" => ColumnType::Bool,
                // SQLite's own row number is declared INTEGER and holds 64 bits.
                "integer" if row.name == "sequence" => ColumnType::BigInt,
                "integer" => ColumnType::Int,
                "bigint" => ColumnType::BigInt,
                "text" | "character varying" | "varchar" => ColumnType::Text,
                other => anyhow::bail!("column {table}.{} has the unknown type {other}", row.name),
            };
            Ok(Column {
                name: row.name,
                holds,
            })
        })
        .collect()
}

/// One row as a JSON array in column order.
pub fn to_json(row: &QueryResult, columns: &[Column]) -> anyhow::Result<Json> {
    let cell = |column: &Column| -> anyhow::Result<Json> {
        let name = column.name.as_str();
        Ok(match column.holds {
            ColumnType::Uuid => row
                .try_get::<Option<Uuid>>("", name)?
                .map(|id| id.simple().to_string())
                .into(),
            ColumnType::Bool => row.try_get::<Option<bool>>("", name)?.into(),
            ColumnType::Int => row.try_get::<Option<i32>>("", name)?.into(),
            ColumnType::BigInt => row.try_get::<Option<i64>>("", name)?.into(),
            ColumnType::Text => row.try_get::<Option<String>>("", name)?.into(),
        })
    };
    columns
        .iter()
        .map(cell)
        .collect::<anyhow::Result<Vec<_>>>()
        .map(Json::Array)
}

/// One cell as a value to bind.
pub fn from_json(cell: &Json, holds: ColumnType) -> anyhow::Result<Value> {
    let damaged = || format!("a cell holds {cell}, which is no {holds:?}");
    let number = || cell.as_i64().with_context(damaged);
    Ok(match (holds, cell) {
        (ColumnType::Uuid, Json::Null) => Option::<Uuid>::None.into(),
        (ColumnType::Bool, Json::Null) => Option::<bool>::None.into(),
        (ColumnType::Int, Json::Null) => Option::<i32>::None.into(),
        (ColumnType::BigInt, Json::Null) => Option::<i64>::None.into(),
        (ColumnType::Text, Json::Null) => Option::<String>::None.into(),
        (ColumnType::Uuid, _) => Uuid::try_parse(cell.as_str().with_context(damaged)?)?.into(),
        (ColumnType::Bool, _) => cell.as_bool().with_context(damaged)?.into(),
        (ColumnType::Int, _) => i32::try_from(number()?)?.into(),
        (ColumnType::BigInt, _) => number()?.into(),
        (ColumnType::Text, _) => cell.as_str().with_context(damaged)?.to_owned().into(),
    })
}
