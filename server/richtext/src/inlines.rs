//! Walks the parsed document: running text, links, pictures, mentions and topics.

use comrak::Node;
use comrak::nodes::{NodeMath, NodeValue};

use crate::blocks::{Composer, Flow};
use crate::mentions::{Mention, Resolved};
use crate::parse::restore;
use crate::raw_html::{Kind, Piece, Tag, decode, pieces};
use crate::urls::{encode_segment, is_external, link_target, picture_target};
use crate::words::{self, Word};

/// Mentions and topics turned into links per document; any further ones stay text, so that a page
/// cannot grow to a multiple of its source.
const MAX_LINKED_WORDS: usize = 500;

/// Characters of a title or of the description of a picture.
const MAX_CAPTION: usize = 400;

/// Elements whose text is shown as it is.
const LITERAL: &[&str] = &["a", "code", "pre", "kbd", "samp"];

impl Composer<'_> {
    /// Writes what comes before the children of an inline node, or the whole node.
    pub(crate) fn inline<'a>(&mut self, node: Node<'a>, value: &NodeValue) -> Flow {
        match value {
            NodeValue::Text(_) | NodeValue::Escaped => self.text_run(node),
            NodeValue::SoftBreak if !self.options.line_breaks => {
                self.writer.html_line();
                self.writer.plain(" ");
            }
            NodeValue::SoftBreak | NodeValue::LineBreak => self.line_break(),
            NodeValue::Code(code) => self.literal("code", &[], &restore(&code.literal)),
            NodeValue::Math(math) => self.math(node, math),
            NodeValue::HtmlInline(source) => self.inline_html(source),
            NodeValue::Image(image) => {
                let alt = restore(&node.collect_text()).into_owned();
                self.picture(&restore(&image.url), &alt, &restore(&image.title));
            }
            container => {
                self.inline_container(node, container);
                return Flow::Descend;
            }
        }
        Flow::Skip
    }

    fn inline_container<'a>(&mut self, node: Node<'a>, value: &NodeValue) {
        match value {
            NodeValue::Emph => self.writer.open("em", &[]),
            NodeValue::Strong => self.writer.open("strong", &[]),
            NodeValue::Strikethrough => self.writer.open("del", &[]),
            NodeValue::Link(link) => {
                self.link(&restore(&link.url), &restore(&link.title));
                if node.first_child().is_none() {
                    self.writer.text(&restore(&link.url));
                }
            }
            // Only nodes of extensions that are switched off remain: their text is enough.
            _ => {}
        }
    }

    fn literal(&mut self, tag: &'static str, attributes: &[(&str, &str)], text: &str) {
        let mark = self.writer.mark();
        self.writer.open(tag, attributes);
        self.writer.text(text);
        self.writer.close_to(mark);
    }

    fn line_break(&mut self) {
        self.writer.void("br", &[]);
        self.writer.html_line();
        self.writer.plain_break();
    }

    fn math<'a>(&mut self, node: Node<'a>, math: &NodeMath) {
        let alone = node.previous_sibling().is_none() && node.next_sibling().is_none();
        let class = if alone { "math math-block" } else { "math" };
        self.literal("code", &[("class", class)], restore(&math.literal).trim());
    }

    /// Writes neighbouring text nodes as one: the parser splits at every special character.
    fn text_run<'a>(&mut self, first: Node<'a>) {
        if first.previous_sibling().is_some_and(|node| is_text(&node)) {
            return;
        }
        let mut text = String::new();
        let mut escaped = Vec::new();
        let mut next = Some(first).filter(|node| is_text(node));
        while let Some(node) = next {
            match &node.data().value {
                NodeValue::Text(part) => text.push_str(&restore(part)),
                _ => {
                    escaped.push(text.len());
                    text.push_str(&restore(&node.collect_text()));
                }
            }
            next = node.next_sibling().filter(|node| is_text(node));
        }
        self.words(&text, &escaped);
    }

    /// Writes text with its mentions and topics.
    pub(crate) fn words(&mut self, text: &str, escaped: &[usize]) {
        if self.writer.is_inside(LITERAL) {
            self.writer.text(text);
            return;
        }
        let mut written = 0;
        for word in words::find(text, escaped) {
            if self.linked_words >= MAX_LINKED_WORDS {
                break;
            }
            match word {
                Word::Topic(range, topic) => {
                    self.writer.text(&text[written..range.start]);
                    self.topic(&text[range.clone()], topic);
                    written = range.end;
                }
                Word::Mention(readings) => {
                    let known = readings.into_iter().find_map(|(range, mention)| {
                        self.resolve(&mention)
                            .map(|resolved| (range, mention, resolved))
                    });
                    let Some((range, mention, resolved)) = known else {
                        continue;
                    };
                    self.writer.text(&text[written..range.start]);
                    self.mention(mention, &resolved);
                    written = range.end;
                }
            }
            self.linked_words += 1;
        }
        self.writer.text(&text[written..]);
    }

    fn topic(&mut self, shown: &str, topic: String) {
        let href = format!("/topics/{}", encode_segment(&topic));
        self.literal("a", &[("class", "topic"), ("href", &href)], shown);
        if self.seen.insert(format!("#{topic}")) {
            self.facts.topics.push(topic);
        }
    }

    /// Asks who is meant; an answer that leads nowhere safe counts as none.
    fn resolve(&self, mention: &Mention) -> Option<Resolved> {
        let resolved = match mention {
            Mention::Person { handle } => self.resolver.person(handle),
            Mention::Community { slug } => self.resolver.community(slug),
        }?;
        link_target(&resolved.href).map(|href| Resolved { href, ..resolved })
    }

    fn mention(&mut self, mention: Mention, resolved: &Resolved) {
        let (class, attribute, name, key) = match &mention {
            Mention::Person { handle } => ("mention", "data-handle", handle, format!("@{handle}")),
            Mention::Community { slug } => (
                "mention mention-community",
                "data-community",
                slug,
                format!("@+{slug}"),
            ),
        };
        let mark = self.writer.mark();
        self.writer.open(
            "a",
            &[
                ("class", class),
                ("href", &resolved.href),
                (attribute, name),
            ],
        );
        self.writer.text("@");
        self.writer.text(&restore(&resolved.label));
        self.writer.close_to(mark);
        if self.seen.insert(key) {
            self.facts.mentions.push(mention);
        }
    }

    /// Opens a link if its target is acceptable; otherwise only its text will show.
    fn link(&mut self, url: &str, title: &str) {
        if self.writer.is_inside(&["a"]) {
            return;
        }
        let Some(href) = self.target(url) else {
            return;
        };
        if title.is_empty() {
            self.writer.open("a", &[("href", &href)]);
        } else {
            self.writer
                .open("a", &[("href", &href), ("title", caption(title))]);
        }
    }

    fn target(&mut self, url: &str) -> Option<String> {
        if let Some(fragment) = url.strip_prefix('#') {
            return self.anchor_id(fragment).map(|id| format!("#{id}"));
        }
        let href = link_target(url)?;
        if is_external(&href) && self.seen.insert(href.clone()) {
            self.facts.links.push(href.clone());
        }
        Some(href)
    }

    /// Writes one of our pictures, or a link to anybody else's: reading a text must not tell other
    /// sites about it.
    fn picture(&mut self, url: &str, alt: &str, title: &str) {
        let (alt, title) = (caption(alt), caption(title));
        if let Some(src) = picture_target(url) {
            let attributes = [
                ("src", &*src),
                ("alt", alt),
                ("loading", "lazy"),
                ("title", title),
            ];
            let used = if title.is_empty() { 3 } else { 4 };
            self.writer.void("img", &attributes[..used]);
            self.writer.plain(alt);
            return;
        }
        let href = if self.writer.is_inside(&["a"]) {
            None
        } else {
            self.target(url)
        };
        let label = match (alt.trim(), &href) {
            ("", Some(href)) => href.clone(),
            (label, _) => label.to_owned(),
        };
        let mark = self.writer.mark();
        if let Some(href) = &href {
            self.writer
                .open("a", &[("class", "external-picture"), ("href", href)]);
        }
        self.writer.text(&label);
        self.writer.close_to(mark);
    }

    /// Writes a tag that stands in running text.
    fn inline_html(&mut self, source: &str) {
        for piece in pieces(source) {
            match piece {
                Piece::Text(text) => self.writer.text(&restore(text)),
                Piece::Tag(tag) => self.inline_tag(&tag),
            }
        }
    }

    /// Writes a hand-written tag where only running text may stand.
    pub(crate) fn inline_tag(&mut self, tag: &Tag<'_>) {
        let floor = self.floor();
        match tag.kind {
            Kind::Inline(name) if tag.closing => self.writer.close_raw(name, floor),
            Kind::Inline("abbr") => match tag.attribute("title") {
                Some(title) => self
                    .writer
                    .open_raw("abbr", &[("title", caption(&restore(&title)))]),
                None => self.writer.open_raw("abbr", &[]),
            },
            Kind::Inline(name) => self.writer.open_raw(name, &[]),
            Kind::Break => self.line_break(),
            Kind::Link if tag.closing => self.writer.close_raw("a", floor),
            Kind::Link => self.hand_written_link(tag),
            Kind::Picture if !tag.closing => {
                let source = tag.attribute("src").unwrap_or_default();
                let alt = tag.attribute("alt").unwrap_or_default();
                self.picture(&restore(&source), &restore(&alt), "");
            }
            Kind::Cell | Kind::Item | Kind::Block if tag.closing => self.writer.text(" "),
            Kind::Shown => self.writer.text(&restore(tag.source)),
            _ => {}
        }
    }

    fn hand_written_link(&mut self, tag: &Tag<'_>) {
        if self.writer.is_inside(&["a"]) {
            return;
        }
        let url = tag.attribute("href").unwrap_or_default();
        if let Some(href) = self.target(&restore(&url)) {
            self.writer.open_raw("a", &[("href", &href)]);
        }
    }

    /// Writes text from an HTML block, where entities are not yet decoded.
    pub(crate) fn html_block_text(&mut self, text: &str) {
        let text = decode(text);
        let text = restore(&text);
        self.words(&text, &[]);
    }
}

fn caption(text: &str) -> &str {
    text.char_indices()
        .nth(MAX_CAPTION)
        .map_or(text, |(end, _)| &text[..end])
}

fn is_text(node: &Node<'_>) -> bool {
    matches!(node.data().value, NodeValue::Text(_) | NodeValue::Escaped)
}
