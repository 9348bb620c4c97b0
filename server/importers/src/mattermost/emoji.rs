//! Names of emoji, as Mattermost writes them, to the emoji themselves.

use std::borrow::Cow;

/// Names that differ from the common short codes.
const ALIASES: [(&str, &str); 6] = [
    ("slightly_smiling_face", "🙂"),
    ("thumbsup", "👍"),
    ("thumbsdown", "👎"),
    ("simple_smile", "🙂"),
    ("white_check_mark", "✅"),
    ("heavy_check_mark", "✔️"),
];

/// The emoji of a name; `None` for custom ones.
pub(super) fn named(name: &str) -> Option<&'static str> {
    let alias = ALIASES
        .iter()
        .find(|(alias, _)| *alias == name)
        .map(|(_, emoji)| *emoji);
    alias.or_else(|| emojis::get_by_shortcode(name).map(emojis::Emoji::as_str))
}

/// A text with `:name:` replaced where the name is known; code is left alone.
pub(super) fn replace_names(text: &str) -> Cow<'_, str> {
    if !text.contains(':') {
        return Cow::Borrowed(text);
    }
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('`') {
        replace_in_prose(&rest[..start], &mut result);
        let code = &rest[start..start + code_length(&rest[start..])];
        result.push_str(code);
        rest = &rest[start + code.len()..];
    }
    replace_in_prose(rest, &mut result);
    Cow::Owned(result)
}

/// Length of what a text that begins with backticks has as code: up to the next run of as many, to
/// the end for a fence nobody closed, and the backticks alone when they mean nothing.
fn code_length(text: &str) -> usize {
    let ticks = |text: &str| text.len() - text.trim_start_matches('`').len();
    let opening = ticks(text);
    let mut at = opening;
    while let Some(next) = text[at..].find('`') {
        at += next;
        let run = ticks(&text[at..]);
        at += run;
        if run == opening {
            return at;
        }
    }
    if opening >= 3 { text.len() } else { opening }
}

fn replace_in_prose(text: &str, result: &mut String) {
    let mut rest = text;
    while let Some(start) = rest.find(':') {
        let after = &rest[start + 1..];
        let end =
            after.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '+' | '-')));
        match end
            .filter(|end| after[*end..].starts_with(':'))
            .and_then(|end| Some((end, named(&after[..end])?)))
        {
            Some((end, emoji)) => {
                result.push_str(&rest[..start]);
                result.push_str(emoji);
                rest = &after[end + 1..];
            }
            None => {
                result.push_str(&rest[..=start]);
                rest = after;
            }
        }
    }
    result.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_names_become_emoji_and_nothing_else_changes() {
        assert_eq!(replace_names("well done :tada: :+1:"), "well done 🎉 👍");
        assert_eq!(
            replace_names("at 10:30: a :no_such_thing: b"),
            "at 10:30: a :no_such_thing: b"
        );
        assert_eq!(replace_names("`:tada:`"), "`:tada:`");
        assert_eq!(replace_names("::: :"), "::: :");
    }

    #[test]
    fn code_stays_as_it_is_and_the_text_around_it_does_not() {
        for (text, expected) in [
            (":tada: `:tada:` :tada:", "🎉 `:tada:` 🎉"),
            (
                ":tada:\n```\n:tada: `x` a\n```\n:tada:",
                "🎉\n```\n:tada: `x` a\n```\n🎉",
            ),
            ("``a ` :tada: `` :tada:", "``a ` :tada: `` 🎉"),
            ("it`s :tada:", "it`s 🎉"),
            ("```\nopen :tada:", "```\nopen :tada:"),
        ] {
            assert_eq!(replace_names(text), expected);
        }
    }
}
