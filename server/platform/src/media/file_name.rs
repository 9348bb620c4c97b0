//! Names of files as people see them. They never become paths.

/// Longest name, in characters.
const MAX_CHARS: usize = 120;

/// Longest ending that is kept when a name is cut.
const MAX_ENDING: usize = 10;

/// Whether a character hides, reorders or breaks text: controls, bidirectional overrides, invisible
/// signs. `safe.exe` must not look like `safe.png`.
pub(crate) fn is_deceptive(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// A name safe to show, store and offer for download: the last part of a path, without deceptive
/// characters and those some systems refuse, at most 120 characters. Never empty.
pub fn safe_file_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let cleaned: String = last
        .chars()
        .filter(|c| !is_deceptive(*c))
        .map(|c| {
            if matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*') {
                '_'
            } else {
                c
            }
        })
        .collect();
    // A leading point hides a file, a trailing one confuses Windows.
    let trimmed = cleaned.trim_matches(|c: char| c == '.' || c.is_whitespace());
    let cut = shorten(trimmed);
    if cut.is_empty() {
        "file".to_owned()
    } else {
        cut
    }
}

/// The safe name with an ending that tells the truth; the first ending is added where it lies.
pub(super) fn with_ending(name: &str, endings: &[&str]) -> String {
    let safe = safe_file_name(name);
    let (stem, ending) = split(&safe);
    if endings
        .iter()
        .any(|right| ending.eq_ignore_ascii_case(right))
    {
        return safe;
    }
    let right = endings.first().copied().unwrap_or_default();
    shorten(&format!("{stem}.{right}"))
}

/// Stem and ending; the ending is empty when there is none worth the name.
fn split(name: &str) -> (&str, &str) {
    match name.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() && is_ending(ending) => (stem, ending),
        _ => (name, ""),
    }
}

fn is_ending(text: &str) -> bool {
    (1..=MAX_ENDING).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// Cuts the stem, not the ending.
fn shorten(name: &str) -> String {
    if name.chars().count() <= MAX_CHARS {
        return name.to_owned();
    }
    let (stem, ending) = split(name);
    let dotted = if ending.is_empty() {
        String::new()
    } else {
        format!(".{ending}")
    };
    let stem: String = stem.chars().take(MAX_CHARS - dotted.len()).collect();
    format!(
        "{}{dotted}",
        stem.trim_end_matches(|c: char| c == '.' || c.is_whitespace())
    )
}

/// The value of the `Content-Disposition` header for a file (RFC 6266, names as in RFC 8187).
pub fn content_disposition(name: &str, inline: bool) -> String {
    let kind = if inline { "inline" } else { "attachment" };
    let name = safe_file_name(name);
    let plain: String = name
        .chars()
        .map(|c| if is_plain(c) { c } else { '_' })
        .collect();
    let encoded: String = name.bytes().map(encode).collect();
    format!("{kind}; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}

fn is_plain(c: char) -> bool {
    c == ' ' || (c.is_ascii_graphic() && !matches!(c, '"' | '\\' | '%'))
}

fn encode(byte: u8) -> String {
    if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_') {
        char::from(byte).to_string()
    } else {
        format!("%{byte:02X}")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn parts_of_paths_and_tricks_are_removed() {
        for (given, safe) in [
            ("report.pdf", "report.pdf"),
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\anna\\Bild.PNG", "Bild.PNG"),
            ("invoice\u{202e}gnp.exe", "invoicegnp.exe"),
            ("a\0b\nc\u{200b}.jpg", "abc.jpg"),
            (".htaccess", "htaccess"),
            ("...", "file"),
            ("", "file"),
            ("/", "file"),
            ("trailing. ", "trailing"),
            ("a<b>:c?.png", "a_b__c_.png"),
            ("Grüße aus 東京.jpeg", "Grüße aus 東京.jpeg"),
        ] {
            assert_eq!(safe_file_name(given), safe, "{given:?}");
        }
    }

    #[test]
    fn a_long_name_keeps_its_ending() {
        let name = safe_file_name(&format!("{}.pdf", "ü".repeat(300)));
        assert_eq!(name.chars().count(), 120);
        assert!(name.ends_with("ü.pdf"));
    }

    #[test]
    fn the_ending_follows_the_content() {
        let png = ["png", "apng"];
        assert_eq!(with_ending("holiday.PNG", &png), "holiday.PNG");
        assert_eq!(with_ending("holiday.exe", &png), "holiday.png");
        assert_eq!(with_ending("holiday", &png), "holiday.png");
        assert_eq!(with_ending("v1.2 final", &png), "v1.2 final.png");
        assert_eq!(with_ending("", &png), "file.png");
        assert_eq!(with_ending("page.svg.html", &png), "page.svg.png");
    }

    #[test]
    fn the_header_holds_any_name() {
        assert_eq!(
            content_disposition("Grüße \"1\".pdf", false),
            "attachment; filename=\"Gr__e _1_.pdf\"; filename*=UTF-8''Gr%C3%BC%C3%9Fe%20_1_.pdf"
        );
        assert!(content_disposition("a.png", true).starts_with("inline; "));
    }

    proptest! {
        #[test]
        fn every_name_becomes_harmless(name in "\\PC{0,300}|[\\x00-\\x1f./\\\\a-z\u{202e}]{0,40}") {
            for safe in [safe_file_name(&name), with_ending(&name, &["png"])] {
                prop_assert!(!safe.is_empty() && safe.chars().count() <= 120);
                prop_assert!(!safe.contains(['/', '\\', '"']) && !safe.starts_with('.'));
                prop_assert!(!safe.chars().any(is_deceptive));
                prop_assert_eq!(safe_file_name(&safe), safe.clone());
            }
            let header = content_disposition(&name, true);
            prop_assert!(header.bytes().all(|b| (0x20..0x7f).contains(&b)));
            prop_assert_eq!(header.matches('"').count(), 2);
        }
    }
}
