//! Facts this crate announces.
//!
//! `post.created` (not yet published; for its author), `post.published`, `post.edited`,
//! `post.deleted`, `post.moved`, `post.closed`, `post.reopened`, `post.changed`, `post.expired`,
//! `post.archived`, `post.restored`, `post.scheduled`, `post.returned`, the same with `reply.`;
//! `reaction.added`, `reaction.removed`, `thread.subscribed`, `topic.followed`, `topic.unfollowed`,
//! `draft.saved`, `draft.deleted`, `attachment.uploaded`, `attachment.removed`,
//! `link_card.fetched`. Payloads are objects; ids in them are bare hexadecimal.

use kernel::{ContentState, NewEvent, PersonId, Scope, SubjectRef};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::commands::Text;
use crate::model::{Content, ContentKind};

/// What can happen to a piece of content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verb {
    Created,
    Published,
    Edited,
    Deleted,
    Scheduled,
    Returned,
    Expired,
    Archived,
    Restored,
    Moved,
    Closed,
    Reopened,
    Changed,
}

fn kind(kind: ContentKind, verb: Verb) -> &'static str {
    match (kind, verb) {
        (ContentKind::Post, Verb::Created) => "post.created",
        (ContentKind::Post, Verb::Published) => "post.published",
        (ContentKind::Post, Verb::Edited) => "post.edited",
        (ContentKind::Post, Verb::Deleted) => "post.deleted",
        (ContentKind::Post, Verb::Scheduled) => "post.scheduled",
        (ContentKind::Post, Verb::Returned) => "post.returned",
        (ContentKind::Post, Verb::Expired) => "post.expired",
        (ContentKind::Post, Verb::Archived) => "post.archived",
        (ContentKind::Post, Verb::Restored) => "post.restored",
        (ContentKind::Post, Verb::Moved) => "post.moved",
        (ContentKind::Post, Verb::Closed) => "post.closed",
        (ContentKind::Post, Verb::Reopened) => "post.reopened",
        (ContentKind::Post, Verb::Changed) => "post.changed",
        (ContentKind::Reply, Verb::Created) => "reply.created",
        (ContentKind::Reply, Verb::Published) => "reply.published",
        (ContentKind::Reply, Verb::Edited) => "reply.edited",
        (ContentKind::Reply, Verb::Deleted) => "reply.deleted",
        (ContentKind::Reply, Verb::Scheduled) => "reply.scheduled",
        (ContentKind::Reply, Verb::Returned) => "reply.returned",
        (ContentKind::Reply, Verb::Expired) => "reply.expired",
        (ContentKind::Reply, Verb::Archived) => "reply.archived",
        (ContentKind::Reply, Verb::Restored) => "reply.restored",
        (ContentKind::Reply, Verb::Moved) => "reply.moved",
        (ContentKind::Reply, Verb::Closed) => "reply.closed",
        (ContentKind::Reply, Verb::Reopened) => "reply.reopened",
        (ContentKind::Reply, Verb::Changed) => "reply.changed",
    }
}

/// Who may learn of what happens to content in this state.
pub(crate) fn audience(content: &Content, state: ContentState) -> Scope {
    let reached = state.is_public_to_audience() || state == ContentState::Deleted;
    match content.community {
        Some(community) if reached => Scope::Community(community),
        _ => Scope::Person(content.author),
    }
}

/// A fact about content, for those who saw it in state `seen`, with the author in its details.
pub(crate) fn about(
    content: &Content,
    verb: Verb,
    seen: ContentState,
    details: &Value,
) -> NewEvent {
    let mut payload = Map::new();
    payload.insert("author".into(), hex(content.author.0));
    if let Some(parent) = content.parent {
        payload.insert("parent".into(), hex(parent.0));
    }
    if let Value::Object(more) = details {
        payload.extend(more.clone());
    }
    NewEvent::new(
        kind(content.kind, verb),
        content.subject(),
        audience(content, seen),
    )
    .in_root(content.root)
    .imported(content.imported && verb == Verb::Published)
    .with(Value::Object(payload))
}

/// The fact that content was written, or published at once.
pub(crate) fn inserted(content: &Content, text: &Text, details: &Value) -> NewEvent {
    let verb = if content.state.is_public_to_audience() {
        Verb::Published
    } else {
        Verb::Created
    };
    let mut event = about(content, verb, content.state, details).imported(content.imported);
    if !text.people.is_empty() {
        event.payload["mentioned"] = people(&text.people);
    }
    event
}

/// Ids as they stand in payloads.
pub(crate) fn people(ids: &[PersonId]) -> Value {
    Value::Array(ids.iter().map(|id| hex(id.0)).collect())
}

/// An id as it stands in payloads.
pub(crate) fn hex(id: Uuid) -> Value {
    Value::String(id.simple().to_string())
}

/// The fact that somebody reacted, or took it back.
pub(crate) fn reaction(content: &Content, emoji: &str, added: bool) -> NewEvent {
    let kind = if added {
        "reaction.added"
    } else {
        "reaction.removed"
    };
    NewEvent::new(kind, content.subject(), audience(content, content.state))
        .in_root(content.root)
        .with(json!({ "emoji": emoji, "author": hex(content.author.0) }))
}

/// The fact that an importer brought a reaction; the house did it, so the person is in the details.
pub(crate) fn imported_reaction(content: &Content, emoji: &str, person: PersonId) -> NewEvent {
    let mut event = reaction(content, emoji, true).imported(true);
    event.payload["person"] = hex(person.0);
    event
}

/// A fact only one person needs to learn of.
pub(crate) fn personal(kind: &'static str, subject: SubjectRef, person: PersonId) -> NewEvent {
    NewEvent::new(kind, subject, Scope::Person(person))
}
