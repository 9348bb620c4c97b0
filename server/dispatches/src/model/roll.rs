//! The frozen roll of recipients and its hash.

use std::collections::HashMap;
use std::fmt::Write as _;

use directory::queries::{Below, Placed, UnitHead};
use kernel::{DispatchId, OrgUnitId, PersonId};
use sha2::{Digest as _, Sha256};

/// Who was obliged, as it was at the moment of sending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RollEntry {
    /// The person.
    pub person_id: PersonId,
    /// The unit.
    pub unit_id: OrgUnitId,
    /// The unit's code, which outlives its name.
    pub unit_code: String,
    /// What the person did there.
    pub role: String,
    /// Who led the person.
    pub manager_id: Option<PersonId>,
    /// The language the person reads.
    pub language: String,
}

/// The hash of one batch of the roll: SHA-256 (FIPS 180-4), in hexadecimal, over the lines
/// `loggia-roll-1`, dispatch, number of the batch, hash of the batch before (or nothing), and one line
/// for each entry in the order of the people's ids: person, unit, code, role, manager (or nothing),
/// language, separated by tabs. Each line ends with a line feed; ids are written as outside the house.
pub fn batch_hash(
    dispatch: DispatchId,
    number: i32,
    before: &str,
    entries: &[RollEntry],
) -> String {
    let mut order: Vec<&RollEntry> = entries.iter().collect();
    order.sort_by_key(|entry| entry.person_id);
    let mut hasher = BatchHasher::new(dispatch, number, before);
    for entry in order {
        hasher.add(entry);
    }
    hasher.finish()
}

/// The same hash of a batch that is read piece by piece, in the order of the people's ids.
pub(crate) struct BatchHasher {
    hasher: Sha256,
    line: String,
}

impl BatchHasher {
    /// Begins a batch.
    pub(crate) fn new(dispatch: DispatchId, number: i32, before: &str) -> Self {
        let mut hasher = Sha256::new();
        hasher.update(format!("loggia-roll-1\n{dispatch}\n{number}\n{before}\n"));
        Self {
            hasher,
            line: String::new(),
        }
    }

    /// Adds the next entry.
    pub(crate) fn add(&mut self, entry: &RollEntry) {
        self.line.clear();
        let manager = entry
            .manager_id
            .map(|manager| manager.to_string())
            .unwrap_or_default();
        let _ = writeln!(
            self.line,
            "{}\t{}\t{}\t{}\t{manager}\t{}",
            entry.person_id,
            entry.unit_id,
            without_tabs(&entry.unit_code),
            without_tabs(&entry.role),
            entry.language
        );
        self.hasher.update(&self.line);
    }

    /// The hash.
    pub(crate) fn finish(self) -> String {
        hexadecimal(&self.hasher.finalize())
    }
}

/// Codes and roles are single lines already; a tab in one would blur two fields.
fn without_tabs(text: &str) -> String {
    text.replace(['\t', '\n', '\r'], " ")
}

/// Bytes as hexadecimal digits.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}

/// The entries of the roll: each person with who leads him, by the tree as it is.
///
/// `units` are all units involved up to the top, `heads` who leads them.
pub fn managers(placed: Vec<Placed>, units: &[Below], heads: &[UnitHead]) -> Vec<RollEntry> {
    let units: HashMap<OrgUnitId, &Below> = units.iter().map(|unit| (unit.id, unit)).collect();
    let heads: HashMap<OrgUnitId, PersonId> = heads
        .iter()
        .map(|head| (head.unit_id, head.person_id))
        .collect();
    let entry = |placed: Placed| {
        let manager_id = manager_of(placed.person_id, placed.unit_id, &units, &heads);
        let unit_code = units
            .get(&placed.unit_id)
            .map(|unit| unit.code.clone())
            .unwrap_or_default();
        RollEntry {
            person_id: placed.person_id,
            unit_id: placed.unit_id,
            unit_code,
            role: placed.role,
            manager_id,
            language: placed.language,
        }
    };
    placed.into_iter().map(entry).collect()
}

/// The first head on the way up that is not the person himself.
fn manager_of(
    person: PersonId,
    unit: OrgUnitId,
    units: &HashMap<OrgUnitId, &Below>,
    heads: &HashMap<OrgUnitId, PersonId>,
) -> Option<PersonId> {
    let mut next = Some(unit);
    for _ in 0..directory::model::MAX_DEPTH {
        let unit = next?;
        match heads.get(&unit) {
            Some(head) if *head != person => return Some(*head),
            _ => next = units.get(&unit).and_then(|unit| unit.parent_id),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn entry(person: u128, role: &str) -> RollEntry {
        RollEntry {
            person_id: PersonId(Uuid::from_u128(person)),
            unit_id: OrgUnitId(Uuid::from_u128(7)),
            unit_code: "B-1".to_owned(),
            role: role.to_owned(),
            manager_id: Some(PersonId(Uuid::from_u128(9))),
            language: "de".to_owned(),
        }
    }

    fn hash(before: &str, entries: &[RollEntry]) -> String {
        batch_hash(DispatchId(Uuid::from_u128(1)), 1, before, entries)
    }

    #[test]
    fn the_hash_does_not_depend_on_the_order_of_the_rows() {
        let (a, b) = (entry(1, "Teller"), entry(2, "Adviser"));
        assert_eq!(hash("", &[a.clone(), b.clone()]), hash("", &[b, a]));
    }

    #[test]
    fn the_hash_depends_on_every_field_and_on_the_batch_before() {
        let first = hash("", &[entry(1, "Teller")]);
        assert_ne!(first, hash("", &[entry(1, "Adviser")]));
        assert_ne!(first, hash("", &[entry(2, "Teller")]));
        assert_ne!(first, hash("0a", &[entry(1, "Teller")]));
        let mut other = entry(1, "Teller");
        other.manager_id = None;
        assert_ne!(first, hash("", &[other]));
    }

    #[test]
    fn a_head_is_led_from_further_up_and_a_unit_without_head_too() {
        let id = |n| OrgUnitId(Uuid::from_u128(n));
        let person = |n| PersonId(Uuid::from_u128(n));
        let unit = |n: u128, parent: Option<u128>| Below {
            id: id(n),
            parent_id: parent.map(id),
            code: format!("U-{n}"),
            name: String::new(),
        };
        let units = [unit(1, None), unit(2, Some(1)), unit(3, Some(2))];
        let heads = [
            UnitHead {
                unit_id: id(1),
                person_id: person(10),
            },
            UnitHead {
                unit_id: id(3),
                person_id: person(30),
            },
        ];
        let placed = |who: u128, unit: u128| Placed {
            person_id: person(who),
            unit_id: id(unit),
            role: "Teller".to_owned(),
            language: "en".to_owned(),
        };
        let roll = managers(
            vec![placed(31, 3), placed(30, 3), placed(20, 2), placed(10, 1)],
            &units,
            &heads,
        );
        let led: Vec<_> = roll.iter().map(|entry| entry.manager_id).collect();
        assert_eq!(
            led,
            [Some(person(30)), Some(person(10)), Some(person(10)), None]
        );
    }
}
