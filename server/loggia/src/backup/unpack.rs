//! Restoring a backup into an empty house.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use anyhow::Context as _;
use flate2::read::GzDecoder;
use platform::Database;
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, SqliteTransactionMode, Statement,
    TransactionOptions, TransactionTrait, Value,
};
use serde::Deserialize;
use serde_json::Value as Json;
use sha2::{Digest, Sha256};

use super::rows::{self, Column};
use super::{MANIFEST, MEDIA, Manifest, ROWS, files_below};
use crate::progress::Progress;

/// Values bound in one INSERT (SQLite allows 32,766, PostgreSQL 65,535).
const BOUND_VALUES: usize = 16_000;

#[derive(Deserialize)]
struct TableHead {
    table: String,
    columns: Vec<String>,
}

/// Writes a backup into an empty, migrated database and an empty media folder. All rows are written
/// in one transaction: either the whole house is there or nothing.
///
/// # Errors
/// A damaged backup, another schema, a database that is not empty, input/output errors.
pub async fn restore(
    database: &Database,
    media: &Path,
    folder: &Path,
    progress: &Progress,
) -> anyhow::Result<Manifest> {
    let manifest = Manifest::read(folder)?;
    let wanted = platform::schema_version();
    anyhow::ensure!(
        manifest.schema == wanted,
        "the backup fits schema {}, this version has {wanted}; restore with Loggia {} and upgrade then",
        manifest.schema,
        manifest.version
    );
    anyhow::ensure!(
        sha256_of(&folder.join(ROWS))? == manifest.rows_sha256,
        "{ROWS} does not match the checksum in {MANIFEST}: the backup is damaged"
    );
    let transaction = begin(database).await?;
    ensure_empty(&transaction).await?;
    let counts = unpack_rows(&transaction, &folder.join(ROWS), progress).await?;
    anyhow::ensure!(
        counts == manifest.tables,
        "the number of rows differs from the manifest"
    );
    if database.backend() == DbBackend::Postgres {
        let next = "SELECT setval(pg_get_serial_sequence('journal', 'sequence'), \
                    (SELECT coalesce(max(sequence), 0) + 1 FROM journal), false)";
        transaction.execute_unprepared(next).await?;
    }
    let files = copy_back(&folder.join(MEDIA), media, progress)?;
    anyhow::ensure!(
        files == manifest.media_files,
        "media files are missing in the backup"
    );
    transaction.commit().await?;
    database.ring();
    Ok(manifest)
}

#[expect(
    clippy::disallowed_methods,
    reason = "restoring writes the journal itself, see the module"
)]
async fn begin(database: &Database) -> anyhow::Result<DatabaseTransaction> {
    let options = TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    };
    Ok(database
        .maintenance_connection()
        .begin_with_options(options)
        .await?)
}

async fn ensure_empty(db: &DatabaseTransaction) -> anyhow::Result<()> {
    for table in ["people", "communities", "journal"] {
        let sql = format!("SELECT 1 AS one FROM {table} LIMIT 1");
        let found = db
            .query_one_raw(Statement::from_string(db.get_database_backend(), sql))
            .await?;
        anyhow::ensure!(
            found.is_none(),
            "the database is not empty; restore into a new data folder or an empty database"
        );
    }
    Ok(())
}

async fn unpack_rows(
    db: &DatabaseTransaction,
    path: &Path,
    progress: &Progress,
) -> anyhow::Result<BTreeMap<String, u64>> {
    let lines = BufReader::new(GzDecoder::new(BufReader::new(File::open(path)?))).lines();
    let mut counts = BTreeMap::new();
    let mut open: Option<Batch> = None;
    for line in lines {
        let line = line.context("the backup ends in the middle")?;
        if line.starts_with('{') {
            if let Some(batch) = open.take() {
                batch.close(db, &mut counts).await?;
            }
            let head: TableHead = serde_json::from_str(&line)?;
            open = Some(Batch::open(db, head).await?);
            continue;
        }
        let batch = open.as_mut().context("rows before a table")?;
        batch.add(serde_json::from_str(&line)?)?;
        if batch.values.len() >= BOUND_VALUES {
            batch.flush(db).await?;
            progress.say(|| format!("{}: {} rows", batch.table, batch.count));
        }
    }
    if let Some(batch) = open {
        batch.close(db, &mut counts).await?;
    }
    Ok(counts)
}

struct Batch {
    table: String,
    columns: Vec<Column>,
    values: Vec<Value>,
    count: u64,
    skip: bool,
}

impl Batch {
    async fn open(db: &DatabaseTransaction, head: TableHead) -> anyhow::Result<Self> {
        let known = migrations::TABLES.contains(&head.table.as_str());
        anyhow::ensure!(known, "the backup holds the unknown table {:?}", head.table);
        let there = rows::columns(db, &head.table).await?;
        let columns = head.columns.iter().map(|name| {
            let column = there.iter().find(|column| column.name == *name);
            column
                .cloned()
                .with_context(|| format!("unknown column {}.{name}", head.table))
        });
        let columns = columns.collect::<anyhow::Result<Vec<_>>>()?;
        // The target has been migrated by itself; what the backup says of that is only counted.
        let skip = head.table == "seaql_migrations";
        Ok(Self {
            table: head.table,
            columns,
            values: Vec::new(),
            count: 0,
            skip,
        })
    }

    fn add(&mut self, row: Json) -> anyhow::Result<()> {
        let Json::Array(cells) = row else {
            anyhow::bail!("a row is no list")
        };
        anyhow::ensure!(
            cells.len() == self.columns.len(),
            "a row of {} has the wrong length",
            self.table
        );
        self.count += 1;
        if self.skip {
            return Ok(());
        }
        for (cell, column) in cells.iter().zip(&self.columns) {
            self.values.push(rows::from_json(cell, column.holds)?);
        }
        Ok(())
    }

    async fn flush(&mut self, db: &DatabaseTransaction) -> anyhow::Result<()> {
        if self.values.is_empty() {
            return Ok(());
        }
        let names: Vec<String> = self
            .columns
            .iter()
            .map(|column| format!("\"{}\"", column.name))
            .collect();
        let mut sql = format!("INSERT INTO {} ({}) VALUES ", self.table, names.join(", "));
        for place in 0..self.values.len() {
            let start = place.is_multiple_of(self.columns.len());
            let comma = if place > 0 { "," } else { "" };
            let opening = if start { "(" } else { "" };
            let closing = if (place + 1).is_multiple_of(self.columns.len()) {
                ")"
            } else {
                ""
            };
            sql.push_str(&format!("{comma}{opening}${}{closing}", place + 1));
        }
        let values = std::mem::take(&mut self.values);
        db.execute_raw(Statement::from_sql_and_values(
            db.get_database_backend(),
            sql,
            values,
        ))
        .await?;
        Ok(())
    }

    async fn close(
        mut self,
        db: &DatabaseTransaction,
        counts: &mut BTreeMap<String, u64>,
    ) -> anyhow::Result<()> {
        self.flush(db).await?;
        counts.insert(self.table, self.count);
        Ok(())
    }
}

fn copy_back(from: &Path, to: &Path, progress: &Progress) -> anyhow::Result<u64> {
    let mut files = 0;
    for relative in files_below(from)? {
        let target = to.join(&relative);
        if let Some(parent) = target.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::copy(from.join(&relative), &target)
            .with_context(|| format!("cannot write {}", target.display()))?;
        files += 1;
        progress.say(|| format!("media: {files} files"));
    }
    Ok(files)
}

fn sha256_of(path: &Path) -> anyhow::Result<String> {
    let mut file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
    let (mut hash, mut buffer) = (Sha256::new(), vec![0; 1 << 16]);
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hexadecimal(&hash.finalize())),
            read => hash.update(&buffer[..read]),
        }
    }
}

pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
