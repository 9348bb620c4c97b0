//! The last gate: what HTML may leave this crate.
//!
//! Our own writer produces nothing else anyway; this policy is checked on what a real HTML parser
//! understands, so a mistake elsewhere costs a tag and not the reader's session.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

use crate::urls::{link_target, picture_target};
use crate::words::is_handle;
use crate::writer::escape_html;

/// Prefix of every `id`, so that a text can never name an element of the page around it.
pub(crate) const ID_PREFIX: &str = "user-";

const TAGS: &[&str] = &[
    "a",
    "abbr",
    "b",
    "blockquote",
    "br",
    "code",
    "del",
    "details",
    "div",
    "em",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "samp",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "u",
    "ul",
    "var",
    "wbr",
];

const ATTRIBUTES: &[(&str, &[&str])] = &[
    (
        "a",
        &["href", "title", "class", "data-handle", "data-community"],
    ),
    ("abbr", &["title"]),
    ("code", &["class"]),
    ("div", &["class", "tabindex"]),
    ("h1", &["id"]),
    ("h2", &["id"]),
    ("h3", &["id"]),
    ("h4", &["id"]),
    ("h5", &["id"]),
    ("h6", &["id"]),
    ("img", &["src", "alt", "title", "loading"]),
    ("li", &["class"]),
    ("ol", &["start"]),
    ("pre", &["class", "tabindex"]),
    ("span", &["class"]),
    ("td", &["class"]),
    ("th", &["class"]),
];

static POLICY: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let attributes: HashMap<&str, HashSet<&str>> = ATTRIBUTES
        .iter()
        .map(|(tag, names)| (*tag, names.iter().copied().collect()))
        .collect();
    let mut policy = Builder::empty();
    policy
        .tags(TAGS.iter().copied().collect())
        .clean_content_tags(HashSet::from(["script", "style"]))
        .tag_attributes(attributes)
        .generic_attributes(HashSet::new())
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .url_relative(UrlRelative::PassThrough)
        .link_rel(Some("noopener noreferrer nofollow"))
        .attribute_filter(attribute);
    policy
});

/// Rounds of sanitising after which HTML that still changes is shown as text.
const MAX_ROUNDS: usize = 5;

/// Makes foreign HTML safe. Idempotent.
///
/// Scripts, styles, forms, frames, event handlers, inline styles and everything else that is not
/// on the list disappear; the text of dropped elements stays. The result is balanced, and a parser
/// reads in it exactly what was checked: the policy is applied until nothing changes any more.
pub fn sanitize(html: &str) -> String {
    let mut current = apply(html);
    for _ in 1..MAX_ROUNDS {
        let next = apply(&current);
        if next == current {
            return current;
        }
        current = next;
    }
    apply(&escape_html(html))
}

/// Passes HTML through the policy once, which is enough for what our own writer made.
pub(crate) fn apply(html: &str) -> String {
    without_leading_lines(POLICY.clean(&with_breaks(html)).to_string())
}

/// Ampersands and characters starting with the byte C2 in one stretch of text.
const MAX_SPECIALS: usize = 512;

/// Splits stretches of text that the serialiser would take quadratic time for: at each of these
/// characters it looks for the next bracket up to the end of the text node. An invisible `<wbr>`
/// ends the node; ordinary text never has enough of them.
fn with_breaks(html: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let (mut specials, mut copied) = (0_usize, 0_usize);
    for (at, byte) in html.bytes().enumerate() {
        match byte {
            b'<' => specials = 0,
            b'&' | 0xC2 => specials += 1,
            _ => {}
        }
        if specials > MAX_SPECIALS {
            out.push_str(&html[copied..at]);
            out.push_str("<wbr>");
            (specials, copied) = (1, at);
        }
    }
    if copied == 0 {
        return Cow::Borrowed(html);
    }
    out.push_str(&html[copied..]);
    Cow::Owned(out)
}

/// Removes line ends at the start of preformatted text: every parser swallows the first one.
fn without_leading_lines(html: String) -> String {
    const PRE: &str = "<pre";
    if !html.contains(PRE) {
        return html;
    }
    let mut out = String::with_capacity(html.len());
    let mut rest = html.as_str();
    while let Some(at) = rest.find(PRE) {
        let end = rest[at..]
            .find('>')
            .map_or(rest.len(), |length| at + length + 1);
        out.push_str(&rest[..end]);
        rest = rest[end..].trim_start_matches('\n');
    }
    out.push_str(rest);
    out
}

/// Decides about the value of an attribute that is allowed by name.
fn attribute<'v>(tag: &str, name: &str, value: &'v str) -> Option<Cow<'v, str>> {
    match name {
        "href" if value.starts_with('#') => value[1..]
            .starts_with(ID_PREFIX)
            .then_some(Cow::Borrowed(value)),
        "href" => link_target(value).map(Cow::Owned),
        "src" => picture_target(value).map(Cow::Owned),
        "id" => value.starts_with(ID_PREFIX).then_some(Cow::Borrowed(value)),
        "data-handle" | "data-community" => is_handle(value).then_some(Cow::Borrowed(value)),
        "start" => {
            let number = !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit());
            (number && value.len() <= 9).then_some(Cow::Borrowed(value))
        }
        "tabindex" => (value == "0").then_some(Cow::Borrowed(value)),
        "loading" => (value == "lazy").then_some(Cow::Borrowed(value)),
        "class" => classes(tag, value),
        "title" | "alt" | "rel" => Some(Cow::Borrowed(value)),
        _ => None,
    }
}

fn classes<'v>(tag: &str, value: &'v str) -> Option<Cow<'v, str>> {
    let kept: Vec<&str> = value
        .split_ascii_whitespace()
        .filter(|class| is_class_allowed(tag, class))
        .collect();
    (!kept.is_empty()).then(|| Cow::Owned(kept.join(" ")))
}

fn is_class_allowed(tag: &str, class: &str) -> bool {
    match tag {
        "a" => matches!(
            class,
            "mention" | "mention-community" | "topic" | "external-picture"
        ),
        "code" => {
            matches!(class, "math" | "math-block")
                || class.strip_prefix("language-").is_some_and(is_language)
        }
        "div" => class == "table-scroll",
        "li" => matches!(class, "task" | "done"),
        "pre" => class == "math",
        "span" => class == "task-box",
        "td" | "th" => matches!(class, "align-left" | "align-center" | "align-right"),
        _ => false,
    }
}

/// Whether a name can stand in `language-…`.
pub(crate) fn is_language(name: &str) -> bool {
    (1..=40).contains(&name.len())
        && name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'#' | b'.' | b'_' | b'-'))
}
