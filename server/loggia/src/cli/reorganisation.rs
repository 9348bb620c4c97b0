//! `reorganisation`: what was tried out, applied and taken back.

use std::fmt::Write as _;

use clap::Subcommand;
use kernel::{Error, PageArgs, ReorganisationId, Viewer};
use platform::Database;
use reorganisations::model::{ReorganisationPart, ReorganisationView};
use reorganisations::{commands, queries};
use serde_json::json;

use super::Common;
use super::import::Bar;
use crate::progress::Progress;

/// Name of this work in the log.
pub(super) const REASON: &str = "loggia reorganisation";
/// Lines of a part that are printed; the browser shows all of them.
const SHOWN: i32 = 40;

/// `loggia reorganisation …`
#[derive(Debug, Subcommand)]
pub enum Reorganisation {
    /// Lists them, the newest first.
    List,
    /// Shows what was found.
    Show {
        /// Which.
        id: ReorganisationId,
    },
    /// Makes the organisation as its files say, whole or not at all.
    Apply {
        /// Which.
        id: ReorganisationId,
    },
    /// Makes the organisation as it was before it was applied.
    Undo {
        /// Which.
        id: ReorganisationId,
    },
    /// Throws away what was tried out.
    Discard {
        /// Which.
        id: ReorganisationId,
    },
}

impl Reorganisation {
    pub async fn run(&self, common: &Common) -> anyhow::Result<()> {
        let (_, database) = common.open().await?;
        let viewer = Viewer::system(REASON);
        match self {
            Self::List => list(common, &database).await?,
            Self::Show { id } => show(common, &database, *id).await?,
            Self::Apply { id } => {
                let progress = Bar(Progress::new(common.json));
                let done = commands::apply(&database, &viewer, *id, &progress).await;
                progress.0.finish();
                decided(common, &database, *id, done).await?;
            }
            Self::Undo { id } => {
                let done = commands::undo(&database, &viewer, *id).await;
                decided(common, &database, *id, done).await?;
            }
            Self::Discard { id } => {
                let done = commands::discard(&database, &viewer, *id).await;
                decided(common, &database, *id, done).await?;
            }
        }
        database.close().await?;
        Ok(())
    }
}

/// What a refusal means, and what to do.
fn explained(error: Error) -> anyhow::Error {
    let words = match error.reason() {
        "NOT_FOUND" => "there is no reorganisation with this id; see `loggia reorganisation list`",
        "WRONG_STATE" => "this cannot be done any more; see `loggia reorganisation list`",
        "UNITS_CHANGED" => "units have changed meanwhile; rehearse again",
        "PLACES_CHANGED" => "places of people have changed meanwhile; rehearse again",
        "PEOPLE_CHANGED" => "other people may sign in than before; rehearse again",
        "UNIT_IN_USE" => "a unit that came with it is in use by now; it cannot be taken back",
        _ => return error.into(),
    };
    anyhow::anyhow!("{}: {words}", error.reason())
}

async fn decided(
    common: &Common,
    database: &Database,
    id: ReorganisationId,
    done: kernel::Result<()>,
) -> anyhow::Result<()> {
    done.map_err(explained)?;
    let reader = database.reader(&Viewer::system(REASON));
    let view = queries::one(&reader, id).await?;
    common.report(&line(&view), || text(&view))
}

fn line(view: &ReorganisationView) -> serde_json::Value {
    json!({
        "id": view.id.to_string(),
        "state": view.state.as_str(),
        "createdAt": view.created_at.to_string(),
        "effectiveAt": view.effective_at.to_string(),
        "appliedAt": view.applied_at.map(|at| at.to_string()),
        "undoneAt": view.undone_at.map(|at| at.to_string()),
    })
}

fn text(view: &ReorganisationView) -> String {
    format!("{} {:<9} {}", view.id, view.state.as_str(), view.created_at)
}

async fn list(common: &Common, database: &Database) -> anyhow::Result<()> {
    let reader = database.reader(&Viewer::system(REASON));
    let args = PageArgs::forward(kernel::page::MAX_PAGE, None)?;
    let page = queries::list(&reader, &args).await?;
    let views: Vec<ReorganisationView> = page.items.into_iter().map(|(_, view)| view).collect();
    let lines: Vec<_> = views.iter().map(line).collect();
    common.report(&lines, || match views.is_empty() {
        true => "none yet; see `loggia import org FOLDER --rehearse`".to_owned(),
        false => views.iter().map(text).collect::<Vec<_>>().join("\n"),
    })
}

/// Prints what was found.
///
/// # Errors
/// An unknown id, database errors.
pub(super) async fn show(
    common: &Common,
    database: &Database,
    id: ReorganisationId,
) -> anyhow::Result<()> {
    let reader = database.reader(&Viewer::system(REASON));
    let view = queries::one(&reader, id).await.map_err(explained)?;
    let is_stale = queries::is_stale(&reader, &view).await?;
    let (mut words, mut parts) = (text(&view), serde_json::Map::new());
    for (part, total) in queries::totals(&reader, id).await? {
        write!(words, "\n\n{part} ({total}):")?;
        let shown = shown(&reader, id, part).await?;
        for line in &shown {
            write!(words, "\n  {line}")?;
        }
        let more = total - i64::try_from(shown.len())?;
        if more > 0 {
            write!(words, "\n  … and {more} more")?;
        }
        parts.insert(
            part.as_str().to_owned(),
            json!({ "total": total, "first": shown }),
        );
    }
    if is_stale {
        words.push_str("\n\nThe organisation has changed since: rehearse again.");
    }
    let mut report = line(&view);
    report["isStale"] = json!(is_stale);
    report["found"] = parts.into();
    common.report(&report, || words)
}

async fn shown(
    reader: &platform::Reader,
    id: ReorganisationId,
    part: ReorganisationPart,
) -> anyhow::Result<Vec<String>> {
    let args = PageArgs::forward(SHOWN, None)?;
    let (page, _) = queries::lines(reader, id, (part, None), &args).await?;
    let lines = page
        .items
        .into_iter()
        .map(|(_, line)| match line.person_name {
            Some(name) => format!("{name}: {}", line.text),
            None => line.text,
        });
    Ok(lines.collect())
}
