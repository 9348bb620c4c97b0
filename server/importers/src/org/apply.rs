//! Writes a plan, all of it in the transaction it was made in.

use std::collections::HashMap;

use directory::commands::{
    BroughtPlace, BroughtUnit, NewUnit, bring_places, bring_unit, change_place,
};
use identity::NewPerson;
use identity::commands::{StaffRecord, bring_hr_fields};
use kernel::{Error, OrgUnitId, PersonId, Problem, Result};
use platform::Tx;

use super::files::{PEOPLE, Person, UNITS};
use super::plan::{KnownPerson, Plan, key, times};
use super::record::Record;
use super::{Fault, SOURCE};
use crate::{Watcher, keys};

/// After how many people the progress is told.
const TOLD: usize = 500;

/// Writes it, and says what was before; faults that only the database knows (an address in use) come back
/// instead, and then nothing may be kept.
///
/// # Errors
/// Database errors.
pub(super) async fn apply(
    tx: &mut Tx,
    plan: &Plan<'_>,
    watcher: &dyn Watcher,
) -> Result<std::result::Result<Record, Vec<Fault>>> {
    let mut faults = Vec::new();
    let mut record = Record::default();
    let units = units(tx, plan, &mut record, &mut faults).await?;
    let people = people(tx, plan, watcher, (&mut record, &mut faults)).await?;
    if !faults.is_empty() {
        return Ok(Err(faults));
    }
    places(tx, plan, (&units, &people), &mut record).await?;
    Ok(Ok(record))
}

fn fault(file: &'static str, line: u64, problems: Vec<Problem>) -> Fault {
    let reasons: Vec<String> = problems
        .into_iter()
        .map(|problem| problem.message)
        .collect();
    Fault {
        file,
        line,
        reason: reasons.join(" "),
    }
}

async fn units<'a>(
    tx: &mut Tx,
    plan: &'a Plan<'_>,
    record: &mut Record,
    faults: &mut Vec<Fault>,
) -> Result<HashMap<&'a str, OrgUnitId>> {
    let mut ids: HashMap<&str, OrgUnitId> = HashMap::new();
    for unit in &plan.units {
        let row = unit.row;
        let here = unit.here.as_ref().map(|here| here.id);
        if let Some(id) = here.filter(|_| !plan.differs(unit)) {
            ids.insert(&row.code, id);
            continue;
        }
        let brought = BroughtUnit {
            unit: NewUnit {
                parent_id: row
                    .parent
                    .as_ref()
                    .and_then(|code| ids.get(code.as_str()).copied()),
                code: row.code.clone(),
                name: row.name.clone(),
                kind: row.kind,
            },
            times: times(unit),
        };
        match bring_unit(tx, here, brought).await {
            Ok(id) => {
                ids.insert(&row.code, id);
                match &unit.here {
                    Some(here) => record.units.push(here.into()),
                    None => record.units_made.push(id),
                }
            }
            Err(Error::Invalid(problems)) => faults.push(fault(UNITS, row.line, problems)),
            Err(error) => return Err(error),
        }
    }
    Ok(ids)
}

async fn people<'a>(
    tx: &mut Tx,
    plan: &'a Plan<'_>,
    watcher: &dyn Watcher,
    (record, faults): (&mut Record, &mut Vec<Fault>),
) -> Result<HashMap<&'a str, PersonId>> {
    let total = plan.people.len();
    let mut ids: HashMap<&str, PersonId> = HashMap::new();
    let (mut made, mut numbers, mut kept) = (Vec::new(), Vec::new(), Vec::new());
    for (done, person) in plan.people.iter().enumerate() {
        if done % TOLD == 0 {
            watcher.at(done as u64, total as u64, "people");
        }
        let row = person.row;
        let id = match bring_person(tx, person).await {
            Ok(id) => id,
            Err(Error::Invalid(problems)) => {
                faults.push(fault(PEOPLE, row.line, problems));
                continue;
            }
            Err(error) => return Err(error),
        };
        ids.insert(&row.id, id);
        match &person.here {
            None => made.push(id),
            Some(here) if person.differs() => record.people.push(here.into()),
            Some(_) => {}
        }
        if !person.is_remembered {
            numbers.push((key(row), id.0));
            if person.here.is_some() {
                record.keys.push(key(row));
            }
        }
        if person.is_marked_anew() {
            kept.push((id, person.keeps()));
            record.keep(id, &person.kept);
        }
    }
    keys::remember(tx, SOURCE, &numbers).await?;
    bring_hr_fields(tx, &kept).await?;
    communities::commands::add_to_all_company(tx, &made).await?;
    record.people_made.extend(made);
    watcher.at(total as u64, total as u64, "people");
    Ok(ids)
}

async fn bring_person(tx: &mut Tx, person: &KnownPerson<'_>) -> kernel::Result<PersonId> {
    let row = person.row;
    match &person.here {
        None => make_person(tx, row).await,
        Some(here) => {
            if person.differs() {
                let record = StaffRecord {
                    name: row.name.clone(),
                    title: row.title.clone().unwrap_or_else(|| here.title.clone()),
                    location: row
                        .location
                        .clone()
                        .unwrap_or_else(|| here.location.clone()),
                    is_active: row.is_active,
                };
                identity::commands::person_take_over(tx, here.id, &record).await?;
            }
            Ok(here.id)
        }
    }
}

/// Makes a person; where the handle is taken by somebody else, with a number behind it.
async fn make_person(tx: &mut Tx, row: &Person) -> kernel::Result<PersonId> {
    let mut number = 1;
    loop {
        let handle = match number {
            1 => row.handle.clone(),
            _ => format!("{}.{number}", row.handle),
        };
        let new = NewPerson {
            handle,
            name: row.name.clone(),
            email: row.email.clone(),
            title: row.title.clone().unwrap_or_default(),
            location: row.location.clone().unwrap_or_default(),
            locale: row.language.clone(),
            time_zone: row.time_zone.clone(),
            is_active: row.is_active,
            imported: true,
            ..NewPerson::default()
        };
        match identity::commands::create_person(tx, new).await {
            Err(Error::Invalid(problems))
                if number < 1_000
                    && problems
                        .iter()
                        .all(|problem| problem.code == "HANDLE_TAKEN") =>
            {
                number += 1;
            }
            made => return made,
        }
    }
}

async fn places(
    tx: &mut Tx,
    plan: &Plan<'_>,
    (units, people): (&HashMap<&str, OrgUnitId>, &HashMap<&str, PersonId>),
    record: &mut Record,
) -> Result<()> {
    for place in &plan.ends {
        change_place(tx, place, place.is_head, Some(plan.now)).await?;
        record.places.push(place.into());
    }
    for (known, row) in &plan.changes {
        change_place(tx, known, row.is_head, row.to).await?;
        record.places.push(known.into());
    }
    let begins = plan.begins.iter().filter_map(|row| {
        Some(BroughtPlace {
            person_id: *people.get(row.person.as_str())?,
            unit_id: *units.get(row.unit.as_str())?,
            role: row.role.clone(),
            is_head: row.is_head,
            starts_at: row.from.unwrap_or(plan.now),
            ends_at: row.to,
        })
    });
    let begins: Vec<BroughtPlace> = begins.collect();
    let ids = bring_places(tx, &begins).await?;
    let made = ids.into_iter().zip(&begins);
    let made = made.map(|(id, place)| (id, place.person_id, place.unit_id));
    record.places_made.extend(made);
    Ok(())
}
