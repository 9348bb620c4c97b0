//! The database: the only handles to it. Same code on SQLite and PostgreSQL.
//!
//! Invariants: a [`Reader`] and a [`Tx`] exist only for a viewer; a [`Tx`] does not commit without a
//! journal event; SQLite has one write connection and every write transaction is IMMEDIATE, so two
//! writers wait for each other instead of failing half-way.

use std::sync::Arc;
use std::time::Duration;

use kernel::{Clock, Error, NewEvent, Result, Timestamp, Viewer};
use sea_orm::{
    ConnectOptions, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr,
    ExecResult, QueryResult, SqliteTransactionMode, Statement, TransactionOptions,
    TransactionTrait,
};
use tokio::sync::watch;

use crate::journal;

/// How to reach the database.
#[derive(Debug, Clone)]
pub struct DatabaseOptions {
    /// `sqlite:///path/to/file` or `postgres://user:password@host/database`.
    pub url: String,
    /// Size of the read pool (SQLite) or of the whole pool (PostgreSQL).
    pub max_connections: u32,
    /// SQLite: whether a commit waits until the disk has it (`synchronous=FULL`), else NORMAL.
    pub synchronous_full: bool,
    /// PostgreSQL: longest time one statement may take.
    pub statement_timeout: Duration,
}

impl DatabaseOptions {
    /// Sensible options for a URL.
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            max_connections: 16,
            synchronous_full: true,
            statement_timeout: Duration::from_secs(30),
        }
    }
}

struct Inner {
    read: DatabaseConnection,
    write: DatabaseConnection,
    backend: DbBackend,
    clock: Clock,
    wake: watch::Sender<u64>,
}

/// The database. Cheap to clone.
#[derive(Clone)]
pub struct Database {
    inner: Arc<Inner>,
}

impl std::fmt::Debug for Database {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Database")
            .field("backend", &self.inner.backend)
            .finish_non_exhaustive()
    }
}

impl Database {
    /// Connects. Does not migrate.
    ///
    /// # Errors
    /// When the server does not answer or the file cannot be opened.
    pub async fn connect(options: &DatabaseOptions, clock: Clock) -> Result<Self> {
        let (read, write) = if options.url.starts_with("sqlite:") {
            let write = sea_orm::Database::connect(sqlite(options, 1)).await?;
            let read = sea_orm::Database::connect(sqlite(options, options.max_connections)).await?;
            (read, write)
        } else {
            let pool = sea_orm::Database::connect(postgres(options)).await?;
            (pool.clone(), pool)
        };
        let backend = write.get_database_backend();
        let (wake, _) = watch::channel(0);
        Ok(Self {
            inner: Arc::new(Inner {
                read,
                write,
                backend,
                clock,
                wake,
            }),
        })
    }

    /// Which database it is.
    pub fn backend(&self) -> DbBackend {
        self.inner.backend
    }

    /// Whether it is SQLite.
    pub fn is_sqlite(&self) -> bool {
        self.inner.backend == DbBackend::Sqlite
    }

    /// The clock of this house.
    pub fn clock(&self) -> &Clock {
        &self.inner.clock
    }

    /// The present moment.
    pub fn now(&self) -> Timestamp {
        self.inner.clock.now()
    }

    /// A handle for reading what `viewer` asks for. System viewers are logged.
    pub fn reader(&self, viewer: &Viewer) -> Reader {
        if let Some(reason) = viewer.system_reason() {
            tracing::trace!(reason, "system read");
        }
        Reader {
            connection: self.inner.read.clone(),
            viewer: viewer.clone(),
            clock: self.inner.clock.clone(),
        }
    }

    /// Starts a write on behalf of `viewer`.
    ///
    /// # Errors
    /// `Unauthenticated` for nobody, `Forbidden("TOKEN_READ_ONLY")` for a token without `WRITE`,
    /// and database errors.
    pub async fn begin(&self, viewer: &Viewer) -> Result<Tx> {
        if !viewer.can_write() {
            viewer.require_person()?;
            return Err(Error::Forbidden("TOKEN_READ_ONLY"));
        }
        self.begin_unchecked(viewer, false).await
    }

    /// Starts the transaction of a journal consumer: it moves a cursor and need not announce.
    pub(crate) async fn begin_reaction(&self, viewer: &Viewer) -> Result<Tx> {
        self.begin_unchecked(viewer, true).await
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "the one place where a transaction begins"
    )]
    async fn begin_unchecked(&self, viewer: &Viewer, may_be_silent: bool) -> Result<Tx> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let transaction = self.inner.write.begin_with_options(options).await?;
        Ok(Tx {
            transaction,
            viewer: viewer.clone(),
            now: self.now(),
            events: Vec::new(),
            may_be_silent,
            database: self.clone(),
        })
    }

    /// Brings the schema up to date.
    ///
    /// # Errors
    /// When a migration fails; each migration is applied whole or not at all where the database can.
    pub async fn migrate(&self) -> Result<()> {
        migrations::up(&self.inner.write).await.map_err(Error::from)
    }

    /// Names of migrations not applied yet, oldest first.
    ///
    /// # Errors
    /// Database errors.
    pub async fn pending_migrations(&self) -> Result<Vec<String>> {
        migrations::pending(&self.inner.write)
            .await
            .map_err(Error::from)
    }

    /// Changes whenever this process has committed something to the journal.
    pub fn wake(&self) -> watch::Receiver<u64> {
        self.inner.wake.subscribe()
    }

    /// Wakes everything that waits for the journal, as a commit of this process does.
    pub fn ring(&self) {
        self.inner.wake.send_modify(|n| *n += 1);
    }

    /// The raw write connection, for backup, restore and maintenance statements that are no
    /// transaction (`VACUUM INTO`, `PRAGMA`). Not for rows.
    pub fn maintenance_connection(&self) -> &DatabaseConnection {
        &self.inner.write
    }

    /// The raw read pool, for a backup's snapshot over all tables. Not for rows of a viewer.
    pub fn snapshot_connection(&self) -> &DatabaseConnection {
        &self.inner.read
    }

    /// Closes all connections; SQLite folds its write-ahead log into the file.
    ///
    /// # Errors
    /// Database errors.
    pub async fn close(&self) -> Result<()> {
        if self.is_sqlite() {
            self.inner.read.close_by_ref().await?;
        }
        self.inner.write.close_by_ref().await?;
        Ok(())
    }
}

fn sqlite(options: &DatabaseOptions, connections: u32) -> ConnectOptions {
    let path = options
        .url
        .trim_start_matches("sqlite:")
        .trim_start_matches("//");
    let url = if path.contains('?') {
        format!("sqlite://{path}")
    } else {
        format!("sqlite://{path}?mode=rwc")
    };
    let synchronous = if options.synchronous_full {
        "FULL"
    } else {
        "NORMAL"
    };
    let mut connect = ConnectOptions::new(url);
    connect
        .max_connections(connections)
        .min_connections(1)
        .acquire_timeout(Duration::from_secs(30))
        .test_before_acquire(false)
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(move |sqlite| {
            sqlite
                .pragma("journal_mode", "WAL")
                .pragma("synchronous", synchronous)
                .pragma("foreign_keys", "ON")
                .pragma("busy_timeout", "15000")
                .pragma("temp_store", "MEMORY")
                .pragma("cache_size", "-32768")
                .pragma("mmap_size", "268435456")
                .statement_cache_capacity(400)
        });
    connect
}

fn postgres(options: &DatabaseOptions) -> ConnectOptions {
    let mut connect = ConnectOptions::new(options.url.clone());
    connect
        .max_connections(options.max_connections)
        .acquire_timeout(Duration::from_secs(10))
        .statement_timeout(options.statement_timeout)
        .set_application_name("loggia")
        // Sets of people in a condition are kept in hashes; one that does not fit would be walked
        // through again for each row. This leaves room for a million people.
        .map_sqlx_postgres_opts(|postgres| postgres.options([("hash_mem_multiplier", "16")]))
        .test_before_acquire(false)
        .sqlx_logging(false);
    connect
}

/// Reads on behalf of a viewer. Every statement is counted.
#[derive(Debug, Clone)]
pub struct Reader {
    connection: DatabaseConnection,
    viewer: Viewer,
    clock: Clock,
}

impl Reader {
    /// Who reads.
    pub fn viewer(&self) -> &Viewer {
        &self.viewer
    }

    /// The present moment.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }
}

/// One write: rows and journal events together, or nothing. Rolls back when dropped.
#[derive(Debug)]
pub struct Tx {
    transaction: DatabaseTransaction,
    viewer: Viewer,
    now: Timestamp,
    events: Vec<NewEvent>,
    may_be_silent: bool,
    database: Database,
}

impl Tx {
    /// Who writes.
    pub fn viewer(&self) -> &Viewer {
        &self.viewer
    }

    /// The one moment of this transaction.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// Tells the journal; written with the rows at [`Tx::commit`].
    pub fn announce(&mut self, event: NewEvent) {
        self.events.push(event);
    }

    /// Writes rows and events.
    ///
    /// # Errors
    /// A transaction without an event is a fault of the code; database errors roll back.
    pub async fn commit(mut self) -> Result<()> {
        if self.events.is_empty() && !self.may_be_silent {
            return Err(Error::bug("a write must announce an event"));
        }
        let events = std::mem::take(&mut self.events);
        let announced = !events.is_empty();
        journal::append(&self, &events).await?;
        let Self {
            transaction,
            database,
            ..
        } = self;
        transaction.commit().await?;
        if announced {
            database.ring();
        }
        Ok(())
    }

    /// Gives up; nothing of this transaction remains.
    ///
    /// # Errors
    /// Database errors (the transaction is gone all the same).
    pub async fn rollback(self) -> Result<()> {
        self.transaction.rollback().await?;
        Ok(())
    }
}

macro_rules! counted_connection {
    ($handle:ty, $field:ident) => {
        #[async_trait::async_trait]
        impl ConnectionTrait for $handle {
            fn get_database_backend(&self) -> DbBackend {
                self.$field.get_database_backend()
            }

            async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
                self.viewer.count_statement();
                self.$field.execute_raw(statement).await
            }

            async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
                self.viewer.count_statement();
                self.$field.execute_unprepared(sql).await
            }

            async fn query_one_raw(
                &self,
                statement: Statement,
            ) -> Result<Option<QueryResult>, DbErr> {
                self.viewer.count_statement();
                self.$field.query_one_raw(statement).await
            }

            async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
                self.viewer.count_statement();
                self.$field.query_all_raw(statement).await
            }
        }
    };
}

counted_connection!(Reader, connection);
counted_connection!(Tx, transaction);
