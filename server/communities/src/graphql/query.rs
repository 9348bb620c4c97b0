//! Queries.

use async_graphql::{Context, Object, Result};
use kernel::{CommunityId, Error, PageArgs, PersonId};
use platform::ContextExt;

use crate::graphql::found;
use crate::graphql::members::{
    CommunityInvitation, CommunityMember, CommunityMemberConnection, JoinRequest,
    JoinRequestConnection,
};
use crate::graphql::objects::{Community, CommunityConnection};
use crate::model::{CommunityRole, CommunityScope};
use crate::queries::{self, CommunityFilter, MemberFilter};

/// Queries of communities.
#[derive(Debug, Default)]
pub struct CommunitiesQuery;

/// Queries of communities.
#[Object]
impl CommunitiesQuery {
    /// Community by id or by present or former slug; null when there is none the viewer may know of.
    async fn community(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Global id of the community.")] id: Option<CommunityId>,
        #[graphql(desc = "Present or former slug of the community.")] slug: Option<String>,
    ) -> Result<Option<Community>> {
        ctx.viewer().require_person()?;
        match (id, slug) {
            (Some(id), None) => super::visible_community(ctx, id).await,
            (None, Some(slug)) => found(
                queries::by_slug(&ctx.reader(), &slug)
                    .await
                    .map(Community::from),
            ),
            _ => Err(Error::invalid("id", "ID_OR_SLUG", "Give either id or slug.").into()),
        }
    }

    /// Communities in the order of their names.
    #[graphql(complexity = "1 + usize::try_from(first).unwrap_or(0) * child_complexity")]
    async fn communities(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Which communities to list.",
            default_with = "CommunityScope::All"
        )]
        scope: CommunityScope,
        #[graphql(desc = "Words the name or a topic must contain.")] query: Option<String>,
        #[graphql(desc = "Whether archived ones are listed too.", default = false)]
        include_archived: bool,
        #[graphql(desc = "Size of the page, 1 to 100.")] first: i32,
        #[graphql(desc = "Cursor of the item the page starts behind.")] after: Option<String>,
    ) -> Result<CommunityConnection> {
        ctx.viewer().require_person()?;
        let filter = CommunityFilter {
            scope,
            query: query.unwrap_or_default(),
            include_archived,
            member: None,
        };
        let page = PageArgs::forward(first, after)?;
        let listed = queries::list(&ctx.reader(), &filter, &page).await?;
        let page = Community::of_list(ctx, listed.page).await?;
        Ok(CommunityConnection::new(page, listed.total))
    }

    /// Communities a person is in, as far as the viewer may see their members, in the order of their names.
    #[graphql(complexity = "1 + usize::try_from(first).unwrap_or(0) * child_complexity")]
    async fn person_communities(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Person meant.")] person_id: PersonId,
        #[graphql(desc = "Size of the page, 1 to 100.")] first: i32,
        #[graphql(desc = "Cursor of the item the page starts behind.")] after: Option<String>,
    ) -> Result<CommunityConnection> {
        ctx.viewer().require_person()?;
        let filter = CommunityFilter {
            member: Some(person_id),
            ..CommunityFilter::default()
        };
        let page = PageArgs::forward(first, after)?;
        let listed = queries::list(&ctx.reader(), &filter, &page).await?;
        let page = Community::of_list(ctx, listed.page).await?;
        Ok(CommunityConnection::new(page, listed.total))
    }

    /// Members of a community, owners first; empty when the viewer may not read the community.
    #[graphql(complexity = "1 + usize::try_from(first).unwrap_or(0) * child_complexity")]
    async fn community_members(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Community meant.")] community_id: CommunityId,
        #[graphql(desc = "Words the person's name, handle or title must contain.")] query: Option<
            String,
        >,
        #[graphql(desc = "Only members with this role.")] role: Option<CommunityRole>,
        #[graphql(desc = "Size of the page, 1 to 100.")] first: i32,
        #[graphql(desc = "Cursor of the item the page starts behind.")] after: Option<String>,
    ) -> Result<CommunityMemberConnection> {
        let filter = MemberFilter {
            query: query.unwrap_or_default(),
            role,
        };
        let page = PageArgs::forward(first, after)?;
        let listed = queries::members(&ctx.reader(), community_id, &filter, &page).await?;
        let page = CommunityMember::of_list(ctx, listed.page).await?;
        Ok(CommunityMemberConnection::new(page, listed.total))
    }

    /// Open requests to join a community: all for its moderators, one's own for everybody else.
    #[graphql(complexity = "1 + usize::try_from(first).unwrap_or(0) * child_complexity")]
    async fn join_requests(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Community meant.")] community_id: CommunityId,
        #[graphql(desc = "Size of the page, 1 to 100.")] first: i32,
        #[graphql(desc = "Cursor of the item the page starts behind.")] after: Option<String>,
    ) -> Result<JoinRequestConnection> {
        let page = PageArgs::forward(first, after)?;
        let listed = queries::join_requests(&ctx.reader(), community_id, &page).await?;
        let page = JoinRequest::of_list(ctx, listed.page).await?;
        Ok(JoinRequestConnection::new(page, listed.total))
    }

    /// Invitations of the viewer that wait for an answer, newest first.
    async fn community_invitations(&self, ctx: &Context<'_>) -> Result<Vec<CommunityInvitation>> {
        let invitations = queries::invitations(&ctx.reader()).await?;
        Ok(invitations
            .into_iter()
            .map(CommunityInvitation::from)
            .collect())
    }
}
