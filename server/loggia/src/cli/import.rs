//! `import`: conversations and the organisation from elsewhere.

use std::path::PathBuf;

use anyhow::Context as _;
use clap::{Args, Subcommand};
use importers::{Watcher, mattermost, org};
use kernel::{OrganisationRole, PageArgs, PersonId, Viewer};
use platform::Database;
use platform::blobs::BlobStore;

use super::{Common, user};
use crate::progress::Progress;

/// `loggia import …`
#[derive(Debug, Subcommand)]
pub enum Import {
    /// A Mattermost bulk export (JSONL, also gzipped).
    Mattermost(Mattermost),
    /// The organisation: people.csv, org_units.csv and assignments.csv of a folder.
    Org(Org),
}

/// `loggia import org`
#[derive(Debug, Args)]
pub struct Org {
    /// The folder with the three files.
    folder: PathBuf,
    /// Only tells what would happen.
    #[arg(long)]
    dry_run: bool,
}

/// `loggia import mattermost`
#[derive(Debug, Args)]
pub struct Mattermost {
    /// The export file; attachments are looked for beside it.
    file: PathBuf,
    /// Only tells what would happen.
    #[arg(long)]
    dry_run: bool,
    /// Who owns the imported communities; the first network admin if not given.
    #[arg(long, value_name = "HANDLE")]
    owner: Option<String>,
}

impl Import {
    pub async fn run(&self, common: &Common) -> anyhow::Result<()> {
        match self {
            Self::Mattermost(import) => import.run(common).await,
            Self::Org(import) => import.run(common).await,
        }
    }
}

impl Mattermost {
    async fn run(&self, common: &Common) -> anyhow::Result<()> {
        let (config, database) = common.open().await?;
        user::require_organisation(&database).await?;
        let owner = match &self.owner {
            Some(handle) => user::find(&database, handle).await?,
            None => first_admin(&database).await?,
        };
        let options = mattermost::Options {
            file: self.file.clone(),
            dry_run: self.dry_run,
            owner,
            blobs: BlobStore::on_disk(config.media_dir()).await?,
            media: config.media.clone(),
        };
        let progress = Bar(Progress::new(common.json));
        let report = mattermost::import(&database, &options, &progress).await?;
        progress.0.finish();
        common.report(&report, || report.to_string())?;
        anyhow::ensure!(
            report.is_reconciled(),
            "items are missing; run the import again and report this"
        );
        database.close().await?;
        Ok(())
    }
}

impl Org {
    async fn run(&self, common: &Common) -> anyhow::Result<()> {
        let (_, database) = common.open().await?;
        user::require_organisation(&database).await?;
        let options = org::Options {
            folder: self.folder.clone(),
            dry_run: self.dry_run,
        };
        let progress = Bar(Progress::new(common.json));
        let report = org::import(&database, &options, &progress).await?;
        progress.0.finish();
        common.report(&report, || report.to_string())?;
        database.close().await?;
        anyhow::ensure!(report.is_accepted(), "the files were refused");
        Ok(())
    }
}

struct Bar(Progress);

impl Watcher for Bar {
    fn at(&self, done: u64, total: u64, what: &str) {
        self.0.at(done, total, what);
    }
}

async fn first_admin(database: &Database) -> anyhow::Result<PersonId> {
    let reader = database.reader(&Viewer::system("loggia import"));
    let args = PageArgs::forward(1, None)?;
    let admins = identity::queries::PeopleFilter {
        role: Some(OrganisationRole::NetworkAdmin),
        ..identity::queries::PeopleFilter::default()
    };
    let page = identity::queries::people(&reader, &admins, &args).await?;
    let first = page.items.into_iter().next().map(|(_, person)| person.id);
    first.context("there is no network admin; name an --owner")
}
