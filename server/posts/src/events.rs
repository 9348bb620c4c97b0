//! Facts this crate announces, beside those `content` announces for every content (`post.published`,
//! `post.edited`, `post.closed`, `post.moved`, …).
//!
//! - `post.pinned`, `post.unpinned`;
//! - `post.changed`: an idea's state, with `idea_state` in the payload;
//! - `post.counters`: votes changed;
//! - `announcement.seen`: for the person alone.
//!
//! Payloads are objects and name the post's `author`. What a kind adds to `post.published` and
//! `post.created` is [`details`]: `post_kind`, and where there are any `praised` and `shared_from`.
//! Ids are bare hexadecimal.

use content::{Content, PostKind};
use kernel::{NewEvent, PersonId, PostId, Scope};
use serde_json::{Map, Value, json};

/// What a kind tells with the event of its publication.
pub(crate) fn details(kind: PostKind, praised: &[PersonId], shared_from: Option<PostId>) -> Value {
    let mut details = Map::new();
    details.insert("post_kind".into(), kind.as_str().into());
    if !praised.is_empty() {
        let people = praised.iter().map(|id| id.0.simple().to_string().into());
        details.insert("praised".into(), Value::Array(people.collect()));
    }
    if let Some(original) = shared_from {
        details.insert("shared_from".into(), original.0.simple().to_string().into());
    }
    Value::Object(details)
}

fn about(kind: &'static str, post: &Content, more: Value) -> NewEvent {
    let scope = match post.community {
        Some(community) if post.state.is_public_to_audience() => Scope::Community(community),
        _ => Scope::Person(post.author),
    };
    let mut payload = json!({ "author": post.author.0.simple().to_string() });
    if let (Value::Object(payload), Value::Object(more)) = (&mut payload, more) {
        payload.extend(more);
    }
    NewEvent::new(kind, post.subject(), scope)
        .in_root(post.root)
        .with(payload)
}

/// The post was pinned, or is not any more.
pub(crate) fn pinned(post: &Content, pinned: bool) -> NewEvent {
    let kind = if pinned {
        "post.pinned"
    } else {
        "post.unpinned"
    };
    about(kind, post, Value::Null)
}

/// Something about the post changed that is not its text.
pub(crate) fn changed(post: &Content, more: Value) -> NewEvent {
    about("post.changed", post, more)
}

/// Votes of the post changed.
pub(crate) fn counters(post: &Content) -> NewEvent {
    about("post.counters", post, Value::Null)
}

/// A person has seen the announcement.
pub(crate) fn seen(post: &Content, person: PersonId) -> NewEvent {
    NewEvent::new("announcement.seen", post.subject(), Scope::Person(person)).in_root(post.root)
}
