//! What this room announces. Scope is the one person concerned, or system where many are: who is on
//! the roll is read from the roll, never from the journal.
//!
//! - `dispatch.saved`, `dispatch.deleted`: the sender's draft changed.
//! - `dispatch.sent`: to everybody on the roll; `dispatch.joined`: to those added since, by batch.
//! - `dispatch.revised`: the text changed, with whether it has to be confirmed again.
//! - `dispatch.withdrawn`.
//! - `dispatch.seen`, `dispatch.acknowledged`: by one recipient.
//! - `dispatch.reminded`: one recipient is reminded, by the house or because the sender asked for it
//!   (`dispatch.remind_asked`); with `urgent` in its payload when an urgent one comes back, see [`is_urgent`].
//! - `dispatch.escalated`: one manager learns of some; payload `step` (`overdue`, `escalation`), `count`.
//! - `dispatch.reckoned`: deadlines of many are due to be reckoned anew.
//! - `dispatch.answered`: a recipient wrote; `dispatch.replied`: the sender's side wrote to one.
//! - `line_grant.given`, `line_grant.revoked`; `personal.looked_at`.
//! - `line_policy.set`, `line_policy.removed`: what a unit allows urgent dispatches.
//! - `line_question.asked`: to who was asked; `line_question.answered`: to who asked.

use kernel::{
    DispatchId, Event, LineGrantId, LineQuestionId, NewEvent, OrgUnitId, PersonId, Scope,
    SubjectRef,
};
use serde_json::json;

use crate::model::StepKind;

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
/// The sender asked for a reminder of all who are overdue.
pub const REMIND_ASKED: &str = "dispatch.remind_asked";
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

/// Whether a reminder is an urgent dispatch that comes back. Whom it may reach through quiet hours is told by
/// [`crate::passes_quiet_hours`].
pub fn is_urgent(event: &Event) -> bool {
    event
        .payload
        .get("urgent")
        .and_then(serde_json::Value::as_bool)
        == Some(true)
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

/// An urgent dispatch comes back to one who has not confirmed it.
pub(crate) fn repeated(id: DispatchId, person: PersonId) -> NewEvent {
    let payload = json!({ "person": hex(person), "urgent": true });
    NewEvent::new(REMINDED, subject(id), Scope::Person(person)).with(payload)
}

/// A manager learns of some who are overdue; `kind` says at which step.
pub(crate) fn escalated(id: DispatchId, manager: PersonId, kind: StepKind, count: i64) -> NewEvent {
    let payload = json!({ "person": hex(manager), "step": kind.as_str(), "count": count });
    NewEvent::new(ESCALATED, subject(id), Scope::Person(manager)).with(payload)
}

/// Deadlines are due to be reckoned anew; the subject is what changed.
pub(crate) fn reckoned(subject: SubjectRef) -> NewEvent {
    NewEvent::new("dispatch.reckoned", subject, Scope::System)
}

/// A unit's policy for urgent dispatches changed.
pub(crate) fn policy(kind: &'static str, unit: OrgUnitId) -> NewEvent {
    NewEvent::new(
        kind,
        SubjectRef::new(OrgUnitId::PREFIX, unit),
        Scope::System,
    )
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
