//! Which encoding a page is in, and its text. In the order of the HTML standard (section "Determining
//! the character encoding"): byte order mark, header, `<meta>` near the beginning, then a guess.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252, X_USER_DEFINED};

/// How far a `<meta>` with the encoding may stand.
const PRESCAN_BYTES: usize = 1024;

/// The page's text; broken sequences become replacement characters.
pub(super) fn decode(bytes: &[u8], content_type: &str) -> String {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        let rest = bytes.get(length..).unwrap_or_default();
        return encoding.decode_without_bom_handling(rest).0.into_owned();
    }
    let named = from_header(content_type).or_else(|| from_meta(bytes));
    let encoding = named.unwrap_or_else(|| if is_utf8(bytes) { UTF_8 } else { WINDOWS_1252 });
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

/// Whether it is UTF-8, but for a character cut at the end.
fn is_utf8(bytes: &[u8]) -> bool {
    match std::str::from_utf8(bytes) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none(),
    }
}

fn from_header(content_type: &str) -> Option<&'static Encoding> {
    let mut parameters = content_type
        .split(';')
        .skip(1)
        .filter_map(|part| part.split_once('='));
    let (_, name) = parameters.find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))?;
    Encoding::for_label(name.trim().trim_matches('"').as_bytes())
}

/// Finds both `<meta charset=…>` and `<meta … content="text/html; charset=…">`.
fn from_meta(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes
        .get(..PRESCAN_BYTES)
        .unwrap_or(bytes)
        .to_ascii_lowercase();
    let head = String::from_utf8_lossy(&head);
    let mut rest = head.as_ref();
    while let Some(at) = rest.find("<meta") {
        rest = rest.get(at + 5..)?;
        let tag = rest.split('>').next().unwrap_or_default();
        let Some((_, name)) = tag.split_once("charset") else {
            continue;
        };
        let name = name
            .trim_start()
            .strip_prefix('=')
            .unwrap_or_default()
            .trim_start();
        let name = name.trim_start_matches(['"', '\'']);
        let end = name.find(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ';' | '/'));
        let label = name.get(..end.unwrap_or(name.len()))?;
        if let Some(encoding) = Encoding::for_label(label.as_bytes()) {
            return Some(match encoding {
                // A page whose ASCII could be read is not in UTF-16, whatever it says.
                other if !other.is_ascii_compatible() => UTF_8,
                other if other == X_USER_DEFINED => WINDOWS_1252,
                other => other,
            });
        }
    }
    None
}
