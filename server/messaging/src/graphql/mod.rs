//! GraphQL of this room: conversations and messages of the viewer.

mod inputs;
mod mutation;
mod objects;
mod query;

pub use mutation::MessagingMutation;
pub use objects::{
    Conversation, ConversationConnection, ConversationEdge, Message, MessageConnection,
    MessageEdge, MessageReceipt, MessageRevision, ScheduledMessage, conversation, message,
};
pub use query::MessagingQuery;

use async_graphql::Request;
use platform::Reader;
use platform::graphql::loader;

use crate::loaders::{
    AnswersByMessage, ConversationById, DraftByConversation, MembersByConversation, MessageById,
    OwnByConversation, ReactionsByMessage, ReceiptsByConversation, RevisionsByMessage,
    ScheduledByConversation, TitleByConversation,
};

/// Adds the loaders of this room to a request.
pub fn request_data(request: Request, reader: &Reader) -> Request {
    let reader = || reader.clone();
    request
        .data(loader(ConversationById { reader: reader() }))
        .data(loader(MembersByConversation { reader: reader() }))
        .data(loader(MessageById { reader: reader() }))
        .data(loader(TitleByConversation { reader: reader() }))
        .data(loader(OwnByConversation { reader: reader() }))
        .data(loader(ReceiptsByConversation { reader: reader() }))
        .data(loader(DraftByConversation { reader: reader() }))
        .data(loader(ScheduledByConversation { reader: reader() }))
        .data(loader(ReactionsByMessage { reader: reader() }))
        .data(loader(RevisionsByMessage { reader: reader() }))
        .data(loader(AnswersByMessage { reader: reader() }))
}
