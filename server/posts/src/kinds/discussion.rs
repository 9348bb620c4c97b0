//! Discussion: a text and its replies, nothing else.

use kernel::{Problem, Timestamp};

use super::{Addition, Kind};
use crate::model::NewPost;

pub(super) struct Discussion;

#[async_trait::async_trait]
impl Kind for Discussion {
    fn check(&self, _new: &NewPost, _from: Timestamp, _problems: &mut Vec<Problem>) -> Addition {
        Addition::default()
    }
}
