//! How far a person has read.
//!
//! A mark has two keys: what was published up to the `read` key is read; what was published up to
//! the `visit` key has been shown on an earlier visit. A person has one mark for everything (home)
//! and one for each community; the larger key counts.

use std::collections::HashMap;

use content::queries::timeline::Entry;
use kernel::id::made_at;
use kernel::{CommunityId, PersonId, Timestamp};
use uuid::Uuid;

/// One reading mark. Nil keys: nothing read yet.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Mark {
    /// Up to here all is read.
    pub read: Uuid,
    /// Up to here all has been shown on an earlier visit.
    pub visit: Uuid,
}

/// A person's marks: for everything, and for some communities.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks {
    /// The mark for everything.
    pub home: Mark,
    /// Marks of single communities.
    pub communities: HashMap<CommunityId, Mark>,
}

impl Marks {
    fn community(&self, id: CommunityId) -> Mark {
        self.communities.get(&id).copied().unwrap_or_default()
    }

    /// Up to here posts of the community are read.
    pub fn read_key(&self, community: CommunityId) -> Uuid {
        self.home.read.max(self.community(community).read)
    }

    /// Up to here posts of the community are not new.
    pub fn visit_key(&self, community: CommunityId) -> Uuid {
        self.home.visit.max(self.community(community).visit)
    }

    /// Whether a post is new to `viewer`: published after the last visit, by somebody else. Without
    /// any visit nothing is new. `Post.isNewToViewer` says the same.
    pub fn is_new(&self, entry: &Entry, viewer: Option<PersonId>) -> bool {
        let visit = self.visit_key(entry.community);
        !visit.is_nil() && entry.key > visit && viewer != Some(entry.author)
    }

    /// The moment after which posts are new, in a feed of one community or in any other one.
    pub fn new_since(&self, community: Option<CommunityId>) -> Option<Timestamp> {
        made_at(community.map_or(self.home.visit, |id| self.visit_key(id)))
    }
}

/// Unread posts in the viewer's communities, each counted up to [`super::COUNT_LIMIT`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HomeUnread {
    /// Unread posts that came after the last visit to the home feed.
    pub home: i64,
    /// Communities with unread posts and how many.
    pub communities: Vec<(CommunityId, i64)>,
}

/// What takes back "mark all read".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UndoToken(pub Uuid);
