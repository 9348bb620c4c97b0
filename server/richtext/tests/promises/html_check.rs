//! Reads rendered HTML with its own small reader and accepts only what a page may contain.

use std::collections::HashSet;

const VOID: &[&str] = &["br", "hr", "img", "wbr"];
const ELEMENTS: &[&str] = &[
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
const ATTRIBUTES: &[&str] = &[
    "href",
    "title",
    "class",
    "data-handle",
    "data-community",
    "tabindex",
    "id",
    "src",
    "alt",
    "loading",
    "start",
    "rel",
];

/// Returns the attributes of all elements of a rendered text, names and decoded values.
///
/// # Panics
/// As [`safe_elements`], and if a link stands in a link.
pub fn elements(html: &str) -> Vec<(String, String)> {
    let (attributes, deepest_link) = safe_elements(html);
    assert!(deepest_link <= 1, "link in a link: {html}");
    attributes
}

/// Returns the attributes of all elements of safe HTML and how many links are inside each other.
///
/// # Panics
/// If anything in it is not on the lists above, not balanced, or leads where it must not.
pub fn safe_elements(html: &str) -> (Vec<(String, String)>, usize) {
    let mut deepest_link = 0;
    let mut found = Vec::new();
    let mut open: Vec<String> = Vec::new();
    let mut ids = HashSet::new();
    let mut rest = html;
    while let Some(at) = rest.find(['<', '>']) {
        assert!(rest[at..].starts_with('<'), "stray > in {html}");
        rest = &rest[at + 1..];
        if let Some(closing) = rest.strip_prefix('/') {
            let (name, after) = closing.split_once('>').unwrap();
            assert_eq!(open.pop().as_deref(), Some(name), "unbalanced: {html}");
            rest = after;
            continue;
        }
        let end = rest.find([' ', '>']).unwrap();
        let name = rest[..end].to_owned();
        assert!(ELEMENTS.contains(&name.as_str()), "<{name}> in {html}");
        rest = &rest[end..];
        let mut attributes = Vec::new();
        while let Some(attribute) = rest.strip_prefix(' ') {
            let (key, after) = attribute.split_once("=\"").unwrap();
            let (value, after) = after.split_once('"').unwrap();
            assert!(ATTRIBUTES.contains(&key), "{key}= in {html}");
            let value = decode(value);
            check_value(key, &value, html);
            assert!(
                key != "id" || ids.insert(value.clone()),
                "id {value} twice in {html}"
            );
            attributes.push((key.to_owned(), value));
            rest = after;
        }
        rest = rest.strip_prefix('>').unwrap();
        if name == "a" {
            let rel = attributes.iter().find(|(key, _)| key == "rel").unwrap();
            assert_eq!(rel.1, "noopener noreferrer nofollow");
        }
        deepest_link = deepest_link.max(open.iter().chain([&name]).filter(|n| *n == "a").count());
        if !VOID.contains(&name.as_str()) {
            open.push(name.clone());
        }
        found.extend(attributes);
    }
    assert!(open.is_empty(), "left open {open:?}: {html}");
    (found, deepest_link)
}

fn check_value(key: &str, value: &str, html: &str) {
    let local = value.starts_with('/') && !value.starts_with("//") && !value.starts_with("/\\");
    let good = match key {
        "href" => {
            local
                || value.starts_with("#user-")
                || ["http://", "https://", "mailto:"]
                    .iter()
                    .any(|s| value.starts_with(s))
        }
        "src" => local && value.starts_with("/media/") && !value.contains("/../"),
        "id" => value.starts_with("user-"),
        _ => true,
    };
    assert!(good, "{key}={value:?} in {html}");
    if matches!(key, "href" | "src") {
        assert!(
            !value.chars().any(|c| c.is_control() || c.is_whitespace()),
            "{value:?}"
        );
    }
}

fn decode(value: &str) -> String {
    value
        .replace("&quot;", "\"")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&nbsp;", "\u{A0}")
        .replace("&amp;", "&")
}

/// Values of one attribute in safe HTML.
pub fn values(html: &str, key: &str) -> Vec<String> {
    elements(html)
        .into_iter()
        .filter(|(name, _)| name == key)
        .map(|(_, value)| value)
        .collect()
}
