//! Names of the languages people may say to speak, in German and English.

/// Code, German and English name, in the order of the codes.
const NAMES: &[(&str, &str, &str)] = &[
    ("ar", "Arabisch", "Arabic"),
    ("bg", "Bulgarisch", "Bulgarian"),
    ("bn", "Bengalisch", "Bengali"),
    ("bs", "Bosnisch", "Bosnian"),
    ("ca", "Katalanisch", "Catalan"),
    ("cs", "Tschechisch", "Czech"),
    ("da", "Dänisch", "Danish"),
    ("de", "Deutsch", "German"),
    ("el", "Griechisch", "Greek"),
    ("en", "Englisch", "English"),
    ("es", "Spanisch", "Spanish"),
    ("et", "Estnisch", "Estonian"),
    ("fa", "Persisch", "Persian"),
    ("fi", "Finnisch", "Finnish"),
    ("fr", "Französisch", "French"),
    ("ga", "Irisch", "Irish"),
    ("he", "Hebräisch", "Hebrew"),
    ("hi", "Hindi", "Hindi"),
    ("hr", "Kroatisch", "Croatian"),
    ("hu", "Ungarisch", "Hungarian"),
    ("id", "Indonesisch", "Indonesian"),
    ("is", "Isländisch", "Icelandic"),
    ("it", "Italienisch", "Italian"),
    ("ja", "Japanisch", "Japanese"),
    ("ka", "Georgisch", "Georgian"),
    ("ko", "Koreanisch", "Korean"),
    ("ku", "Kurdisch", "Kurdish"),
    ("lb", "Luxemburgisch", "Luxembourgish"),
    ("lt", "Litauisch", "Lithuanian"),
    ("lv", "Lettisch", "Latvian"),
    ("mk", "Mazedonisch", "Macedonian"),
    ("nl", "Niederländisch", "Dutch"),
    ("no", "Norwegisch", "Norwegian"),
    ("pl", "Polnisch", "Polish"),
    ("pt", "Portugiesisch", "Portuguese"),
    ("rm", "Rätoromanisch", "Romansh"),
    ("ro", "Rumänisch", "Romanian"),
    ("ru", "Russisch", "Russian"),
    ("sk", "Slowakisch", "Slovak"),
    ("sl", "Slowenisch", "Slovenian"),
    ("sq", "Albanisch", "Albanian"),
    ("sr", "Serbisch", "Serbian"),
    ("sv", "Schwedisch", "Swedish"),
    ("ta", "Tamil", "Tamil"),
    ("th", "Thailändisch", "Thai"),
    ("tr", "Türkisch", "Turkish"),
    ("uk", "Ukrainisch", "Ukrainian"),
    ("ur", "Urdu", "Urdu"),
    ("vi", "Vietnamesisch", "Vietnamese"),
    ("zh", "Chinesisch", "Chinese"),
];

/// The name of a language; of one that is not listed, its code.
pub(super) fn language_name(code: &str, in_german: bool) -> &str {
    let key = code.trim().to_ascii_lowercase();
    match NAMES.binary_search_by_key(&key.as_str(), |(code, ..)| code) {
        Ok(at) if in_german => NAMES[at].1,
        Ok(at) => NAMES[at].2,
        Err(_) => code,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_listed_language_is_found() {
        for (code, german, english) in NAMES {
            assert_eq!(language_name(&code.to_uppercase(), true), *german);
            assert_eq!(language_name(code, false), *english);
        }
        assert_eq!(language_name("tlh", true), "tlh");
    }
}
