//! Shapes that occur in conversations of developers and bankers alike.

use richtext::{Limits, NoMentions, clean, render};

use crate::html_check::elements;

#[test]
fn ordinary_posts_pass_cleaning_unchanged() {
    for text in [
        "Guten Morgen zusammen,\n\nkurze Frage zu #Basel: gilt das auch für <10 %?\n\nDanke & Gruß",
        "* * * * * * * * * * * * * * * * * * * * * * * * * * * * * * * * * * * * * * * *",
        "-----------------------------------------------------------------------------------",
        ">>>>>>> main\n<<<<<<< HEAD",
        "Am 3.4. schrieb Anna:\n> > > Ja\n> > Nein\n> Doch",
        "example (a b : ℕ) : a + b = b + a := by\n  simp [Nat.add_comm]",
        "| Q1 | Q2 |\n|---:|---:|\n| 1,2 | 3,4 |",
        "level:\n  - a:\n      - b:\n          - c: [1, [2, [3]]]",
    ] {
        assert_eq!(clean(text, Limits::POST).unwrap(), text);
        elements(&render(text, &NoMentions).html);
    }
}

#[test]
fn comparisons_and_generics_survive() {
    let document = render("a<b und b>c; f<int>(x) -> Option<&str>", &NoMentions);
    assert_eq!(document.plain, "a<b und b>c; f<int>(x) -> Option<&str>");
}

#[test]
fn a_lone_marker_is_no_markup() {
    for text in [
        "2 * 3 * 4",
        "snake_case_name",
        "~",
        "C:\\temp",
        "1) a",
        "100 % + x",
    ] {
        let document = render(text, &NoMentions);
        assert!(!document.html.contains("<em>"), "{text}: {}", document.html);
        assert!(!document.plain.is_empty());
    }
}
