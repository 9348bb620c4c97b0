//! The merged GraphQL roots. A room adds its part here and nowhere else.

use async_graphql::{MergedObject, MergedSubscription, Request, Schema};
use platform::{Database, LiveHub, Reader};

use crate::node::NodeQuery;
use crate::server_health::HealthQuery;

/// Root of all reads.
#[derive(MergedObject, Default)]
pub struct Query(
    NodeQuery,
    identity::IdentityQuery,
    directory::DirectoryQuery,
    profiles::ProfilesQuery,
    communities::CommunitiesQuery,
    audiences::AudiencesQuery,
    content::ContentQuery,
    posts::PostsQuery,
    experts::ExpertsQuery,
    feeds::FeedsQuery,
    notifications::NotificationsQuery,
    messaging::MessagingQuery,
    dispatches::DispatchesQuery,
    deliveries::DeliveriesQuery,
    reorganisations::ReorganisationsQuery,
    HealthQuery,
);

/// Root of all writes.
#[derive(MergedObject, Default)]
pub struct Mutation(
    identity::IdentityMutation,
    directory::DirectoryMutation,
    profiles::ProfilesMutation,
    communities::CommunitiesMutation,
    audiences::AudiencesMutation,
    content::ContentMutation,
    posts::PostsMutation,
    feeds::FeedsMutation,
    notifications::NotificationsMutation,
    messaging::MessagingMutation,
    dispatches::DispatchesMutation,
    deliveries::DeliveriesMutation,
    reorganisations::ReorganisationsMutation,
);

/// Root of everything live.
#[derive(MergedSubscription, Default)]
pub struct Subscription(
    feeds::FeedsSubscription,
    notifications::NotificationsSubscription,
);

/// The schema of the server.
pub type LoggiaSchema = Schema<Query, Mutation, Subscription>;

/// Depth at which the executor stops whatever the gate let through.
const HARD_DEPTH: usize = 40;

/// Builds the schema; `extend` adds what resolvers share (caches, stores).
pub fn build(
    database: Database,
    hub: LiveHub,
    extend: impl FnOnce(Builder) -> Builder,
) -> LoggiaSchema {
    extend(builder().data(database).data(hub)).finish()
}

/// A schema under construction.
pub type Builder = async_graphql::SchemaBuilder<Query, Mutation, Subscription>;

fn builder() -> Builder {
    Schema::build(
        Query::default(),
        Mutation::default(),
        Subscription::default(),
    )
    .limit_depth(HARD_DEPTH)
    .disable_suggestions()
}

/// The loaders of all rooms, new for each request.
pub fn request_data(request: Request, reader: &Reader) -> Request {
    let request = identity::request_data(request, reader);
    let request = directory::request_data(request, reader);
    let request = communities::request_data(request, reader);
    let request = content::request_data(request, reader);
    let request = posts::request_data(request, reader);
    let request = feeds::request_data(request, reader);
    let request = notifications::request_data(request, reader);
    let request = messaging::request_data(request, reader);
    dispatches::request_data(request, reader)
}

/// The schema as text, as it stands in `schema.graphql`.
pub fn sdl() -> String {
    let options = async_graphql::SDLExportOptions::new()
        .sorted_fields()
        .sorted_arguments()
        .sorted_enum_items();
    builder().finish().sdl_with_options(options)
}
