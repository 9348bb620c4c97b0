//! What this room announces; nobody but operators follows it. Scope system, or the person concerned.
//!
//! - `delivery.planned`: news got a moment; payload `count`.
//! - `delivery.claimed`, `delivery.handing_over`, `delivery.settled`: steps of a letter, see
//!   [`crate::jobs`]; `settled` says how in `state`.
//! - `delivery.pruned`: old rows were removed.
//! - `push_device.added`, `push_device.removed`: a person's browsers; scope person.
//! - `delivery_key.made`: the server made itself a key.

use kernel::{DeliveryId, LetterId, NewEvent, PersonId, PushDeviceId, Scope, SubjectRef};
use serde_json::json;
use uuid::Uuid;

fn system(kind: &'static str) -> NewEvent {
    let subject = SubjectRef::new(DeliveryId::PREFIX, Uuid::nil());
    NewEvent::new(kind, subject, Scope::System)
}

fn letter(kind: &'static str, id: LetterId) -> NewEvent {
    NewEvent::new(kind, SubjectRef::new(LetterId::PREFIX, id), Scope::System)
}

pub(crate) fn planned(count: usize) -> NewEvent {
    system("delivery.planned").with(json!({ "count": count }))
}

pub(crate) fn claimed(count: usize) -> NewEvent {
    system("delivery.claimed").with(json!({ "count": count }))
}

pub(crate) fn handing_over(id: LetterId) -> NewEvent {
    letter("delivery.handing_over", id)
}

pub(crate) fn settled(id: LetterId, state: &str) -> NewEvent {
    letter("delivery.settled", id).with(json!({ "state": state }))
}

pub(crate) fn given_up(count: u64) -> NewEvent {
    system("delivery.settled").with(json!({ "state": "unknown", "count": count }))
}

pub(crate) fn pruned(count: u64) -> NewEvent {
    system("delivery.pruned").with(json!({ "count": count }))
}

pub(crate) fn device(kind: &'static str, id: PushDeviceId, person: PersonId) -> NewEvent {
    let subject = SubjectRef::new(PushDeviceId::PREFIX, id);
    NewEvent::new(kind, subject, Scope::Person(person))
}

pub(crate) fn key_made(name: &str) -> NewEvent {
    system("delivery_key.made").with(json!({ "name": name }))
}
