//! The `node` query: any object by its global id, through the same doors as everywhere else.

use async_graphql::{Context, Interface, Object, Result};
use kernel::GlobalId;

/// Something with a global id.
#[derive(Interface)]
#[graphql(field(
    name = "id",
    ty = "GlobalId",
    desc = "Global id: a prefix that names the type, and 32 hexadecimal digits."
))]
pub enum Node {
    /// A person.
    Person(identity::graphql::Person),
    /// A unit of the organisation.
    OrgUnit(directory::graphql::OrgUnit),
    /// A community.
    Community(communities::graphql::Community),
    /// An audience kept under a name.
    Audience(audiences::graphql::Audience),
    /// A request to join.
    JoinRequest(communities::graphql::JoinRequest),
    /// An invitation.
    CommunityInvitation(communities::graphql::CommunityInvitation),
    /// A post.
    Post(posts::graphql::Post),
    /// A reply.
    Reply(content::graphql::Reply),
    /// An uploaded file.
    Attachment(content::graphql::Attachment),
    /// A draft of one's own.
    Draft(content::graphql::Draft),
    /// A notification of one's own.
    Notification(notifications::graphql::Notification),
    /// A conversation one is in.
    Conversation(messaging::graphql::Conversation),
    /// A message in a conversation one is in.
    Message(messaging::graphql::Message),
    /// A dispatch one sees.
    Dispatch(dispatches::graphql::Dispatch),
}

/// Root part for objects by id.
#[derive(Default)]
pub struct NodeQuery;

#[Object]
impl NodeQuery {
    /// Object by its global id; null when it does not exist or may not be seen.
    async fn node(&self, ctx: &Context<'_>, id: GlobalId) -> Result<Option<Node>> {
        let uuid = id.uuid;
        Ok(match id.prefix.as_str() {
            "person" => identity::graphql::person_if_visible(ctx, uuid.into())
                .await?
                .map(Node::Person),
            "unit" => directory::graphql::org_unit(ctx, uuid.into())
                .await?
                .map(Node::OrgUnit),
            "community" => communities::graphql::visible_community(ctx, uuid.into())
                .await?
                .map(Node::Community),
            "audience" => audiences::graphql::audience(ctx, uuid.into())
                .await?
                .map(Node::Audience),
            "joinrequest" => communities::graphql::join_request(ctx, uuid.into())
                .await?
                .map(Node::JoinRequest),
            "invitation" => communities::graphql::invitation(ctx, uuid.into())
                .await?
                .map(Node::CommunityInvitation),
            "post" => posts::graphql::post(ctx, uuid.into())
                .await?
                .map(Node::Post),
            "reply" => content::graphql::reply(ctx, uuid.into())
                .await?
                .map(Node::Reply),
            "attachment" => content::graphql::attachment(ctx, uuid.into())
                .await?
                .map(Node::Attachment),
            "notification" => notifications::graphql::notification(ctx, uuid.into())
                .await?
                .map(Node::Notification),
            "dispatch" => dispatches::graphql::dispatch(ctx, uuid.into())
                .await?
                .map(Node::Dispatch),
            "message" => messaging::graphql::message(ctx, uuid.into())
                .await?
                .map(Node::Message),
            "draft" => content::graphql::draft(ctx, uuid.into())
                .await?
                .map(Node::Draft),
            "conversation" => messaging::graphql::conversation(ctx, uuid.into())
                .await?
                .map(Node::Conversation),
            _ => None,
        })
    }
}
