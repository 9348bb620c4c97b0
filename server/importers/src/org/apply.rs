//! Writes a plan, all of it in the transaction it was made in.

use std::collections::HashMap;

use directory::commands::{
    BroughtPlace, BroughtUnit, NewUnit, bring_places, bring_unit, change_place,
};
use identity::NewPerson;
use identity::commands::StaffRecord;
use kernel::{Error, OrgUnitId, PersonId, Problem};
use platform::Tx;

use super::files::{PEOPLE, Person, UNITS};
use super::plan::{KnownPerson, Plan, key, times};
use super::{Fault, SOURCE};
use crate::{Watcher, keys};

/// After how many people the progress is told.
const TOLD: usize = 500;

/// Writes it; faults that only the database knows (an address in use) come back, and then nothing
/// may be kept.
///
/// # Errors
/// Database errors.
pub(super) async fn apply(
    tx: &mut Tx,
    plan: &Plan<'_>,
    watcher: &dyn Watcher,
) -> anyhow::Result<Vec<Fault>> {
    let mut faults = Vec::new();
    let units = units(tx, plan, &mut faults).await?;
    let people = people(tx, plan, watcher, &mut faults).await?;
    if faults.is_empty() {
        places(tx, plan, &units, &people).await?;
    }
    Ok(faults)
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
    faults: &mut Vec<Fault>,
) -> anyhow::Result<HashMap<&'a str, OrgUnitId>> {
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
            }
            Err(Error::Invalid(problems)) => faults.push(fault(UNITS, row.line, problems)),
            Err(error) => return Err(error.into()),
        }
    }
    Ok(ids)
}

async fn people<'a>(
    tx: &mut Tx,
    plan: &'a Plan<'_>,
    watcher: &dyn Watcher,
    faults: &mut Vec<Fault>,
) -> anyhow::Result<HashMap<&'a str, PersonId>> {
    let total = plan.people.len();
    let mut ids: HashMap<&str, PersonId> = HashMap::new();
    let (mut made, mut numbers) = (Vec::new(), Vec::new());
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
            Err(error) => return Err(error.into()),
        };
        ids.insert(&row.id, id);
        if person.here.is_none() {
            made.push(id);
        }
        if !person.is_remembered {
            numbers.push((key(row), id.0));
        }
    }
    keys::remember(tx, SOURCE, &numbers).await?;
    communities::commands::add_to_all_company(tx, &made).await?;
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
                    title: row.title.clone(),
                    location: row.location.clone(),
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
            title: row.title.clone(),
            location: row.location.clone(),
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
    units: &HashMap<&str, OrgUnitId>,
    people: &HashMap<&str, PersonId>,
) -> anyhow::Result<()> {
    for place in &plan.ends {
        change_place(tx, place, place.is_head, Some(plan.now)).await?;
    }
    for (known, row) in &plan.changes {
        change_place(tx, known, row.is_head, row.to).await?;
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
    bring_places(tx, &begins).await?;
    Ok(())
}
