//! Names of topics.

use unicode_normalization::char::is_combining_mark;

/// The topic a text names, in lower case and without its sign; `None` when it names none.
///
/// A name is valid when the same text after a `#` would be found in a post.
pub fn parse_topic(text: &str) -> Option<String> {
    let name = text.trim().trim_start_matches('#');
    let in_name = |c: char| c.is_alphanumeric() || is_combining_mark(c) || matches!(c, '_' | '-');
    if name.is_empty() || name.len() > 400 || !name.chars().all(in_name) {
        return None;
    }
    let document = richtext::render(&format!("#{name}"), &richtext::NoMentions);
    document.topics.into_iter().next()
}

#[cfg(test)]
mod tests {
    use super::parse_topic;

    #[test]
    fn names_are_unified() {
        assert_eq!(parse_topic(" #Reisen ").as_deref(), Some("reisen"));
        assert_eq!(parse_topic("Über-uns").as_deref(), Some("über-uns"));
    }

    #[test]
    fn what_is_no_topic_is_refused() {
        for text in ["", "#", "two words", "a#b", "<b>", "x\ny"] {
            assert_eq!(parse_topic(text), None, "{text:?}");
        }
    }
}
