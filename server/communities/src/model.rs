//! Plain types of this room: what a community is, who is in it, and what the rules are called.

use identity::NotificationLevel;
use kernel::{CommunityId, InvitationId, JoinRequestId, MembershipId, PersonId, Timestamp};
use uuid::Uuid;

/// Largest number of characters of a name.
pub const MAX_NAME: usize = 80;
/// Largest number of characters of a description.
pub const MAX_DESCRIPTION: usize = 5_000;
/// Largest number of characters of the message of a join request.
pub const MAX_MESSAGE: usize = 1_000;
/// Most topics of one community.
pub const MAX_TOPICS: usize = 10;
/// Most people of one invitation.
pub const MAX_INVITED: usize = 100;
/// Longest slug, its ending included.
pub const MAX_SLUG: usize = 64;
/// Number of cover colours.
pub const COVER_COLORS: u32 = 12;

/// Gives an enum its stored text.
macro_rules! stored_as {
    ($name:ident { $($variant:ident = $text:literal),+ $(,)? }) => {
        impl $name {
            /// All values, in the order they are declared.
            pub const ALL: [Self; [$($text),+].len()] = [$(Self::$variant),+];

            /// As stored.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text),+
                }
            }

            /// Reads what `as_str` wrote.
            ///
            /// # Errors
            /// Any other text is a fault of the stored data.
            pub fn parse(text: &str) -> kernel::Result<Self> {
                match text {
                    $($text => Ok(Self::$variant),)+
                    _ => Err(kernel::Error::bug(concat!("unknown ", stringify!($name), " in the database"))),
                }
            }
        }
    };
}

/// Who may know of a community and read what is written there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, async_graphql::Enum)]
pub enum CommunityVisibility {
    /// Anybody in the organisation reads.
    Public,
    /// Members read; everybody sees that it exists.
    Private,
    /// Members read; nobody else knows of it, except those who are invited.
    Secret,
}

stored_as!(CommunityVisibility { Public = "public", Private = "private", Secret = "secret" });

/// How one becomes a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, async_graphql::Enum)]
pub enum CommunityJoining {
    /// Whoever sees it may join.
    Open,
    /// A moderator decides.
    Request,
    /// Only by invitation.
    InviteOnly,
}

stored_as!(CommunityJoining { Open = "open", Request = "request", InviteOnly = "invite_only" });

/// Who may start threads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, async_graphql::Enum)]
pub enum CommunityPosting {
    /// Every member.
    Everybody,
    /// Moderators and owners; every member may reply.
    Moderators,
}

stored_as!(CommunityPosting { Everybody = "everybody", Moderators = "moderators" });

/// What a member may do. Ordered: each role may do what the one before may. The stored texts sort
/// the same way, which the order of member lists relies on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, async_graphql::Enum)]
pub enum CommunityRole {
    /// Writes and reads.
    Member,
    /// Also admits people, removes members and looks after what is written.
    Moderator,
    /// Also decides about the community itself and about roles.
    Owner,
}

stored_as!(CommunityRole { Member = "member", Moderator = "moderator", Owner = "owner" });

/// Which communities a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, async_graphql::Enum)]
pub enum CommunityScope {
    /// Communities the viewer is in.
    Mine,
    /// Visible ones the viewer is not in.
    Discover,
    /// All visible ones.
    All,
}

/// A community as whoever may see it sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct CommunityView {
    /// Its id.
    pub id: CommunityId,
    /// Its present name in addresses; former ones lead here too.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// What it is about, as Markdown.
    pub description: String,
    /// The same as sanitised HTML.
    pub description_html: String,
    /// Who may know of it and read.
    pub visibility: CommunityVisibility,
    /// How one becomes a member.
    pub joining: CommunityJoining,
    /// Who may start threads.
    pub posting: CommunityPosting,
    /// Whether the network's administrators vouch for it.
    pub is_official: bool,
    /// Whether it is the one everybody is in.
    pub is_all_company: bool,
    /// 0 to 11, drawn from the name.
    pub cover_color: i32,
    /// Topics without `#`, in canonical spelling.
    pub topics: Vec<String>,
    /// Number of members, deactivated people included.
    pub member_count: i64,
    /// Who created it.
    pub created_by: PersonId,
    /// When it was created.
    pub created_at: Timestamp,
    /// When its settings last changed.
    pub updated_at: Timestamp,
    /// When it was archived, if it is.
    pub archived_at: Option<Timestamp>,
    pub(crate) sort_key: String,
}

/// A person's membership.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MembershipView {
    /// Its id.
    pub id: MembershipId,
    /// The community.
    pub community_id: CommunityId,
    /// The person.
    pub person_id: PersonId,
    /// What the person may do there.
    pub role: CommunityRole,
    /// Whether its posts stay out of the person's home feed.
    pub is_muted: bool,
    /// The person's own choice here; none means the person's general setting.
    pub notification_level: Option<NotificationLevel>,
    /// Member since.
    pub since: Timestamp,
}

/// Somebody's wish to join.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JoinRequestView {
    /// Its id.
    pub id: JoinRequestId,
    /// The community.
    pub community_id: CommunityId,
    /// Who wishes to join.
    pub person_id: PersonId,
    /// Why, in the person's words; may be empty.
    pub message: String,
    /// Since when.
    pub created_at: Timestamp,
}

/// An invitation that waits for an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvitationView {
    /// Its id.
    pub id: InvitationId,
    /// The community.
    pub community_id: CommunityId,
    /// Who is invited.
    pub person_id: PersonId,
    /// By whom.
    pub invited_by: PersonId,
    /// Since when.
    pub created_at: Timestamp,
}

/// What a new community is to be.
#[derive(Debug, Clone)]
pub struct NewCommunity {
    /// Made by the client: repeating the call gives the same community.
    pub client_id: Option<Uuid>,
    /// Name, unchecked.
    pub name: String,
    /// Markdown, unchecked; may be empty.
    pub description: String,
    /// Who may know of it and read.
    pub visibility: CommunityVisibility,
    /// How one becomes a member.
    pub joining: CommunityJoining,
    /// Who may start threads.
    pub posting: CommunityPosting,
    /// Topics, unchecked.
    pub topics: Vec<String>,
}

impl NewCommunity {
    /// A public, open community with nothing but a name.
    pub fn named(name: impl Into<String>) -> Self {
        Self {
            client_id: None,
            name: name.into(),
            description: String::new(),
            visibility: CommunityVisibility::Public,
            joining: CommunityJoining::Open,
            posting: CommunityPosting::Everybody,
            topics: Vec::new(),
        }
    }
}

/// What is to change about a community; `None` keeps what is there.
#[derive(Debug, Clone, Default)]
pub struct CommunityChange {
    /// New name.
    pub name: Option<String>,
    /// New description.
    pub description: Option<String>,
    /// New visibility.
    pub visibility: Option<CommunityVisibility>,
    /// New way of joining.
    pub joining: Option<CommunityJoining>,
    /// New rule for starting threads.
    pub posting: Option<CommunityPosting>,
    /// New topics.
    pub topics: Option<Vec<String>>,
    /// New name in addresses; without it a new name brings its own.
    pub slug: Option<String>,
}

/// Somebody to be made a member by [`crate::commands::join_many`].
#[derive(Debug, Clone, Copy)]
pub struct NewMember {
    /// Who.
    pub person: PersonId,
    /// As what.
    pub role: CommunityRole,
    /// Since when.
    pub since: Timestamp,
}

/// How a person wants to hear of a community; for those who send notifications.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MemberLevel {
    /// The member.
    pub person_id: PersonId,
    /// As what.
    pub role: CommunityRole,
    /// Whether the community is muted.
    pub is_muted: bool,
    /// The person's choice here or else the person's general setting.
    pub level: NotificationLevel,
}

/// The colour a name brings: stable on every machine (FNV-1a).
pub fn cover_color(name: &str) -> i32 {
    let hash = name.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    i32::try_from(hash % COVER_COLORS).unwrap_or(0)
}

/// A name as it is sorted and searched: folded, letters and digits only, at most 200 bytes.
pub fn sort_key(name: &str) -> String {
    let start: String = name.chars().take(4 * MAX_NAME).collect();
    let folded = identity::fold(&start);
    let words = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    let mut key = String::new();
    for c in words
        .flat_map(|word| std::iter::once(' ').chain(word.chars()))
        .skip(1)
    {
        if key.len() + c.len_utf8() > 200 {
            break;
        }
        key.push(c);
    }
    key
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failing unwrap is the test's message")]

    use super::*;
    use proptest::prelude::*;

    #[test]
    fn stored_roles_sort_as_roles_do() {
        for (low, high) in [
            (CommunityRole::Member, CommunityRole::Moderator),
            (CommunityRole::Moderator, CommunityRole::Owner),
        ] {
            assert!(low < high && low.as_str() < high.as_str());
        }
    }

    #[test]
    fn stored_texts_round_trip() {
        for v in CommunityVisibility::ALL {
            assert_eq!(CommunityVisibility::parse(v.as_str()).unwrap(), v);
        }
        for j in CommunityJoining::ALL {
            assert_eq!(CommunityJoining::parse(j.as_str()).unwrap(), j);
        }
        assert!(CommunityRole::parse("king").is_err());
    }

    #[test]
    fn a_sort_key_has_words_and_nothing_else() {
        assert_eq!(sort_key("  IT | Über-Team! "), "it uber team");
        assert_eq!(sort_key("!!!"), "");
    }

    proptest! {
        #[test]
        fn keys_and_colours_stay_in_bounds(name in ".{0,200}") {
            prop_assert!(sort_key(&name).len() <= 200);
            prop_assert!(!sort_key(&name).contains('|'));
            prop_assert!((0..12).contains(&cover_color(&name)));
        }
    }
}
