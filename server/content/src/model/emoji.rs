//! Which texts are an emoji.

/// The one emoji a text is, in its full form; `None` for any other text.
///
/// The table of Unicode emoji decides, so a reaction can never carry words.
pub fn parse_emoji(text: &str) -> Option<&'static str> {
    emojis::get(text).map(emojis::Emoji::as_str)
}

#[cfg(test)]
mod tests {
    use super::parse_emoji;

    #[test]
    fn one_emoji_is_accepted_in_its_full_form() {
        for emoji in ["👍", "🎉", "👩🏽‍🚀", "🇩🇪", "1️⃣", "🏴󠁧󠁢󠁥󠁮󠁧󠁿"]
        {
            assert_eq!(parse_emoji(emoji), Some(emoji), "{emoji}");
        }
        assert_eq!(parse_emoji("❤"), Some("❤️"));
    }

    #[test]
    fn anything_else_is_refused() {
        for text in [
            "", "a", "1", "👍👍", "👍 ", " 👍", "<b>", ":+1:", "\u{200d}", "ja", "\u{202e}",
        ] {
            assert_eq!(parse_emoji(text), None, "{text:?}");
        }
    }
}
