//! Batches of a request: whatever is asked for at the same time costs one statement.

use std::collections::HashMap;

use content::ReactionTotal;
use kernel::{ConversationId, MessageId, PersonId, Result};
use platform::Reader;
use platform::graphql::Loader;

use crate::model::{
    ConversationView, MessageView, OwnView, ReceiptView, RevisionView, ScheduledView,
};
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
loader!(/// What of conversations is the viewer's own.
    OwnByConversation, ConversationId, OwnView, queries::own_by_conversation);
loader!(/// How far others have read.
    ReceiptsByConversation, ConversationId, Vec<ReceiptView>, queries::receipts);
loader!(/// What the viewer has half written.
    DraftByConversation, ConversationId, String, queries::drafts);
loader!(/// What of the viewer's waits to be sent.
    ScheduledByConversation, ConversationId, Vec<ScheduledView>, queries::scheduled);
loader!(/// Reactions to messages the viewer may read.
    ReactionsByMessage, MessageId, Vec<ReactionTotal>, queries::reactions);
loader!(/// Earlier texts of messages the viewer may read.
    RevisionsByMessage, MessageId, Vec<RevisionView>, queries::revisions);
loader!(/// Numbers of answers.
    AnswersByMessage, MessageId, i64, queries::thread_counts);
loader!(/// Messages the viewer may read.
    MessageById, MessageId, MessageView, queries::messages_by_id);
loader!(/// Names of the others.
    TitleByConversation, ConversationId, String, queries::titles);
