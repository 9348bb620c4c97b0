//! What an event of the journal means for a feed, before anybody's rights are asked.

use kernel::{CommunityId, Cursor, Event, PersonId, Position, PostId, ReplyId, Result};

/// What happens to a feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// A post came.
    Published(PostId),
    /// A post's text, state or place changed.
    Changed(PostId),
    /// A post went away.
    Removed(PostId),
    /// A post went from one community to another.
    Moved {
        /// The post.
        post: PostId,
        /// Where it was.
        from: CommunityId,
    },
    /// Reactions, votes or the number of replies of a post changed.
    Counters(PostId),
    /// A reply came.
    ReplyPublished(PostId, ReplyId),
    /// A reply's text or state changed.
    ReplyChanged(PostId, ReplyId),
    /// Somebody is writing in a thread.
    Typing(PostId, PersonId),
    /// All that was missed has been handed over.
    CaughtUp,
    /// Too much was missed.
    ReloadRequired,
}

impl Change {
    /// The post it is about.
    pub fn post(self) -> Option<PostId> {
        match self {
            Self::Published(post)
            | Self::Changed(post)
            | Self::Removed(post)
            | Self::Moved { post, .. }
            | Self::Counters(post)
            | Self::ReplyPublished(post, _)
            | Self::ReplyChanged(post, _)
            | Self::Typing(post, _) => Some(post),
            Self::CaughtUp | Self::ReloadRequired => None,
        }
    }
}

/// A change and its place in the journal, which is its cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// Its place.
    pub position: Position,
    /// What happens.
    pub change: Change,
}

/// What an event means for feeds; `None` when nothing. What an importer brings in is old: it stands in
/// the feed where it belongs and does not come as news.
pub fn change_of(event: &Event) -> Option<Change> {
    if event.imported {
        return None;
    }
    let subject_post = PostId(event.subject.id);
    let root = || event.root.map(PostId);
    let reply = ReplyId(event.subject.id);
    Some(match event.kind.as_str() {
        "post.published" | "post.restored" => Change::Published(subject_post),
        "post.edited" | "post.closed" | "post.reopened" | "post.pinned" | "post.unpinned"
        | "post.changed" => Change::Changed(subject_post),
        "post.deleted" | "post.expired" | "post.archived" => Change::Removed(subject_post),
        "post.moved" => Change::Moved {
            post: subject_post,
            from: CommunityId(event.payload_uuid("from")?),
        },
        "post.counters" => Change::Counters(subject_post),
        "reaction.added" | "reaction.removed" if event.subject.kind == ReplyId::PREFIX => {
            Change::ReplyChanged(root()?, reply)
        }
        "reaction.added" | "reaction.removed" => Change::Counters(subject_post),
        "reply.published" => Change::ReplyPublished(root()?, reply),
        "reply.edited" | "reply.deleted" | "reply.changed" => Change::ReplyChanged(root()?, reply),
        _ => return None,
    })
}

/// Leaves of several changes of one post's counters only the last, at its place; all else stays, in
/// order. What is left out is no loss: a client that stops before the last one gets that again.
pub fn coalesce(mut steps: Vec<Step>) -> Vec<Step> {
    let mut counted = std::collections::HashSet::new();
    let mut kept = Vec::with_capacity(steps.len());
    while let Some(step) = steps.pop() {
        let repeats = match step.change {
            Change::Counters(post) => !counted.insert((post.0, false)),
            Change::ReplyChanged(_, reply) => !counted.insert((reply.0, true)),
            _ => false,
        };
        if !repeats {
            kept.push(step);
        }
    }
    kept.reverse();
    kept
}

/// A place in the journal as clients see it.
pub fn encode_cursor(position: Position) -> String {
    Cursor::parts(&["j", &position.to_string()]).encode()
}

/// Reads what [`encode_cursor`] wrote.
///
/// # Errors
/// `INVALID_CURSOR` for anything else.
pub fn decode_cursor(text: &str) -> Result<Position> {
    match Cursor::decode(text)?.as_parts()? {
        ["j", position] => position.parse(),
        _ => Err(kernel::page::invalid_cursor()),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failing unwrap is the test's message")]

    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn post(number: u128) -> PostId {
        PostId(Uuid::from_u128(number))
    }

    fn step(sequence: i64, change: Change) -> Step {
        let position = Position {
            transaction: 0,
            sequence,
        };
        Step { position, change }
    }

    #[test]
    fn a_burst_of_reactions_is_one_change() {
        let steps = vec![
            step(1, Change::Published(post(1))),
            step(2, Change::Counters(post(1))),
            step(3, Change::Counters(post(2))),
            step(4, Change::Changed(post(1))),
            step(5, Change::Counters(post(1))),
        ];
        let kept: Vec<i64> = coalesce(steps)
            .iter()
            .map(|step| step.position.sequence)
            .collect();
        assert_eq!(kept, [1, 3, 4, 5]);
    }

    proptest! {
        #[test]
        fn coalescing_keeps_order_and_everything_that_is_no_repeat(
            kinds in prop::collection::vec((0_u8..3, 0_u128..3), 0..40),
        ) {
            let change = |(kind, number): (u8, u128)| match kind {
                0 => Change::Published(post(number)),
                1 => Change::Removed(post(number)),
                _ => Change::Counters(post(number)),
            };
            let steps: Vec<Step> =
                kinds.into_iter().zip(1..).map(|(kind, n)| step(n, change(kind))).collect();
            let kept = coalesce(steps.clone());
            prop_assert!(kept.windows(2).all(|pair| pair[0].position < pair[1].position));
            for step in &steps {
                let later = steps.iter().any(|other| {
                    other.change == step.change && other.position > step.position
                });
                let may_go = matches!(step.change, Change::Counters(_)) && later;
                prop_assert_eq!(kept.contains(step), !may_go);
            }
        }

        #[test]
        fn cursors_round_trip_and_others_are_refused(
            transaction in 0_i64..i64::MAX,
            sequence in 0_i64..i64::MAX,
            text in ".{0,60}",
        ) {
            let position = Position { transaction, sequence };
            prop_assert_eq!(decode_cursor(&encode_cursor(position)).unwrap(), position);
            prop_assert!(decode_cursor(&Cursor::parts(&["f", &text]).encode()).is_err());
            let _ = decode_cursor(&text);
        }
    }
}
