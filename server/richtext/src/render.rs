//! From source text to [`Document`].

use std::cell::RefCell;

use comrak::{Arena, Node};
use serde::{Deserialize, Serialize};

use crate::blocks::{Composer, Facts, Flow};
use crate::excerpt::{DEFAULT_GRAPHEMES, cut};
use crate::guard;
use crate::limits::Limits;
use crate::mentions::{Mention, NoMentions, Resolved, Resolver};
use crate::parse::{parse, restore};
use crate::policy::apply;
use crate::writer::Writer;

/// Everything other rooms need to know about a text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Sanitised HTML.
    pub html: String,
    /// Text without any markup, one line per block.
    pub plain: String,
    /// First words of the plain text on one line.
    pub excerpt: String,
    /// Mentions that were resolved, each once, in order.
    pub mentions: Vec<Mention>,
    /// Topics in lower case, each once, in order.
    pub topics: Vec<String>,
    /// Addresses on other sites (`http`, `https`), each once, in order.
    pub links: Vec<String>,
}

/// How a document fits into the page around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenderOptions {
    /// Level of the highest heading, 1 to 6; lower ones follow.
    pub top_heading: u8,
    /// Whether a line end in a paragraph shows as one, as people writing a message expect.
    pub line_breaks: bool,
    /// Distinguishes the anchors of several documents on one page: `user-<scope>-<heading>`.
    pub anchor_scope: Option<String>,
}

impl Default for RenderOptions {
    /// Options of posts and replies: headings from `h3`, line ends kept.
    fn default() -> Self {
        Self {
            top_heading: 3,
            line_breaks: true,
            anchor_scope: None,
        }
    }
}

/// Renders a post or reply.
pub fn render(source: &str, resolver: &dyn Resolver) -> Document {
    render_with(source, resolver, &RenderOptions::default())
}

/// Renders a text with options.
pub fn render_with(source: &str, resolver: &dyn Resolver, options: &RenderOptions) -> Document {
    let facts = compose(source, resolver, options);
    Document {
        html: apply(&facts.html),
        excerpt: cut(&facts.plain, DEFAULT_GRAPHEMES),
        plain: facts.plain,
        mentions: facts.mentions,
        topics: facts.topics,
        links: facts.links,
    }
}

/// Returns the text without any markup, one line per block.
pub fn plain(source: &str) -> String {
    compose(source, &NoMentions, &RenderOptions::default()).plain
}

/// Returns the first words of the text on one line, at most `graphemes` graphemes and an ellipsis.
pub fn excerpt(source: &str, graphemes: usize) -> String {
    cut(&plain(source), graphemes)
}

/// Collects everybody who may be mentioned, each once, in order, to be looked up in one go.
///
/// Where a handle can be read in two ways (`@anna_`), both readings are listed.
pub fn find_mentions(source: &str) -> Vec<Mention> {
    let collector = Collector::default();
    compose(source, &collector, &RenderOptions::default());
    collector.found.into_inner()
}

/// Resolver that remembers what it was asked.
#[derive(Default)]
struct Collector {
    found: RefCell<Vec<Mention>>,
    seen: RefCell<std::collections::HashSet<Mention>>,
}

impl Collector {
    fn note(&self, mention: Mention) {
        if self.seen.borrow_mut().insert(mention.clone()) {
            self.found.borrow_mut().push(mention);
        }
    }
}

impl Resolver for Collector {
    fn person(&self, handle: &str) -> Option<Resolved> {
        self.note(Mention::Person {
            handle: handle.to_owned(),
        });
        None
    }

    fn community(&self, slug: &str) -> Option<Resolved> {
        self.note(Mention::Community {
            slug: slug.to_owned(),
        });
        None
    }
}

/// Parses once and writes HTML (not yet sanitised), plain text and facts in one walk.
fn compose(source: &str, resolver: &dyn Resolver, options: &RenderOptions) -> Facts {
    let limits = Limits::PAGE;
    let source = match source.char_indices().nth(limits.max_chars) {
        Some((end, _)) => &source[..end],
        None => source,
    };
    let acceptable = guard::check(source, limits.max_nesting).is_ok();
    let arena = Arena::new();
    match acceptable.then(|| parse(&arena, source)).flatten() {
        Some(root) => {
            let mut composer = Composer::new(resolver, options);
            composer.survey(root);
            walk(root, &mut composer);
            composer.finish()
        }
        None => unformatted(source),
    }
}

/// Visits the tree without recursion, however deep it is.
fn walk<'a>(root: Node<'a>, composer: &mut Composer<'_>) {
    let mut node = root;
    loop {
        if let (Flow::Descend, Some(child)) = (composer.enter(node), node.first_child()) {
            node = child;
            continue;
        }
        loop {
            composer.leave(node);
            if node.same_node(root) {
                return;
            }
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            match node.parent() {
                Some(parent) => node = parent,
                None => return,
            }
        }
    }
}

/// Shows a text as it was typed, for texts no parser should see.
fn unformatted(source: &str) -> Facts {
    let source = restore(source);
    let mut writer = Writer::default();
    for paragraph in source.split("\n\n").filter(|p| !p.trim().is_empty()) {
        let mark = writer.mark();
        writer.plain_break();
        writer.open("p", &[]);
        for (number, line) in paragraph.trim().lines().enumerate() {
            if number > 0 {
                writer.void("br", &[]);
                writer.plain_break();
            }
            writer.text(line);
        }
        writer.close_to(mark);
        writer.html_line();
    }
    let (html, plain) = writer.finish();
    Facts {
        html,
        plain,
        ..Facts::default()
    }
}
