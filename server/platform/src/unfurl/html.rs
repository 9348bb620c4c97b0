//! A small tokenizer that finds `<title>` and `<meta>`, and passes over everything else in one go.
//! It never goes back, so hostile pages cost no more than honest ones.

use super::entities;

/// Longest value that is kept before cleaning, in bytes.
const MAX_VALUE_BYTES: usize = 8 * 1024;

/// What a page says about itself, as written.
#[derive(Debug, Default)]
pub(super) struct Facts {
    pub title: Option<String>,
    pub description: Option<String>,
    pub application_name: Option<String>,
    pub og_title: Option<String>,
    pub og_description: Option<String>,
    pub og_site_name: Option<String>,
    pub twitter_title: Option<String>,
    pub twitter_description: Option<String>,
}

/// Elements whose content is no markup.
const RAW: [&str; 8] = [
    "script", "style", "textarea", "noframes", "iframe", "xmp", "svg", "template",
];

/// Collects the facts; the first of each kind counts.
pub(super) fn facts(html: &str) -> Facts {
    let mut facts = Facts::default();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = rest.get(at + 1..).unwrap_or_default();
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = after(comment, "-->");
            continue;
        }
        let name_end = rest
            .find(|c: char| !c.is_ascii_alphanumeric())
            .unwrap_or(rest.len());
        let (name, tag) = rest.split_at(name_end);
        if name.is_empty() {
            continue;
        }
        let name = name.to_ascii_lowercase();
        let (attributes, behind) = attributes(tag, name == "meta");
        rest = behind;
        match name.as_str() {
            "meta" => facts.meta(&attributes),
            "title" => {
                let (text, behind) = until_end(rest, "title");
                put(&mut facts.title, text);
                rest = behind;
            }
            raw if RAW.contains(&raw) => rest = until_end(rest, raw).1,
            _ => {}
        }
    }
    facts
}

impl Facts {
    fn meta(&mut self, attributes: &[(String, String)]) {
        let value = |wanted: &str| {
            attributes
                .iter()
                .find(|(name, _)| name == wanted)
                .map(|(_, value)| value.as_str())
        };
        let Some(content) = value("content") else {
            return;
        };
        // Sites mix the two attributes up, so both are read for both vocabularies.
        for key in [value("property"), value("name")].into_iter().flatten() {
            match key.trim().to_ascii_lowercase().as_str() {
                "og:title" => put(&mut self.og_title, content),
                "og:description" => put(&mut self.og_description, content),
                "og:site_name" => put(&mut self.og_site_name, content),
                "twitter:title" => put(&mut self.twitter_title, content),
                "twitter:description" => put(&mut self.twitter_description, content),
                "description" => put(&mut self.description, content),
                "application-name" => put(&mut self.application_name, content),
                _ => {}
            }
        }
    }
}

fn put(place: &mut Option<String>, written: &str) {
    if place.is_none() {
        let mut end = written.len().min(MAX_VALUE_BYTES);
        while !written.is_char_boundary(end) {
            end -= 1;
        }
        let text = entities::decode(written.get(..end).unwrap_or_default());
        *place = Some(text).filter(|text| !text.trim().is_empty());
    }
}

/// What follows the first `end`; nothing when there is none.
fn after<'a>(text: &'a str, end: &str) -> &'a str {
    text.find(end)
        .and_then(|at| text.get(at + end.len()..))
        .unwrap_or_default()
}

/// The content up to the end tag of an element whose content is no markup, and what follows.
fn until_end<'a>(text: &'a str, name: &str) -> (&'a str, &'a str) {
    let mut from = 0;
    while let Some(at) = text.get(from..).and_then(|rest| rest.find("</")) {
        let start = from + at;
        let tag = text.get(start + 2..).unwrap_or_default();
        let matches = tag
            .get(..name.len())
            .is_some_and(|found| found.eq_ignore_ascii_case(name));
        if matches {
            return (text.get(..start).unwrap_or_default(), after(tag, ">"));
        }
        from = start + 2;
    }
    (text, "")
}

/// The attributes of a tag, if they are wanted, and what follows the tag.
fn attributes(tag: &str, wanted: bool) -> (Vec<(String, String)>, &str) {
    let mut found = Vec::new();
    let mut rest = tag;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if let Some(behind) = rest.strip_prefix('>') {
            return (found, behind);
        }
        if rest.is_empty() {
            return (found, rest);
        }
        // A stray `=` at the beginning belongs to the name, as browsers read it.
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let end = rest.get(first..).and_then(|r| {
            r.find(|c: char| c.is_ascii_whitespace() || matches!(c, '=' | '>' | '/'))
        });
        let (name, behind) = rest.split_at(end.map_or(rest.len(), |end| first + end));
        let (value, behind) = value(behind);
        if wanted {
            found.push((name.to_ascii_lowercase(), value.to_owned()));
        }
        rest = behind;
    }
}

/// The value behind an attribute's name, and what follows it.
fn value(text: &str) -> (&str, &str) {
    let Some(written) = text.trim_ascii_start().strip_prefix('=') else {
        return ("", text);
    };
    let written = written.trim_ascii_start();
    for quote in ['"', '\''] {
        if let Some(quoted) = written.strip_prefix(quote) {
            // Without its closing quote the value, and with it the page, goes on to the end.
            return quoted.split_once(quote).unwrap_or((quoted, ""));
        }
    }
    let end = written
        .find(|c: char| c.is_ascii_whitespace() || c == '>')
        .unwrap_or(written.len());
    written.split_at(end)
}
