//! GraphQL of this room: the viewer's list, and everything live that concerns the viewer.

mod choices;
mod inbox;
mod mutation;
mod objects;
mod query;

pub use choices::{
    NotificationChoice, NotificationChoicesPayload, NotificationHouse, NotificationHousePayload,
    NotificationRhythm, NotificationRhythmPayload,
};
pub use inbox::{
    ConversationReadEvent, InboxEvent, MembershipChangedEvent, MessageEvent, NotificationEvent,
    NotificationsSubscription, UnreadChangedEvent,
};
pub use objects::{Notification, NotificationConnection, NotificationEdge, notification};

use async_graphql::{MergedObject, Request};
use platform::Reader;
use platform::graphql::loader;

use crate::loaders::NotificationById;

/// Queries of this room.
#[derive(MergedObject, Default)]
pub struct NotificationsQuery(query::ListQuery, choices::ChoicesQuery);

/// Mutations of this room.
#[derive(MergedObject, Default)]
pub struct NotificationsMutation(mutation::ListMutation, choices::ChoicesMutation);

/// Adds the loaders of this room to a request.
pub fn request_data(request: Request, reader: &Reader) -> Request {
    let reader = reader.clone();
    request.data(loader(NotificationById { reader }))
}
