//! Profiles in GraphQL: arguments in, domain calls, views out.

mod inputs;
mod objects;

use async_graphql::{Context, Object, Result};
use identity::graphql::{Person, PersonConnection};
use kernel::{PageArgs, PersonId, split};
use platform::ContextExt as _;

pub use inputs::{PeopleFilterInput, ProfileDetailsUpdateInput, SkillEndorseInput};
pub use objects::{
    PeopleFacet, PeopleFacetValue, PersonProfile, PersonSkill, ProfileChoices, ProfilePayload,
    WorkingHours,
};

use crate::queries::FacetKind;
use crate::{commands, queries};

/// Root part of profiles for reading.
#[derive(Default)]
pub struct ProfilesQuery;

#[Object]
impl ProfilesQuery {
    /// Profile of a person with what the viewer may see of it; null when there is no such person.
    async fn person_profile(
        &self,
        ctx: &Context<'_>,
        person_id: PersonId,
    ) -> Result<Option<PersonProfile>> {
        match queries::profile(&ctx.reader(), person_id).await {
            Ok(profile) => Ok(Some(profile.into())),
            Err(kernel::Error::NotFound) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// People of the organisation by words and by what they are, in the order of their names.
    #[graphql(complexity = "1 + usize::try_from(first).unwrap_or(0) * child_complexity")]
    async fn people_directory(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whom to list; null: everybody.")] filter: Option<PeopleFilterInput>,
        #[graphql(desc = "Size of the page, 1 to 100.")] first: i32,
        #[graphql(desc = "Cursor to start behind.")] after: Option<String>,
    ) -> Result<PersonConnection> {
        let args = PageArgs::forward(first, after)?;
        let filter = filter.unwrap_or_default().into();
        let (page, total) = queries::people(&ctx.reader(), &filter, &args).await?;
        Ok(PersonConnection::new(page.map(Person::from), total))
    }

    /// What the people of the directory are, with counts; each facet as if none of its own values were chosen.
    #[graphql(complexity = "20 + child_complexity")]
    async fn people_facets(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whom to count; null: everybody.")] filter: Option<PeopleFilterInput>,
    ) -> Result<Vec<PeopleFacet>> {
        let filter = filter.unwrap_or_default().into();
        let reader = ctx.reader();
        let mut facets = Vec::new();
        for kind in [
            FacetKind::Unit,
            FacetKind::Role,
            FacetKind::Location,
            FacetKind::Language,
            FacetKind::Skill,
        ] {
            let values = queries::facet(&reader, &filter, kind).await?;
            facets.push(PeopleFacet::new(kind, values));
        }
        Ok(facets)
    }
}

/// Root part of profiles for writing.
#[derive(Default)]
pub struct ProfilesMutation;

#[Object]
impl ProfilesMutation {
    /// Changes what the viewer says about the own contact, languages and skills.
    async fn profile_details_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What changes; what is not given stays as it is.")]
        input: ProfileDetailsUpdateInput,
    ) -> Result<ProfilePayload> {
        let done =
            commands::profile_details_update(ctx.database(), ctx.viewer(), input.into()).await;
        payload(ctx, done).await
    }

    /// Endorses a skill of somebody, or takes that back.
    async fn skill_endorse(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Skill, and whether it is to be endorsed.")] input: SkillEndorseInput,
    ) -> Result<ProfilePayload> {
        let SkillEndorseInput {
            person_id,
            skill,
            is_endorsed,
        } = input;
        let viewer = ctx.viewer();
        let done =
            commands::skill_endorse(ctx.database(), viewer, person_id, &skill, is_endorsed).await;
        payload(ctx, done).await
    }
}

async fn payload(ctx: &Context<'_>, done: kernel::Result<PersonId>) -> Result<ProfilePayload> {
    let (person, user_errors) = split(done)?;
    let profile = match person {
        Some(person) => Some(queries::profile(&ctx.reader(), person).await?.into()),
        None => None,
    };
    Ok(ProfilePayload {
        profile,
        user_errors,
    })
}
