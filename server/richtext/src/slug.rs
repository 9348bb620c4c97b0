//! Names for addresses.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Makes a name fit for addresses and handles: `a-z`, `0-9` and single hyphens, at most `max`
/// characters, never empty (`x` if nothing of the name can be kept).
///
/// German umlauts are written out (`ä` → `ae`, `ß` → `ss`), other diacritics are dropped.
pub fn slugify(name: &str, max: usize) -> String {
    let mut slug = String::new();
    let mut gap = false;
    // Composed first, so that `a` with a separate diaeresis is an umlaut too.
    for c in name.nfc().flat_map(char::to_lowercase) {
        if slug.len() >= max {
            break;
        }
        let before = slug.len();
        if gap && before > 0 {
            slug.push('-');
        }
        let start = slug.len();
        match written_out(c) {
            Some(letters) => slug.push_str(letters),
            None => slug.extend(
                std::iter::once(c)
                    .nfkd()
                    .flat_map(char::to_lowercase)
                    .filter(char::is_ascii_alphanumeric),
            ),
        }
        if slug.len() == start {
            slug.truncate(before);
            // Apostrophes and accents vanish; everything else separates words.
            gap |= !(is_combining_mark(c) || matches!(c, '\'' | '’' | '‘' | '`' | '´'));
        } else {
            gap = false;
        }
    }
    slug.truncate(max);
    slug.truncate(slug.trim_end_matches('-').len());
    if slug.is_empty() {
        slug.push('x');
    }
    slug
}

const fn written_out(c: char) -> Option<&'static str> {
    Some(match c {
        'ä' | 'æ' => "ae",
        'ö' | 'œ' => "oe",
        'ü' => "ue",
        'ß' => "ss",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ı' => "i",
        'ħ' => "h",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::slugify;

    #[test]
    fn names_become_addresses() {
        for (name, slug) in [
            ("Größenwahn & Überfluss", "groessenwahn-ueberfluss"),
            ("  Team   Süd/West  ", "team-sued-west"),
            ("Ångström Café", "angstroem-cafe"),
            ("Łódź Đorđe Þór", "lodz-dorde-thor"),
            ("Anna O’Neil", "anna-oneil"),
            ("u\u{308}ber", "ueber"),
            ("日本語", "x"),
            ("", "x"),
            ("--__--", "x"),
            ("½ Ⅳ ﬁ", "12-iv-fi"),
        ] {
            assert_eq!(slugify(name, 64), slug, "{name}");
        }
    }

    #[test]
    fn length_is_bounded_and_no_hyphen_dangles() {
        assert_eq!(slugify("abc def", 4), "abc");
        assert_eq!(slugify("abcdef", 3), "abc");
        assert_eq!(slugify("ää", 3), "aea");
        assert_eq!(slugify("abc", 0), "x");
    }
}
