//! Markdown that people write, turned into safe HTML and into the facts other rooms need.
//!
//! Pure: no database, no network, no clock. Three promises hold for every input, however hostile:
//!
//! 1. Nothing panics and nothing takes more than (nearly) linear time: [`clean`] refuses what is
//!    too long or too deep before any parser sees it, [`render`] repeats that check for texts that
//!    never went through [`clean`], gives the parser a budget of steps, and falls back to plain
//!    escaped paragraphs.
//! 2. [`Document::html`] leaves the sanitiser as its last step (the policy of [`sanitize`]): a fixed list of
//!    elements and attributes, links to `http`, `https`, `mailto` and paths of this site only,
//!    pictures from `/media/` only.
//! 3. Mentions and topics are found in the text nodes of the parsed document, never by searching
//!    HTML, so code and links stay untouched.
//!
//! Deliberately not here: looking people up (the caller does, through [`Resolver`]) and colouring
//! code (the client may).

mod blocks;
mod clean;
mod excerpt;
mod guard;
mod html_blocks;
mod inlines;
mod limits;
mod mentions;
mod parse;
mod policy;
mod raw_html;
mod render;
mod slug;
mod urls;
mod words;
mod writer;

pub use clean::{clean, clean_line};
pub use limits::{Limits, TextProblem};
pub use mentions::{Mention, NoMentions, Resolved, Resolver};
pub use policy::sanitize;
pub use render::{Document, RenderOptions, excerpt, find_mentions, plain, render, render_with};
pub use slug::slugify;
pub use writer::escape_html;
