//! A rule as input. GraphQL reads it to any depth; [`Rule::validate`] refuses what is too deep.

use async_graphql::{InputObject, OneofObject};
use kernel::{CommunityId, OrgUnitId, PersonId};

use crate::model::Rule;

/// Who is meant: exactly one of these.
#[derive(Debug, Clone, OneofObject)]
pub enum AudienceRuleInput {
    /// Whole organisation; give true.
    Everybody(bool),
    /// Whoever holds a place like this at present.
    Place(AudiencePlaceInput),
    /// Members of any of these communities.
    Communities(AudienceCommunitiesInput),
    /// People by name.
    People(AudiencePeopleInput),
    /// Whoever says to work at any of these locations.
    Locations(AudienceLocationsInput),
    /// Whoever says to speak any of these languages.
    Languages(AudienceLanguagesInput),
    /// Whoever names any of these skills.
    Skills(AudienceSkillsInput),
    /// Whoever is in all of these.
    All(Vec<AudienceRuleInput>),
    /// Whoever is in any of these.
    Any(Vec<AudienceRuleInput>),
    /// Everybody except these.
    Not(Box<AudienceRuleInput>),
}

/// Places in the organisation; one and the same place must have all that is given.
#[derive(Debug, Clone, InputObject)]
pub struct AudiencePlaceInput {
    /// Units of the place; empty for anywhere.
    #[graphql(default)]
    unit_ids: Vec<OrgUnitId>,
    /// Whether all units below count too.
    #[graphql(default = true)]
    with_below: bool,
    /// Roles of the place, whatever their case; empty for any.
    #[graphql(default)]
    roles: Vec<String>,
    /// Whether only those count who lead the unit.
    #[graphql(default = false)]
    heads_only: bool,
}

/// Communities whose members are meant.
#[derive(Debug, Clone, InputObject)]
pub struct AudienceCommunitiesInput {
    /// Ids of communities whose members the viewer may see.
    community_ids: Vec<CommunityId>,
}

/// People who are meant.
#[derive(Debug, Clone, InputObject)]
pub struct AudiencePeopleInput {
    /// Ids of the people.
    person_ids: Vec<PersonId>,
}

/// Locations as people write them in their profile.
#[derive(Debug, Clone, InputObject)]
pub struct AudienceLocationsInput {
    /// Names of the locations, whatever their case.
    names: Vec<String>,
}

/// Languages people say to speak.
#[derive(Debug, Clone, InputObject)]
pub struct AudienceLanguagesInput {
    /// Codes of the languages, for example de or en.
    codes: Vec<String>,
}

/// Skills as people write them in their profile.
#[derive(Debug, Clone, InputObject)]
pub struct AudienceSkillsInput {
    /// Names of the skills, whatever their case.
    names: Vec<String>,
}

impl From<AudienceRuleInput> for Rule {
    fn from(input: AudienceRuleInput) -> Self {
        let all = |rules: Vec<AudienceRuleInput>| rules.into_iter().map(Self::from).collect();
        match input {
            AudienceRuleInput::Everybody(true) => Self::Everybody,
            AudienceRuleInput::Everybody(false) => Self::Not(Box::new(Self::Everybody)),
            AudienceRuleInput::Place(place) => Self::Place {
                units: place.unit_ids,
                with_below: place.with_below,
                roles: place.roles,
                heads_only: place.heads_only,
            },
            AudienceRuleInput::Communities(named) => Self::Communities {
                communities: named.community_ids,
            },
            AudienceRuleInput::People(named) => Self::People {
                people: named.person_ids,
            },
            AudienceRuleInput::Locations(named) => Self::Locations {
                locations: named.names,
            },
            AudienceRuleInput::Languages(named) => Self::Languages {
                languages: named.codes,
            },
            AudienceRuleInput::Skills(named) => Self::Skills {
                skills: named.names,
            },
            AudienceRuleInput::All(rules) => Self::All(all(rules)),
            AudienceRuleInput::Any(rules) => Self::Any(all(rules)),
            AudienceRuleInput::Not(rule) => Self::Not(Box::new(Self::from(*rule))),
        }
    }
}
