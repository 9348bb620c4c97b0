//! Question: one of the replies can be marked as the best answer, by the asker or a moderator. The
//! thread keeps the mark, so that it goes with the reply.

use kernel::{Problem, Timestamp};

use super::{Addition, Kind};
use crate::model::NewPost;

pub(super) struct Question;

#[async_trait::async_trait]
impl Kind for Question {
    fn takes_answers(&self) -> bool {
        true
    }

    fn check(&self, _new: &NewPost, _from: Timestamp, _problems: &mut Vec<Problem>) -> Addition {
        Addition::default()
    }
}
