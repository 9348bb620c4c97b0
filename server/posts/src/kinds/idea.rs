//! Idea: collects votes; moderators say what becomes of it.

use kernel::{Problem, Timestamp};

use super::{Addition, Kind};
use crate::model::{IdeaState, NewPost};

pub(super) struct Idea;

#[async_trait::async_trait]
impl Kind for Idea {
    fn check(&self, _new: &NewPost, _from: Timestamp, _problems: &mut Vec<Problem>) -> Addition {
        Addition {
            idea: Some(IdeaState::Open),
            ..Addition::default()
        }
    }
}
