//! Finds mentions and topics in running text.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::mentions::Mention;

const MAX_HANDLE: usize = 64;
const MIN_TOPIC: usize = 2;
const MAX_TOPIC: usize = 50;

/// Something in a text that may become a link.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Word {
    /// Readings of a mention, longest first, each with the bytes it covers.
    Mention(Vec<(Range<usize>, Mention)>),
    /// A topic in its canonical form and the bytes it covers.
    Topic(Range<usize>, String),
}

impl Word {
    fn end(&self) -> usize {
        match self {
            Self::Mention(readings) => readings.first().map_or(0, |(range, _)| range.end),
            Self::Topic(range, _) => range.end,
        }
    }
}

/// Finds the words of a text in order. `escaped` holds the ascending positions of characters the
/// writer escaped: no word starts there.
pub(crate) fn find(text: &str, escaped: &[usize]) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut skip_to = 0;
    let mut mention_end = None;
    for (at, byte) in text.bytes().enumerate() {
        if at < skip_to || !matches!(byte, b'@' | b'#') || escaped.binary_search(&at).is_ok() {
            continue;
        }
        let word = if byte == b'@' {
            mention_at(text, at, mention_end)
        } else {
            topic_at(text, at)
        };
        if let Some(word) = word {
            skip_to = word.end();
            if byte == b'@' {
                mention_end = Some(skip_to);
            }
            words.push(word);
        }
    }
    words
}

/// Whether a text is the name of a person or community as it may stand after `@` or `@+`.
pub(crate) fn is_handle(text: &str) -> bool {
    text.len() <= MAX_HANDLE
        && text
            .bytes()
            .next()
            .is_some_and(|b| b.is_ascii_alphanumeric())
        && text.bytes().all(is_handle_byte)
}

const fn is_handle_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-')
}

fn mention_at(text: &str, at: usize, mention_end: Option<usize>) -> Option<Word> {
    let before = text[..at].chars().next_back();
    // `@anna/@bob` names two people, `site.example/@anna` is an address.
    let listed = before == Some('/') && mention_end.is_some_and(|end| end + 1 == at);
    if before.is_some_and(|c| c.is_alphanumeric() || "_@/#=+".contains(c)) && !listed {
        return None;
    }
    let community = text[at + 1..].starts_with('+');
    let start = at + 1 + usize::from(community);
    let rest = &text[start..];
    let length = rest.bytes().take_while(|b| is_handle_byte(*b)).count();
    let after = rest[length..].chars().next();
    if after.is_some_and(|c| c.is_alphanumeric() || c == '@' || is_combining_mark(c)) {
        return None;
    }
    let name = rest[..length].trim_end_matches('.');
    let mut readings = vec![name];
    let shorter = name.trim_end_matches(['.', '_', '-']);
    if shorter != name {
        readings.push(shorter);
    }
    let readings: Vec<_> = readings
        .into_iter()
        .filter(|name| is_handle(name))
        .map(|name| {
            let lower = name.to_ascii_lowercase();
            let mention = if community {
                Mention::Community { slug: lower }
            } else {
                Mention::Person { handle: lower }
            };
            (at..start + name.len(), mention)
        })
        .collect();
    (!readings.is_empty()).then_some(Word::Mention(readings))
}

fn topic_at(text: &str, at: usize) -> Option<Word> {
    let before = text[..at].chars().next_back();
    if before.is_some_and(|c| c.is_alphanumeric() || "_#/&@=.".contains(c)) {
        return None;
    }
    let rest = &text[at + 1..];
    let length = rest
        .char_indices()
        .find(|(_, c)| !(c.is_alphanumeric() || is_combining_mark(*c) || matches!(c, '_' | '-')))
        .map_or(rest.len(), |(end, _)| end);
    let name = rest[..length].trim_end_matches(['_', '-']);
    let characters = name.chars().take(MAX_TOPIC + 1).count();
    if !(MIN_TOPIC..=MAX_TOPIC).contains(&characters)
        || !name.chars().next().is_some_and(char::is_alphanumeric)
        || !name.chars().any(char::is_alphabetic)
    {
        return None;
    }
    let topic: String = name.chars().flat_map(char::to_lowercase).nfc().collect();
    Some(Word::Topic(at..at + 1 + name.len(), topic))
}

#[cfg(test)]
mod tests {
    use super::{Word, find};
    use crate::mentions::Mention;

    fn names(text: &str) -> Vec<String> {
        find(text, &[])
            .into_iter()
            .map(|word| match word {
                Word::Topic(_, topic) => format!("#{topic}"),
                Word::Mention(readings) => readings
                    .iter()
                    .map(|(_, mention)| match mention {
                        Mention::Person { handle } => format!("@{handle}"),
                        Mention::Community { slug } => format!("@+{slug}"),
                    })
                    .collect::<Vec<_>>()
                    .join("|"),
            })
            .collect()
    }

    #[test]
    fn mentions_are_found() {
        for (text, expected) in [
            ("@anna", vec!["@anna"]),
            ("Hallo @Anna.Schmidt.", vec!["@anna.schmidt"]),
            ("(@anna), \"@bob-2\"!", vec!["@anna", "@bob-2"]),
            ("@anna/@bob", vec!["@anna", "@bob"]),
            ("@anna…", vec!["@anna"]),
            ("an @+Team-Nord: hallo", vec!["@+team-nord"]),
            ("@anna_", vec!["@anna_|@anna"]),
            ("@anna-", vec!["@anna-|@anna"]),
            ("@anna's", vec!["@anna"]),
            ("cc:@anna", vec!["@anna"]),
        ] {
            assert_eq!(names(text), expected, "{text}");
        }
    }

    #[test]
    fn look_alikes_are_not_mentions() {
        for text in [
            "anna@example.org",
            "@anna@example.org",
            "site.example/@anna",
            "@",
            "@.anna",
            "@_anna",
            "@@anna",
            "@+",
            "@annaß",
            "ä@anna",
            &format!("@{}", "a".repeat(65)),
        ] {
            assert!(names(text).is_empty(), "{text}: {:?}", names(text));
        }
        assert_eq!(names(&format!("@{}", "a".repeat(64))).len(), 1);
    }

    #[test]
    fn topics_are_found() {
        for (text, expected) in [
            ("#Kreditrisiko", vec!["#kreditrisiko"]),
            ("#größe, #GRÖSSE.", vec!["#größe", "#grösse"]),
            ("(#a-b_c)", vec!["#a-b_c"]),
            ("#q3-2025-", vec!["#q3-2025"]),
            ("#gro\u{308}\u{df}e", vec!["#größe"]),
            ("#日本", vec!["#日本"]),
            ("#1a", vec!["#1a"]),
        ] {
            assert_eq!(names(text), expected, "{text}");
        }
    }

    #[test]
    fn look_alikes_are_not_topics() {
        for text in [
            "#1",
            "#12",
            "#a",
            "#",
            "##ab",
            "C#ab",
            "x/#ab",
            "&#ab",
            "#-ab",
            "#_",
            "#!bin",
            &format!("#{}", "a".repeat(51)),
        ] {
            assert!(names(text).is_empty(), "{text}: {:?}", names(text));
        }
        assert_eq!(names(&format!("#{}", "ö".repeat(50))).len(), 1);
    }

    #[test]
    fn escaped_signs_start_nothing() {
        assert!(find("@anna #topic", &[0, 6]).is_empty());
        assert_eq!(find("@anna #topic", &[0]).len(), 1);
    }
}
