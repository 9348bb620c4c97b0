//! Plain types of this room.

mod choices;

pub use choices::{
    Choice, EmailTiming, House, NotificationCategory, Rhythm, RhythmChange, is_minute,
};

use kernel::{
    CommunityId, DispatchId, Error, LineQuestionId, NotificationId, PersonId, PostId, ReplyId,
    Result, Timestamp,
};
use uuid::Uuid;

/// People named by a notification; how many there are beyond them is its count.
pub const MAX_SHOWN: usize = 5;
/// People a bundle remembers, so that each is counted once.
pub const MAX_REMEMBERED: usize = 50;
/// Unread notifications are counted up to here; the client shows "99+" from then on.
pub const MAX_UNREAD: u64 = 100;
/// Most ids that are marked by one call.
pub const MAX_MARKED: usize = 1_000;
/// In larger communities a mention of the community reaches owners and moderators only.
pub const MAX_MENTIONED_MEMBERS: i64 = 1_000;

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)+) => {
        /// What a notification tells.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, async_graphql::Enum)]
        pub enum NotificationKind { $($(#[$doc])* $name,)+ }

        impl NotificationKind {
            /// All kinds.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// As stored.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)+ }
            }

            /// Reads what `as_str` wrote.
            ///
            /// # Errors
            /// Any other text is a fault of the stored data.
            pub fn parse(text: &str) -> Result<Self> {
                match text {
                    $($text => Ok(Self::$name),)+
                    _ => Err(Error::bug("unknown notification kind in the database")),
                }
            }
        }
    };
}

kinds! {
    /// Somebody mentioned the person.
    Mention = "mention",
    /// Somebody mentioned a community the person follows closely.
    CommunityMention = "community_mention",
    /// Somebody replied in a thread the person follows.
    Reply = "reply",
    /// Somebody reacted to what the person wrote.
    Reaction = "reaction",
    /// A reply of the person became the best answer.
    BestAnswer = "best_answer",
    /// Somebody praised the person.
    Praise = "praise",
    /// News of a community's moderators.
    Announcement = "announcement",
    /// A new post in a community the person follows closely.
    NewPost = "new_post",
    /// Somebody wishes to join a community the person moderates.
    JoinRequest = "join_request",
    /// The person was admitted.
    JoinApproved = "join_approved",
    /// The person was not admitted.
    JoinDeclined = "join_declined",
    /// The person is invited into a community.
    Invitation = "invitation",
    /// The person has another role in a community.
    RoleChanged = "role_changed",
    /// An idea of the person, or one the person voted for, has another state.
    IdeaState = "idea_state",
    /// A thread the person follows was closed.
    ThreadClosed = "thread_closed",
    /// The person still has to confirm a dispatch.
    DispatchReminder = "dispatch_reminder",
    /// People below the person have not confirmed a dispatch in time.
    DispatchOverdue = "dispatch_overdue",
    /// A recipient answered a dispatch of the person.
    DispatchAnswer = "dispatch_answer",
    /// The sender of a dispatch wrote to the person.
    DispatchReply = "dispatch_reply",
    /// Somebody asks the person a question up the line.
    LineQuestion = "line_question",
    /// A question of the person up the line was answered.
    LineAnswer = "line_answer",
}

impl NotificationKind {
    /// Whether it is told once for its subject, whatever happens later. Other kinds come again after
    /// they were read, and gather people until then.
    pub fn is_once(self) -> bool {
        matches!(
            self,
            Self::Mention
                | Self::CommunityMention
                | Self::BestAnswer
                | Self::Praise
                | Self::Announcement
                | Self::NewPost
        )
    }

    /// What people choose together.
    pub fn category(self) -> NotificationCategory {
        use NotificationCategory as Category;
        match self {
            Self::Mention | Self::CommunityMention => Category::Mention,
            Self::Reply => Category::Reply,
            Self::Reaction => Category::Reaction,
            Self::BestAnswer | Self::Praise => Category::Recognition,
            Self::Announcement => Category::Announcement,
            Self::NewPost => Category::NewPost,
            Self::JoinRequest
            | Self::JoinApproved
            | Self::JoinDeclined
            | Self::Invitation
            | Self::RoleChanged => Category::Membership,
            Self::IdeaState | Self::ThreadClosed => Category::Thread,
            Self::DispatchReminder | Self::DispatchOverdue => Category::Dispatch,
            Self::DispatchAnswer | Self::DispatchReply | Self::LineQuestion | Self::LineAnswer => {
                Category::Line
            }
        }
    }

    /// Notifications about the same subject share one line until it is read.
    pub fn bundle(self, subject: impl Into<Uuid>) -> String {
        format!("{}:{}", self.as_str(), subject.into().simple())
    }
}

/// A line of a person's list, as the person may see it at this moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotificationView {
    /// Its id; a line that rises gets a new one.
    pub id: NotificationId,
    /// What it tells.
    pub kind: NotificationKind,
    /// Who did it, the latest first, at most [`MAX_SHOWN`].
    pub actors: Vec<PersonId>,
    /// How many did it.
    pub actor_count: i32,
    /// The post it is about or in whose thread it happened.
    pub post: Option<PostId>,
    /// The reply it is about.
    pub reply: Option<ReplyId>,
    /// The community it is about.
    pub community: Option<CommunityId>,
    /// The dispatch it is about.
    pub dispatch: Option<DispatchId>,
    /// The question up the line it is about.
    pub question: Option<LineQuestionId>,
    /// First words of what it is about; empty when there is no text.
    pub excerpt: String,
    /// When the latest of it happened.
    pub created_at: Timestamp,
    /// When it was read.
    pub read_at: Option<Timestamp>,
}

/// What changed by marking.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marked {
    /// Lines whose state changed, newest first; at most [`MAX_MARKED`] are named.
    pub changed: Vec<NotificationId>,
}

/// Who did it, as stored: the latest first.
pub(crate) fn actors_to_text(actors: &[PersonId]) -> String {
    let ids: Vec<String> = actors.iter().map(|id| id.0.simple().to_string()).collect();
    serde_json::Value::from(ids).to_string()
}

/// Reads what [`actors_to_text`] wrote.
pub(crate) fn actors_from_text(text: &str) -> Result<Vec<PersonId>> {
    let ids: Vec<Uuid> = serde_json::from_str(text)?;
    Ok(ids.into_iter().map(PersonId).collect())
}

/// First bytes of the keys that one event's notifications get: its moment, then its number, so that
/// within one moment what happened later stands higher. The rest is random.
pub(crate) fn key_prefix(at: Timestamp, sequence: i64) -> [u8; 10] {
    let millis = u64::try_from(at.micros() / 1000).unwrap_or(0).to_be_bytes();
    let number = sequence.to_be_bytes();
    let (high, middle, low) = (number[5], number[6], number[7]);
    let mut key = [0; 10];
    key[..6].copy_from_slice(&millis[2..]);
    key[6] = 0x70 | (high >> 4);
    key[7] = (high << 4) | (middle >> 4);
    key[8] = 0x80 | ((middle & 0x0f) << 2) | (low >> 6);
    key[9] = low << 2;
    key
}

/// A whole key with this prefix.
pub(crate) fn key(prefix: [u8; 10], at: Timestamp) -> NotificationId {
    let mut bytes = *NotificationId::at(at).0.as_bytes();
    bytes[..10].copy_from_slice(&prefix);
    NotificationId(Uuid::from_bytes(bytes))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failing unwrap is the test's message")]

    use super::*;

    #[test]
    fn every_kind_round_trips_as_text() {
        for kind in NotificationKind::ALL {
            assert_eq!(NotificationKind::parse(kind.as_str()).unwrap(), *kind);
        }
        assert!(NotificationKind::parse("poke").is_err());
    }

    #[test]
    fn actors_round_trip_as_text() {
        let actors = [PersonId(Uuid::from_u128(2)), PersonId(Uuid::from_u128(1))];
        assert_eq!(actors_from_text(&actors_to_text(&actors)).unwrap(), actors);
        assert!(actors_from_text("").is_err());
    }

    #[test]
    fn keys_sort_by_moment_then_by_number_and_are_of_version_7() {
        let at = Timestamp::from_millis(1_767_603_600_000);
        let numbers = [
            0, 1, 63, 64, 65, 4_095, 4_096, 70_000, 1_048_576, 16_777_215,
        ];
        let keys: Vec<NotificationId> = numbers
            .into_iter()
            .map(|number| key(key_prefix(at, number), at))
            .collect();
        assert!(keys.is_sorted());
        let later = key(
            key_prefix(Timestamp::from_micros(at.micros() + 1_000), 0),
            at,
        );
        assert!(keys.iter().all(|key| *key < later));
        for key in keys {
            assert_eq!(key.0.get_version_num(), 7);
            assert_eq!(key.0.get_variant(), uuid::Variant::RFC4122);
            assert_eq!(kernel::id::made_at(key.0), Some(at));
        }
    }
}
