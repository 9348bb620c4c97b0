//! Writes: lines are told by the consumer ([`tell`], [`tell_all`], [`take_back`]) and marked by
//! their owner ([`mark`]); people and the house choose which news come how ([`choose`]).

mod choose;
mod mark;
mod tell;

pub use choose::{choose, end_email, forget_choices, set_default, set_house, set_rhythm};
pub use mark::{Which, mark};
pub(crate) use tell::{Notice, take_back, tell, tell_all};
