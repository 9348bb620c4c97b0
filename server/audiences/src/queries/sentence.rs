//! A rule in words, in German and English. Roles, locations and skills are shown as they were typed.

use std::collections::HashMap;

use identity::queries::Reads;
use kernel::{CommunityId, OrgUnitId, PersonId, Result};

use super::languages::language_name;
use crate::model::Rule;
use crate::policy::require_visible;

/// Names shown of a longer list; the others are counted.
const SHOWN: usize = 3;

/// A rule as one readable sentence with the names of all it names.
///
/// # Errors
/// What [`require_visible`] refuses, database errors.
pub async fn sentence<R: Reads>(reader: &R, rule: &Rule, locale: &str) -> Result<String> {
    require_visible(reader, rule).await?;
    Ok(Words::load(reader, rule, locale).await?.sentence(rule))
}

/// The words of one language.
struct Language {
    is_german: bool,
    everybody: &'static str,
    nobody: &'static str,
    with_place: &'static str,
    heads: &'static str,
    heads_with_role: &'static str,
    within: &'static str,
    and_below: &'static str,
    members_of: &'static str,
    at_location: &'static str,
    speaking: &'static str,
    with_skill: &'static str,
    or: &'static str,
    and_also: &'static str,
    at_once: &'static str,
    except: &'static str,
    more: &'static str,
    unknown: &'static str,
}

const GERMAN: Language = Language {
    is_german: true,
    everybody: "alle",
    nobody: "niemand",
    with_place: "alle, die einen Platz haben",
    heads: "Leitungen",
    heads_with_role: "Leitungen mit der Rolle",
    within: "in",
    and_below: "und allem darunter",
    members_of: "Mitglieder von",
    at_location: "alle am Standort",
    speaking: "alle mit der Sprache",
    with_skill: "alle mit der Fähigkeit",
    or: "oder",
    and_also: "sowie",
    at_once: ", zugleich ",
    except: ", außer ",
    more: "weitere",
    unknown: "(nicht mehr vorhanden)",
};

const ENGLISH: Language = Language {
    is_german: false,
    everybody: "everybody",
    nobody: "nobody",
    with_place: "everybody who has a place",
    heads: "heads",
    heads_with_role: "heads with the role",
    within: "in",
    and_below: "and everything below",
    members_of: "members of",
    at_location: "everybody at the location",
    speaking: "everybody who speaks",
    with_skill: "everybody with the skill",
    or: "or",
    and_also: "as well as",
    at_once: ", at the same time ",
    except: ", except ",
    more: "more",
    unknown: "(no longer there)",
};

/// A language, and the names of what a rule names.
pub(super) struct Words {
    language: &'static Language,
    units: HashMap<OrgUnitId, String>,
    communities: HashMap<CommunityId, String>,
    people: HashMap<PersonId, String>,
}

impl Words {
    /// Reads the names, in one statement for each kind of thing named.
    pub(super) async fn load<R: Reads>(reader: &R, rule: &Rule, locale: &str) -> Result<Self> {
        let language = if locale.starts_with("de") {
            &GERMAN
        } else {
            &ENGLISH
        };
        let mut units: Vec<OrgUnitId> = Vec::new();
        let mut communities: Vec<CommunityId> = Vec::new();
        let mut people: Vec<PersonId> = Vec::new();
        for (part, _) in rule.parts() {
            match part {
                Rule::Place { units: named, .. } => units.extend(named.iter().take(SHOWN)),
                Rule::Communities { communities: named } => {
                    communities.extend(named.iter().take(SHOWN));
                }
                Rule::People { people: named } => people.extend(named.iter().take(SHOWN)),
                _ => {}
            }
        }
        let mut words = Self {
            language,
            units: HashMap::new(),
            communities: HashMap::new(),
            people: HashMap::new(),
        };
        if !units.is_empty() {
            let found = directory::queries::units(reader, &units).await?.into_iter();
            words.units = found.map(|unit| (unit.id, unit.name)).collect();
        }
        if !communities.is_empty() {
            let found = communities::queries::by_ids(reader, reader.who(), &communities).await?;
            let found = found.into_iter();
            words.communities = found
                .map(|community| (community.id, community.name))
                .collect();
        }
        if !people.is_empty() {
            let found = identity::queries::people_by_ids(reader, &people).await?;
            let found = found.into_iter();
            words.people = found.map(|person| (person.id, person.name)).collect();
        }
        Ok(words)
    }

    /// The rule in words.
    pub(super) fn sentence(&self, rule: &Rule) -> String {
        match rule {
            Rule::Everybody => self.language.everybody.to_owned(),
            Rule::Place {
                units,
                with_below,
                roles,
                heads_only,
            } => self.place(units, *with_below, roles, *heads_only),
            Rule::Communities { communities } => {
                let names = self.names(communities, &self.communities);
                format!("{} {names}", self.language.members_of)
            }
            Rule::People { people } => self.names(people, &self.people),
            Rule::Locations { locations } => {
                let names = self.list(locations.iter().map(String::as_str));
                format!("{} {names}", self.language.at_location)
            }
            Rule::Languages { languages } => {
                let names = languages
                    .iter()
                    .map(|code| language_name(code, self.language.is_german));
                let names = self.list(names);
                format!("{} {names}", self.language.speaking)
            }
            Rule::Skills { skills } => {
                let names = self.list(skills.iter().map(String::as_str));
                format!("{} {names}", self.language.with_skill)
            }
            Rule::All(rules) => self.all(rules),
            Rule::Any(rules) if rules.is_empty() => self.language.nobody.to_owned(),
            Rule::Any(rules) => {
                let rules: Vec<_> = rules.iter().map(|rule| self.part(rule)).collect();
                rules.join(&format!(" {} ", self.language.and_also))
            }
            Rule::Not(rule) => {
                let Language {
                    everybody, except, ..
                } = self.language;
                format!("{everybody}{except}{}", self.part(rule))
            }
        }
    }

    /// First who is in, then who is left out.
    fn all(&self, rules: &[Rule]) -> String {
        let (out, within): (Vec<_>, Vec<_>) =
            rules.iter().partition(|rule| matches!(rule, Rule::Not(_)));
        let mut text = match within.as_slice() {
            [] => self.language.everybody.to_owned(),
            [one] => self.part(one),
            several => {
                let several: Vec<_> = several.iter().map(|rule| self.part(rule)).collect();
                several.join(self.language.at_once)
            }
        };
        for rule in out {
            if let Rule::Not(rule) = rule {
                text.push_str(self.language.except);
                text.push_str(&self.part(rule));
            }
        }
        text
    }

    /// A rule inside another; groups of several stand in brackets so that it is clear what belongs
    /// together.
    fn part(&self, rule: &Rule) -> String {
        let sentence = self.sentence(rule);
        match rule {
            Rule::All(rules) | Rule::Any(rules) if rules.len() > 1 => format!("({sentence})"),
            Rule::Not(_) => format!("({sentence})"),
            _ => sentence,
        }
    }

    fn place(&self, units: &[OrgUnitId], below: bool, roles: &[String], heads: bool) -> String {
        let language = self.language;
        let roles_named = self.list(roles.iter().map(String::as_str));
        let who = match (heads, roles.is_empty()) {
            (true, true) => language.heads.to_owned(),
            (true, false) => format!("{} {roles_named}", language.heads_with_role),
            (false, false) => roles_named,
            (false, true) if units.is_empty() => language.with_place.to_owned(),
            (false, true) => language.everybody.to_owned(),
        };
        if units.is_empty() {
            return who;
        }
        let units = self.names(units, &self.units);
        let below = if below {
            format!(" {}", language.and_below)
        } else {
            String::new()
        };
        format!("{who} {} {units}{below}", language.within)
    }

    fn names<K: std::hash::Hash + Eq>(&self, ids: &[K], names: &HashMap<K, String>) -> String {
        let unknown = self.language.unknown;
        self.list(
            ids.iter()
                .map(|id| names.get(id).map_or(unknown, String::as_str)),
        )
    }

    /// `A, B or C`; of more than [`SHOWN`] the others are only counted.
    fn list<'a>(&self, names: impl ExactSizeIterator<Item = &'a str>) -> String {
        let total = names.len();
        let or = format!(" {} ", self.language.or);
        let shown: Vec<&str> = names.take(SHOWN).collect();
        if total > shown.len() {
            let more = total - shown.len();
            return format!("{}{or}{more} {}", shown.join(", "), self.language.more);
        }
        match shown.split_last() {
            Some((last, [])) => (*last).to_owned(),
            Some((last, before)) => format!("{}{or}{last}", before.join(", ")),
            None => String::new(),
        }
    }
}
