//! Which addresses may stand in a rendered text.
//!
//! Addresses are parsed the way browsers do and written back from the parsed form, so that no
//! spelling (tabs, backslashes, entities, mixed case) means one thing here and another there.

use std::sync::LazyLock;

use url::{Position, Url};

const MAX_LENGTH: usize = 4_096;

static BASE: LazyLock<Option<Url>> = LazyLock::new(|| Url::parse("https://site.invalid/").ok());

/// Returns the canonical form of a link target, or nothing if it must not be linked.
pub(crate) fn link_target(raw: &str) -> Option<String> {
    let raw = raw.trim();
    if raw.is_empty() || raw.len() > MAX_LENGTH || raw.chars().any(char::is_control) {
        return None;
    }
    if raw.starts_with('/') {
        return local_path(raw);
    }
    let url = Url::parse(raw).ok()?;
    let acceptable = match url.scheme() {
        // `https://bank.example@elsewhere.example` exists to deceive.
        "http" | "https" => url.has_host() && url.username().is_empty() && url.password().is_none(),
        "mailto" => url.path().contains('@'),
        _ => false,
    };
    acceptable.then(|| url.into())
}

/// Returns the canonical form of a picture's address: only our own media are shown in place.
pub(crate) fn picture_target(raw: &str) -> Option<String> {
    link_target(raw).filter(|path| path.starts_with("/media/"))
}

/// Whether a canonical target leads to another site.
pub(crate) fn is_external(target: &str) -> bool {
    target.starts_with("http://") || target.starts_with("https://")
}

/// Resolves a path as the browser would and returns it only if it stays on this site.
fn local_path(raw: &str) -> Option<String> {
    let base = BASE.as_ref()?;
    let url = base.join(raw).ok()?;
    if url.origin() != base.origin() || !url.username().is_empty() || url.password().is_some() {
        return None;
    }
    let path = &url[Position::BeforePath..];
    // `/.//other.example` normalises to a path that a browser takes for another host.
    (!path.starts_with("//")).then(|| path.to_owned())
}

/// Percent-encodes a path segment.
pub(crate) fn encode_segment(segment: &str) -> String {
    let mut out = String::with_capacity(segment.len());
    for byte in segment.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            out.push(char::from(byte));
        } else {
            out.push('%');
            for nibble in [byte >> 4, byte & 15] {
                out.push(char::from(b"0123456789ABCDEF"[usize::from(nibble)]));
            }
        }
    }
    out
}
