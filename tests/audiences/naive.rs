//! What a rule means, person by person and without a database: the model the SQL is held against.

use audiences::Rule;
use kernel::{OrgUnitId, PersonId, Timestamp};
use proptest::prelude::*;

use crate::world::{LANGUAGES, LOCATIONS, PersonFacts, PlaceFacts, ROLES, SKILLS, World};

impl World {
    /// Who is meant, in the order the people were made.
    pub fn meant(&self, rule: &Rule, at: Timestamp) -> Vec<PersonId> {
        let people = self.people.iter();
        let meant = people.filter(|person| person.is_active && self.holds(rule, person, at));
        meant.map(|person| person.id).collect()
    }

    fn holds(&self, rule: &Rule, person: &PersonFacts, at: Timestamp) -> bool {
        match rule {
            Rule::Everybody => true,
            Rule::Place {
                units,
                with_below,
                roles,
                heads_only,
            } => {
                let mine = self.places.iter().filter(|place| place.person == person.id);
                let mut now = mine.filter(|place| is_held(place, at));
                now.any(|place| {
                    (units.is_empty() || self.is_in(place.unit, units, *with_below))
                        && (roles.is_empty() || is_among(place.role, roles))
                        && (place.is_head || !heads_only)
                })
            }
            Rule::Communities { communities } => {
                let named = self
                    .communities
                    .iter()
                    .filter(|(id, _)| communities.contains(id));
                named
                    .into_iter()
                    .any(|(_, members)| members.contains(&person.id))
            }
            Rule::People { people } => people.contains(&person.id),
            Rule::Locations { locations } => is_among(person.location, locations),
            Rule::Languages { languages } => {
                let mut spoken = person.languages.iter();
                spoken.any(|one| is_among(one, languages))
            }
            Rule::Skills { skills } => {
                let skills: Vec<_> = skills
                    .iter()
                    .map(|one| identity::fold(one.trim()))
                    .collect();
                let mut named = person.skills.iter();
                named.any(|one| skills.contains(&identity::fold(one)))
            }
            Rule::All(rules) => rules.iter().all(|rule| self.holds(rule, person, at)),
            Rule::Any(rules) => rules.iter().any(|rule| self.holds(rule, person, at)),
            Rule::Not(rule) => !self.holds(rule, person, at),
        }
    }

    fn is_in(&self, unit: OrgUnitId, units: &[OrgUnitId], with_below: bool) -> bool {
        let parent = self
            .units
            .iter()
            .find(|(id, _)| *id == unit)
            .and_then(|(_, parent)| *parent);
        units.contains(&unit)
            || (with_below && parent.is_some_and(|parent| self.is_in(parent, units, true)))
    }

    /// Rules over what this organisation has.
    pub fn rules(&self) -> BoxedStrategy<Rule> {
        let some = |count: usize| prop::collection::vec(0..count, 1..4);
        let units: Vec<_> = self.units.iter().map(|(id, _)| *id).collect();
        let people: Vec<_> = self.people.iter().map(|person| person.id).collect();
        let communities: Vec<_> = self.communities.iter().map(|(id, _)| *id).collect();
        let texts = |texts: &'static [&'static str]| {
            prop::collection::vec(prop::sample::select(texts), 1..3).prop_map(|texts| {
                texts
                    .into_iter()
                    .map(|text| format!(" {text}"))
                    .collect::<Vec<_>>()
            })
        };
        let place = (
            prop::option::of(some(units.len())),
            any::<bool>(),
            prop::option::of(texts(&ROLES)),
            prop::bool::weighted(0.3),
        );
        let part = prop_oneof![
            1 => Just(Rule::Everybody),
            6 => place.prop_map(move |(chosen, with_below, roles, heads_only)| Rule::Place {
                units: chosen.unwrap_or_default().into_iter().map(|at| units[at]).collect(),
                with_below,
                roles: roles.unwrap_or_default(),
                heads_only,
            }),
            2 => some(communities.len()).prop_map(move |chosen| Rule::Communities {
                communities: chosen.into_iter().map(|at| communities[at]).collect(),
            }),
            2 => some(people.len()).prop_map(move |chosen| Rule::People {
                people: chosen.into_iter().map(|at| people[at]).collect(),
            }),
            1 => texts(&LOCATIONS[..3]).prop_map(|locations| Rule::Locations { locations }),
            1 => texts(&LANGUAGES).prop_map(|languages| Rule::Languages { languages }),
            1 => texts(&SKILLS).prop_map(|skills| Rule::Skills { skills }),
        ];
        let group = |inner: BoxedStrategy<Rule>| {
            let several = prop::collection::vec(inner.clone(), 1..4);
            prop_oneof![
                several.clone().prop_map(Rule::All),
                several.prop_map(Rule::Any),
                inner.prop_map(|rule| Rule::Not(Box::new(rule))),
            ]
        };
        part.prop_recursive(4, 16, 3, move |inner| group(inner.boxed()))
            .boxed()
    }
}

fn is_held(place: &PlaceFacts, at: Timestamp) -> bool {
    place.starts_at <= at && place.ends_at.is_none_or(|ends_at| ends_at > at)
}

fn is_among(text: &str, texts: &[String]) -> bool {
    texts
        .iter()
        .any(|one| one.trim().to_lowercase() == text.trim().to_lowercase())
}
