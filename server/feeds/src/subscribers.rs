//! What this room does when others announce: reading starts where somebody comes in, and live feeds.

mod live;
mod start;
mod step;

pub use live::Follower;
pub use start::StartReading;
pub use step::{Change, Step, change_of, coalesce, decode_cursor, encode_cursor};
