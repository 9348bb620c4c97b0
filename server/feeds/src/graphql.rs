//! Feeds in the GraphQL schema: arguments in, domain calls, views out. No rule stands here.

mod connection;
mod inputs;
mod live;
mod mutation;
mod query;
mod unread;

use async_graphql::Request;
use platform::Reader;

pub use connection::{FeedConnection, FeedEdge, FeedReason};
pub use inputs::{
    FeedMarkReadInput, FeedMarkReadUndoInput, FeedScopeInput, FeedVisitInput, TypingInput,
};
pub use live::{
    CaughtUpEvent, FeedEvent, FeedsSubscription, PresenceEvent, ReloadRequiredEvent, TypingEvent,
};
pub use mutation::{DonePayload, FeedMarkReadPayload, FeedsMutation};
pub use query::FeedsQuery;
pub use unread::{CommunityUnread, UnreadCounts};

/// Adds this room's loaders to a request. It has none: a feed is loaded as a whole.
pub fn request_data(request: Request, _reader: &Reader) -> Request {
    request
}
