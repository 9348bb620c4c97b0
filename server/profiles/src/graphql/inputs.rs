//! Inputs of profiles.

use async_graphql::InputObject;
use kernel::{OrgUnitId, PersonId};

use crate::model::{ProfileAudience, ProfileChange};
use crate::queries::DirectoryFilter;

/// What the viewer changes about the own profile; what is not given stays as it is.
#[derive(Debug, InputObject)]
pub struct ProfileDetailsUpdateInput {
    /// Phone on the desk; may be empty.
    phone: Option<String>,
    /// Mobile phone; may be empty.
    mobile: Option<String>,
    /// Room or floor; may be empty.
    office: Option<String>,
    /// Who sees the phone number.
    phone_for: Option<ProfileAudience>,
    /// Who sees the mobile number.
    mobile_for: Option<ProfileAudience>,
    /// Who sees the e-mail address.
    email_for: Option<ProfileAudience>,
    /// Whether the viewer is suggested to those who look for somebody who knows.
    is_suggested: Option<bool>,
    /// Languages, as codes of BCP 47, for example `de`.
    languages: Option<Vec<String>>,
    /// Skills; endorsements of those that are gone are gone with them.
    skills: Option<Vec<String>>,
    /// What one may ask the viewer about.
    ask_about: Option<Vec<String>>,
}

impl From<ProfileDetailsUpdateInput> for ProfileChange {
    fn from(input: ProfileDetailsUpdateInput) -> Self {
        Self {
            phone: input.phone,
            mobile: input.mobile,
            office: input.office,
            phone_for: input.phone_for,
            mobile_for: input.mobile_for,
            email_for: input.email_for,
            is_suggested: input.is_suggested,
            languages: input.languages,
            skills: input.skills,
            ask_about: input.ask_about,
        }
    }
}

/// Skill to be endorsed or no longer endorsed.
#[derive(Debug, InputObject)]
pub struct SkillEndorseInput {
    /// Whose skill.
    pub(super) person_id: PersonId,
    /// Name of the skill.
    pub(super) skill: String,
    /// Whether it is to be endorsed.
    pub(super) is_endorsed: bool,
}

/// Whom the directory shows; several values of one kind mean any of them, all kinds have to fit.
#[derive(Debug, Default, InputObject)]
pub struct PeopleFilterInput {
    /// Words that name, handle or title contain, all of them.
    #[graphql(default)]
    query: String,
    /// In these units or below them.
    #[graphql(default)]
    unit_ids: Vec<OrgUnitId>,
    /// With one of these roles.
    #[graphql(default)]
    roles: Vec<String>,
    /// At one of these locations.
    #[graphql(default)]
    locations: Vec<String>,
    /// Speaking one of these languages, as codes of BCP 47.
    #[graphql(default)]
    languages: Vec<String>,
    /// With one of these skills.
    #[graphql(default)]
    skills: Vec<String>,
}

/// Most values of one kind that are looked at.
const MAX_VALUES: usize = 50;

impl From<PeopleFilterInput> for DirectoryFilter {
    fn from(input: PeopleFilterInput) -> Self {
        fn some<T>(list: Vec<T>) -> Vec<T> {
            list.into_iter().take(MAX_VALUES).collect()
        }
        Self {
            query: input.query,
            units: some(input.unit_ids),
            roles: some(input.roles),
            locations: some(input.locations),
            languages: some(input.languages),
            skills: some(input.skills),
        }
    }
}
