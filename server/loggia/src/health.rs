//! Checks of `loggia doctor`, `/readyz` and the administrators' health page.

use async_graphql::{Enum, SimpleObject};
use kernel::{Position, Viewer};
use platform::config::Config;
use platform::{Database, Reader, journal};
use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, Statement};
use serde::Serialize;

use crate::http::assets;

/// Free disk space below which a warning is due, in bytes.
const LOW_DISK: u64 = 2 * 1024 * 1024 * 1024;
/// Clocks of server and database may differ by this much, in seconds.
const CLOCK_SKEW_SECONDS: i64 = 5;
/// Events a consumer may be behind before somebody should look.
const LAG_WARNING: i64 = 10_000;
/// Oldest PostgreSQL that knows what the journal needs (`pg_current_xact_id`).
const OLDEST_POSTGRES: i64 = 130_000;

/// How a check went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum, Serialize)]
#[graphql(name = "HealthStatus")]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// As it should be.
    Ok,
    /// Works, but somebody should look.
    Warning,
    /// Does not work.
    Failed,
}

/// One thing that was checked.
#[derive(Debug, Clone, SimpleObject, Serialize)]
#[graphql(name = "HealthCheck")]
pub struct Check {
    /// What was checked, for example `database`.
    pub name: String,
    /// How it went.
    pub status: Status,
    /// What was found.
    pub detail: String,
    /// What to do; empty when all is well.
    pub remedy: String,
}

impl Check {
    fn new(name: &str, status: Status, detail: impl Into<String>, remedy: &str) -> Self {
        Self {
            name: name.to_owned(),
            status,
            detail: detail.into(),
            remedy: remedy.to_owned(),
        }
    }

    fn ok(name: &str, detail: impl Into<String>) -> Self {
        Self::new(name, Status::Ok, detail, "")
    }

    /// A check that failed.
    pub fn failed(name: &str, detail: impl Into<String>, remedy: &str) -> Self {
        Self::new(name, Status::Failed, detail, remedy)
    }
}

/// The configuration can be read (or we would not be here); is it fit for production?
pub fn configuration(config: &Config) -> Check {
    let listen = config.server.listen;
    if !assets::is_present() {
        let remedy = "Build with `make build`, which builds the web client first.";
        return Check::new(
            "configuration",
            Status::Warning,
            "this binary holds no web client",
            remedy,
        );
    }
    if !listen.ip().is_loopback() && config.server.public_url.is_none() {
        let remedy = "Set server.public_url to the https address people use.";
        let detail = format!("listening on {listen} without a public address");
        return Check::new("configuration", Status::Warning, detail, remedy);
    }
    Check::ok(
        "configuration",
        format!("listening on {listen}, known as {}", config.public_url()),
    )
}

/// The data folder can be written and has room.
pub async fn disk(config: &Config) -> Check {
    let folder = &config.server.data_dir;
    let probe = folder.join(".loggia-doctor");
    if let Err(error) = std::fs::create_dir_all(folder).and_then(|()| std::fs::write(&probe, b"ok"))
    {
        let remedy =
            "Give the server's account the right to write there, or choose another --data-dir.";
        return Check::failed(
            "disk",
            format!("cannot write to {}: {error}", folder.display()),
            remedy,
        );
    }
    let _ = std::fs::remove_file(&probe);
    let free = match platform::blobs::BlobStore::on_disk(folder.join("media")).await {
        Ok(store) => store.free_bytes(),
        Err(error) => Err(error),
    };
    match free {
        Ok(free) if free < LOW_DISK => {
            let detail = format!("{} MB free at {}", free / 1_000_000, folder.display());
            Check::new(
                "disk",
                Status::Warning,
                detail,
                "Make room soon; writing stops when the disk is full.",
            )
        }
        Ok(free) => Check::ok(
            "disk",
            format!("{} GB free at {}", free / 1_000_000_000, folder.display()),
        ),
        Err(error) => {
            let remedy = "Give the server's account the right to write there.";
            Check::failed(
                "disk",
                format!("the media folder cannot be used: {error}"),
                remedy,
            )
        }
    }
}

/// The mail server lets the house in; nothing is sent. No check where none is configured.
pub async fn mail(config: &Config) -> Option<Check> {
    let mailer = match platform::mail::Mailer::new(&config.mail) {
        Ok(mailer) => mailer?,
        Err(problem) => {
            let remedy = "Mend the key named here; `loggia doctor --reference` prints all of them.";
            return Some(Check::failed("mail", problem, remedy));
        }
    };
    let server = &config.mail.server;
    Some(match mailer.open().await {
        Ok(session) => {
            session.close().await;
            Check::ok("mail", format!("{server} takes letters"))
        }
        Err(error) => {
            let remedy = "Check mail.server, mail.starttls, mail.user and mail.password. Letters wait until it works.";
            Check::failed("mail", format!("{server}: {error}"), remedy)
        }
    })
}

/// Database, schema, clock, search and bus.
pub async fn database_checks(database: &Database) -> Vec<Check> {
    let reader = database.reader(&Viewer::system("doctor"));
    let mut checks = vec![reachable(&reader).await];
    if checks[0].status == Status::Failed {
        return checks;
    }
    checks.push(schema(database).await);
    checks.push(clock(database, &reader).await);
    checks.push(search(&reader).await);
    checks.push(bus(database, &reader).await);
    checks
}

async fn reachable(reader: &Reader) -> Check {
    let postgres = reader.get_database_backend() == DbBackend::Postgres;
    let sql = if postgres {
        "SELECT current_setting('server_version_num')::bigint AS version, \
         current_setting('server_version') AS label"
    } else {
        "SELECT 0 AS version, sqlite_version() AS label"
    };
    let statement = Statement::from_string(reader.get_database_backend(), sql);
    let found = match reader.query_one_raw(statement).await {
        Ok(Some(row)) => row
            .try_get::<i64>("", "version")
            .and_then(|v| Ok((v, row.try_get::<String>("", "label")?))),
        Ok(None) => Err(sea_orm::DbErr::Custom("no answer".into())),
        Err(error) => Err(error),
    };
    match found {
        Err(error) => {
            let remedy = "Check database.url, and that the database server runs and lets you in.";
            Check::failed("database", error.to_string(), remedy)
        }
        Ok((version, label)) if postgres && version < OLDEST_POSTGRES => Check::failed(
            "database",
            format!("PostgreSQL {label}"),
            "Use PostgreSQL 13 or newer.",
        ),
        Ok((_, label)) if postgres => Check::ok("database", format!("PostgreSQL {label} answers")),
        Ok((_, label)) => Check::ok("database", format!("SQLite {label} answers")),
    }
}

async fn schema(database: &Database) -> Check {
    match database.pending_migrations().await {
        Ok(pending) if pending.is_empty() => Check::ok("schema", "up to date"),
        Ok(pending) => {
            let detail = format!("{} steps are missing", pending.len());
            Check::new(
                "schema",
                Status::Warning,
                detail,
                "Run `loggia migrate`; `serve` does it at start.",
            )
        }
        Err(error) => Check::failed("schema", error.to_string(), "Run `loggia migrate`."),
    }
}

async fn clock(database: &Database, reader: &Reader) -> Check {
    let sql = match database.backend() {
        DbBackend::Postgres => {
            "SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint AS micros"
        }
        _ => "SELECT max(occurred_at) AS micros FROM journal",
    };
    let answer = reader
        .query_one_raw(Statement::from_string(database.backend(), sql))
        .await;
    let there = answer
        .ok()
        .flatten()
        .and_then(|row| row.try_get::<Option<i64>>("", "micros").ok().flatten());
    let now = database.now();
    let ahead = there.map_or(0, |micros| {
        kernel::Timestamp::from_micros(micros).seconds_since(now)
    });
    let wrong = match database.backend() {
        DbBackend::Postgres => ahead.abs() > CLOCK_SKEW_SECONDS,
        // The newest event cannot come from the future.
        _ => ahead > CLOCK_SKEW_SECONDS,
    };
    if wrong {
        let remedy = "Keep the clocks of all machines in step (chrony or systemd-timesyncd).";
        let detail = format!("the database is {ahead} s ahead of this machine");
        return Check::new("clock", Status::Warning, detail, remedy);
    }
    Check::ok("clock", format!("{now}"))
}

async fn search(reader: &Reader) -> Check {
    let backend = reader.get_database_backend();
    let probe = "SELECT id FROM people WHERE search_text LIKE $1 LIMIT 1";
    match reader
        .query_one_raw(Statement::from_sql_and_values(
            backend,
            probe,
            ["%a%".into()],
        ))
        .await
    {
        Ok(_) => Check::ok(
            "search",
            "people, communities and topics are searched in the database",
        ),
        Err(error) => Check::failed("search", error.to_string(), "Run `loggia migrate`."),
    }
}

#[derive(FromQueryResult)]
struct Count {
    n: i64,
}

async fn count(reader: &Reader, sql: &str) -> kernel::Result<i64> {
    let statement = Statement::from_string(reader.get_database_backend(), sql);
    Ok(Count::find_by_statement(statement)
        .one(reader)
        .await?
        .map_or(0, |row| row.n))
}

/// Events the slowest consumer still has to handle.
///
/// # Errors
/// Database errors.
pub async fn journal_lag(reader: &Reader) -> kernel::Result<i64> {
    let sql = "SELECT count(*) AS n FROM journal WHERE sequence > \
               (SELECT coalesce(min(sequence), 0) FROM journal_cursors)";
    count(reader, sql).await
}

async fn bus(database: &Database, reader: &Reader) -> Check {
    let parked = count(reader, "SELECT count(*) AS n FROM journal_parked")
        .await
        .unwrap_or(0);
    if parked > 0 {
        let remedy =
            "Look into the log for \"event set aside\" and report it; other events went on.";
        return Check::new(
            "bus",
            Status::Warning,
            format!("{parked} events could not be handled"),
            remedy,
        );
    }
    let mut wake = database.wake();
    wake.mark_unchanged();
    database.ring();
    if !matches!(wake.has_changed(), Ok(true)) {
        return Check::failed(
            "bus",
            "a wake-up got lost in this process",
            "Restart the server.",
        );
    }
    match (journal::head(reader).await, journal_lag(reader).await) {
        (Ok(head), Ok(lag)) if lag > LAG_WARNING && head > Position::START => {
            let remedy = "Is a server running? Consumers catch up by themselves.";
            Check::new(
                "bus",
                Status::Warning,
                format!("consumers are {lag} events behind"),
                remedy,
            )
        }
        (Ok(head), Ok(lag)) => Check::ok(
            "bus",
            format!("in process; journal at {head}, {lag} events waiting"),
        ),
        (Err(error), _) | (_, Err(error)) => {
            Check::failed("bus", error.to_string(), "Run `loggia migrate`.")
        }
    }
}
