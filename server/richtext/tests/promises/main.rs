//! What the crate promises, seen from outside.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod cleaning;
mod hostile;
mod html_check;
mod mentions;
mod properties;
mod real_text;
mod rendering;
mod scripts;
