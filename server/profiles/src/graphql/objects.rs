//! Objects of profiles.

use async_graphql::{ComplexObject, Context, Result, SimpleObject};
use identity::HrField;
use identity::graphql::Person;
use kernel::{PersonId, Timestamp, UserError};
use platform::ContextExt as _;

use crate::model::{Choices, ProfileAudience, ProfileView, SkillView};
use crate::queries::{self, FacetCount, FacetKind};

/// Most endorsers shown of one skill.
const MAX_ENDORSERS: i32 = 50;

/// What is known of a person beside name and title, as far as the viewer may see it.
#[derive(Clone, SimpleObject)]
#[graphql(complex)]
pub struct PersonProfile {
    /// Phone on the desk; null when there is none the viewer may see.
    phone: Option<String>,
    /// Mobile phone; null when there is none the viewer may see.
    mobile: Option<String>,
    /// E-mail address; null when the viewer may not see it.
    email: Option<String>,
    /// Room or floor; may be empty.
    office: String,
    /// Languages, as codes of BCP 47.
    languages: Vec<String>,
    /// Skills, in the order the person gives them.
    skills: Vec<PersonSkill>,
    /// What one may ask the person about.
    ask_about: Vec<String>,
    /// Fields that come from the personnel department; all others are the person's own.
    hr_fields: Vec<HrField>,
    /// Choices about the own profile; only for oneself.
    choices: Option<ProfileChoices>,
    #[graphql(skip)]
    person_id: PersonId,
}

impl From<ProfileView> for PersonProfile {
    fn from(view: ProfileView) -> Self {
        Self {
            phone: view.phone,
            mobile: view.mobile,
            email: view.email,
            office: view.office,
            languages: view.languages,
            skills: view.skills.into_iter().map(PersonSkill::from).collect(),
            ask_about: view.ask_about,
            hr_fields: view.hr_fields,
            choices: view.choices.map(ProfileChoices::from),
            person_id: view.person_id,
        }
    }
}

#[ComplexObject]
impl PersonProfile {
    /// Person of the profile.
    async fn person(&self, ctx: &Context<'_>) -> Result<Person> {
        identity::graphql::person(ctx, self.person_id).await
    }

    /// When the person works; null without a place in the organisation.
    async fn working_hours(&self, ctx: &Context<'_>) -> Result<Option<WorkingHours>> {
        let found = queries::hours(&ctx.reader(), self.person_id).await?;
        Ok(found.map(|hours| WorkingHours {
            time_zone: hours.time_zone,
            weekly: hours.weekly,
            away_until: hours.away_until,
        }))
    }
}

/// When somebody works, as the units say.
#[derive(Clone, SimpleObject)]
pub struct WorkingHours {
    /// Time zone of the IANA database.
    time_zone: String,
    /// Hours of the week, written like `mo-fr 09:00-17:00; sa 10:00-13:00`.
    weekly: String,
    /// Moment until which the person is away; null when the person is not away now.
    away_until: Option<Timestamp>,
}

/// Skill of a person.
#[derive(Clone, SimpleObject)]
#[graphql(complex)]
pub struct PersonSkill {
    /// Name of the skill as the person writes it.
    name: String,
    /// Number of people who endorse it.
    endorsement_count: i64,
    /// Whether the viewer does.
    is_endorsed_by_viewer: bool,
    #[graphql(skip)]
    person_id: PersonId,
    #[graphql(skip)]
    key: String,
}

impl From<SkillView> for PersonSkill {
    fn from(view: SkillView) -> Self {
        Self {
            name: view.name,
            endorsement_count: view.endorsement_count,
            is_endorsed_by_viewer: view.is_endorsed_by_viewer,
            person_id: view.person_id,
            key: view.key,
        }
    }
}

#[ComplexObject]
impl PersonSkill {
    /// People who endorse it, the newest first.
    #[graphql(complexity = "1 + usize::try_from(first).unwrap_or(0) * child_complexity")]
    async fn endorsers(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many at most, 1 to 50.")] first: i32,
    ) -> Result<Vec<Person>> {
        let limit = u64::try_from(first.clamp(1, MAX_ENDORSERS)).unwrap_or(1);
        let ids = queries::endorsers(&ctx.reader(), self.person_id, &self.key, limit).await?;
        identity::graphql::people(ctx, &ids).await
    }
}

/// What somebody chose about the own profile.
#[derive(Clone, SimpleObject)]
pub struct ProfileChoices {
    /// Who sees the phone number.
    phone_for: ProfileAudience,
    /// Who sees the mobile number.
    mobile_for: ProfileAudience,
    /// Who sees the e-mail address.
    email_for: ProfileAudience,
    /// Whether the person is suggested to those who look for somebody who knows.
    is_suggested: bool,
}

impl From<Choices> for ProfileChoices {
    fn from(choices: Choices) -> Self {
        Self {
            phone_for: choices.phone,
            mobile_for: choices.mobile,
            email_for: choices.email,
            is_suggested: choices.is_suggested,
        }
    }
}

/// What people of the directory are counted by.
#[derive(Clone, SimpleObject)]
pub struct PeopleFacet {
    /// Kind of the facet.
    kind: FacetKind,
    /// Most frequent values, those of most people first.
    values: Vec<PeopleFacetValue>,
}

impl PeopleFacet {
    pub(super) fn new(kind: FacetKind, values: Vec<FacetCount>) -> Self {
        let value = |count: FacetCount| PeopleFacetValue {
            value: count.value,
            label: count.label,
            count: count.total,
        };
        Self {
            kind,
            values: values.into_iter().map(value).collect(),
        }
    }
}

/// One value of a facet.
#[derive(Clone, SimpleObject)]
pub struct PeopleFacetValue {
    /// What to filter by: a text, or the id of a unit.
    value: String,
    /// What to show.
    label: String,
    /// Number of people.
    count: i64,
}

/// Answer of mutations that change a profile.
#[derive(SimpleObject)]
pub struct ProfilePayload {
    /// Profile after the change; null when there are errors.
    pub profile: Option<PersonProfile>,
    /// What is to be mended.
    pub user_errors: Vec<UserError>,
}
