//! The first words of a text.

use unicode_segmentation::UnicodeSegmentation;

/// Graphemes of the excerpt that comes with every document.
pub(crate) const DEFAULT_GRAPHEMES: usize = 280;

/// A grapheme may be a letter under any number of marks; this bounds the whole.
const MAX_CHARS_PER_GRAPHEME: usize = 8;

/// Shortens a plain text to one line of at most `graphemes` graphemes, cut between words.
pub(crate) fn cut(plain: &str, graphemes: usize) -> String {
    let budget = graphemes.saturating_mul(MAX_CHARS_PER_GRAPHEME);
    let mut line = String::new();
    let mut chars = 0_usize;
    let mut complete = true;
    for word in plain.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        for c in word.chars() {
            if chars >= budget {
                complete = false;
                break;
            }
            line.push(c);
            chars += 1;
        }
        chars += 1;
        if !complete {
            break;
        }
    }
    let end = line.grapheme_indices(true).nth(graphemes).map(|(at, _)| at);
    let end = match end {
        Some(end) => end,
        None if complete => return line,
        None => line.len(),
    };
    // A single very long word is cut anywhere rather than lost.
    let next_is_space = line[end..].starts_with(' ');
    let at = match line[..end].rfind(' ') {
        Some(space) if !next_is_space && space >= end / 2 => space,
        _ => end,
    };
    line.truncate(at);
    line.truncate(
        line.trim_end_matches([' ', ',', ';', ':', '.', '–', '-'])
            .len(),
    );
    line.push('…');
    line
}

#[cfg(test)]
mod tests {
    use unicode_segmentation::UnicodeSegmentation;

    use super::cut;

    #[test]
    fn short_texts_stay_whole_on_one_line() {
        assert_eq!(
            cut(" Erste Zeile\n\nzweite\tZeile. ", 280),
            "Erste Zeile zweite Zeile."
        );
        assert_eq!(cut("", 280), "");
        assert_eq!(cut("genau", 5), "genau");
    }

    #[test]
    fn long_texts_are_cut_between_words() {
        assert_eq!(cut("eins zwei drei vier", 12), "eins zwei…");
        assert_eq!(cut("eins zwei, drei", 11), "eins zwei…");
        assert_eq!(cut("eins zwei drei", 9), "eins zwei…");
        assert_eq!(cut("Donaudampfschifffahrt", 5), "Donau…");
    }

    #[test]
    fn what_reads_as_one_character_is_never_split() {
        let family = "👨‍👩‍👧‍👦";
        assert_eq!(cut(&family.repeat(5), 2), format!("{family}{family}…"));
        let towers = format!("a{}", "\u{301}".repeat(100_000));
        assert!(cut(&towers, 10).chars().count() < 200);
        assert!(cut(&"wort ".repeat(1_000), 280).graphemes(true).count() <= 281);
    }
}
