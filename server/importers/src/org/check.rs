//! What cannot be, whatever stands in the database: doubles, references to nothing, rings.

use std::collections::{HashMap, HashSet};

use directory::model::MAX_DEPTH;

use super::Fault;
use super::files::{Files, PEOPLE, PLACES, UNITS, Unit};

/// Adds the faults of files that can be read.
pub(super) fn check(files: &Files, faults: &mut Vec<Fault>) {
    people(files, faults);
    units(files, faults);
    places(files, faults);
}

fn doubles<'a>(
    file: &'static str,
    what: &str,
    keys: impl Iterator<Item = (u64, &'a str)>,
    faults: &mut Vec<Fault>,
) {
    let mut first: HashMap<&str, u64> = HashMap::new();
    for (line, key) in keys {
        if let Some(before) = first.insert(key, line) {
            let reason = format!("{what} {key:?} stands in line {before} already");
            faults.push(Fault { file, line, reason });
        }
    }
}

fn people(files: &Files, faults: &mut Vec<Fault>) {
    let ids = files
        .people
        .iter()
        .map(|each| (each.line, each.id.as_str()));
    doubles(PEOPLE, "id", ids, faults);
    let emails: Vec<(u64, String)> = files
        .people
        .iter()
        .filter_map(|each| Some((each.line, each.email.as_ref()?.to_lowercase())))
        .collect();
    let emails = emails.iter().map(|(line, email)| (*line, email.as_str()));
    doubles(PEOPLE, "email", emails, faults);
}

fn units(files: &Files, faults: &mut Vec<Fault>) {
    let codes = files
        .units
        .iter()
        .map(|each| (each.line, each.code.as_str()));
    doubles(UNITS, "code", codes, faults);
    let by_code: HashMap<&str, &Unit> = files
        .units
        .iter()
        .map(|each| (each.code.as_str(), each))
        .collect();
    let mut told: HashSet<&str> = HashSet::new();
    for unit in &files.units {
        let mut fail = |reason: String| {
            faults.push(Fault {
                file: UNITS,
                line: unit.line,
                reason,
            });
        };
        if let Some(parent) = &unit.parent
            && !by_code.contains_key(parent.as_str())
        {
            fail(format!("parent_code {parent:?} is no unit of this file"));
        }
        let path = path(unit, &by_code);
        match path
            .iter()
            .rposition(|code| *code == unit.code)
            .filter(|at| *at > 0)
        {
            // Each ring is told once, by its first unit.
            Some(_) if path.iter().all(|code| !told.contains(code)) => {
                fail(format!("these units stand in a ring: {}", path.join(" → ")));
                told.extend(path);
            }
            None if path.len() > MAX_DEPTH => {
                fail(format!("the tree may be {MAX_DEPTH} levels deep"));
            }
            _ => {}
        }
    }
}

/// The unit and those above it; ends where it comes back to the unit, or turns in a ring above.
fn path<'a>(unit: &'a Unit, by_code: &HashMap<&str, &'a Unit>) -> Vec<&'a str> {
    let mut path = vec![unit.code.as_str()];
    let mut seen: HashSet<&str> = HashSet::from([unit.code.as_str()]);
    let mut above = unit.parent.as_deref();
    while let Some(parent) = above.and_then(|code| by_code.get(code)) {
        path.push(&parent.code);
        if !seen.insert(&parent.code) {
            break;
        }
        above = parent.parent.as_deref();
    }
    path
}

fn places(files: &Files, faults: &mut Vec<Fault>) {
    let people: HashSet<&str> = files.people.iter().map(|each| each.id.as_str()).collect();
    let units: HashSet<&str> = files.units.iter().map(|each| each.code.as_str()).collect();
    let mut seen: HashMap<(&str, &str, &str), u64> = HashMap::new();
    for place in &files.places {
        let mut fail = |reason: String| {
            faults.push(Fault {
                file: PLACES,
                line: place.line,
                reason,
            });
        };
        if !people.contains(place.person.as_str()) {
            fail(format!("person {:?} is not in {PEOPLE}", place.person));
        }
        if !units.contains(place.unit.as_str()) {
            fail(format!("unit {:?} is not in {UNITS}", place.unit));
        }
        let key = (
            place.person.as_str(),
            place.unit.as_str(),
            place.role.as_str(),
        );
        if let Some(before) = seen.insert(key, place.line) {
            fail(format!("the same place stands in line {before} already"));
        }
    }
}
