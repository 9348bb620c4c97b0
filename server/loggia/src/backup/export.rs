//! Making a backup.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::Context as _;
use flate2::Compression;
use flate2::write::GzEncoder;
use kernel::Position;
use platform::Database;
use sea_orm::{
    AccessMode, ConnectionTrait, DatabaseTransaction, DbBackend, IsolationLevel, Statement,
    TransactionOptions, TransactionTrait,
};
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

use super::rows::{self, Column};
use super::{FORMAT, MANIFEST, MEDIA, Manifest, ROWS, files_below};
use crate::progress::Progress;

/// Rows read at a time.
const PAGE: usize = 2_000;

/// Writes a backup of database and media into `folder`, which must not exist yet or be empty.
///
/// # Errors
/// Input/output and database errors; a half-written backup has no manifest and is not accepted.
pub async fn backup(
    database: &Database,
    media: &Path,
    folder: &Path,
    progress: &Progress,
) -> anyhow::Result<Manifest> {
    std::fs::create_dir_all(folder)
        .with_context(|| format!("cannot create {}", folder.display()))?;
    let occupied = std::fs::read_dir(folder)?.next().is_some();
    anyhow::ensure!(
        !occupied,
        "{} is not empty; name a new folder",
        folder.display()
    );

    let created_at = database.now();
    let (tables, rows_sha256) = export_rows(database, folder, progress).await?;
    let (media_files, media_bytes) = copy_media(media, &folder.join(MEDIA), progress)?;
    let manifest = Manifest {
        format: FORMAT,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        schema: platform::schema_version(),
        created_at,
        tables,
        rows_sha256,
        media_files,
        media_bytes,
    };
    // Written last: a folder with a manifest is a whole backup.
    let mut file = File::create(folder.join(MANIFEST))?;
    file.write_all(&serde_json::to_vec_pretty(&manifest)?)?;
    file.sync_all()?;
    Ok(manifest)
}

#[expect(
    clippy::disallowed_methods,
    reason = "a read-only snapshot over all tables, no write"
)]
async fn snapshot(database: &Database) -> anyhow::Result<DatabaseTransaction> {
    let postgres = database.backend() == DbBackend::Postgres;
    let options = TransactionOptions {
        isolation_level: postgres.then_some(IsolationLevel::RepeatableRead),
        access_mode: postgres.then_some(AccessMode::ReadOnly),
        sqlite_transaction_mode: None,
    };
    Ok(database
        .snapshot_connection()
        .begin_with_options(options)
        .await?)
}

async fn export_rows(
    database: &Database,
    folder: &Path,
    progress: &Progress,
) -> anyhow::Result<(BTreeMap<String, u64>, String)> {
    let snapshot = snapshot(database).await?;
    let path = folder.join(ROWS);
    let mut out = Writer::create(&path)?;
    let mut counts = BTreeMap::new();
    let mut renumber = Renumbering::load(&snapshot).await?;
    for table in migrations::TABLES {
        let columns = rows::columns(&snapshot, table).await?;
        let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
        out.line(&json!({ "table": table, "columns": names }))?;
        let mut pages = Pages::open(&snapshot, table, &columns).await?;
        let mut count = 0;
        while let Some(page) = pages.next(&snapshot).await? {
            for row in page {
                let mut cells = rows::to_json(&row, &columns)?;
                renumber.apply(table, &columns, &mut cells);
                out.line(&cells)?;
                count += 1;
            }
            progress.say(|| format!("{table}: {count} rows"));
        }
        pages.close(&snapshot).await?;
        counts.insert(table.to_owned(), count);
    }
    snapshot.rollback().await?;
    let digest = out.finish()?;
    Ok((counts, digest))
}

/// The journal is numbered anew from 1 in reading order: transaction numbers of one PostgreSQL
/// server mean nothing on another. Cursors and floor move along.
struct Renumbering {
    next: i64,
    marks: Vec<(Position, i64)>,
}

impl Renumbering {
    async fn load(db: &DatabaseTransaction) -> anyhow::Result<Self> {
        let mut marks = Vec::new();
        for table in ["journal_cursors", "journal_floor"] {
            let sql = format!("SELECT transaction_id, sequence FROM {table}");
            let found = db
                .query_all_raw(Statement::from_string(db.get_database_backend(), sql))
                .await?;
            for row in found {
                let transaction = row.try_get("", "transaction_id")?;
                let position = Position {
                    transaction,
                    sequence: row.try_get("", "sequence")?,
                };
                marks.push((position, 0));
            }
        }
        Ok(Self { next: 1, marks })
    }

    fn apply(&mut self, table: &str, columns: &[Column], cells: &mut Json) {
        let place = |name: &str| columns.iter().position(|column| column.name == name);
        let (Some(transaction), Some(sequence)) = (place("transaction_id"), place("sequence"))
        else {
            return;
        };
        let number = |cells: &Json, at: usize| cells[at].as_i64().unwrap_or_default();
        let old = Position {
            transaction: number(cells, transaction),
            sequence: number(cells, sequence),
        };
        let new = if table == "journal" {
            let new = self.next;
            self.next += 1;
            for (mark, reached) in &mut self.marks {
                if *mark >= old {
                    *reached = new;
                }
            }
            new
        } else {
            let known = self.marks.iter().find(|(mark, _)| *mark == old);
            known.map_or(0, |(_, reached)| *reached)
        };
        cells[transaction] = json!(0);
        cells[sequence] = json!(new);
    }
}

/// Reads a table page by page: by cursor on PostgreSQL, by row number on SQLite.
struct Pages {
    sql: String,
    cursor: String,
    after: i64,
    postgres: bool,
}

impl Pages {
    async fn open(
        db: &DatabaseTransaction,
        table: &str,
        columns: &[Column],
    ) -> anyhow::Result<Self> {
        let names: Vec<String> = columns
            .iter()
            .map(|column| format!("\"{}\"", column.name))
            .collect();
        let names = names.join(", ");
        let postgres = db.get_database_backend() == DbBackend::Postgres;
        if !postgres {
            let sql = format!(
                "SELECT rowid AS backup_row, {names} FROM {table} WHERE rowid > $1 ORDER BY rowid LIMIT {PAGE}"
            );
            return Ok(Self {
                sql,
                cursor: String::new(),
                after: i64::MIN,
                postgres,
            });
        }
        // A name for each table: a prepared FETCH remembers the columns of the cursor it was made for.
        let cursor = format!("backup_{table}");
        let order = if table == "journal" {
            " ORDER BY transaction_id, sequence"
        } else {
            ""
        };
        let declare =
            format!("DECLARE {cursor} NO SCROLL CURSOR FOR SELECT {names} FROM {table}{order}");
        db.execute_unprepared(&declare).await?;
        Ok(Self {
            sql: format!("FETCH {PAGE} FROM {cursor}"),
            cursor,
            after: 0,
            postgres,
        })
    }

    async fn next(
        &mut self,
        db: &DatabaseTransaction,
    ) -> anyhow::Result<Option<Vec<sea_orm::QueryResult>>> {
        let backend = db.get_database_backend();
        let statement = if self.postgres {
            Statement::from_string(backend, self.sql.clone())
        } else {
            Statement::from_sql_and_values(backend, self.sql.clone(), [self.after.into()])
        };
        let page = db.query_all_raw(statement).await?;
        let Some(last) = page.last() else {
            return Ok(None);
        };
        if !self.postgres {
            self.after = last.try_get("", "backup_row")?;
        }
        Ok(Some(page))
    }

    async fn close(self, db: &DatabaseTransaction) -> anyhow::Result<()> {
        if self.postgres {
            db.execute_unprepared(&format!("CLOSE {}", self.cursor))
                .await?;
        }
        Ok(())
    }
}

/// A compressed file of JSON lines that knows its checksum.
struct Writer {
    gzip: GzEncoder<Hashing>,
}

struct Hashing {
    file: BufWriter<File>,
    hash: Sha256,
}

impl Write for Hashing {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.hash.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.flush()
    }
}

impl Writer {
    fn create(path: &Path) -> anyhow::Result<Self> {
        let file =
            File::create(path).with_context(|| format!("cannot write {}", path.display()))?;
        let target = Hashing {
            file: BufWriter::new(file),
            hash: Sha256::new(),
        };
        Ok(Self {
            gzip: GzEncoder::new(target, Compression::fast()),
        })
    }

    fn line(&mut self, value: &Json) -> anyhow::Result<()> {
        serde_json::to_writer(&mut self.gzip, value)?;
        self.gzip.write_all(b"\n")?;
        Ok(())
    }

    fn finish(self) -> anyhow::Result<String> {
        let Hashing { file, hash } = self.gzip.finish()?;
        file.into_inner()
            .map_err(std::io::IntoInnerError::into_error)?
            .sync_all()?;
        Ok(super::unpack::hexadecimal(&hash.finalize()))
    }
}

fn copy_media(from: &Path, to: &Path, progress: &Progress) -> anyhow::Result<(u64, u64)> {
    std::fs::create_dir_all(to)?;
    let (mut files, mut bytes) = (0, 0);
    for relative in files_below(from)? {
        let target = to.join(&relative);
        if let Some(parent) = target.parent() {
            std::fs::create_dir_all(parent)?;
        }
        match std::fs::copy(from.join(&relative), &target) {
            Ok(size) => {
                files += 1;
                bytes += size;
            }
            // An upload that was never used may be swept away meanwhile; the snapshot tells at restore.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => {
                return Err(error).with_context(|| format!("cannot copy {}", relative.display()));
            }
        }
        progress.say(|| format!("media: {files} files"));
    }
    Ok((files, bytes))
}
