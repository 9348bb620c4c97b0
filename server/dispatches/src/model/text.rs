//! What a dispatch says, in several languages, and how two versions differ.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use similar::{ChangeTag, TextDiff as Words};

use super::roll::hexadecimal;

/// The text in one language, as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewText {
    /// `de` or `en`.
    pub language: String,
    /// The title.
    pub title: String,
    /// The text, in Markdown.
    pub body: String,
    /// What managers in between may say about it, in Markdown; may be empty.
    pub talking_points: String,
}

/// The text in one language, as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Texts {
    /// Number of the version.
    pub version: i32,
    /// `de` or `en`.
    pub language: String,
    /// The title.
    pub title: String,
    /// The text, in Markdown.
    pub source: String,
    /// The text as safe HTML.
    pub html: String,
    /// What managers may say about it, in Markdown.
    pub talking_points: String,
    /// The same as safe HTML.
    pub talking_points_html: String,
    /// See [`text_hash`].
    pub hash: String,
}

/// A question of understanding, in one language. The questions of all languages stand in the same order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comprehension {
    /// `de` or `en`.
    pub language: String,
    /// The question.
    pub prompt: String,
    /// What one can choose, two to five.
    pub options: Vec<String>,
    /// Which is right, counted from 0.
    pub right: usize,
}

/// The hash of a text: SHA-256 (FIPS 180-4), in hexadecimal, over the lines `loggia-text-1`, language,
/// title, and the text as written, each but the last ended by a line feed.
pub fn text_hash(language: &str, title: &str, source: &str) -> String {
    let mut hasher = Sha256::new();
    hasher.update(format!("loggia-text-1\n{language}\n{title}\n{source}"));
    hexadecimal(&hasher.finalize())
}

/// How a text changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextDiff {
    /// Safe HTML: plain text with `<ins>` and `<del>`.
    pub html: String,
    /// Words that differ, counted on both sides.
    pub changed_words: usize,
}

/// The difference of two texts, word by word.
pub fn diff(before: &str, after: &str) -> TextDiff {
    let words = Words::from_words(before, after);
    let (mut html, mut changed_words) = (String::new(), 0);
    for change in words.iter_all_changes() {
        let text = richtext::escape_html(change.value()).replace('\n', "<br>");
        match change.tag() {
            ChangeTag::Equal => html.push_str(&text),
            _ if change.value().trim().is_empty() => html.push_str(&text),
            ChangeTag::Delete => {
                changed_words += 1;
                html.push_str(&format!("<del>{text}</del>"));
            }
            ChangeTag::Insert => {
                changed_words += 1;
                html.push_str(&format!("<ins>{text}</ins>"));
            }
        }
    }
    TextDiff {
        html,
        changed_words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_names_what_came_and_went_and_escapes_the_rest() {
        let diff = diff("Limit: 100 <EUR> a day", "Limit: 250 <EUR> a day");
        assert_eq!(
            diff.html,
            "Limit: <del>100</del><ins>250</ins> &lt;EUR&gt; a day"
        );
        assert_eq!(diff.changed_words, 2);
    }

    #[test]
    fn the_hash_tells_language_title_and_text_apart() {
        let base = text_hash("de", "Titel", "Text");
        assert_ne!(base, text_hash("en", "Titel", "Text"));
        assert_ne!(base, text_hash("de", "Titel\nText", ""));
        assert_eq!(base.len(), 64);
    }
}
