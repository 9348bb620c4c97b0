//! What differs between the files and what is here.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use directory::queries::{self, KnownPlace};
use directory::{OrgUnit, UnitTimes};
use identity::HrField;
use identity::model::PersonView;
use kernel::{CalendarId, PersonId, Result, Timestamp};
use platform::Tx;

use super::files::{Files, Person, Place, UNITS, Unit};
use super::{Fault, Report, SOURCE};
use crate::keys;

/// A person of the files, and who it is here.
pub(super) struct KnownPerson<'a> {
    pub(super) row: &'a Person,
    pub(super) here: Option<PersonView>,
    /// Whether the number is remembered already.
    pub(super) is_remembered: bool,
    /// What of the profile is marked as kept by the staff department.
    pub(super) kept: Vec<HrField>,
}

/// A unit of the files, and which one it is here.
pub(super) struct KnownUnit<'a> {
    pub(super) row: &'a Unit,
    pub(super) here: Option<OrgUnit>,
    pub(super) calendar: Option<CalendarId>,
}

/// Everything to be done, in the order in which it can be done.
pub(super) struct Plan<'a> {
    pub(super) now: Timestamp,
    pub(super) people: Vec<KnownPerson<'a>>,
    /// Parents stand before their children.
    pub(super) units: Vec<KnownUnit<'a>>,
    /// Places that begin.
    pub(super) begins: Vec<&'a Place>,
    /// Places that are there and say something else about their end or their head.
    pub(super) changes: Vec<(KnownPlace, &'a Place)>,
    /// Places that end.
    pub(super) ends: Vec<KnownPlace>,
    same_places: usize,
    not_in_file: Vec<String>,
    places: &'a [Place],
    names: HashMap<PersonId, &'a str>,
    unit_names: HashMap<kernel::OrgUnitId, String>,
    unit_codes: HashMap<kernel::OrgUnitId, String>,
}

pub(super) fn key(person: &Person) -> String {
    format!("person:{}", person.id)
}

impl<'a> Plan<'a> {
    /// Compares.
    ///
    /// # Errors
    /// Database errors.
    pub(super) async fn make(tx: &Tx, files: &'a Files) -> Result<Self> {
        let people = people(tx, files).await?;
        let here = queries::all_units(tx).await?;
        let unit_names = here
            .iter()
            .map(|unit| (unit.id, unit.name.clone()))
            .collect();
        let unit_codes = here
            .iter()
            .map(|unit| (unit.id, unit.code.clone()))
            .collect();
        let known_codes: HashSet<&str> =
            files.units.iter().map(|unit| unit.code.as_str()).collect();
        let not_in_file = here
            .iter()
            .filter(|unit| !known_codes.contains(unit.code.as_str()))
            .map(|unit| format!("{} {}", unit.code, unit.name))
            .collect();
        let calendars = queries::calendar_names(tx).await?;
        let mut by_code: HashMap<String, OrgUnit> = here
            .into_iter()
            .map(|unit| (unit.code.clone(), unit))
            .collect();
        let units = in_order(&files.units)
            .into_iter()
            .map(|row| KnownUnit {
                here: by_code.remove(&row.code),
                calendar: row
                    .calendar
                    .as_ref()
                    .and_then(|name| calendars.get(name).copied()),
                row,
            })
            .collect();
        let names = people
            .iter()
            .filter_map(|person| Some((person.here.as_ref()?.id, person.row.name.as_str())))
            .collect();
        let mut plan = Self {
            now: tx.now(),
            people,
            units,
            begins: Vec::new(),
            changes: Vec::new(),
            ends: Vec::new(),
            same_places: 0,
            not_in_file,
            places: &files.places,
            names,
            unit_names,
            unit_codes,
        };
        plan.compare_places(tx).await?;
        Ok(plan)
    }

    async fn compare_places(&mut self, tx: &Tx) -> Result<()> {
        let ids: HashMap<&str, PersonId> = self
            .people
            .iter()
            .filter_map(|person| Some((person.row.id.as_str(), person.here.as_ref()?.id)))
            .collect();
        let units: HashMap<&str, kernel::OrgUnitId> = self
            .units
            .iter()
            .filter_map(|unit| Some((unit.row.code.as_str(), unit.here.as_ref()?.id)))
            .collect();
        let everybody: HashSet<PersonId> = ids.values().copied().collect();
        let mut here: HashMap<(PersonId, kernel::OrgUnitId, String), KnownPlace> = HashMap::new();
        for place in queries::lasting_places(tx, self.now).await? {
            if everybody.contains(&place.person_id) {
                let key = (place.person_id, place.unit_id, place.role.clone());
                here.insert(key, place);
            }
        }
        for place in self.places {
            let known = ids
                .get(place.person.as_str())
                .zip(units.get(place.unit.as_str()))
                .and_then(|(person, unit)| here.remove(&(*person, *unit, place.role.clone())));
            let is_over = place.to.is_some_and(|to| to <= self.now);
            match known {
                Some(known) if known.is_head != place.is_head || known.ends_at != place.to => {
                    self.changes.push((known, place));
                }
                Some(_) => self.same_places += 1,
                None if is_over => self.same_places += 1,
                None => self.begins.push(place),
            }
        }
        self.ends = here.into_values().collect();
        self.ends.sort_by_key(|place| place.id);
        Ok(())
    }

    /// Calendars that the files name and nobody has made yet.
    pub(super) fn missing_calendars(&self) -> Vec<Fault> {
        let missing = self.units.iter().filter(|unit| unit.calendar.is_none());
        missing
            .filter_map(|unit| {
                let name = unit.row.calendar.as_ref()?;
                Some(Fault {
                    file: UNITS,
                    line: unit.row.line,
                    reason: format!("there is no calendar {name:?} yet"),
                })
            })
            .collect()
    }

    /// Whether all is there as the files say.
    pub(super) fn is_empty(&self) -> bool {
        self.begins.is_empty()
            && self.changes.is_empty()
            && self.ends.is_empty()
            && self
                .people
                .iter()
                .all(|person| person.is_remembered && !person.differs() && !person.is_marked_anew())
            && self
                .units
                .iter()
                .all(|unit| unit.here.is_some() && !self.differs(unit))
    }

    /// Whether a unit that is here is not as the files say.
    pub(super) fn differs(&self, unit: &KnownUnit<'_>) -> bool {
        let Some(here) = &unit.here else { return false };
        here.name != unit.row.name
            || here.kind != unit.row.kind
            || self.is_moved(unit)
            || here.times != times(unit)
    }

    /// Whether a unit that is here stands below another one by the files.
    fn is_moved(&self, unit: &KnownUnit<'_>) -> bool {
        let Some(here) = &unit.here else { return false };
        let above = here.parent_id.and_then(|id| self.unit_codes.get(&id));
        above != unit.row.parent.as_ref()
    }

    /// What is new, changed and ended, in words and numbers.
    pub(super) fn tell(&self, report: &mut Report) {
        let mut counts: BTreeMap<&'static str, u64> = BTreeMap::new();
        let mut count = |what, number: usize| {
            counts.insert(what, number as u64);
        };
        let new_people = self.people.iter().filter(|person| person.here.is_none());
        count("people, new", new_people.count());
        let changed = self.people.iter().filter(|person| person.differs());
        count("people, changed", changed.count());
        count("people, in the file", self.people.len());
        count(
            "units, new",
            self.units.iter().filter(|unit| unit.here.is_none()).count(),
        );
        let changed = self.units.iter().filter(|unit| self.differs(unit));
        count("units, changed", changed.count());
        count("units, in the file", self.units.len());
        count("places, new", self.begins.len());
        count("places, changed", self.changes.len());
        count("places, ended", self.ends.len());
        count("places, the same", self.same_places);
        report.counts = counts;
        report.units_not_in_file.clone_from(&self.not_in_file);
        self.tell_people(report);
        self.tell_units(report);
        self.tell_moves(report);
        self.tell_heads(report);
    }

    fn tell_people(&self, report: &mut Report) {
        for person in &self.people {
            let (row, name) = (person.row, &person.row.name);
            match &person.here {
                None => report.people_new.push(name.clone()),
                Some(here) if here.is_active && !row.is_active => {
                    report.people_deactivated.push(name.clone());
                }
                Some(here) if !here.is_active && row.is_active => {
                    report.people_reactivated.push(name.clone());
                }
                Some(_) => {}
            }
        }
    }

    fn tell_units(&self, report: &mut Report) {
        let names: HashMap<&str, &str> = self
            .units
            .iter()
            .map(|unit| (unit.row.code.as_str(), unit.row.name.as_str()))
            .collect();
        for unit in &self.units {
            let (code, name) = (&unit.row.code, &unit.row.name);
            let Some(here) = &unit.here else {
                report.units_made.push(format!("{code} {name}"));
                continue;
            };
            if here.name != *name {
                report
                    .units_renamed
                    .push(format!("{code} {} → {name}", here.name));
            }
            if self.is_moved(unit) {
                let before = here.parent_id.and_then(|id| self.unit_names.get(&id));
                let before = before.map_or("–", String::as_str);
                let after = unit.row.parent.as_ref();
                let after = after.and_then(|code| names.get(code.as_str()).copied());
                let after = after.unwrap_or("–");
                report
                    .units_moved
                    .push(format!("{code} {name}: {before} → {after}"));
            }
        }
    }

    fn tell_moves(&self, report: &mut Report) {
        let by_number: HashMap<&str, &KnownPerson<'_>> = self
            .people
            .iter()
            .map(|person| (person.row.id.as_str(), person))
            .collect();
        let unit_names: HashMap<&str, &str> = self
            .units
            .iter()
            .map(|unit| (unit.row.code.as_str(), unit.row.name.as_str()))
            .collect();
        let mut comes: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for place in &self.begins {
            let unit = unit_names
                .get(place.unit.as_str())
                .copied()
                .unwrap_or_default();
            comes.entry(&place.person).or_default().insert(unit);
        }
        let mut goes: HashMap<PersonId, BTreeSet<&str>> = HashMap::new();
        for place in &self.ends {
            let unit = self
                .unit_names
                .get(&place.unit_id)
                .map_or("", String::as_str);
            goes.entry(place.person_id).or_default().insert(unit);
        }
        let list = |units: &BTreeSet<&str>| units.iter().copied().collect::<Vec<_>>().join(", ");
        for (number, to) in comes {
            let Some(person) = by_number.get(number) else {
                continue;
            };
            let here = person.here.as_ref().map(|here| here.id);
            match here.and_then(|id| goes.remove(&id)) {
                Some(from) if from != to => {
                    report.moves.push(format!(
                        "{}: {} → {}",
                        person.row.name,
                        list(&from),
                        list(&to)
                    ));
                }
                Some(_) => {}
                None => report
                    .joins
                    .push(format!("{}: {}", person.row.name, list(&to))),
            }
        }
        for (person, from) in goes {
            let name = self.names.get(&person).copied().unwrap_or_default();
            report.leaves.push(format!("{name}: {}", list(&from)));
        }
        report.leaves.sort_unstable();
    }

    /// Units nobody leads, and people above whom nobody leads, as the files have it.
    fn tell_heads(&self, report: &mut Report) {
        let lasts = |place: &&Place| {
            place.to.is_none_or(|to| to > self.now)
                && place.from.is_none_or(|from| from <= self.now)
        };
        let places: Vec<&Place> = self.places.iter().filter(lasts).collect();
        let mut heads: HashMap<&str, Vec<&str>> = HashMap::new();
        let mut staffed: BTreeSet<&str> = BTreeSet::new();
        for place in &places {
            staffed.insert(&place.unit);
            if place.is_head {
                heads.entry(&place.unit).or_default().push(&place.person);
            }
        }
        let units: HashMap<&str, &Unit> = self
            .units
            .iter()
            .map(|unit| (unit.row.code.as_str(), unit.row))
            .collect();
        for code in staffed {
            if !heads.contains_key(code)
                && let Some(unit) = units.get(code)
            {
                report
                    .units_without_head
                    .push(format!("{code} {}", unit.name));
            }
        }
        let is_led = |place: &Place| {
            let mut above = Some(place.unit.as_str());
            while let Some(code) = above {
                let led = heads.get(code);
                if led.is_some_and(|heads| heads.iter().any(|head| *head != place.person)) {
                    return true;
                }
                above = units.get(code).and_then(|unit| unit.parent.as_deref());
            }
            false
        };
        let names: HashMap<&str, &str> = self
            .people
            .iter()
            .map(|person| (person.row.id.as_str(), person.row.name.as_str()))
            .collect();
        // Whoever leads the top has nobody above, and that is as it should be.
        let top = |place: &Place| {
            place.is_head
                && units
                    .get(place.unit.as_str())
                    .is_some_and(|unit| unit.parent.is_none())
        };
        let orphans: BTreeSet<&str> = places
            .iter()
            .filter(|place| !top(place) && !is_led(place))
            .filter_map(|place| names.get(place.person.as_str()).copied())
            .collect();
        report.orphaned_reports = orphans.into_iter().map(str::to_owned).collect();
    }
}

impl KnownPerson<'_> {
    /// Whether somebody who is here is not as the files say.
    pub(super) fn differs(&self) -> bool {
        self.here.as_ref().is_some_and(|here| {
            here.name != self.row.name
                || self
                    .row
                    .title
                    .as_ref()
                    .is_some_and(|title| here.title != *title)
                || self
                    .row
                    .location
                    .as_ref()
                    .is_some_and(|place| here.location != *place)
                || here.is_active != self.row.is_active
        })
    }

    /// What of the profile the staff department keeps from now on: what the files say of the person, and
    /// what was marked in other ways.
    pub(super) fn keeps(&self) -> Vec<HrField> {
        let by_files = [
            HrField::Name,
            HrField::Title,
            HrField::Location,
            HrField::Email,
        ];
        let others = self.kept.iter().filter(|field| !by_files.contains(field));
        let mut keeps: Vec<HrField> = others.copied().collect();
        keeps.push(HrField::Name);
        keeps.extend(self.row.title.as_ref().map(|_| HrField::Title));
        keeps.extend(self.row.location.as_ref().map(|_| HrField::Location));
        // The address is taken from the files when the person is made; later ones are not.
        let is_theirs = self.row.email.as_ref().is_some_and(|email| {
            let here = self.here.as_ref();
            here.is_none_or(|here| here.email.as_ref() == Some(&email.to_lowercase()))
        });
        keeps.extend(is_theirs.then_some(HrField::Email));
        keeps.sort_unstable();
        keeps
    }

    /// Whether other fields are marked than were.
    pub(super) fn is_marked_anew(&self) -> bool {
        self.keeps() != self.kept
    }
}

/// When a unit is open, by the files.
pub(super) fn times(unit: &KnownUnit<'_>) -> UnitTimes {
    UnitTimes {
        time_zone: unit.row.time_zone.clone(),
        opening_hours: unit.row.opening_hours.clone(),
        calendar_id: unit.calendar,
    }
}

/// Parents before their children; there are no rings.
fn in_order(units: &[Unit]) -> Vec<&Unit> {
    let mut below: HashMap<Option<&str>, Vec<&Unit>> = HashMap::new();
    for unit in units {
        below.entry(unit.parent.as_deref()).or_default().push(unit);
    }
    let mut ordered: Vec<&Unit> = below.remove(&None).unwrap_or_default();
    let mut next = 0;
    while let Some(unit) = ordered.get(next).copied() {
        ordered.extend(below.remove(&Some(unit.code.as_str())).unwrap_or_default());
        next += 1;
    }
    ordered
}

/// Who of the files is here: by the number, else by the e-mail address.
async fn people<'a>(tx: &Tx, files: &'a Files) -> Result<Vec<KnownPerson<'a>>> {
    let wanted: Vec<String> = files.people.iter().map(key).collect();
    let remembered = keys::known(tx, SOURCE, &wanted).await?;
    let emails: Vec<String> = files
        .people
        .iter()
        .filter(|row| !remembered.contains_key(&key(row)))
        .filter_map(|row| row.email.clone())
        .collect();
    let by_email = identity::queries::people_by_emails(tx, &emails).await?;
    let mut ids: HashMap<&str, PersonId> = HashMap::new();
    for row in &files.people {
        let known = remembered.get(&key(row)).copied().map(PersonId);
        let found = || by_email.get(&row.email.as_ref()?.to_lowercase()).copied();
        if let Some(id) = known.or_else(found) {
            ids.insert(&row.id, id);
        }
    }
    let wanted: Vec<PersonId> = ids.values().copied().collect();
    let here = identity::queries::people_by_ids(tx, &wanted).await?;
    let mut kept = identity::queries::hr_fields_of(tx, &wanted).await?;
    let mut here: HashMap<PersonId, PersonView> =
        here.into_iter().map(|person| (person.id, person)).collect();
    Ok(files
        .people
        .iter()
        .map(|row| KnownPerson {
            here: ids.get(row.id.as_str()).and_then(|id| here.remove(id)),
            kept: ids
                .get(row.id.as_str())
                .and_then(|id| kept.remove(id))
                .unwrap_or_default(),
            is_remembered: remembered.contains_key(&key(row)),
            row,
        })
        .collect())
}
