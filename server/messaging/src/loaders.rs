//! Batches of a request: whatever is asked for at the same time costs one statement.

use std::collections::HashMap;

use kernel::{ConversationId, MessageId, PersonId, Result};
use platform::Reader;
use platform::graphql::Loader;

use crate::model::{ConversationView, MessageView};
use crate::queries;

macro_rules! loader {
    ($(#[$doc:meta])* $name:ident, $key:ty, $value:ty, $query:path) => {
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name {
            /// Reads for the viewer of the request.
            pub reader: Reader,
        }

        impl Loader<$key> for $name {
            type Value = $value;

            async fn load(&self, keys: &[$key]) -> Result<HashMap<$key, $value>> {
                $query(&self.reader, keys).await
            }
        }
    };
}

loader!(/// Conversations the viewer is in.
    ConversationById, ConversationId, ConversationView, queries::conversations_by_id);
loader!(/// People of conversations the viewer is in.
    MembersByConversation, ConversationId, Vec<PersonId>, queries::members);
loader!(/// Numbers of unread messages.
    UnreadByConversation, ConversationId, i64, queries::unread_by_conversation);
loader!(/// Messages the viewer may read.
    MessageById, MessageId, MessageView, queries::messages_by_id);
loader!(/// Names of the others.
    TitleByConversation, ConversationId, String, queries::titles);
