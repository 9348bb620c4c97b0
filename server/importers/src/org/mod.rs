//! The organisation as the staff department's files describe it: `people.csv`, `org_units.csv`,
//! `assignments.csv`.
//!
//! The files are the whole truth about the people, units and places they know: a place that is no longer
//! in them ends. What other ways brought in (people made by hand, their places) is left alone. All
//! faults are found before anything is written: a file with one fault is refused whole, with the
//! line and the reason of each. Everything is written in one transaction; running it again writes
//! nothing.
//!
//! Reading order: [`files`] (rows to types), [`check`] (what cannot be), [`plan`] (what differs),
//! [`apply`](self::bring), [`record`](self::take_back).

mod apply;
mod check;
mod files;
mod plan;
mod record;

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

use kernel::Viewer;
use platform::{Database, Tx};
use serde::Serialize;

use crate::Watcher;
pub use files::Sources;
use plan::Plan;
pub use record::{Record, take_back};

/// Name under which people are remembered in `import_keys`.
const SOURCE: &str = "org";

/// What to bring in.
#[derive(Debug, Clone)]
pub struct Options {
    /// Folder with the three files.
    pub folder: PathBuf,
    /// Only tells what would happen.
    pub dry_run: bool,
}

/// A fault of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// Name of the file.
    pub file: &'static str,
    /// Line of the file, from 1; 0 for the file as a whole.
    pub line: u64,
    /// What is wrong, and how it is mended.
    pub reason: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.file, self.reason),
            line => write!(f, "{}:{line}: {}", self.file, self.reason),
        }
    }
}

/// What became of the three files, or would.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// Whether nothing was written.
    pub dry_run: bool,
    /// Faults; with one of them nothing is written.
    pub faults: Vec<Fault>,
    /// Numbers of what is new, changed, the same and ended.
    pub counts: BTreeMap<&'static str, u64>,
    /// People who are not here yet.
    pub people_new: Vec<String>,
    /// People who may no longer sign in.
    pub people_deactivated: Vec<String>,
    /// People who may sign in again.
    pub people_reactivated: Vec<String>,
    /// Units that are not here yet.
    pub units_made: Vec<String>,
    /// Units that come below another one.
    pub units_moved: Vec<String>,
    /// Units that get another name.
    pub units_renamed: Vec<String>,
    /// People who come into a unit, one line each.
    pub joins: Vec<String>,
    /// People who leave one.
    pub leaves: Vec<String>,
    /// People who leave one and come into another.
    pub moves: Vec<String>,
    /// Units in which people work and that nobody leads.
    pub units_without_head: Vec<String>,
    /// People whom nobody leads any more: no unit from theirs up to the top has a head beside them.
    pub orphaned_reports: Vec<String>,
    /// Units that are here and in no file. They stay, since what was written in them does.
    pub units_not_in_file: Vec<String>,
    /// Columns nobody asks for.
    pub unknown_columns: Vec<String>,
}

impl Report {
    /// Whether the files could be taken as they are.
    pub fn is_accepted(&self) -> bool {
        self.faults.is_empty()
    }
}

/// Lines of one kind that are printed; the whole is in the JSON report.
const SHOWN: usize = 40;

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.is_accepted() {
            writeln!(f, "Nothing was written. Please mend:")?;
            for fault in &self.faults {
                writeln!(f, "  {fault}")?;
            }
            return Ok(());
        }
        for (what, count) in &self.counts {
            writeln!(f, "{what:<28} {count:>9}")?;
        }
        let lists = [
            ("May no longer sign in", &self.people_deactivated),
            ("May sign in again", &self.people_reactivated),
            ("Units, moved", &self.units_moved),
            ("Units, renamed", &self.units_renamed),
            ("Joins", &self.joins),
            ("Leaves", &self.leaves),
            ("Moves", &self.moves),
            ("Units without a head", &self.units_without_head),
            ("Nobody leads them any more", &self.orphaned_reports),
            ("Units that are in no file", &self.units_not_in_file),
            ("Columns nobody asks for", &self.unknown_columns),
        ];
        for (title, lines) in lists.into_iter().filter(|(_, lines)| !lines.is_empty()) {
            writeln!(f, "\n{title} ({}):", lines.len())?;
            for line in lines.iter().take(SHOWN) {
                writeln!(f, "  {line}")?;
            }
            if lines.len() > SHOWN {
                writeln!(f, "  … and {} more", lines.len() - SHOWN)?;
            }
        }
        if self.dry_run {
            writeln!(f, "\nNothing was written: this was a dry run.")?;
        }
        Ok(())
    }
}

/// Brings the three files in, or tells what would happen.
///
/// # Errors
/// Files that cannot be read, database errors. Faults of the files are in the report.
pub async fn import(
    database: &Database,
    options: &Options,
    watcher: &dyn Watcher,
) -> anyhow::Result<Report> {
    let sources = Sources::from_folder(&options.folder)?;
    let viewer = Viewer::system("loggia import org");
    let mut tx = database.begin(&viewer).await?;
    let (report, record) = bring(&mut tx, &sources, options.dry_run, watcher).await?;
    if record.is_empty() {
        tx.rollback().await?;
    } else {
        tx.commit().await?;
    }
    Ok(report)
}

/// Brings the three files in within the caller's transaction, or tells what would happen. The record
/// is what [`take_back`] needs, empty when nothing was written. With faults in the report nothing may be
/// kept.
///
/// # Errors
/// `NETWORK_ADMIN_REQUIRED`, database errors. Faults of the files are in the report.
pub async fn bring(
    tx: &mut Tx,
    sources: &Sources,
    dry_run: bool,
    watcher: &dyn Watcher,
) -> kernel::Result<(Report, Record)> {
    tx.viewer().require_network_admin()?;
    let mut faults = Vec::new();
    let read = files::read(sources, &mut faults);
    check::check(&read, &mut faults);
    let mut report = Report {
        dry_run,
        unknown_columns: read.unknown_columns.clone(),
        ..Report::default()
    };
    if !faults.is_empty() {
        faults.sort_by(|a, b| (a.file, a.line).cmp(&(b.file, b.line)));
        report.faults = faults;
        return Ok((report, Record::default()));
    }
    let plan = Plan::make(tx, &read).await?;
    plan.tell(&mut report);
    report.faults = plan.missing_calendars();
    if !report.is_accepted() || dry_run || plan.is_empty() {
        return Ok((report, Record::default()));
    }
    match apply::apply(tx, &plan, watcher).await? {
        Ok(record) => Ok((report, record)),
        Err(faults) => {
            report.faults = faults;
            Ok((report, Record::default()))
        }
    }
}
