//! Who has which unit, audience, community and line at a moment, and what differs between two such states.
//! Read by the house itself, in the transaction that is given up.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::Hash;

use audiences::SavedAudience;
use directory::queries::PersonInUnit;
use kernel::{AudienceId, OrgUnitId, PersonId, Result, Timestamp};
use platform::{Sql, Tx};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::model::ReorganisationPart;

#[derive(FromQueryResult)]
struct IdRow {
    id: PersonId,
}

/// A person gains or loses something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Change {
    pub(crate) part: ReorganisationPart,
    pub(crate) person: PersonId,
    pub(crate) subject: Uuid,
    /// Name of the unit; audiences and communities are named when they are read.
    pub(crate) text: String,
}

/// A set of people, one bit each.
#[derive(Debug, Clone, Default)]
struct Members(Vec<u64>);

impl Members {
    fn add(&mut self, number: usize) {
        let word = number / 64;
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        self.0[word] |= 1 << (number % 64);
    }

    fn has(&self, number: usize) -> bool {
        let word = self.0.get(number / 64).copied().unwrap_or(0);
        word & (1 << (number % 64)) != 0
    }

    /// Who is here and not there.
    fn without<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = usize> + 'a {
        (0..self.0.len() * 64).filter(|number| self.has(*number) && !other.has(*number))
    }
}

/// Numbers of people, the same in all snapshots that are compared.
#[derive(Debug, Default)]
pub(crate) struct Numbers {
    by_id: HashMap<PersonId, usize>,
    ids: Vec<PersonId>,
}

impl Numbers {
    fn of(&mut self, person: PersonId) -> usize {
        *self.by_id.entry(person).or_insert_with(|| {
            self.ids.push(person);
            self.ids.len() - 1
        })
    }
}

/// The state at a moment.
pub(crate) struct Snapshot {
    active: HashSet<PersonId>,
    places: HashSet<PersonInUnit>,
    lines: HashSet<PersonInUnit>,
    parents: HashMap<OrgUnitId, Option<OrgUnitId>>,
    unit_names: HashMap<OrgUnitId, String>,
    audiences: Vec<(AudienceId, Members)>,
}

async fn people(tx: &Tx, part: (String, Vec<sea_orm::Value>)) -> Result<Vec<PersonId>> {
    let mut sql = Sql::default();
    sql.append(part);
    let rows: Vec<IdRow> = sql.all(tx).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

impl Snapshot {
    /// Reads it.
    ///
    /// # Errors
    /// Database errors.
    pub(crate) async fn read(
        tx: &Tx,
        at: Timestamp,
        saved: &[SavedAudience],
        numbers: &mut Numbers,
    ) -> Result<Self> {
        let everybody = ("TRUE".to_owned(), Vec::new());
        let active = people(tx, identity::policy::active_people_sql(everybody)).await?;
        let places = directory::queries::everybody_placed(tx, at).await?;
        let units = directory::queries::all_units(tx).await?;
        let parents: HashMap<_, _> = units.iter().map(|unit| (unit.id, unit.parent_id)).collect();
        let rights = dispatches::queries::all_rights(tx, at).await?;
        let mut audiences = Vec::with_capacity(saved.len());
        for audience in saved {
            let mut members = Members::default();
            let rule = audiences::queries::people_part(&audience.rule, at, 0);
            for person in people(tx, rule).await? {
                members.add(numbers.of(person));
            }
            audiences.push((audience.id, members));
        }
        Ok(Self {
            active: active.into_iter().collect(),
            places: places.into_iter().collect(),
            lines: reach(&rights, &parents),
            unit_names: units.into_iter().map(|unit| (unit.id, unit.name)).collect(),
            parents,
            audiences,
        })
    }

    /// What differs in a later state; a line is told at the uppermost unit it holds for.
    ///
    /// # Errors
    /// Database errors.
    pub(crate) async fn changes(
        &self,
        later: &Self,
        tx: &Tx,
        numbers: &Numbers,
    ) -> Result<Vec<Change>> {
        use ReorganisationPart as Part;
        let mut changes = Vec::new();
        for (part, from, to) in [
            (Part::UnitGained, self, later),
            (Part::UnitLost, later, self),
        ] {
            for place in missing(&to.places, &from.places) {
                changes.push(to.in_unit(part, place));
            }
        }
        for (part, from, to) in [
            (Part::LineGained, self, later),
            (Part::LineLost, later, self),
        ] {
            let lines: HashSet<PersonInUnit> = missing(&to.lines, &from.lines).collect();
            for line in &lines {
                let above = to.parents.get(&line.unit_id).copied().flatten();
                let is_told = above.is_some_and(|unit_id| {
                    let person_id = line.person_id;
                    lines.contains(&PersonInUnit { person_id, unit_id })
                });
                if !is_told {
                    changes.push(to.in_unit(part, *line));
                }
            }
        }
        for ((id, before), (_, after)) in self.audiences.iter().zip(&later.audiences) {
            let mut tell = |part, number: usize| {
                let person = numbers.ids.get(number).copied();
                changes.extend(person.map(|person| Change {
                    part,
                    person,
                    subject: id.0,
                    text: String::new(),
                }));
            };
            after
                .without(before)
                .for_each(|number| tell(Part::AudienceGained, number));
            before
                .without(after)
                .for_each(|number| tell(Part::AudienceLost, number));
        }
        for (part, from, to) in [
            (Part::CommunityGained, self, later),
            (Part::CommunityLost, later, self),
        ] {
            let people: Vec<PersonId> = missing(&to.active, &from.active).collect();
            let found = communities::queries::memberships_of(tx, tx.viewer(), &people).await?;
            changes.extend(found.into_iter().map(|(person, community)| Change {
                part,
                person,
                subject: community.0,
                text: String::new(),
            }));
        }
        Ok(changes)
    }

    fn in_unit(&self, part: ReorganisationPart, place: PersonInUnit) -> Change {
        let name = self.unit_names.get(&place.unit_id);
        Change {
            part,
            person: place.person_id,
            subject: place.unit_id.0,
            text: name.cloned().unwrap_or_default(),
        }
    }
}

/// What is here and not there.
fn missing<'a, T: Hash + Eq + Copy>(
    here: &'a HashSet<T>,
    there: &'a HashSet<T>,
) -> impl Iterator<Item = T> + 'a {
    here.difference(there).copied()
}

/// Each right with all units below the one it is for.
fn reach(
    rights: &[PersonInUnit],
    parents: &HashMap<OrgUnitId, Option<OrgUnitId>>,
) -> HashSet<PersonInUnit> {
    let mut below: HashMap<OrgUnitId, Vec<OrgUnitId>> = HashMap::new();
    for (unit, parent) in parents {
        if let Some(parent) = parent {
            below.entry(*parent).or_default().push(*unit);
        }
    }
    let mut found = HashSet::new();
    for right in rights {
        let mut next = BTreeSet::from([right.unit_id]);
        while let Some(unit_id) = next.pop_first() {
            let person_id = right.person_id;
            if found.insert(PersonInUnit { person_id, unit_id }) {
                next.extend(below.get(&unit_id).into_iter().flatten().copied());
            }
        }
    }
    found
}
