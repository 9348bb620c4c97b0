//! Commands of the binary.

mod check;
mod demo;
mod import;
mod maintain;
mod reorganisation;
mod serve;
mod user;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use kernel::Clock;
use platform::config::{Config, Sources};
use platform::{Database, DatabaseOptions};

/// A self-hosted internal social network: communities, posts and a live feed in one binary.
#[derive(Debug, Parser)]
#[command(name = "loggia", version, propagate_version = true)]
struct Cli {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Command,
}

/// Options every command takes.
#[derive(Debug, Clone, Args)]
pub struct Common {
    /// Configuration file (TOML); `loggia doctor --reference` prints one with every key.
    #[arg(long, global = true, env = "LOGGIA_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    /// Folder for the database, uploaded files and keys.
    #[arg(long, global = true, value_name = "DIR")]
    data_dir: Option<PathBuf>,
    /// Sets one key, for example `--set auth.access_token_minutes=5`; may be given several times.
    #[arg(long = "set", global = true, value_name = "KEY=VALUE")]
    sets: Vec<String>,
    /// Prints the report as JSON and shows no progress.
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serves the network.
    Serve(serve::Serve),
    /// Brings the database's schema up to date, or shows what is missing.
    Migrate(maintain::Migrate),
    /// Prints the GraphQL schema (SDL).
    Schema,
    /// Creates a believable invented company if the data folder is empty, and serves it.
    Demo(demo::Demo),
    /// Brings in conversations and the organisation from elsewhere.
    #[command(subcommand)]
    Import(import::Import),
    /// Lists, applies and takes back reorganisations that `loggia import org --rehearse` tried out.
    #[command(subcommand)]
    Reorganisation(reorganisation::Reorganisation),
    /// Creates people, resets passwords, grants roles.
    #[command(subcommand)]
    User(user::User),
    /// Checks configuration, database, disk, clock, search and bus, and says what to do.
    Doctor(check::Doctor),
    /// Writes a consistent backup, also while the server runs.
    Backup(maintain::Backup),
    /// Restores a backup into an empty house.
    Restore(maintain::Restore),
}

/// Runs the command of this process.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("loggia: cannot start: {error}");
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(run(cli)) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("loggia: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    platform::http::install_crypto();
    let common = cli.common;
    match cli.command {
        Command::Serve(serve) => serve.run(&common).await?,
        Command::Migrate(migrate) => migrate.run(&common).await?,
        Command::Schema => print!("{}", crate::schema::sdl()),
        Command::Demo(demo) => demo.run(&common).await?,
        Command::Import(import) => import.run(&common).await?,
        Command::Reorganisation(command) => command.run(&common).await?,
        Command::User(user) => user.run(&common).await?,
        Command::Doctor(doctor) => return doctor.run(&common).await,
        Command::Backup(backup) => backup.run(&common).await?,
        Command::Restore(restore) => restore.run(&common).await?,
    }
    Ok(ExitCode::SUCCESS)
}

impl Common {
    /// Reads the configuration from all its sources.
    ///
    /// # Errors
    /// All problems at once, each naming its key.
    pub fn config(&self, listen: Option<String>) -> anyhow::Result<Config> {
        let config = Config::load(Sources {
            file: self.config.clone(),
            env: std::env::vars(),
            sets: self.sets.clone(),
            data_dir: self.data_dir.clone(),
            listen,
        })?;
        Ok(config)
    }

    /// Opens the configured database and brings its schema up to date.
    ///
    /// # Errors
    /// Configuration and database errors.
    pub async fn open(&self) -> anyhow::Result<(Config, Database)> {
        let config = self.config(None)?;
        let database = connect(&config).await?;
        database.migrate().await?;
        Ok((config, database))
    }

    /// Prints a report: as JSON when asked for, else the text.
    pub fn report(
        &self,
        json: &impl serde::Serialize,
        text: impl FnOnce() -> String,
    ) -> anyhow::Result<()> {
        if self.json {
            println!("{}", serde_json::to_string_pretty(json)?);
        } else {
            println!("{}", text());
        }
        Ok(())
    }
}

/// Connects to the configured database; makes the data folder when it is not there.
///
/// # Errors
/// Input/output and database errors.
pub async fn connect(config: &Config) -> anyhow::Result<Database> {
    use anyhow::Context as _;
    let folder = &config.server.data_dir;
    std::fs::create_dir_all(folder)
        .with_context(|| format!("cannot create the data folder {}", folder.display()))?;
    let options = DatabaseOptions {
        url: config.database_url().expose().to_owned(),
        max_connections: config.database.max_connections,
        synchronous_full: config.database.synchronous == platform::config::Synchronous::Full,
        statement_timeout: std::time::Duration::from_secs(
            config.database.statement_timeout_seconds,
        ),
    };
    let database = Database::connect(&options, Clock::system()).await;
    database.with_context(|| format!("cannot open the database {:?}", config.database_url()))
}
