//! Writes: lines are told by the consumer ([`tell`], [`tell_all`], [`take_back`]) and marked by
//! their owner ([`mark`]).

mod mark;
mod tell;

pub use mark::{Which, mark};
pub(crate) use tell::{Notice, take_back, tell, tell_all};
