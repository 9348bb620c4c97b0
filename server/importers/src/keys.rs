//! Which items of a source are here already: the table that makes an import repeatable.

use std::collections::HashMap;

use kernel::Result;
use platform::{Sql, Tx};
use sea_orm::{ConnectionTrait, FromQueryResult, Statement, Value};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Keys looked up or stored by one statement.
const CHUNK: usize = 400;

#[derive(FromQueryResult)]
struct Row {
    item: String,
    target_id: Uuid,
}

/// The key of an item that has no name of its own: what it consists of, hashed.
pub fn hashed(kind: &str, parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.len().to_le_bytes());
        hash.update(part.as_bytes());
    }
    let digest = hash.finalize();
    let hex: String = digest
        .iter()
        .take(16)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("{kind}:{hex}")
}

/// Where the items of these keys are, as far as they were brought in.
///
/// # Errors
/// Database errors.
pub async fn known(tx: &Tx, source: &str, keys: &[String]) -> Result<HashMap<String, Uuid>> {
    let mut found = HashMap::with_capacity(keys.len());
    for chunk in keys.chunks(CHUNK) {
        let places: Vec<String> = (2..chunk.len() + 2)
            .map(|place| format!("${place}"))
            .collect();
        let sql = format!(
            "SELECT item, target_id FROM import_keys WHERE source = $1 AND item IN ({})",
            places.join(", ")
        );
        let mut values: Vec<Value> = vec![source.into()];
        values.extend(chunk.iter().map(|key| Value::from(key.clone())));
        let statement = Statement::from_sql_and_values(tx.get_database_backend(), sql, values);
        let rows = Row::find_by_statement(statement).all(tx).await?;
        found.extend(rows.into_iter().map(|row| (row.item, row.target_id)));
    }
    Ok(found)
}

/// Remembers where items went; in the transaction that wrote them.
///
/// # Errors
/// Database errors.
pub async fn remember(tx: &Tx, source: &str, items: &[(String, Uuid)]) -> Result<()> {
    for chunk in items.chunks(CHUNK) {
        let mut sql = String::from("INSERT INTO import_keys (source, item, target_id) VALUES ");
        let mut values: Vec<Value> = vec![source.into()];
        for (index, (item, target)) in chunk.iter().enumerate() {
            let place = values.len() + 1;
            let comma = if index > 0 { "," } else { "" };
            sql.push_str(&format!("{comma}($1,${place},${})", place + 1));
            values.extend([Value::from(item.clone()), (*target).into()]);
        }
        tx.execute_raw(Statement::from_sql_and_values(
            tx.get_database_backend(),
            sql,
            values,
        ))
        .await?;
    }
    Ok(())
}

/// Forgets items, so that another run meets them anew.
///
/// # Errors
/// Database errors.
pub async fn forget(tx: &Tx, source: &str, items: &[String]) -> Result<()> {
    for chunk in items.chunks(CHUNK) {
        let mut sql = Sql::new("DELETE FROM import_keys WHERE source = ");
        sql.bind(source).push(" AND item IN (");
        sql.bind_all(chunk.iter().cloned()).push(")");
        sql.run(tx).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_differ_where_parts_differ() {
        assert_ne!(hashed("post", &["ab", "c"]), hashed("post", &["a", "bc"]));
        assert_eq!(hashed("post", &["a"]), hashed("post", &["a"]));
    }
}
