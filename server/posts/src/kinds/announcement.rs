//! Announcement: by moderators only; stays on top of each member's home feed until that member has
//! seen it, and counts how many have.

use kernel::{Problem, Timestamp};

use super::{Addition, Kind, Starter};
use crate::model::NewPost;

pub(super) struct Announcement;

#[async_trait::async_trait]
impl Kind for Announcement {
    fn starter(&self) -> Starter {
        Starter::Moderator
    }

    fn check(&self, _new: &NewPost, _from: Timestamp, _problems: &mut Vec<Problem>) -> Addition {
        Addition {
            counts_views: true,
            ..Addition::default()
        }
    }
}
