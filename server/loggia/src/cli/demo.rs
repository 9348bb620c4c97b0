//! `demo`: an invented company to look around in.

use std::time::Duration;

use clap::Args;
use kernel::Clock;
use platform::{Database, DatabaseOptions};

use super::{Common, serve};
use crate::app::App;
use crate::demo;
use crate::progress::Progress;

/// `loggia demo`
#[derive(Debug, Args)]
pub struct Demo {
    /// Address to listen on.
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<String>,
    /// Creates the company and ends, without serving it.
    #[arg(long)]
    only_create: bool,
}

impl Demo {
    pub async fn run(&self, common: &Common) -> anyhow::Result<()> {
        let config = common.config(self.listen.clone())?;
        platform::telemetry::init(&config.log);
        let database = super::connect(&config).await?;
        database.migrate().await?;
        if identity::queries::needs_setup(&database).await? {
            let progress = Progress::new(common.json);
            self.create(&config, &database, &progress).await?;
            progress.finish();
        }
        common.report(&demo::logins(), || {
            let lines = demo::logins()
                .into_iter()
                .map(|login| format!("  {:<18} {}", login.handle, login.is));
            let lines: Vec<_> = lines.collect();
            format!(
                "Lindenbank, an invented company. Sign in with the password {} as\n{}",
                demo::PASSWORD,
                lines.join("\n")
            )
        })?;
        if self.only_create {
            database.close().await?;
            return Ok(());
        }
        let app = App::open(config, database).await?;
        serve::serve(app).await
    }

    /// Three weeks pass on a clock of their own; then everything that follows the journal catches up.
    async fn create(
        &self,
        config: &platform::config::Config,
        present: &Database,
        progress: &Progress,
    ) -> anyhow::Result<()> {
        let clock = Clock::fixed(demo::opening(present.now()));
        let options = DatabaseOptions {
            statement_timeout: Duration::from_secs(config.database.statement_timeout_seconds),
            // The demo can be made again; waiting for the disk at each of a thousand acts is not worth it.
            synchronous_full: false,
            ..DatabaseOptions::new(config.database_url().expose())
        };
        let past = Database::connect(&options, clock.clone()).await?;
        demo::create(&past, &clock, present.now(), |step| {
            progress.say(|| format!("Creating the demo: {step}"))
        })
        .await?;
        let app = App::open(config.clone(), past.clone()).await?;
        app.consumer_runner().drain().await?;
        past.close().await?;
        Ok(())
    }
}
