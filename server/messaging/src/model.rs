//! Plain types of this room, and the two rules that are pure: what makes two groups the same
//! conversation, and which key a message gets.

use kernel::id::{made_at, uuid_at};
use kernel::{AttachmentId, ConversationId, MessageId, PersonId, ScheduledMessageId, Timestamp};
use uuid::Uuid;

/// Fewest people of a conversation that somebody starts, oneself included.
pub const MIN_MEMBERS: usize = 2;
/// Most people of a conversation, oneself included.
pub const MAX_MEMBERS: usize = 50;
/// Unread messages are counted up to here; the client shows "99+" from then on.
pub const MAX_UNREAD: u64 = 100;
/// Most kinds of emoji under a message.
pub const MAX_EMOJI: i64 = 20;
/// Most messages somebody has waiting to be sent later, in all conversations together.
pub const MAX_SCHEDULED: i64 = 100;
/// How far ahead a message can be scheduled, in days.
pub const MAX_DAYS_AHEAD: i64 = 366;

/// A conversation as its members see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConversationView {
    /// Its id.
    pub id: ConversationId,
    /// Its newest message, if somebody has written.
    pub last_message: Option<MessageId>,
    /// When somebody last wrote, or when it was started.
    pub last_activity_at: Timestamp,
    /// When it was started.
    pub created_at: Timestamp,
    pub(crate) activity_key: Uuid,
}

/// A message as members of its conversation see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageView {
    /// Its id; messages of a conversation are in the order of their ids.
    pub id: MessageId,
    /// Where it was written.
    pub conversation_id: ConversationId,
    /// Who wrote it.
    pub author: PersonId,
    /// The message it answers; that one answers none itself.
    pub thread: Option<MessageId>,
    /// Text as written (Markdown); empty once it was deleted.
    pub source: String,
    /// Text as sanitised HTML.
    pub html: String,
    /// When it was sent.
    pub sent_at: Timestamp,
    /// Whether an importer brought it in.
    pub imported: bool,
    /// When its text was last changed.
    pub edited_at: Option<Timestamp>,
    /// When it was deleted; its place in the conversation stays.
    pub deleted_at: Option<Timestamp>,
}

/// An earlier text of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RevisionView {
    /// Text as it was written (Markdown).
    pub source: String,
    /// When another text took its place.
    pub replaced_at: Timestamp,
}

/// A message that waits to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScheduledView {
    /// Its id.
    pub id: ScheduledMessageId,
    /// Where to.
    pub conversation_id: ConversationId,
    /// The message it answers.
    pub thread: Option<MessageId>,
    /// Text as written (Markdown).
    pub source: String,
    /// When it is sent.
    pub send_at: Timestamp,
}

/// What of a conversation is a member's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OwnView {
    /// Messages not read yet, up to [`MAX_UNREAD`].
    pub unread: i64,
    /// Whether the member wants to hear nothing of it.
    pub is_muted: bool,
}

/// How far somebody has read, as the others of the conversation may know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReceiptView {
    /// Who.
    pub person: PersonId,
    /// Everything up to this message.
    pub read_up_to: MessageId,
}

/// A message to be sent.
#[derive(Debug, Clone)]
pub struct NewMessage {
    /// Id the client made for this attempt, as given.
    pub client_id: String,
    /// Where to.
    pub conversation_id: ConversationId,
    /// Markdown, not yet cleaned; may be empty beside files.
    pub body: String,
    /// The message it answers, or another answer to that one.
    pub thread: Option<MessageId>,
    /// The author's uploads, in order.
    pub files: Vec<AttachmentId>,
}

/// A message that was sent elsewhere.
#[derive(Debug, Clone)]
pub struct ImportedMessage {
    /// Who wrote it; one of the members.
    pub author: PersonId,
    /// Markdown, not yet cleaned.
    pub source: String,
    /// When it was sent where it came from.
    pub sent_at: Timestamp,
}

/// What tells groups apart: the same people are the same conversation, in whatever order.
/// The list is sorted and each person stands in it once.
pub(crate) fn member_key(members: &[PersonId]) -> String {
    let ids: Vec<String> = members.iter().map(|id| id.0.simple().to_string()).collect();
    ids.join(",")
}

/// Sorted, each once.
pub(crate) fn member_set(members: impl IntoIterator<Item = PersonId>) -> Vec<PersonId> {
    let set: std::collections::BTreeSet<PersonId> = members.into_iter().collect();
    set.into_iter().collect()
}

/// A key made at `at` that sorts behind `previous` whatever the clock says: two messages of one
/// millisecond, or of two nodes whose clocks differ, keep the order in which they were accepted.
pub(crate) fn key_after(previous: Option<Uuid>, at: Timestamp) -> Uuid {
    let fresh = uuid_at(at);
    match previous {
        Some(previous) if fresh <= previous => next_key(previous),
        _ => fresh,
    }
}

/// The random bits at the end of a UUID v7 that can be counted up without touching its variant.
const COUNTABLE: u128 = (1 << 62) - 1;

fn next_key(previous: Uuid) -> Uuid {
    let number = previous.as_u128();
    if number & COUNTABLE < COUNTABLE {
        return Uuid::from_u128(number + 1);
    }
    let at = made_at(previous).unwrap_or_default();
    uuid_at(Timestamp::from_micros(at.micros() + 1_000))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_one_moment_keep_their_order_and_their_time() {
        let at = Timestamp::from_millis(1_767_603_600_000);
        let mut previous = None;
        for _ in 0..200 {
            let key = key_after(previous, at);
            assert!(previous.is_none_or(|p| p < key));
            assert_eq!(made_at(key), Some(at));
            previous = Some(key);
        }
    }

    #[test]
    fn a_clock_that_goes_back_does_not_reorder() {
        let late = key_after(None, Timestamp::from_millis(2_000));
        assert!(key_after(Some(late), Timestamp::from_millis(1_000)) > late);
    }

    #[test]
    fn a_key_at_the_end_of_its_range_moves_to_the_next_moment() {
        let full = Uuid::from_u128(uuid_at(Timestamp::from_millis(5)).as_u128() | COUNTABLE);
        let next = next_key(full);
        assert!(next > full);
        assert_eq!(made_at(next), Some(Timestamp::from_millis(6)));
    }

    #[test]
    fn the_same_people_are_the_same_set() {
        let (a, b) = (PersonId(Uuid::from_u128(1)), PersonId(Uuid::from_u128(2)));
        assert_eq!(
            member_key(&member_set([b, a, b])),
            member_key(&member_set([a, b]))
        );
        assert_ne!(member_key(&[a]), member_key(&[a, b]));
    }
}
