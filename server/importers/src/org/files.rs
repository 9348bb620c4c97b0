//! From the rows of the files to types. Columns may stand in any order; separators are comma,
//! semicolon or tab; a byte order mark is fine, another encoding than UTF-8 is a fault.

use std::collections::HashMap;
use std::path::Path;

use anyhow::Context as _;
use directory::OrgUnitKind;
use kernel::Timestamp;
use kernel::working_time::{WeeklyHours, is_time_zone};

use super::Fault;

pub(super) const PEOPLE: &str = "people.csv";
pub(super) const UNITS: &str = "org_units.csv";
pub(super) const PLACES: &str = "assignments.csv";

/// Faults listed; a file with more has one cause.
const LISTED: usize = 500;
/// Most characters of names, titles and roles.
const LONGEST: usize = 120;

/// A person, by the number of the staff department.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Person {
    pub(super) line: u64,
    pub(super) id: String,
    pub(super) name: String,
    pub(super) handle: String,
    pub(super) email: Option<String>,
    /// `None` where the file has no such column: then it is the person's own.
    pub(super) title: Option<String>,
    pub(super) location: Option<String>,
    pub(super) language: String,
    pub(super) time_zone: String,
    pub(super) is_active: bool,
}

/// A unit, by its code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unit {
    pub(super) line: u64,
    pub(super) code: String,
    pub(super) parent: Option<String>,
    pub(super) name: String,
    pub(super) kind: OrgUnitKind,
    pub(super) time_zone: Option<String>,
    pub(super) opening_hours: Option<String>,
    pub(super) calendar: Option<String>,
}

/// A person's place in a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) line: u64,
    pub(super) person: String,
    pub(super) unit: String,
    pub(super) role: String,
    pub(super) is_head: bool,
    pub(super) from: Option<Timestamp>,
    pub(super) to: Option<Timestamp>,
}

/// All of it.
#[derive(Debug, Default)]
pub(super) struct Files {
    pub(super) people: Vec<Person>,
    pub(super) units: Vec<Unit>,
    pub(super) places: Vec<Place>,
    pub(super) unknown_columns: Vec<String>,
}

/// The three files as they came.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// `people.csv`.
    pub people: Vec<u8>,
    /// `org_units.csv`.
    pub org_units: Vec<u8>,
    /// `assignments.csv`.
    pub assignments: Vec<u8>,
}

impl Sources {
    /// Reads the three files of a folder.
    ///
    /// # Errors
    /// A file that is not there or cannot be read.
    pub fn from_folder(folder: &Path) -> anyhow::Result<Self> {
        let read = |file| -> anyhow::Result<Vec<u8>> {
            let path = folder.join(file);
            std::fs::read(&path).with_context(|| format!("reading {}", path.display()))
        };
        Ok(Self {
            people: read(PEOPLE)?,
            org_units: read(UNITS)?,
            assignments: read(PLACES)?,
        })
    }
}

/// From bytes to rows.
pub(super) fn read(sources: &Sources, faults: &mut Vec<Fault>) -> Files {
    let mut files = Files::default();
    let mut unknown = Vec::new();
    let mut table = |file: &'static str, needed: &[&str], known: &[&str]| {
        let bytes = match file {
            PEOPLE => &sources.people,
            UNITS => &sources.org_units,
            _ => &sources.assignments,
        };
        rows(file, bytes, needed, known, faults, &mut unknown)
    };
    let people = table(
        PEOPLE,
        &["id", "name"],
        &[
            "email",
            "handle",
            "title",
            "location",
            "language",
            "time_zone",
            "active",
        ],
    );
    let units = table(
        UNITS,
        &["code", "parent_code", "name", "type"],
        &["time_zone", "opening_hours", "calendar"],
    );
    let places = table(PLACES, &["person", "unit"], &["role", "head", "from", "to"]);
    files.people = people
        .iter()
        .filter_map(|row| person(row, faults))
        .collect();
    files.units = units.iter().filter_map(|row| unit(row, faults)).collect();
    files.places = places.iter().filter_map(|row| place(row, faults)).collect();
    files.unknown_columns = unknown;
    faults.truncate(LISTED);
    files
}

/// One row, by the names of its columns.
struct Row {
    file: &'static str,
    line: u64,
    values: HashMap<String, String>,
}

impl Row {
    fn text(&self, column: &str) -> &str {
        self.values.get(column).map_or("", String::as_str)
    }

    fn filled(&self, column: &str) -> Option<String> {
        Some(self.text(column).to_owned()).filter(|text| !text.is_empty())
    }

    fn fault(&self, reason: impl Into<String>) -> Fault {
        Fault {
            file: self.file,
            line: self.line,
            reason: reason.into(),
        }
    }

    /// A text that has to be there.
    fn needed(&self, column: &str, faults: &mut Vec<Fault>) -> Option<String> {
        let text = self.filled(column);
        if text.is_none() {
            faults.push(self.fault(format!("{column} is empty")));
        }
        text
    }

    /// A line of text as it is kept: trimmed, without control characters; may be empty.
    fn clean(&self, column: &str, faults: &mut Vec<Fault>) -> String {
        match richtext::clean_line(self.text(column), LONGEST) {
            Ok(text) => text,
            Err(richtext::TextProblem::Empty) => String::new(),
            Err(problem) => {
                faults.push(self.fault(format!("{column}: {problem}")));
                String::new()
            }
        }
    }

    /// The same, if the file has the column at all.
    fn clean_if_told(&self, column: &str, faults: &mut Vec<Fault>) -> Option<String> {
        let is_told = self.values.contains_key(column);
        is_told.then(|| self.clean(column, faults))
    }

    /// A line of text that has to be there.
    fn needed_line(&self, column: &str, faults: &mut Vec<Fault>) -> Option<String> {
        self.needed(column, faults)?;
        Some(self.clean(column, faults)).filter(|text| !text.is_empty())
    }

    fn yes(&self, column: &str, default: bool, faults: &mut Vec<Fault>) -> bool {
        match self.text(column).to_lowercase().as_str() {
            "" => default,
            "yes" | "true" | "1" | "ja" | "x" => true,
            "no" | "false" | "0" | "nein" => false,
            other => {
                faults.push(self.fault(format!("{column} is {other:?}; write yes or no")));
                default
            }
        }
    }

    /// A day (its beginning in UTC) or a moment.
    fn moment(&self, column: &str, faults: &mut Vec<Fault>) -> Option<Timestamp> {
        let text = self.filled(column)?;
        let found = format!("{text}T00:00:00Z")
            .parse()
            .or_else(|_| text.parse());
        found
            .map_err(|_: String| {
                let reason = format!("{column} is {text:?}; write a day like 2026-05-01");
                faults.push(self.fault(reason));
            })
            .ok()
    }
}

/// The separator that occurs most in the head.
fn separator(head: &str) -> u8 {
    let count = |sign: char| head.matches(sign).count();
    [b',', b';', b'\t']
        .into_iter()
        .max_by_key(|sign| count(char::from(*sign)))
        .unwrap_or(b',')
}

fn rows(
    file: &'static str,
    bytes: &[u8],
    needed: &[&str],
    known: &[&str],
    faults: &mut Vec<Fault>,
    unknown: &mut Vec<String>,
) -> Vec<Row> {
    let mut fail = |line, reason: String| faults.push(Fault { file, line, reason });
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.trim_start_matches('\u{feff}'),
        Err(error) => {
            let before = &bytes[..error.valid_up_to()];
            let line = before.iter().filter(|byte| **byte == b'\n').count() as u64 + 1;
            fail(line, "this is not UTF-8; save the file as UTF-8".to_owned());
            return Vec::new();
        }
    };
    let head = text.lines().next().unwrap_or_default();
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator(head))
        .trim(csv::Trim::All)
        .flexible(false)
        .from_reader(text.as_bytes());
    let columns: Vec<String> = match reader.headers() {
        Ok(columns) => columns.iter().map(str::to_lowercase).collect(),
        Err(error) => {
            fail(1, format!("the first line cannot be read: {error}"));
            return Vec::new();
        }
    };
    for column in needed {
        if !columns.iter().any(|name| name == column) {
            fail(0, format!("the column {column} is missing"));
        }
    }
    for (index, column) in columns.iter().enumerate() {
        if columns[..index].contains(column) {
            fail(0, format!("the column {column} is there twice"));
        } else if !needed.contains(&column.as_str()) && !known.contains(&column.as_str()) {
            unknown.push(format!("{file}: {column}"));
        }
    }
    let mut found = Vec::new();
    for record in reader.records() {
        match record {
            Ok(record) => {
                let line = record.position().map_or(0, csv::Position::line);
                let values = columns
                    .iter()
                    .cloned()
                    .zip(record.iter().map(str::to_owned));
                found.push(Row {
                    file,
                    line,
                    values: values.collect(),
                });
            }
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                let reason = match error.kind() {
                    csv::ErrorKind::UnequalLengths {
                        expected_len, len, ..
                    } => {
                        format!("this line has {len} columns, the first one has {expected_len}")
                    }
                    _ => format!("this line cannot be read: {error}"),
                };
                fail(line, reason);
            }
        }
    }
    found
}

fn person(row: &Row, faults: &mut Vec<Fault>) -> Option<Person> {
    let (id, name) = (row.needed("id", faults), row.needed_line("name", faults));
    let language = row.text("language").to_lowercase();
    let language = match language.get(..2) {
        None => "de",
        Some("de") => "de",
        Some("en") => "en",
        Some(_) => {
            faults.push(row.fault(format!("language is {language:?}; write de or en")));
            "de"
        }
    };
    let time_zone = row.text("time_zone").to_owned();
    if !time_zone.is_empty() && !is_time_zone(&time_zone) {
        faults.push(row.fault(format!(
            "there is no time zone {time_zone:?}; write for example Europe/Berlin"
        )));
    }
    let name = name?;
    let handle = row.filled("handle").unwrap_or_else(|| name.clone());
    Some(Person {
        line: row.line,
        id: id?,
        handle: richtext::slugify(&handle.replace('.', " "), 60).replace('-', "."),
        name,
        email: row.filled("email"),
        title: row.clean_if_told("title", faults),
        location: row.clean_if_told("location", faults),
        language: language.to_owned(),
        time_zone,
        is_active: row.yes("active", true, faults),
    })
}

fn unit(row: &Row, faults: &mut Vec<Fault>) -> Option<Unit> {
    let (code, name) = (row.needed("code", faults), row.needed_line("name", faults));
    let kind = row.text("type").to_lowercase();
    let found = OrgUnitKind::ALL
        .into_iter()
        .find(|each| each.as_str() == kind);
    if found.is_none() {
        let names: Vec<_> = OrgUnitKind::ALL.iter().map(|each| each.as_str()).collect();
        faults.push(row.fault(format!(
            "type is {kind:?}; write one of {}",
            names.join(", ")
        )));
    }
    let time_zone = row.filled("time_zone");
    if time_zone.as_deref().is_some_and(|zone| !is_time_zone(zone)) {
        faults.push(row.fault("there is no such time_zone; write for example Europe/Berlin"));
    }
    let opening_hours = row.filled("opening_hours");
    if let Some(hours) = &opening_hours
        && let Err(error) = hours.parse::<WeeklyHours>()
    {
        faults.push(row.fault(format!("opening_hours: {error}")));
    }
    Some(Unit {
        line: row.line,
        code: code?,
        parent: row.filled("parent_code"),
        name: name?,
        kind: found?,
        time_zone,
        opening_hours,
        calendar: row.filled("calendar"),
    })
}

fn place(row: &Row, faults: &mut Vec<Fault>) -> Option<Place> {
    let (person, unit) = (row.needed("person", faults), row.needed("unit", faults));
    let (from, to) = (row.moment("from", faults), row.moment("to", faults));
    if let (Some(from), Some(to)) = (from, to)
        && to <= from
    {
        faults.push(row.fault("to is not after from"));
    }
    Some(Place {
        line: row.line,
        person: person?,
        unit: unit?,
        role: row.clean("role", faults),
        is_head: row.yes("head", false, faults),
        from,
        to,
    })
}
