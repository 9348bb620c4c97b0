//! Understands the HTML that people leave in Markdown, one tag at a time.
//!
//! Nothing written here reaches a page as it stands: a tag is reduced to a known name and at most
//! one checked attribute, or shown as text.

use std::borrow::Cow;

/// A tag longer than this is text.
const MAX_TAG: usize = 2_048;

/// One piece of hand-written HTML.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Piece<'s> {
    /// Characters outside any tag, entities not yet decoded.
    Text(&'s str),
    /// An opening or closing tag.
    Tag(Tag<'s>),
}

/// An opening or closing tag.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Tag<'s> {
    /// What the element is to us.
    pub(crate) kind: Kind,
    /// Whether this is `</…>`.
    pub(crate) closing: bool,
    /// Tag as written.
    pub(crate) source: &'s str,
}

impl<'s> Tag<'s> {
    /// Returns the value of an attribute with its entities decoded.
    pub(crate) fn attribute(&self, wanted: &str) -> Option<Cow<'s, str>> {
        let mut rest = self.source[1..].trim_start_matches(is_name_char);
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
            let end = rest.find(|c: char| c.is_ascii_whitespace() || "=/>\"'".contains(c))?;
            let name = &rest[..end];
            rest = rest[end..].trim_start();
            let Some(after) = rest.strip_prefix('=') else {
                // Attribute without value, or a stray quote to step over.
                if name.is_empty() {
                    let mut chars = rest.chars();
                    chars.next()?;
                    rest = chars.as_str();
                }
                continue;
            };
            let (value, remaining) = attribute_value(after.trim_start())?;
            if name.eq_ignore_ascii_case(wanted) {
                return Some(decode(value));
            }
            rest = remaining;
        }
    }
}

fn attribute_value(rest: &str) -> Option<(&str, &str)> {
    match rest.chars().next()? {
        quote @ ('"' | '\'') => rest[1..].split_once(quote),
        _ => {
            let end = rest.find(|c: char| c.is_ascii_whitespace() || c == '>')?;
            Some(rest.split_at(end))
        }
    }
}

/// What a hand-written element becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Kept as it is around running text.
    Inline(&'static str),
    /// A line break.
    Break,
    /// A rule between paragraphs.
    Rule,
    /// A link.
    Link,
    /// A picture.
    Picture,
    /// A section that can be folded.
    Details,
    /// Heading of such a section.
    Summary,
    /// Preformatted text.
    Preformatted,
    /// Dropped, its content starts and ends a paragraph.
    Block,
    /// Dropped; marks an entry of a list.
    Item,
    /// Dropped; a table cell, set apart by a space.
    Cell,
    /// Dropped without a trace.
    Dropped,
    /// Comment: dropped.
    Comment,
    /// Not an element to keep or drop: shown as it was typed.
    Shown,
}

fn kind(name: &str) -> Kind {
    match name.to_ascii_lowercase().as_str() {
        "b" => Kind::Inline("b"),
        "strong" => Kind::Inline("strong"),
        "i" => Kind::Inline("i"),
        "em" => Kind::Inline("em"),
        "u" => Kind::Inline("u"),
        "s" | "strike" => Kind::Inline("s"),
        "del" => Kind::Inline("del"),
        "ins" => Kind::Inline("ins"),
        "mark" => Kind::Inline("mark"),
        "small" => Kind::Inline("small"),
        "sub" => Kind::Inline("sub"),
        "sup" => Kind::Inline("sup"),
        "kbd" => Kind::Inline("kbd"),
        "samp" => Kind::Inline("samp"),
        "var" => Kind::Inline("var"),
        "code" | "tt" => Kind::Inline("code"),
        "q" => Kind::Inline("q"),
        "abbr" | "acronym" => Kind::Inline("abbr"),
        "br" => Kind::Break,
        "hr" => Kind::Rule,
        "a" => Kind::Link,
        "img" => Kind::Picture,
        "details" => Kind::Details,
        "summary" => Kind::Summary,
        "pre" => Kind::Preformatted,
        "address" | "article" | "aside" | "blockquote" | "body" | "caption" | "center" | "dd"
        | "div" | "dl" | "dt" | "figcaption" | "figure" | "footer" | "h1" | "h2" | "h3" | "h4"
        | "h5" | "h6" | "head" | "header" | "hgroup" | "html" | "main" | "menu" | "nav" | "ol"
        | "p" | "section" | "table" | "tbody" | "tfoot" | "thead" | "tr" | "ul" => Kind::Block,
        "li" => Kind::Item,
        "td" | "th" => Kind::Cell,
        "bdi" | "bdo" | "big" | "cite" | "col" | "colgroup" | "dfn" | "font" | "label" | "nobr"
        | "picture" | "rp" | "rt" | "ruby" | "source" | "span" | "time" | "track" | "wbr" => {
            Kind::Dropped
        }
        _ => Kind::Shown,
    }
}

const fn is_name_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '_' | ':')
}

/// Splits hand-written HTML into text and tags. Linear but for tags of bounded length.
pub(crate) fn pieces(source: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut text_start = 0;
    let mut from = 0;
    let mut comments_end = true;
    while let Some(at) = source[from..].find('<').map(|offset| from + offset) {
        let tag = tag_at(&source[at..], &mut comments_end);
        let Some(tag) = tag else {
            from = at + 1;
            continue;
        };
        if at > text_start {
            pieces.push(Piece::Text(&source[text_start..at]));
        }
        from = at + tag.source.len();
        text_start = from;
        pieces.push(Piece::Tag(tag));
    }
    if text_start < source.len() {
        pieces.push(Piece::Text(&source[text_start..]));
    }
    pieces
}

/// Reads the tag at the start. `comments_end` becomes false once no comment can end any more.
fn tag_at<'s>(rest: &'s str, comments_end: &mut bool) -> Option<Tag<'s>> {
    if let Some(comment) = rest.strip_prefix("<!--") {
        if !*comments_end {
            return None;
        }
        let Some(end) = comment.find("-->") else {
            *comments_end = false;
            return None;
        };
        return Some(Tag {
            kind: Kind::Comment,
            closing: false,
            source: &rest[..4 + end + 3],
        });
    }
    let closing = rest.starts_with("</");
    let name_start = 1 + usize::from(closing);
    if !rest[name_start..].starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let length = tag_length(rest)?;
    let source = &rest[..length];
    let body = &source[name_start..length - 1];
    let end = body
        .find(|c: char| c.is_ascii_whitespace() || c == '/')
        .unwrap_or(body.len());
    let (name, attributes) = body.split_at(end);
    let kind = match kind(name) {
        // `a<b and c>d` compares numbers, `<b class=x>` is an element.
        Kind::Inline(_)
            if !attributes.trim_matches([' ', '/']).is_empty() && !attributes.contains('=') =>
        {
            Kind::Shown
        }
        kind => kind,
    };
    Some(Tag {
        kind,
        closing,
        source,
    })
}

fn tag_length(rest: &str) -> Option<usize> {
    let mut quote = None;
    let mut after_equals = false;
    for (at, byte) in rest.bytes().enumerate().take(MAX_TAG) {
        match (quote, byte) {
            (Some(open), _) if open == byte => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') if after_equals => quote = Some(byte),
            (None, b'>') => return Some(at + 1),
            (None, b'<') if at > 0 => return None,
            (None, _) => {}
        }
        if !byte.is_ascii_whitespace() {
            after_equals = byte == b'=';
        }
    }
    None
}

/// Decodes the entities that occur in real text; unknown ones stay as typed.
pub(crate) fn decode(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let name_length = rest[1..]
            .bytes()
            .take(10)
            .take_while(|b| b.is_ascii_alphanumeric() || *b == b'#')
            .count();
        let name = &rest[1..=name_length];
        match entity(name) {
            Some(c) if rest[1 + name_length..].starts_with(';') => {
                out.push(c);
                rest = &rest[name_length + 2..];
            }
            _ => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).filter(|c| !c.is_control() || c.is_whitespace());
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{A0}',
        "auml" => 'ä',
        "ouml" => 'ö',
        "uuml" => 'ü',
        "Auml" => 'Ä',
        "Ouml" => 'Ö',
        "Uuml" => 'Ü',
        "szlig" => 'ß',
        "eacute" => 'é',
        "egrave" => 'è',
        "agrave" => 'à',
        "ccedil" => 'ç',
        "ntilde" => 'ñ',
        "euro" => '€',
        "sect" => '§',
        "copy" => '©',
        "reg" => '®',
        "trade" => '™',
        "deg" => '°',
        "middot" => '·',
        "bull" => '•',
        "hellip" => '…',
        "ndash" => '–',
        "mdash" => '—',
        "laquo" => '«',
        "raquo" => '»',
        "lsquo" => '‘',
        "rsquo" => '’',
        "sbquo" => '‚',
        "ldquo" => '“',
        "rdquo" => '”',
        "bdquo" => '„',
        "times" => '×',
        "larr" => '←',
        "rarr" => '→',
        "le" => '≤',
        "ge" => '≥',
        "ne" => '≠',
        "plusmn" => '±',
        "micro" => 'µ',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{Kind, Piece, decode, pieces};

    #[test]
    fn text_and_tags_are_told_apart() {
        let found = pieces("a <b>b</b> 1 < 2 <!-- c > --> <x y='>'>");
        let shape: Vec<String> = found
            .iter()
            .map(|piece| match piece {
                Piece::Text(text) => (*text).to_owned(),
                Piece::Tag(tag) => format!("{:?}{}", tag.kind, if tag.closing { "/" } else { "" }),
            })
            .collect();
        assert_eq!(
            shape,
            [
                "a ",
                "Inline(\"b\")",
                "b",
                "Inline(\"b\")/",
                " 1 < 2 ",
                "Comment",
                " ",
                "Shown"
            ]
        );
    }

    #[test]
    fn attributes_are_read_and_decoded() {
        let found = pieces("<a class=x disabled title='&quot;' HREF = \"/x?a=1&amp;b=2\" />");
        let [Piece::Tag(tag)] = found.as_slice() else {
            unreachable!("one tag expected, got {found:?}");
        };
        assert_eq!(tag.kind, Kind::Link);
        assert_eq!(tag.attribute("href").as_deref(), Some("/x?a=1&b=2"));
        assert_eq!(tag.attribute("title").as_deref(), Some("\""));
        assert_eq!(tag.attribute("onclick"), None);
    }

    #[test]
    fn unfinished_tags_are_text() {
        for source in ["<", "< b>", "<a href=\"", "</", "<!-- x", "<1>", "<a <b"] {
            assert_eq!(pieces(source), [Piece::Text(source)], "{source}");
        }
    }

    #[test]
    fn entities_of_real_text_are_decoded() {
        assert_eq!(
            decode("M&uuml;ller&nbsp;&amp; Co &#8364; &#x41;"),
            "Müller\u{A0}& Co € A"
        );
        assert_eq!(
            decode("a & b &foo; &#0; &#xD800; &"),
            "a & b &foo; &#0; &#xD800; &"
        );
    }
}
