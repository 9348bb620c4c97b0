//! What a unit allows urgent dispatches: how often they come back, and whether at any hour.

use std::collections::HashMap;

use kernel::{OrgUnitId, Timestamp};

/// Shortest time between two repeats, in minutes.
pub const MIN_REPEAT_MINUTES: i32 = 10;
/// Longest time between two repeats, in minutes: a day.
pub const MAX_REPEAT_MINUTES: i32 = 24 * 60;
/// Most repeats.
pub const MAX_REPEATS: i32 = 200;

/// What holds for urgent dispatches in a unit and everything below it that says nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Urgency {
    /// Whether they may come through quiet hours and outside of working time.
    pub passes_quiet_hours: bool,
    /// Minutes between two repeats: of working time, or of the clock where they pass quiet hours.
    pub repeat_minutes: i32,
    /// How often they come back at most while somebody has not confirmed.
    pub max_repeats: i32,
}

impl Default for Urgency {
    /// Where no unit up to the top says anything: every working hour for three working days, never at night.
    fn default() -> Self {
        Self {
            passes_quiet_hours: false,
            repeat_minutes: 60,
            max_repeats: 24,
        }
    }
}

/// What a unit says for itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PolicyView {
    /// The unit.
    pub unit_id: OrgUnitId,
    /// What holds there and below.
    pub urgency: Urgency,
    /// Since when.
    pub updated_at: Timestamp,
}

/// What holds in each of some units, taken from the next unit above that says something.
#[derive(Debug, Clone, Default)]
pub struct Urgencies {
    said: HashMap<OrgUnitId, Urgency>,
    parents: HashMap<OrgUnitId, Option<OrgUnitId>>,
}

impl Urgencies {
    /// `said` is what units say for themselves, `parents` the way up of all units that are asked about.
    pub fn new(
        said: HashMap<OrgUnitId, Urgency>,
        parents: HashMap<OrgUnitId, Option<OrgUnitId>>,
    ) -> Self {
        Self { said, parents }
    }

    /// What holds in a unit.
    pub fn of(&self, unit: OrgUnitId) -> Urgency {
        let mut next = Some(unit);
        for _ in 0..directory::model::MAX_DEPTH {
            let Some(unit) = next else { break };
            if let Some(urgency) = self.said.get(&unit) {
                return *urgency;
            }
            next = self.parents.get(&unit).copied().flatten();
        }
        Urgency::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn the_next_unit_above_that_says_something_counts() {
        let unit = |number: u128| OrgUnitId(Uuid::from_u128(number));
        let said = |repeat_minutes| Urgency {
            passes_quiet_hours: true,
            repeat_minutes,
            max_repeats: 3,
        };
        let parents = [(1, None), (2, Some(1)), (3, Some(2)), (4, None)];
        let parents = parents.map(|(id, above): (u128, Option<u128>)| (unit(id), above.map(unit)));
        let known = [(unit(1), said(20)), (unit(3), said(40))];
        let urgencies = Urgencies::new(known.into(), parents.into());
        let minutes = [1, 2, 3].map(|number| urgencies.of(unit(number)).repeat_minutes);
        assert_eq!(minutes, [20, 20, 40]);
        assert_eq!(urgencies.of(unit(4)), Urgency::default());
    }
}
