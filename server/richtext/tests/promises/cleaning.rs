use richtext::{Limits, TextProblem, clean, clean_line};

fn cleaned(input: &str) -> String {
    clean(input, Limits::POST).unwrap()
}

#[test]
fn line_ends_are_unified_and_the_end_is_trimmed() {
    assert_eq!(
        cleaned("a\r\nb\rc\nd\u{2028}e \t\r\n\u{A0}\n"),
        "a\nb\nc\nd\ne"
    );
    assert_eq!(
        cleaned("    code\n"),
        "    code",
        "leading spaces carry meaning"
    );
}

#[test]
fn what_people_typed_is_kept() {
    for text in [
        "u\u{308}ber und über",
        "👨‍👩‍👧‍👦 ❤️ 🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}",
        "نمی‌خواهم",
        "שלום\u{200F}!",
        "tab\there",
        "葛\u{E0100}",
        "z\u{301}\u{302}\u{303}",
    ] {
        assert_eq!(cleaned(text), text);
    }
}

#[test]
fn controls_and_invisible_tricks_are_removed() {
    assert_eq!(cleaned("a\0b\u{7}c\u{1b}[0m\u{9f}d\u{7f}"), "abc[0md");
    let overrides = "\u{202A}\u{202B}\u{202C}\u{202D}\u{202E}\u{2066}\u{2067}\u{2068}\u{2069}";
    let invisible =
        "\u{200B}\u{2060}\u{2063}\u{FEFF}\u{AD}\u{3164}\u{180E}\u{FFF9}\u{FDD0}\u{FFFF}";
    assert_eq!(
        cleaned(&format!("rech{overrides}nung{invisible}.pdf")),
        "rechnung.pdf"
    );
    let hidden: String = "secret"
        .chars()
        .filter_map(|c| char::from_u32(c as u32 + 0xE0000))
        .collect();
    assert_eq!(cleaned(&format!("a{hidden}b")), "ab");
    assert_eq!(cleaned("a\u{FE0F}\u{FE01}\u{E0102}b"), "a\u{FE0F}b");
    assert_eq!(cleaned("a\u{200D}\u{200D}\u{200C}b"), "a\u{200D}b");
}

#[test]
fn towers_of_marks_are_cut() {
    let tower = format!("a{}b", "\u{301}".repeat(500));
    assert_eq!(cleaned(&tower).chars().count(), 12);
}

#[test]
fn nothing_visible_is_empty() {
    for text in [
        "",
        " \n\t",
        "\u{200B}",
        "\u{202E}",
        "\u{A0}\u{3000}",
        "\u{200E}",
        "\u{2800}",
    ] {
        assert_eq!(
            clean(text, Limits::POST),
            Err(TextProblem::Empty),
            "{text:?}"
        );
        assert_eq!(clean_line(text, 50), Err(TextProblem::Empty), "{text:?}");
    }
}

#[test]
fn binary_data_is_not_text() {
    assert_eq!(
        clean("\0\u{1}\u{2}a", Limits::POST),
        Err(TextProblem::ControlCharacters)
    );
    assert_eq!(clean_line("\0", 10), Err(TextProblem::ControlCharacters));
}

#[test]
fn length_counts_characters_after_cleaning() {
    let limits = Limits {
        max_chars: 5,
        max_nesting: 10,
    };
    assert_eq!(clean("größe", limits).unwrap(), "größe");
    assert_eq!(clean("grö\u{200B}ße\r\n\r\n", limits).unwrap(), "größe");
    let too_long = TextProblem::TooLong { max: 5, actual: 6 };
    assert_eq!(clean("größer", limits), Err(too_long));
    assert_eq!(clean_line("größer", 5), Err(too_long));
    assert_eq!(
        too_long.to_string(),
        "the text has 6 characters, at most 5 are allowed"
    );
    let post = "ö".repeat(20_000);
    assert_eq!(cleaned(&post), post);
    assert_eq!(
        clean(&"ö".repeat(20_001), Limits::POST),
        Err(TextProblem::TooLong {
            max: 20_000,
            actual: 20_001
        })
    );
}

#[test]
fn lines_become_one() {
    assert_eq!(
        clean_line("  Team \r\n Nord\t\u{A0}Ost\u{2028}", 50).unwrap(),
        "Team Nord Ost"
    );
    assert_eq!(clean_line("Ris\u{202E}iko", 50).unwrap(), "Risiko");
}
