//! Handles: the short name of a person, as in `@anna.keller`.

use std::fmt;

use kernel::Problem;

use super::text::fold;

/// Longest handle, in characters.
const MAX_HANDLE: usize = 64;

/// A person's short name: `[a-z0-9][a-z0-9._-]{0,63}`, unique in the organisation.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Handle(String);

impl Handle {
    /// Reads a handle as typed: white space around it goes, capital letters become small.
    ///
    /// # Errors
    /// `HANDLE_INVALID`.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let text = text.trim();
        let lower = text.to_ascii_lowercase();
        if text.len() <= MAX_HANDLE && is_handle(&lower) {
            return Ok(Self(lower));
        }
        let message = format!(
            "Use up to {MAX_HANDLE} small letters, digits, dots and hyphens, beginning with a letter or digit."
        );
        Err(Problem::new("handle", "HANDLE_INVALID", message).with("max", MAX_HANDLE))
    }

    /// The nearest handle to any text, for importers. Not checked to be free.
    pub fn suggest(text: &str) -> Self {
        let folded = fold(text);
        let kept = folded.chars().map(|c| if is_inner(c) { c } else { '-' });
        let kept: String = kept.collect();
        let kept = kept.trim_matches(['-', '.', '_']);
        let handle: String = kept.chars().take(MAX_HANDLE).collect();
        Self(if handle.is_empty() {
            "person".to_owned()
        } else {
            handle
        })
    }

    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn is_first(c: char) -> bool {
    c.is_ascii_lowercase() || c.is_ascii_digit()
}

fn is_inner(c: char) -> bool {
    is_first(c) || matches!(c, '.' | '_' | '-')
}

fn is_handle(text: &str) -> bool {
    text.starts_with(is_first) && text.chars().all(is_inner)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failing unwrap is the test's message")]

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn exactly_the_documented_form_is_accepted(text in "[a-z0-9][a-z0-9._-]{0,63}") {
            let shouted = text.to_ascii_uppercase();
            for typed in [&text, &shouted] {
                let handle = Handle::parse(typed).unwrap();
                prop_assert_eq!(handle.as_str(), text.as_str());
            }
        }

        #[test]
        fn whatever_is_accepted_has_the_documented_form(text in ".{0,70}") {
            if let Ok(handle) = Handle::parse(&text) {
                let bytes = handle.as_str().as_bytes();
                prop_assert!((1..=64).contains(&bytes.len()));
                prop_assert!(bytes[0].is_ascii_lowercase() || bytes[0].is_ascii_digit());
                prop_assert!(bytes.iter().all(|b| b"abcdefghijklmnopqrstuvwxyz0123456789._-".contains(b)));
            }
        }

        #[test]
        fn every_suggestion_is_a_handle(text in ".{0,90}") {
            let handle = Handle::suggest(&text);
            prop_assert_eq!(Handle::parse(handle.as_str()).unwrap(), handle);
        }
    }

    #[test]
    fn a_suggestion_stays_near_the_text() {
        assert_eq!(Handle::suggest("Jörg Müller").as_str(), "jorg-muller");
        assert_eq!(Handle::suggest("…").as_str(), "person");
    }
}
