//! What this room announces. All of it has scope system: nobody reads it from the journal; live
//! delivery goes by the list of `members` in the payload, which never grows after the fact.
//!
//! - `conversation.created`: subject conversation; members are its people.
//! - `message.sent`: subject message, root conversation; members are all people of the conversation.
//! - `message.changed`: subject message, root conversation; its text, its reactions, or that it was
//!   deleted; members are all people of the conversation.
//! - `conversation.read`: subject conversation; members are who may know of it: who has read, and
//!   the others where receipts are shown.
//! - `conversation.own`: subject conversation; a member's own things there (muted, draft, messages
//!   to be sent later); the only member is whose they are.

use kernel::{ConversationId, Event, MessageId, NewEvent, PersonId, Scope, SubjectRef};
use serde_json::json;
use uuid::Uuid;

/// A conversation came to be.
pub const CREATED: &str = "conversation.created";
/// Somebody wrote.
pub const SENT: &str = "message.sent";
/// A message is not what it was.
pub const CHANGED: &str = "message.changed";
/// Somebody has read up to the newest message.
pub const READ: &str = "conversation.read";
/// A member's own things in a conversation changed.
pub const OWN: &str = "conversation.own";

const MEMBERS: &str = "members";

fn system(kind: &'static str, subject: SubjectRef, members: &[PersonId]) -> NewEvent {
    let members: Vec<String> = members.iter().map(|id| id.0.simple().to_string()).collect();
    NewEvent::new(kind, subject, Scope::System).with(json!({ MEMBERS: members }))
}

fn subject(conversation: ConversationId) -> SubjectRef {
    SubjectRef::new(ConversationId::PREFIX, conversation)
}

pub(crate) fn created(conversation: ConversationId, members: &[PersonId]) -> NewEvent {
    system(CREATED, subject(conversation), members)
}

pub(crate) fn sent(
    conversation: ConversationId,
    message: MessageId,
    members: &[PersonId],
) -> NewEvent {
    let subject = SubjectRef::new(MessageId::PREFIX, message);
    system(SENT, subject, members).in_root(conversation)
}

pub(crate) fn changed(
    conversation: ConversationId,
    message: MessageId,
    members: &[PersonId],
) -> NewEvent {
    let subject = SubjectRef::new(MessageId::PREFIX, message);
    system(CHANGED, subject, members).in_root(conversation)
}

pub(crate) fn read(conversation: ConversationId, who_knows: &[PersonId]) -> NewEvent {
    system(READ, subject(conversation), who_knows)
}

pub(crate) fn own(conversation: ConversationId, person: PersonId) -> NewEvent {
    system(OWN, subject(conversation), &[person])
}

/// Whether an event of this room concerns the person. Being named here is not enough to see
/// anything: what is shown is read again through [`crate::queries`].
pub fn concerns(event: &Event, person: PersonId) -> bool {
    let members = event.payload.get(MEMBERS).and_then(|list| list.as_array());
    members.is_some_and(|list| {
        let ids = list
            .iter()
            .filter_map(|id| Uuid::try_parse(id.as_str()?).ok());
        ids.into_iter().any(|id| id == person.0)
    })
}
