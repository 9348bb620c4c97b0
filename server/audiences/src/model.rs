//! The rule itself: its parts, its limits, and how it is stored.

use std::collections::BTreeSet;

use kernel::{AudienceId, CommunityId, Error, OrgUnitId, PersonId, Problem, Result, Timestamp};

/// Deepest nesting of groups.
pub const MAX_DEPTH: usize = 8;
/// Most parts that are no group.
pub const MAX_PARTS: usize = 200;
/// Most units, communities or people named in all parts together.
pub const MAX_NAMED: usize = 5_000;
/// Most roles, locations, languages and skills named in all parts together.
pub const MAX_TEXTS: usize = 500;
/// Longest name of a saved audience.
pub const MAX_NAME: usize = 80;
/// Longest role, location or skill.
const MAX_TEXT: usize = 120;
/// How stored rules are written; a change that old readers would misread makes it larger.
const VERSION: u32 = 1;
/// The input field all problems are about.
const FIELD: &str = "rule";

/// Who is meant. People who may not sign in never are.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Rule {
    /// The whole organisation.
    Everybody,
    /// Whoever holds a place at present. One and the same place must have all that is named here.
    Place {
        /// In one of these units; empty: anywhere.
        units: Vec<OrgUnitId>,
        /// Also in all units below them.
        with_below: bool,
        /// With one of these roles, whatever their case; empty: any.
        roles: Vec<String>,
        /// Only who leads the unit.
        heads_only: bool,
    },
    /// Members of one of these communities.
    Communities {
        /// The communities.
        communities: Vec<CommunityId>,
    },
    /// People by name.
    People {
        /// The people.
        people: Vec<PersonId>,
    },
    /// Whoever says to work at one of these locations, whatever their case.
    Locations {
        /// The locations as people write them.
        locations: Vec<String>,
    },
    /// Whoever says to speak one of these languages.
    Languages {
        /// The languages, as primary subtags of BCP 47.
        languages: Vec<String>,
    },
    /// Whoever names one of these skills, whatever their case and accents.
    Skills {
        /// The skills as people write them.
        skills: Vec<String>,
    },
    /// Whoever is in all of these.
    All(Vec<Rule>),
    /// Whoever is in one of these.
    Any(Vec<Rule>),
    /// Everybody else.
    Not(Box<Rule>),
}

#[derive(serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored<R> {
    version: u32,
    rule: R,
}

/// Why somebody is in an audience or not: one part of the rule, as a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// The part in words.
    pub sentence: String,
    /// Whether the person is among those it names.
    pub holds: bool,
    /// Whether the rule leaves out whom this part names.
    pub excludes: bool,
}

/// A rule kept under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedAudience {
    /// Its id.
    pub id: AudienceId,
    /// Whose it is; only this person changes it.
    pub owner_id: PersonId,
    /// Its name.
    pub name: String,
    /// Who is meant.
    pub rule: Rule,
    /// Whether everybody may use it who may see all it names.
    pub is_shared: bool,
    /// Counts the changes, from 1.
    pub version: i32,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

/// What a saved audience is to be.
#[derive(Debug, Clone)]
pub struct AudienceDraft {
    /// Name, unchecked.
    pub name: String,
    /// Who is meant, unchecked.
    pub rule: Rule,
    /// Whether it is for everybody's use.
    pub is_shared: bool,
}

/// All a rule names, each once.
#[derive(Debug, Default)]
pub(crate) struct Named {
    pub(crate) units: BTreeSet<OrgUnitId>,
    pub(crate) communities: BTreeSet<CommunityId>,
    pub(crate) people: BTreeSet<PersonId>,
    pub(crate) roles: BTreeSet<String>,
    /// Whether something is named that people write about themselves.
    pub(crate) names_own_attributes: bool,
}

impl Rule {
    /// The parts of a group; none for every other rule.
    pub(crate) fn inside(&self) -> &[Self] {
        match self {
            Self::All(rules) | Self::Any(rules) => rules,
            Self::Not(rule) => std::slice::from_ref(&**rule),
            _ => &[],
        }
    }

    fn is_group(&self) -> bool {
        matches!(self, Self::All(_) | Self::Any(_) | Self::Not(_))
    }

    /// The parts that are no group, in the order they are written, each with whether the rule
    /// leaves out whom it names.
    pub fn parts(&self) -> Vec<(&Self, bool)> {
        fn walk<'a>(rule: &'a Rule, excludes: bool, found: &mut Vec<(&'a Rule, bool)>) {
            if !rule.is_group() {
                found.push((rule, excludes));
            }
            let excludes = excludes != matches!(rule, Rule::Not(_));
            for rule in rule.inside() {
                walk(rule, excludes, found);
            }
        }
        let mut found = Vec::new();
        walk(self, false, &mut found);
        found
    }

    fn depth(&self) -> usize {
        1 + self.inside().iter().map(Self::depth).max().unwrap_or(0)
    }

    /// Whether somebody is meant of whom `holds` answers, in their order, for each of
    /// [`Rule::parts`].
    pub(crate) fn decide(&self, holds: &mut impl Iterator<Item = bool>) -> bool {
        // Every part takes its answer, also where the outcome is clear before.
        let inside: Vec<bool> = self
            .inside()
            .iter()
            .map(|rule| rule.decide(holds))
            .collect();
        match self {
            Self::All(_) => inside.iter().all(|held| *held),
            Self::Any(_) => inside.iter().any(|held| *held),
            Self::Not(_) => !inside.iter().any(|held| *held),
            _ => holds.next().unwrap_or(false),
        }
    }

    pub(crate) fn named(&self) -> Named {
        let mut named = Named::default();
        for (part, _) in self.parts() {
            match part {
                Self::Place { units, roles, .. } => {
                    named.units.extend(units);
                    named.roles.extend(roles.iter().cloned());
                }
                Self::Communities { communities } => named.communities.extend(communities),
                Self::People { people } => named.people.extend(people),
                Self::Locations { .. } | Self::Languages { .. } | Self::Skills { .. } => {
                    named.names_own_attributes = true;
                }
                Self::Everybody | Self::All(_) | Self::Any(_) | Self::Not(_) => {}
            }
        }
        named
    }

    /// Checks form and size, without looking anything up.
    ///
    /// # Errors
    /// `Invalid` with `RULE_TOO_DEEP`, `RULE_TOO_LARGE`, `RULE_EMPTY` (a group or list of nothing)
    /// or `INVALID_TEXT`.
    pub fn validate(&self) -> Result<()> {
        let mut problems = Vec::new();
        if self.depth() > MAX_DEPTH {
            let text = format!("Groups may be {MAX_DEPTH} levels deep.");
            problems.push(Problem::new(FIELD, "RULE_TOO_DEEP", text).with("max", MAX_DEPTH));
        }
        let parts = self.parts();
        if parts.len() > MAX_PARTS {
            let text = format!("An audience may have {MAX_PARTS} conditions.");
            problems.push(Problem::new(FIELD, "RULE_TOO_LARGE", text).with("max", MAX_PARTS));
        }
        let (mut named, mut texts) = (0, Vec::new());
        for (part, _) in &parts {
            match part {
                Self::Place { units, roles, .. } => {
                    named += units.len();
                    texts.extend(roles);
                }
                Self::Communities { communities } => named += communities.len(),
                Self::People { people } => named += people.len(),
                Self::Locations { locations: words }
                | Self::Languages { languages: words }
                | Self::Skills { skills: words } => texts.extend(words),
                Self::Everybody | Self::All(_) | Self::Any(_) | Self::Not(_) => {}
            }
        }
        if named > MAX_NAMED || texts.len() > MAX_TEXTS {
            let text = "This names too many units, people, communities or words.";
            problems.push(Problem::new(FIELD, "RULE_TOO_LARGE", text).with("max", MAX_NAMED));
        }
        let is_line = |text: &&String| {
            let length = text.trim().chars().count();
            (1..=MAX_TEXT).contains(&length) && !text.chars().any(char::is_control)
        };
        if !texts.iter().all(is_line) {
            let text = format!("Each word is one line of 1 to {MAX_TEXT} characters.");
            problems.push(Problem::new(FIELD, "INVALID_TEXT", text).with("max", MAX_TEXT));
        }
        if self.has_empty_list() {
            let text = "A condition or group has nothing in it.";
            problems.push(Problem::new(FIELD, "RULE_EMPTY", text));
        }
        if problems.is_empty() {
            Ok(())
        } else {
            Err(Error::Invalid(problems))
        }
    }

    fn has_empty_list(&self) -> bool {
        let is_empty = match self {
            Self::Communities { communities } => communities.is_empty(),
            Self::People { people } => people.is_empty(),
            Self::Locations { locations: words }
            | Self::Languages { languages: words }
            | Self::Skills { skills: words } => words.is_empty(),
            Self::All(rules) | Self::Any(rules) => rules.is_empty(),
            Self::Everybody | Self::Place { .. } | Self::Not(_) => false,
        };
        is_empty || self.inside().iter().any(Self::has_empty_list)
    }

    /// As stored, with its version.
    ///
    /// # Errors
    /// None in practice: every rule can be written.
    pub fn to_text(&self) -> Result<String> {
        let (version, rule) = (VERSION, self);
        Ok(serde_json::to_string(&Stored { version, rule })?)
    }

    /// Reads what [`Rule::to_text`] wrote.
    ///
    /// # Errors
    /// Any other text, a version this program does not know, and unknown fields are faults of the
    /// stored data: who is meant must never be guessed.
    pub fn from_text(text: &str) -> Result<Self> {
        let stored: Stored<Self> = serde_json::from_str(text)?;
        if stored.version == VERSION {
            Ok(stored.rule)
        } else {
            Err(Error::bug("stored audience of another version"))
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failing unwrap is the test's message")]

    use super::*;

    fn anywhere(role: &str) -> Rule {
        Rule::Place {
            units: Vec::new(),
            with_below: true,
            roles: vec![role.to_owned()],
            heads_only: false,
        }
    }

    fn reason(rule: &Rule) -> &'static str {
        rule.validate().unwrap_err().reason()
    }

    #[test]
    fn a_rule_is_read_as_it_was_written() {
        let not = Rule::Not(Box::new(anywhere("Teller")));
        let rule = Rule::All(vec![Rule::Everybody, not]);
        let text = rule.to_text().unwrap();
        assert_eq!(Rule::from_text(&text).unwrap(), rule);
        assert!(
            text.starts_with(r#"{"version":1,"rule":{"all":["everybody","#),
            "{text}"
        );
    }

    #[test]
    fn what_is_not_known_is_never_guessed() {
        let known = r#"{"version":1,"rule":{"people":{"people":[]}}}"#;
        assert!(Rule::from_text(known).is_ok());
        for unknown in [
            r#"{"version":2,"rule":"everybody"}"#,
            r#"{"version":1,"rule":"everybody","but":1}"#,
            r#"{"version":1,"rule":{"people":{"people":[],"with_friends":true}}}"#,
            r#"{"version":1,"rule":{"moon_phase":{}}}"#,
            r#"{"version":1,"rule":{"place":{"units":[]}}}"#,
            r#""everybody""#,
        ] {
            assert!(Rule::from_text(unknown).is_err(), "{unknown}");
        }
    }

    #[test]
    fn limits_are_kept() {
        let mut deep = Rule::Everybody;
        for _ in 1..MAX_DEPTH {
            deep = Rule::Not(Box::new(deep));
        }
        assert!(deep.validate().is_ok());
        assert_eq!(reason(&Rule::Not(Box::new(deep))), "RULE_TOO_DEEP");

        let wide = |parts| Rule::Any(vec![Rule::Everybody; parts]);
        assert!(wide(MAX_PARTS).validate().is_ok());
        assert_eq!(reason(&wide(MAX_PARTS + 1)), "RULE_TOO_LARGE");
        let people = vec![PersonId::at(kernel::Timestamp::from_millis(0)); MAX_NAMED + 1];
        assert_eq!(reason(&Rule::People { people }), "RULE_TOO_LARGE");

        assert_eq!(reason(&Rule::Any(Vec::new())), "RULE_EMPTY");
        assert_eq!(reason(&Rule::People { people: Vec::new() }), "RULE_EMPTY");
        assert_eq!(reason(&Rule::Skills { skills: Vec::new() }), "RULE_EMPTY");
        let languages = vec![" ".to_owned()];
        assert_eq!(reason(&Rule::Languages { languages }), "INVALID_TEXT");
        assert_eq!(reason(&anywhere(" ")), "INVALID_TEXT");
        assert_eq!(reason(&anywhere("two\nlines")), "INVALID_TEXT");
        assert_eq!(reason(&anywhere(&"x".repeat(MAX_TEXT + 1))), "INVALID_TEXT");
    }

    #[test]
    fn every_part_answers_for_itself() {
        let rule = Rule::All(vec![
            Rule::Any(vec![Rule::Everybody, Rule::Everybody]),
            Rule::Not(Box::new(Rule::Everybody)),
        ]);
        let excludes: Vec<_> = rule.parts().iter().map(|(_, excludes)| *excludes).collect();
        assert_eq!(excludes, [false, false, true]);
        assert!(rule.decide(&mut [true, false, false].into_iter()));
        assert!(rule.decide(&mut [false, true, false].into_iter()));
        assert!(!rule.decide(&mut [false, false, false].into_iter()));
        assert!(!rule.decide(&mut [true, true, true].into_iter()));
    }
}
