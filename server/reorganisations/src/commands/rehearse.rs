//! Trying out.

use std::collections::{HashMap, HashSet};

use identity::queries::people_by_ids;
use importers::Watcher;
use importers::org::{self, Fault, Record, Report, Sources};
use kernel::{PersonId, ReorganisationId, Result, Timestamp, Viewer};
use platform::{Database, Sql, Tx};
use sea_orm::Value;
use uuid::Uuid;

use crate::events;
use crate::model::{Fingerprint, Rehearsed, ReorganisationPart, ReorganisationState};
use crate::policy::may_rehearse;
use crate::queries::{Change, Numbers, Snapshot, fingerprint};

/// Lines written by one statement: eight values each, below SQLite's limit of 32,766.
const CHUNK: usize = 2_000;

struct Line {
    part: ReorganisationPart,
    person_id: Option<PersonId>,
    person_name: Option<String>,
    subject_id: Option<Uuid>,
    text: String,
}

/// What was found.
struct Found {
    base: Fingerprint,
    at: Timestamp,
    effective_at: Timestamp,
    lines: Vec<Line>,
}

/// Tries files out: brings them in, looks at what differs, and gives it all up. What was found is kept. Before
/// and after are compared at `effective_at`, for places that begin or end on a day to come; a moment in the
/// past means now. Audiences are those the viewer may see.
///
/// # Errors
/// `NETWORK_ADMIN_REQUIRED`, `TOKEN_READ_ONLY`, database errors. Faults of the files are told as
/// [`Rehearsed::Refused`].
pub async fn rehearse(
    database: &Database,
    viewer: &Viewer,
    sources: &Sources,
    effective_at: Option<Timestamp>,
    watcher: &dyn Watcher,
) -> Result<Rehearsed> {
    may_rehearse(viewer)?;
    let saved = audiences::queries::all_saved(&database.reader(viewer)).await?;
    let house = Viewer::system("reorganisation rehearsal");
    let mut tx = database.begin(&house).await?;
    let at = tx.now();
    let effective_at = effective_at.map_or(at, |wanted| wanted.max(at));
    let base = fingerprint(&tx, at).await?;
    let mut numbers = Numbers::default();
    let before = Snapshot::read(&tx, effective_at, &saved, &mut numbers).await?;
    let (report, record) = org::bring(&mut tx, sources, false, watcher).await?;
    if !report.is_accepted() {
        tx.rollback().await?;
        return Ok(Rehearsed::Refused(report.faults));
    }
    let after = Snapshot::read(&tx, effective_at, &saved, &mut numbers).await?;
    let changes = before.changes(&after, &tx, &numbers).await?;
    let mut lines = lines_of(&report);
    lines.extend(with_names(&tx, changes, &record).await?);
    tx.rollback().await?;
    let found = Found {
        base,
        at,
        effective_at,
        lines,
    };
    keep(database, viewer, sources, found).await
}

async fn keep(
    database: &Database,
    viewer: &Viewer,
    sources: &Sources,
    found: Found,
) -> Result<Rehearsed> {
    let texts = [
        ("people", &sources.people),
        ("org_units", &sources.org_units),
        ("assignments", &sources.assignments),
    ];
    let mut tx = database.begin(viewer).await?;
    let id = ReorganisationId::at(tx.now());
    let row: Vec<Value> = vec![
        id.into(),
        ReorganisationState::Rehearsed.as_str().into(),
        viewer.person_id().into(),
        found.at.into(),
        found.effective_at.into(),
        found.base.to_text().into(),
    ];
    let mut sql = Sql::new(
        "INSERT INTO reorganisations (id, state, created_by, created_at, effective_at, base) VALUES ",
    );
    sql.bind_rows([row]);
    sql.run(&tx).await?;
    for (file, bytes) in texts {
        // They were read as UTF-8 already.
        let text = String::from_utf8_lossy(bytes).into_owned();
        let mut sql =
            Sql::new("INSERT INTO reorganisation_files (reorganisation_id, file, text) VALUES ");
        sql.bind_rows([vec![id.into(), file.into(), text.into()]]);
        sql.run(&tx).await?;
    }
    write_lines(&tx, id, found.lines).await?;
    tx.announce(events::about(events::REHEARSED, id));
    tx.commit().await?;
    Ok(Rehearsed::Done(id))
}

async fn write_lines(tx: &Tx, id: ReorganisationId, mut lines: Vec<Line>) -> Result<()> {
    let key = |line: &Line| {
        (
            line.person_name.clone().unwrap_or_default(),
            line.text.clone(),
        )
    };
    lines.sort_by_cached_key(key);
    let mut next: HashMap<ReorganisationPart, i64> = HashMap::new();
    let mut rows = lines.into_iter().map(|line| {
        let place = next.entry(line.part).or_default();
        *place += 1;
        let name = line.person_name.as_deref().unwrap_or_default();
        let search = format!("{name} {}", line.text).to_lowercase();
        let row: Vec<Value> = vec![
            id.into(),
            line.part.as_str().into(),
            (*place).into(),
            line.person_id.into(),
            line.person_name.into(),
            line.subject_id.into(),
            line.text.into(),
            search.into(),
        ];
        row
    });
    loop {
        let chunk: Vec<Vec<Value>> = rows.by_ref().take(CHUNK).collect();
        if chunk.is_empty() {
            return Ok(());
        }
        let mut sql = Sql::new(
            "INSERT INTO reorganisation_lines (reorganisation_id, part, place, person_id, person_name, \
             subject_id, text, search_text) VALUES ",
        );
        sql.bind_rows(chunk);
        sql.run(tx).await?;
    }
}

/// What the importer's report says, line by line.
fn lines_of(report: &Report) -> Vec<Line> {
    use ReorganisationPart as Part;
    let lists = [
        (Part::PeopleNew, &report.people_new),
        (Part::PeopleDeactivated, &report.people_deactivated),
        (Part::PeopleReactivated, &report.people_reactivated),
        (Part::Joins, &report.joins),
        (Part::Leaves, &report.leaves),
        (Part::Moves, &report.moves),
        (Part::UnitsMade, &report.units_made),
        (Part::UnitsMoved, &report.units_moved),
        (Part::UnitsRenamed, &report.units_renamed),
        (Part::UnitsNotInFile, &report.units_not_in_file),
        (Part::UnitsWithoutHead, &report.units_without_head),
        (Part::Orphaned, &report.orphaned_reports),
        (Part::UnknownColumns, &report.unknown_columns),
    ];
    let mut lines = Vec::new();
    for (part, texts) in lists {
        lines.extend(texts.iter().map(|text| Line {
            part,
            person_id: None,
            person_name: None,
            subject_id: None,
            text: text.clone(),
        }));
    }
    lines
}

/// Gains and losses with the names of the people. Who and what only came with the files has no id yet.
async fn with_names(tx: &Tx, changes: Vec<Change>, record: &Record) -> Result<Vec<Line>> {
    let people: HashSet<PersonId> = changes.iter().map(|change| change.person).collect();
    let people: Vec<PersonId> = people.into_iter().collect();
    let found = people_by_ids(tx, &people).await?;
    let names: HashMap<PersonId, String> = found
        .into_iter()
        .map(|person| (person.id, person.name))
        .collect();
    let new_people: HashSet<PersonId> = record.people_made().iter().copied().collect();
    let new_units: HashSet<Uuid> = record.units_made().iter().map(|unit| unit.0).collect();
    let lines = changes.into_iter().map(|change| Line {
        part: change.part,
        person_id: Some(change.person).filter(|person| !new_people.contains(person)),
        person_name: Some(names.get(&change.person).cloned().unwrap_or_default()),
        subject_id: Some(change.subject).filter(|subject| !new_units.contains(subject)),
        text: change.text,
    });
    Ok(lines.collect())
}

/// A fault as a problem of the input.
pub(super) fn problem(fault: &Fault) -> kernel::Problem {
    kernel::Problem::new("files", "FILE_FAULT", fault.to_string())
        .with("file", fault.file)
        .with("line", fault.line)
        .with("reason", &fault.reason)
}
