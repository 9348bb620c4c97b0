//! Walks the parsed document: state, and the elements that structure it.

use std::collections::{HashMap, HashSet};

use comrak::Node;
use comrak::nodes::{ListType, NodeCodeBlock, NodeHeading, NodeList, NodeValue, TableAlignment};

use crate::mentions::{Mention, Resolver};
use crate::parse::restore;
use crate::policy::{ID_PREFIX, is_language};
use crate::render::RenderOptions;
use crate::writer::Writer;

const MAX_ANCHOR_CHARS: usize = 80;

/// Result of a walk.
#[derive(Debug, Default)]
pub(crate) struct Facts {
    pub(crate) html: String,
    pub(crate) plain: String,
    pub(crate) mentions: Vec<Mention>,
    pub(crate) topics: Vec<String>,
    pub(crate) links: Vec<String>,
}

/// Whether the children of a node are visited.
pub(crate) enum Flow {
    /// Visit the children.
    Descend,
    /// The node was written as a whole.
    Skip,
}

/// State of one walk.
pub(crate) struct Composer<'r> {
    pub(crate) writer: Writer,
    pub(crate) resolver: &'r dyn Resolver,
    pub(crate) options: &'r RenderOptions,
    pub(crate) facts: Facts,
    pub(crate) seen: HashSet<String>,
    pub(crate) linked_words: usize,
    /// One entry per node on the way down: open elements and flatness before it.
    frames: Vec<(usize, bool)>,
    anchors: Vec<String>,
    known_anchors: HashSet<String>,
    next_anchor: usize,
    highest_heading: u8,
    column: usize,
}

impl<'r> Composer<'r> {
    pub(crate) fn new(resolver: &'r dyn Resolver, options: &'r RenderOptions) -> Self {
        Self {
            writer: Writer::default(),
            resolver,
            options,
            facts: Facts::default(),
            seen: HashSet::new(),
            linked_words: 0,
            frames: Vec::new(),
            anchors: Vec::new(),
            known_anchors: HashSet::new(),
            next_anchor: 0,
            highest_heading: 6,
            column: 0,
        }
    }

    /// Looks at all headings first: their highest level and their anchors, which links earlier in
    /// the text may name.
    pub(crate) fn survey<'a>(&mut self, root: Node<'a>) {
        let mut counts: HashMap<String, usize> = HashMap::new();
        for node in root.descendants() {
            let NodeValue::Heading(heading) = node.data().value else {
                continue;
            };
            self.highest_heading = self.highest_heading.min(heading.level);
            let base = anchor_name(&restore(&node.collect_text()));
            let anchor = loop {
                let count = counts.entry(base.clone()).or_default();
                let candidate = match *count {
                    0 => base.clone(),
                    n => format!("{base}-{n}"),
                };
                *count += 1;
                if self.known_anchors.insert(candidate.clone()) {
                    break candidate;
                }
            };
            self.anchors.push(anchor);
        }
    }

    /// Returns the `id` of a heading if a link names it.
    pub(crate) fn anchor_id(&self, fragment: &str) -> Option<String> {
        let name = fragment.to_lowercase();
        self.known_anchors
            .contains(&name)
            .then(|| self.scoped(&name))
    }

    fn scoped(&self, anchor: &str) -> String {
        match &self.options.anchor_scope {
            Some(scope) => format!("{ID_PREFIX}{scope}-{anchor}"),
            None => format!("{ID_PREFIX}{anchor}"),
        }
    }

    /// Opened elements that existed before the innermost visited parent.
    pub(crate) fn floor(&self) -> usize {
        self.frames.last().map_or(0, |(mark, _)| *mark)
    }

    pub(crate) fn finish(self) -> Facts {
        let (html, plain) = self.writer.finish();
        Facts {
            html,
            plain,
            ..self.facts
        }
    }

    /// Writes what comes before the children of a node, or the whole node.
    pub(crate) fn enter<'a>(&mut self, node: Node<'a>) -> Flow {
        let mut frame = (self.writer.mark(), self.writer.is_flat());
        let data = node.data();
        let flow = match &data.value {
            NodeValue::Document => Flow::Descend,
            NodeValue::Paragraph => self.paragraph(node),
            NodeValue::Heading(heading) => self.heading(*heading),
            NodeValue::BlockQuote => self.container("blockquote", &[]),
            NodeValue::List(list) => self.list(list),
            NodeValue::Item(list) => self.item(list),
            NodeValue::TaskItem(task) => self.task(task.symbol.is_some()),
            NodeValue::CodeBlock(block) => self.code_block(block),
            NodeValue::ThematicBreak => self.rule(),
            NodeValue::HtmlBlock(block) => {
                self.html_block(&block.literal);
                Flow::Skip
            }
            NodeValue::Table(_) => {
                frame.1 = self.writer.reserve_table();
                self.table()
            }
            NodeValue::TableRow(header) => self.row(*header),
            NodeValue::TableCell => self.cell(node),
            inline => self.inline(node, inline),
        };
        // Nodes written as a whole may leave hand-written elements open for their siblings.
        if matches!(flow, Flow::Skip) {
            frame.0 = usize::MAX;
        }
        self.frames.push(frame);
        flow
    }

    /// Writes what comes after the children of a node.
    pub(crate) fn leave<'a>(&mut self, node: Node<'a>) {
        let Some((mark, flat)) = self.frames.pop() else {
            return;
        };
        if mark == usize::MAX {
            return;
        }
        self.writer.close_to(mark);
        self.writer.set_flat(flat);
        let data = node.data();
        if data.value.block() && !matches!(data.value, NodeValue::TableCell) {
            self.writer.plain_break();
            self.writer.html_line();
        }
        if matches!(data.value, NodeValue::TableRow(true)) && node.next_sibling().is_some() {
            self.writer.open("tbody", &[]);
        }
    }

    fn container(&mut self, tag: &'static str, attributes: &[(&str, &str)]) -> Flow {
        self.writer.plain_break();
        self.writer.open(tag, attributes);
        Flow::Descend
    }

    fn paragraph<'a>(&mut self, node: Node<'a>) -> Flow {
        if !is_in_tight_list(node) {
            self.writer.open("p", &[]);
        }
        Flow::Descend
    }

    fn heading(&mut self, heading: NodeHeading) -> Flow {
        let top = self.options.top_heading.clamp(1, 6);
        let level = (heading.level.saturating_sub(self.highest_heading) + top).min(6);
        let tag = ["h1", "h2", "h3", "h4", "h5", "h6"][usize::from(level) - 1];
        let anchor = self
            .anchors
            .get(self.next_anchor)
            .map(|name| self.scoped(name));
        self.next_anchor += 1;
        let id = anchor.unwrap_or_else(|| ID_PREFIX.to_owned());
        self.container(tag, &[("id", &id)])
    }

    fn list(&mut self, list: &NodeList) -> Flow {
        match list.list_type {
            ListType::Bullet => self.container("ul", &[]),
            ListType::Ordered if list.start == 1 => self.container("ol", &[]),
            ListType::Ordered => self.container("ol", &[("start", &list.start.to_string())]),
        }
    }

    fn item(&mut self, list: &NodeList) -> Flow {
        self.writer.plain_break();
        match list.list_type {
            ListType::Bullet => self.writer.plain("- "),
            ListType::Ordered => self.writer.plain(&format!("{}. ", list.start)),
        }
        self.writer.open("li", &[]);
        Flow::Descend
    }

    /// Writes a task with a drawn box: a form control without a label would only disturb readers.
    fn task(&mut self, done: bool) -> Flow {
        self.writer.plain_break();
        let (class, mark) = if done {
            ("task done", "☑")
        } else {
            ("task", "☐")
        };
        self.writer.open("li", &[("class", class)]);
        let inside = self.writer.mark();
        self.writer.open("span", &[("class", "task-box")]);
        self.writer.text(mark);
        self.writer.close_to(inside);
        self.writer.text(" ");
        Flow::Descend
    }

    fn code_block(&mut self, block: &NodeCodeBlock) -> Flow {
        let language = block.info.split_whitespace().next().unwrap_or_default();
        let class = format!("language-{language}");
        let mark = self.writer.mark();
        self.writer.plain_break();
        // The box scrolls sideways, so the keyboard must reach it.
        if matches!(language, "math" | "latex" | "tex") {
            self.writer
                .open("pre", &[("class", "math"), ("tabindex", "0")]);
        } else {
            self.writer.open("pre", &[("tabindex", "0")]);
        }
        if is_language(language) {
            self.writer.open("code", &[("class", &class)]);
        } else {
            self.writer.open("code", &[]);
        }
        let literal = restore(&block.literal);
        self.writer.html_text(&literal);
        self.writer.plain(literal.trim_end_matches('\n'));
        self.writer.close_to(mark);
        self.writer.html_line();
        self.writer.plain_break();
        Flow::Skip
    }

    fn rule(&mut self) -> Flow {
        self.writer.void("hr", &[]);
        self.writer.html_line();
        self.writer.plain_break();
        Flow::Skip
    }

    fn table(&mut self) -> Flow {
        self.writer.plain_break();
        self.writer
            .open("div", &[("class", "table-scroll"), ("tabindex", "0")]);
        self.writer.open("table", &[]);
        Flow::Descend
    }

    fn row(&mut self, header: bool) -> Flow {
        self.column = 0;
        self.writer.plain_break();
        if header {
            self.writer.open("thead", &[]);
        }
        self.writer.open("tr", &[]);
        Flow::Descend
    }

    fn cell<'a>(&mut self, node: Node<'a>) -> Flow {
        let row = node.parent();
        let header = row.is_some_and(|r| matches!(r.data().value, NodeValue::TableRow(true)));
        let alignment = row
            .and_then(|r| r.parent())
            .and_then(|table| match &table.data().value {
                NodeValue::Table(table) => table.alignments.get(self.column).copied(),
                _ => None,
            });
        if self.column > 0 {
            self.writer.plain(" | ");
        }
        self.column += 1;
        let tag = if header { "th" } else { "td" };
        let class = match alignment {
            Some(TableAlignment::Left) => "align-left",
            Some(TableAlignment::Center) => "align-center",
            Some(TableAlignment::Right) => "align-right",
            Some(TableAlignment::None) | None => {
                self.writer.open(tag, &[]);
                return Flow::Descend;
            }
        };
        self.writer.open(tag, &[("class", class)]);
        Flow::Descend
    }
}

/// Whether the paragraphs of this node's list stand without distance.
fn is_in_tight_list(paragraph: Node<'_>) -> bool {
    paragraph
        .parent()
        .and_then(|item| item.parent())
        .is_some_and(|list| matches!(list.data().value, NodeValue::List(list) if list.tight))
}

/// Letters and digits of a heading, words joined by hyphens.
fn anchor_name(heading: &str) -> String {
    let mut name = String::new();
    let mut gap = false;
    for c in heading
        .chars()
        .flat_map(char::to_lowercase)
        .take(MAX_ANCHOR_CHARS)
    {
        if c.is_alphanumeric() || c == '_' {
            if gap && !name.is_empty() {
                name.push('-');
            }
            gap = false;
            name.push(c);
        } else {
            gap = true;
        }
    }
    if name.is_empty() {
        name.push_str("section");
    }
    name
}
