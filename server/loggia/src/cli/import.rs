//! `import`: conversations and the organisation from elsewhere.

use std::path::PathBuf;

use anyhow::Context as _;
use clap::{Args, Subcommand};
use importers::{Watcher, mattermost, org};
use kernel::{OrganisationRole, PageArgs, PersonId, Timestamp, Viewer};
use platform::Database;
use platform::blobs::BlobStore;
use reorganisations::model::Rehearsed;

use super::{Common, reorganisation, user};
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
    /// Changes nothing and keeps what was found, to be read and applied with `loggia reorganisation` or by
    /// a network admin in the browser.
    #[arg(long, conflicts_with = "dry_run")]
    rehearse: bool,
    /// With --rehearse: compares before and after on this day (2027-01-01), its beginning in UTC, instead of
    /// now.
    #[arg(long, value_name = "DAY", requires = "rehearse")]
    on: Option<String>,
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
        if self.rehearse {
            return self.rehearse(common, &database).await;
        }
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

impl Org {
    async fn rehearse(&self, common: &Common, database: &Database) -> anyhow::Result<()> {
        let on = self.on.as_ref().map(|day| day_of(day)).transpose()?;
        let sources = org::Sources::from_folder(&self.folder)?;
        let viewer = Viewer::system(reorganisation::REASON);
        let progress = Bar(Progress::new(common.json));
        let rehearsed =
            reorganisations::commands::rehearse(database, &viewer, &sources, on, &progress).await?;
        progress.0.finish();
        match rehearsed {
            Rehearsed::Done(id) => reorganisation::show(common, database, id).await?,
            Rehearsed::Refused(faults) => {
                let report = org::Report {
                    faults,
                    ..org::Report::default()
                };
                common.report(&report, || report.to_string())?;
                anyhow::bail!("the files were refused");
            }
        }
        database.close().await?;
        Ok(())
    }
}

fn day_of(day: &str) -> anyhow::Result<Timestamp> {
    let moment = format!("{day}T00:00:00Z").parse();
    moment.map_err(|_: String| anyhow::anyhow!("{day:?} is no day; write for example 2027-01-01"))
}

/// Shows how far an import is.
pub(super) struct Bar(pub(super) Progress);

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
