//! Writes: news are lined up by the consumer ([`line_up`]), browsers are added and removed by their
//! owner, and one click in a letter ends letters of its sort.

mod devices;
mod keys;
mod line_up;
mod unsubscribe;

pub use devices::{add_device, remove_device};
pub(crate) use devices::{forget_device, note_use};
pub use keys::{PushKey, push_key};
pub(crate) use line_up::{Line, line_up};
pub(crate) use unsubscribe::make_token;
pub use unsubscribe::{Unsubscribe, read_token, unsubscribe};
