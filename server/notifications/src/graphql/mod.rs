//! GraphQL of this room: the viewer's list, and everything live that concerns the viewer.

mod inbox;
mod mutation;
mod objects;
mod query;

pub use inbox::{
    ConversationReadEvent, InboxEvent, MembershipChangedEvent, MessageEvent, NotificationEvent,
    NotificationsSubscription, UnreadChangedEvent,
};
pub use mutation::NotificationsMutation;
pub use objects::{Notification, NotificationConnection, NotificationEdge, notification};
pub use query::NotificationsQuery;

use async_graphql::Request;
use platform::Reader;
use platform::graphql::loader;

use crate::loaders::NotificationById;

/// Adds the loaders of this room to a request.
pub fn request_data(request: Request, reader: &Reader) -> Request {
    let reader = reader.clone();
    request.data(loader(NotificationById { reader }))
}
