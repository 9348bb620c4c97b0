//! `migrate`, `backup`, `restore`.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::Common;
use crate::backup;
use crate::progress::Progress;

/// `loggia migrate`
#[derive(Debug, Args)]
pub struct Migrate {
    /// Only shows which steps are missing.
    #[arg(long)]
    check: bool,
}

impl Migrate {
    pub async fn run(&self, common: &Common) -> anyhow::Result<()> {
        let database = super::connect(&common.config(None)?).await?;
        let pending = database.pending_migrations().await?;
        if !self.check {
            database.migrate().await?;
        }
        let report = json!({ "applied": !self.check, "steps": pending });
        let verb = if self.check { "missing" } else { "applied" };
        common.report(&report, || match pending.len() {
            0 => "The schema is up to date.".to_owned(),
            count => format!("{count} steps {verb}: {}", pending.join(", ")),
        })?;
        database.close().await?;
        Ok(())
    }
}

/// `loggia backup`
#[derive(Debug, Args)]
pub struct Backup {
    /// New folder to write the backup into.
    folder: PathBuf,
}

impl Backup {
    pub async fn run(&self, common: &Common) -> anyhow::Result<()> {
        let (config, database) = common.open().await?;
        let progress = Progress::new(common.json);
        let media = config.server.data_dir.join("media");
        let manifest = backup::backup(&database, &media, &self.folder, &progress).await?;
        progress.finish();
        database.close().await?;
        common.report(&manifest, || {
            let rows: u64 = manifest.tables.values().sum();
            let (files, folder) = (manifest.media_files, self.folder.display());
            format!("Backup written to {folder}: {rows} rows, {files} media files.")
        })
    }
}

/// `loggia restore`
#[derive(Debug, Args)]
pub struct Restore {
    /// Folder with the backup.
    folder: PathBuf,
}

impl Restore {
    pub async fn run(&self, common: &Common) -> anyhow::Result<()> {
        let (config, database) = common.open().await?;
        let progress = Progress::new(common.json);
        let media = config.server.data_dir.join("media");
        let manifest = backup::restore(&database, &media, &self.folder, &progress).await?;
        progress.finish();
        database.close().await?;
        common.report(&manifest, || {
            let rows: u64 = manifest.tables.values().sum();
            format!(
                "Restored {rows} rows and {} media files.",
                manifest.media_files
            )
        })
    }
}
