//! Root fields for reading.

use async_graphql::{Context, Object};
use kernel::{Error, OrganisationRole, PageArgs, PersonId};
use platform::ContextExt as _;

use super::{Person, PersonConnection, Viewer, person_if_visible};
use crate::queries::{self, PeopleFilter};

/// Queries about people and the viewer.
#[derive(Default)]
pub struct IdentityQuery;

/// Queries about people and the viewer.
#[Object]
impl IdentityQuery {
    /// Person who asks; null when nobody is signed in.
    async fn viewer(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Viewer>> {
        Viewer::load(ctx).await
    }

    /// One person, by id or by handle.
    async fn person(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Global id of the person.")] id: Option<PersonId>,
        #[graphql(desc = "Handle of the person, with or without the sign.")] handle: Option<String>,
    ) -> async_graphql::Result<Option<Person>> {
        ctx.viewer().require_person()?;
        match (id, handle) {
            (Some(id), None) => person_if_visible(ctx, id).await,
            (None, Some(handle)) => {
                let found = queries::person_by_handle(&ctx.reader(), &handle).await?;
                Ok(found.map(Person::from))
            }
            _ => {
                let message = "Give either id or handle.";
                Err(Error::invalid("id", "ONE_OF_REQUIRED", message).into())
            }
        }
    }

    /// People in the order of their names.
    async fn people(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Words that name, handle or title contain.")] query: Option<String>,
        #[graphql(desc = "Only people of this role.")] role: Option<OrganisationRole>,
        #[graphql(desc = "Also people who may no longer sign in.", default = false)]
        include_deactivated: bool,
        #[graphql(desc = "Size of the page, 1 to 100.")] first: i32,
        #[graphql(desc = "Cursor to start behind.")] after: Option<String>,
    ) -> async_graphql::Result<PersonConnection> {
        ctx.viewer().require_person()?;
        let args = PageArgs::forward(first, after)?;
        let filter = PeopleFilter {
            query,
            role,
            include_deactivated,
        };
        let reader = ctx.reader();
        let page = queries::people(&reader, &filter, &args).await?;
        let total = if ctx.look_ahead().field("totalCount").exists() {
            queries::count_people(&reader, &filter).await?
        } else {
            0
        };
        Ok(PersonConnection::new(page.map(Person::from), total))
    }
}
