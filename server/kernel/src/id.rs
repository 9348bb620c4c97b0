//! Typed ids. An id is a UUID v7 (RFC 9562, section 5.7), so it sorts by the time it was made.
//!
//! Outside the house an id is written `prefix_` followed by 32 hexadecimal digits. The prefix names
//! the type: an id of another type is an error, never a silent miss.

use std::fmt;
use std::str::FromStr;

use async_graphql::parser::types::Field;
use async_graphql::registry::Registry;
use async_graphql::{
    ContextSelectionSet, InputType, InputValueError, InputValueResult, OutputType, Positioned,
    ServerResult, Value,
};
use uuid::Uuid;

use crate::time::Timestamp;

/// A new UUID v7 whose time part is `at` (milliseconds) and whose rest is random.
pub fn uuid_at(at: Timestamp) -> Uuid {
    let millis = u64::try_from(at.micros() / 1000).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(millis, &rand::random()).into_uuid()
}

/// The largest UUID v7 that could have been made at `at`; for comparing keys with a moment.
pub fn last_uuid_at(at: Timestamp) -> Uuid {
    let millis = u64::try_from(at.micros() / 1000).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(millis, &[0xff; 10]).into_uuid()
}

/// The moment (milliseconds precise) at which a UUID v7 was made; `None` for other versions.
pub fn made_at(id: Uuid) -> Option<Timestamp> {
    let (seconds, nanos) = id.get_timestamp()?.to_unix();
    let micros = i64::try_from(seconds).ok()?.checked_mul(1_000_000)?;
    Some(Timestamp::from_micros(micros + i64::from(nanos / 1000)))
}

/// Why a text is not an id of the wanted type.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{text}' is not an id of type {expected}")]
pub struct InvalidId {
    /// What was wanted, for example `post`.
    pub expected: &'static str,
    /// What came, cut to 60 characters.
    pub text: String,
}

fn invalid(expected: &'static str, text: &str) -> InvalidId {
    InvalidId {
        expected,
        text: text.chars().take(60).collect(),
    }
}

fn parse_hex(hex: &str) -> Option<Uuid> {
    let canonical = hex.len() == 32 && hex.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    if canonical {
        Uuid::try_parse(hex).ok()
    } else {
        None
    }
}

/// An id of any type, for the few places that accept several (the `node` query, reactions).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct GlobalId {
    /// The type's prefix, for example `post`.
    pub prefix: String,
    /// The id itself.
    pub uuid: Uuid,
}

impl FromStr for GlobalId {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<Self, InvalidId> {
        let (prefix, hex) = text.rsplit_once('_').ok_or_else(|| invalid("any", text))?;
        let uuid = parse_hex(hex).ok_or_else(|| invalid("any", text))?;
        Ok(Self {
            prefix: prefix.to_owned(),
            uuid,
        })
    }
}

impl fmt::Display for GlobalId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}_{}", self.prefix, self.uuid.simple())
    }
}

/// Gives a type the GraphQL name `ID` with its own parsing and printing.
macro_rules! graphql_id {
    ($name:ident) => {
        impl InputType for $name {
            type RawValueType = Self;

            fn type_name() -> std::borrow::Cow<'static, str> {
                "ID".into()
            }

            fn create_type_info(registry: &mut Registry) -> String {
                <async_graphql::ID as InputType>::create_type_info(registry)
            }

            fn parse(value: Option<Value>) -> InputValueResult<Self> {
                match value {
                    Some(Value::String(text)) => text.parse().map_err(InputValueError::custom),
                    other => Err(InputValueError::expected_type(other.unwrap_or_default())),
                }
            }

            fn to_value(&self) -> Value {
                Value::String(self.to_string())
            }

            fn as_raw_value(&self) -> Option<&Self> {
                Some(self)
            }
        }

        impl OutputType for $name {
            fn type_name() -> std::borrow::Cow<'static, str> {
                "ID".into()
            }

            fn create_type_info(registry: &mut Registry) -> String {
                <async_graphql::ID as OutputType>::create_type_info(registry)
            }

            async fn resolve(
                &self,
                _ctx: &ContextSelectionSet<'_>,
                _field: &Positioned<Field>,
            ) -> ServerResult<Value> {
                Ok(Value::String(self.to_string()))
            }
        }
    };
}

graphql_id!(GlobalId);

macro_rules! typed_id {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(
            Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord,
            serde::Serialize, serde::Deserialize, sea_orm::DeriveValueType,
        )]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// The prefix of this type's ids as written outside.
            pub const PREFIX: &'static str = $prefix;

            /// A new id made at `at`.
            pub fn at(at: Timestamp) -> Self {
                Self(uuid_at(at))
            }

            /// The bare UUID.
            pub fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Uuid {
                id.0
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($prefix, "_{}"), self.0.simple())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, InvalidId> {
                text.strip_prefix(concat!($prefix, "_"))
                    .and_then(parse_hex)
                    .map(Self)
                    .ok_or_else(|| invalid($prefix, text))
            }
        }

        /// Ids are never numbers the database hands out.
        impl sea_orm::TryFromU64 for $name {
            fn try_from_u64(_: u64) -> Result<Self, sea_orm::DbErr> {
                Err(sea_orm::DbErr::ConvertFromU64(stringify!($name)))
            }
        }

        impl From<$name> for GlobalId {
            fn from(id: $name) -> Self {
                Self { prefix: $prefix.to_owned(), uuid: id.0 }
            }
        }

        impl From<&$name> for GlobalId {
            fn from(id: &$name) -> Self {
                Self::from(*id)
            }
        }

        graphql_id!($name);
    };
}

typed_id!(/// A person of the organisation.
    PersonId, "person");
typed_id!(/// A signed-in session (one device).
    SessionId, "session");
typed_id!(/// A personal access token.
    AccessTokenId, "token");
typed_id!(/// A community.
    CommunityId, "community");
typed_id!(/// A person's membership in a community.
    MembershipId, "membership");
typed_id!(/// A request to join a community.
    JoinRequestId, "joinrequest");
typed_id!(/// An invitation into a community.
    InvitationId, "invitation");
typed_id!(/// An audience kept under a name.
    AudienceId, "audience");
typed_id!(/// Anything written to be read, whatever its kind.
    ContentId, "content");
typed_id!(/// A post: the start of a thread.
    PostId, "post");
typed_id!(/// A reply in a thread.
    ReplyId, "reply");
typed_id!(/// An uploaded file.
    AttachmentId, "attachment");
typed_id!(/// A draft kept on the server.
    DraftId, "draft");
typed_id!(/// One option of a poll.
    PollOptionId, "option");
typed_id!(/// A line in a person's notification list.
    NotificationId, "notification");
typed_id!(/// A private conversation.
    ConversationId, "conversation");
typed_id!(/// A message in a conversation.
    MessageId, "message");
typed_id!(/// A message to be sent later.
    ScheduledMessageId, "scheduledmessage");
typed_id!(/// A unit of the organisation's tree.
    OrgUnitId, "unit");
typed_id!(/// A person's place in a unit.
    AssignmentId, "assignment");
typed_id!(/// A calendar of days on which nobody works.
    CalendarId, "calendar");
typed_id!(/// Standing in for the head of a unit.
    StandInId, "standin");
typed_id!(/// A time somebody is away.
    AbsenceId, "absence");
typed_id!(/// A message to everybody below a unit.
    DispatchId, "dispatch");
typed_id!(/// A message in the private exchange about a dispatch.
    DispatchMessageId, "dispatchmessage");
typed_id!(/// A dated right on the line, given by hand.
    LineGrantId, "linegrant");
typed_id!(/// A question up the line.
    LineQuestionId, "linequestion");
typed_id!(/// A look at somebody's personal data, as logged.
    PersonalLookId, "look");
typed_id!(/// A piece of news on its way to a person over one channel.
    DeliveryId, "delivery");
typed_id!(/// A letter or push that carries pieces of news to a person.
    LetterId, "letter");
typed_id!(/// A browser that takes pushes.
    PushDeviceId, "pushdevice");
typed_id!(/// A rehearsal of a reorganisation.
    ReorganisationId, "reorganisation");
typed_id!(/// One fact in the journal.
    EventId, "event");

impl From<PostId> for ContentId {
    fn from(id: PostId) -> Self {
        Self(id.0)
    }
}

impl From<ReplyId> for ContentId {
    fn from(id: ReplyId) -> Self {
        Self(id.0)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failing unwrap is the test's message")]

    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_id_of_another_type_is_refused() {
        let post = PostId::at(Timestamp::from_micros(1_700_000_000_000_000));
        assert_eq!(post.to_string().parse::<PostId>().unwrap(), post);
        assert!(post.to_string().parse::<ReplyId>().is_err());
    }

    #[test]
    fn an_id_remembers_its_moment() {
        let at = Timestamp::from_micros(1_700_000_000_123_000);
        assert_eq!(made_at(PostId::at(at).0), Some(at));
        assert!(PostId::at(at).0 <= last_uuid_at(at));
    }

    proptest! {
        #[test]
        fn parsing_never_panics(text in ".{0,80}") {
            let _ = text.parse::<PostId>();
            let _ = text.parse::<GlobalId>();
        }
    }
}
