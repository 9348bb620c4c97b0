//! What this room announces. Scope is the one person concerned, or system where many are: who is on
//! the roll is read from the roll, never from the journal.
//!
//! - `dispatch.saved`, `dispatch.deleted`: the sender's draft changed.
//! - `dispatch.sent`: to everybody on the roll; `dispatch.joined`: to those added since, by batch.
//! - `dispatch.revised`: the text changed, with whether it has to be confirmed again.
//! - `dispatch.withdrawn`.
//! - `dispatch.seen`, `dispatch.acknowledged`: by one recipient.
//! - `dispatch.reminded`: one recipient is reminded; `dispatch.escalated`: one manager learns of some.
//! - `dispatch.answered`: a recipient wrote; `dispatch.replied`: the sender's side wrote to one.
//! - `line_grant.given`, `line_grant.revoked`; `personal.looked_at`.
//! - `line_question.asked`, `line_question.answered`.

use kernel::{
    DispatchId, Event, LineGrantId, LineQuestionId, NewEvent, PersonId, Scope, SubjectRef,
};
use serde_json::json;

/// A dispatch went out.
pub const SENT: &str = "dispatch.sent";
/// People were added to the roll by rule.
pub const JOINED: &str = "dispatch.joined";
/// The text changed.
pub const REVISED: &str = "dispatch.revised";
/// It was withdrawn.
pub const WITHDRAWN: &str = "dispatch.withdrawn";
/// A recipient is reminded.
pub const REMINDED: &str = "dispatch.reminded";
/// A manager learns of some who are overdue.
pub const ESCALATED: &str = "dispatch.escalated";
/// A recipient wrote to the sender's side.
pub const ANSWERED: &str = "dispatch.answered";
/// The sender's side wrote to a recipient.
pub const REPLIED: &str = "dispatch.replied";
/// A recipient confirmed.
pub const ACKNOWLEDGED: &str = "dispatch.acknowledged";
/// A recipient opened it.
pub const SEEN: &str = "dispatch.seen";

/// Somebody asked up the line; the person is who is asked.
pub const QUESTION_ASKED: &str = "line_question.asked";
/// A question up the line was answered; the person is who asked.
pub const QUESTION_ANSWERED: &str = "line_question.answered";

/// The one person an event of this room concerns.
pub fn person(event: &Event) -> Option<PersonId> {
    event.payload_uuid("person").map(PersonId)
}

/// Whether a changed text has to be confirmed again.
pub fn is_material(event: &Event) -> bool {
    event
        .payload
        .get("material")
        .and_then(serde_json::Value::as_bool)
        == Some(true)
}

/// Whether the unread count of this person may have changed. Who is on a roll is not in the journal: what
/// goes to many may concern anybody.
pub fn concerns(event: &Event, person: PersonId) -> bool {
    match event.kind.as_str() {
        SENT | JOINED | REVISED | WITHDRAWN => true,
        kind if kind.starts_with("dispatch.") => event.scope == Scope::Person(person),
        _ => false,
    }
}

fn subject(id: DispatchId) -> SubjectRef {
    SubjectRef::new(DispatchId::PREFIX, id)
}

fn hex(person: PersonId) -> String {
    person.uuid().simple().to_string()
}

/// Something about one dispatch that concerns one person.
pub(crate) fn personal(kind: &'static str, id: DispatchId, person: PersonId) -> NewEvent {
    NewEvent::new(kind, subject(id), Scope::Person(person)).with(json!({ "person": hex(person) }))
}

/// Something about one dispatch that concerns many.
pub(crate) fn wide(kind: &'static str, id: DispatchId, sender: PersonId) -> NewEvent {
    NewEvent::new(kind, subject(id), Scope::System).with(json!({ "sender": hex(sender) }))
}

pub(crate) fn joined(id: DispatchId, sender: PersonId, batch: i32) -> NewEvent {
    NewEvent::new(JOINED, subject(id), Scope::System)
        .with(json!({ "sender": hex(sender), "batch": batch }))
}

pub(crate) fn revised(id: DispatchId, sender: PersonId, is_material: bool) -> NewEvent {
    NewEvent::new(REVISED, subject(id), Scope::System)
        .with(json!({ "sender": hex(sender), "material": is_material }))
}

pub(crate) fn grant(kind: &'static str, id: LineGrantId, person: PersonId) -> NewEvent {
    let subject = SubjectRef::new(LineGrantId::PREFIX, id);
    NewEvent::new(kind, subject, Scope::Person(person)).with(json!({ "person": hex(person) }))
}

pub(crate) fn looked(id: DispatchId, what: &str) -> NewEvent {
    NewEvent::new("personal.looked_at", subject(id), Scope::System).with(json!({ "what": what }))
}

pub(crate) fn question(kind: &'static str, id: LineQuestionId, person: PersonId) -> NewEvent {
    let subject = SubjectRef::new(LineQuestionId::PREFIX, id);
    NewEvent::new(kind, subject, Scope::Person(person)).with(json!({ "person": hex(person) }))
}
