//! For tests of every room: a database of one's own, on SQLite and on PostgreSQL.
//!
//! SQLite: a copy of a migrated file. PostgreSQL: a clone of a template migrated once per test run,
//! on the server named by `LOGGIA_TEST_POSTGRES_URL`; without it the
//! PostgreSQL half of a test says loudly that it was skipped, and `make test` names it.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a broken test bed should stop the test at once"
)]

pub mod crash;
pub mod settle;

use std::future::Future;
use std::path::PathBuf;

use kernel::{Clock, Timestamp};
use platform::{Database, DatabaseOptions};
use sea_orm::{ConnectionTrait, DatabaseConnection};
use tempfile::TempDir;
use uuid::Uuid;

/// Where fixed clocks start: 2026-01-05T09:00:00Z, a Monday.
pub const MONDAY: Timestamp = Timestamp::from_millis(1_767_603_600_000);

/// A database for one test, removed when dropped.
pub struct TestDatabase {
    /// The database, with a fixed clock standing at [`MONDAY`].
    pub database: Database,
    /// The clock, to be moved by hand.
    pub clock: Clock,
    /// URL under which another process can open the same database.
    pub url: String,
    directory: TempDir,
    postgres: Option<PostgresClone>,
}

impl TestDatabase {
    /// An empty, migrated SQLite database.
    pub async fn sqlite() -> Self {
        let directory = tempfile::tempdir().expect("a temporary directory");
        let file = directory.path().join("loggia.db");
        let template = sqlite_template(directory.path()).await;
        std::fs::copy(template, &file).expect("copy of the template");
        let url = format!("sqlite://{}", file.display());
        Self::open(url, directory, None).await
    }

    /// An empty, migrated PostgreSQL database; `None` (with a loud line) when no server is given.
    pub async fn postgres() -> Option<Self> {
        let Ok(server) = std::env::var("LOGGIA_TEST_POSTGRES_URL") else {
            println!("SKIPPED: PostgreSQL half of this test (LOGGIA_TEST_POSTGRES_URL is not set)");
            return None;
        };
        let clone = PostgresClone::make(&server).await;
        let url = clone.url.clone();
        let directory = tempfile::tempdir().expect("a temporary directory");
        Some(Self::open(url, directory, Some(clone)).await)
    }

    async fn open(url: String, directory: TempDir, postgres: Option<PostgresClone>) -> Self {
        let clock = Clock::fixed(MONDAY);
        let options = DatabaseOptions {
            max_connections: 8,
            ..DatabaseOptions::new(url.clone())
        };
        let database = Database::connect(&options, clock.clone())
            .await
            .expect("test database opens");
        Self {
            database,
            clock,
            url,
            directory,
            postgres,
        }
    }

    /// A directory of this test's own, removed with the database.
    pub fn directory(&self) -> PathBuf {
        self.directory.path().to_owned()
    }

    /// Closes the connections and removes the database.
    pub async fn close(self) {
        self.database.close().await.expect("test database closes");
        if let Some(clone) = self.postgres {
            clone.drop_database().await;
        }
    }
}

/// Runs a test on SQLite, then on PostgreSQL if there is a server. The test gets its own database.
pub async fn on_both_databases<F, T>(test: F)
where
    F: Fn(TestDatabase) -> T,
    T: Future<Output = TestDatabase>,
{
    test(TestDatabase::sqlite().await).await.close().await;
    if let Some(bed) = TestDatabase::postgres().await {
        test(bed).await.close().await;
    }
}

/// Whether everything this run makes is thrown away behind it, server and temporary files.
fn is_thrown_away() -> bool {
    std::env::var_os("LOGGIA_TEST_THROWN_AWAY").is_some()
}

/// The file a SQLite test database is copied from. Each test is a process of its own: in a run whose
/// files are thrown away the first one leaves it to the others, whole, by renaming it when it is done.
async fn sqlite_template(workshop: &std::path::Path) -> PathBuf {
    let place = if is_thrown_away() {
        std::env::temp_dir()
    } else {
        workshop.to_owned()
    };
    let template = place.join(format!("{}.db", template_name()));
    if template.exists() {
        return template;
    }
    let draft = workshop.join("template.db");
    let options = DatabaseOptions::new(format!("sqlite://{}", draft.display()));
    let database = Database::connect(&options, Clock::system())
        .await
        .expect("template opens");
    database.migrate().await.expect("template migrates");
    database.close().await.expect("template closes");
    std::fs::rename(&draft, &template).expect("template gets its name");
    template
}

struct PostgresClone {
    server: String,
    name: String,
    url: String,
}

/// Name of the migrated template; bound to the migrations so that an old one is never reused.
fn template_name() -> String {
    format!("loggia_template_{}", platform::schema_version())
}

fn with_database(server: &str, name: &str) -> String {
    let mut url = url::Url::parse(server).expect("LOGGIA_TEST_POSTGRES_URL is a URL");
    url.set_path(name);
    url.to_string()
}

async fn administer(server: &str) -> DatabaseConnection {
    let mut options = sea_orm::ConnectOptions::new(with_database(server, "postgres"));
    options.max_connections(1).sqlx_logging(false);
    sea_orm::Database::connect(options)
        .await
        .expect("PostgreSQL answers")
}

impl PostgresClone {
    async fn make(server: &str) -> Self {
        let admin = administer(server).await;
        let template = template_name();
        // One at a time across all test processes: the first one builds the template, the others wait.
        admin
            .execute_unprepared("SELECT pg_advisory_lock(717171)")
            .await
            .expect("advisory lock");
        let known = format!("SELECT 1 AS one FROM pg_database WHERE datname = '{template}'");
        let statement = sea_orm::Statement::from_string(sea_orm::DbBackend::Postgres, known);
        if admin
            .query_one_raw(statement)
            .await
            .expect("catalogue answers")
            .is_none()
        {
            let building = format!("{template}_building");
            for sql in [
                format!("DROP DATABASE IF EXISTS {building}"),
                format!("CREATE DATABASE {building}"),
            ] {
                admin
                    .execute_unprepared(&sql)
                    .await
                    .expect("template database is made");
            }
            let options = DatabaseOptions::new(with_database(server, &building));
            let database = Database::connect(&options, Clock::system())
                .await
                .expect("template opens");
            database.migrate().await.expect("template migrates");
            database.close().await.expect("template closes");
            let rename = format!("ALTER DATABASE {building} RENAME TO {template}");
            admin
                .execute_unprepared(&rename)
                .await
                .expect("template gets its name");
        }
        let name = format!("loggia_test_{}", uuid_simple());
        let create = format!("CREATE DATABASE {name} TEMPLATE {template}");
        admin
            .execute_unprepared(&create)
            .await
            .expect("test database is cloned");
        admin
            .execute_unprepared("SELECT pg_advisory_unlock(717171)")
            .await
            .expect("advisory unlock");
        admin.close().await.expect("connection closes");
        let url = with_database(server, &name);
        Self {
            server: server.to_owned(),
            name,
            url,
        }
    }

    /// Removing a database waits for everything to be written; where the whole server is thrown away
    /// afterwards, nobody needs that.
    async fn drop_database(self) {
        if is_thrown_away() {
            return;
        }
        let admin = administer(&self.server).await;
        let drop = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name);
        if let Err(error) = admin.execute_unprepared(&drop).await {
            panic!("test database cannot be removed: {error}");
        }
        admin.close().await.expect("connection closes");
    }
}

fn uuid_simple() -> String {
    kernel::EventId::at(Clock::system().now())
        .uuid()
        .simple()
        .to_string()
}

/// A person's id for tests that need one before people exist.
pub fn some_person(number: u128) -> kernel::PersonId {
    kernel::PersonId(Uuid::from_u128(number))
}
