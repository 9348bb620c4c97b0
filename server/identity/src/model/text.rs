//! Cleaning short texts and folding them for search.

use kernel::Problem;
use richtext::{TextProblem, clean_line};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Most words of a search that are looked at.
const MAX_WORDS: usize = 8;
/// Most characters of a word that are looked at.
const MAX_WORD: usize = 64;

/// Folds a text for search: lower case, without accents, white space as single spaces.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)) {
        match c {
            'ß' | 'ẞ' => folded.push_str("ss"),
            'æ' | 'Æ' => folded.push_str("ae"),
            'œ' | 'Œ' => folded.push_str("oe"),
            'ø' | 'Ø' => folded.push('o'),
            'đ' | 'Đ' | 'ð' | 'Ð' => folded.push('d'),
            'ł' | 'Ł' => folded.push('l'),
            'ı' => folded.push('i'),
            other => folded.extend(other.to_lowercase().filter(|c| !is_combining_mark(*c))),
        }
    }
    let words: Vec<_> = folded.split_whitespace().collect();
    words.join(" ")
}

/// Words of a search, folded; all of them have to be found.
pub fn search_words(query: &str) -> Vec<String> {
    let start: String = query.chars().take(MAX_WORDS * MAX_WORD).collect();
    let words = fold(&start);
    let words = words.split(' ').filter(|word| !word.is_empty());
    let words = words.map(|word| word.chars().take(MAX_WORD).collect());
    words.take(MAX_WORDS).collect()
}

/// A line that must not be empty.
///
/// # Errors
/// What is wrong with it.
pub fn line(field: &str, text: &str, max: usize) -> Result<String, Problem> {
    clean_line(text, max).map_err(|problem| problem_of(field, problem))
}

/// A line that may be empty.
///
/// # Errors
/// What is wrong with it.
pub fn optional_line(field: &str, text: &str, max: usize) -> Result<String, Problem> {
    match clean_line(text, max) {
        Err(TextProblem::Empty) => Ok(String::new()),
        other => other.map_err(|problem| problem_of(field, problem)),
    }
}

pub(super) fn problem_of(field: &str, problem: TextProblem) -> Problem {
    match problem {
        TextProblem::Empty => Problem::new(field, "REQUIRED", "Please fill this in."),
        TextProblem::TooLong { max, actual } => {
            let message = format!("This has {actual} characters; at most {max} fit.");
            Problem::new(field, "TEXT_TOO_LONG", message)
                .with("max", max)
                .with("actual", actual)
        }
        TextProblem::ControlCharacters => Problem::new(
            field,
            "TEXT_CONTROL_CHARACTERS",
            "This is not text: it has control characters.",
        ),
        TextProblem::TooDeep => {
            Problem::new(field, "TEXT_TOO_DEEP", "This text is nested too deeply.")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_find_names_without_accents_and_case() {
        assert_eq!(fold("  Jörg   Weiß-Łukasz "), "jorg weiss-lukasz");
        assert_eq!(fold("İstanbul"), "istanbul");
        assert_eq!(search_words(" Anna  MÜLLER "), ["anna", "muller"]);
        assert!(search_words(&"x ".repeat(1000)).len() <= MAX_WORDS);
    }
}
