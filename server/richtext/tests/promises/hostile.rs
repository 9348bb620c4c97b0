//! Sizes and shapes that exist to hurt. None of these tests looks at a clock: what is refused is
//! refused before the parser, and what is accepted has bounded output.

use richtext::{Limits, NoMentions, TextProblem, clean, render};

use crate::html_check::elements;

const TEN_MEGABYTES: usize = 10_000_000;

const UNITS: &[&str] = &[
    ">",
    "> ",
    "- ",
    "1. ",
    "+ ",
    "[",
    "![",
    "![[[[",
    "*a_ ",
    "*a **a ",
    "[a](",
    "[a][b]",
    "`",
    "<",
    "<a ",
    "<!--",
    "&",
    "\\",
    "~~a ",
    "_a_*b",
    "a@",
    "http://",
    "www.a ",
    "|a",
    "|-",
    "\t",
    "$$",
    "$$a",
    "$",
    "#a ",
    "@a ",
    "@a/",
    "<b>",
    "</b>",
    "<details>",
    "</details>\n",
    "<a href=\"",
    "<br>",
    "a\n",
    "\n",
    "> - ",
    "[x]: y\n",
    "```\n",
    "# a\n",
    "\u{301}",
    "\u{202E}",
    "\0",
    "&#x202E;",
    "<i><b>",
    "**",
    "- [ ] ",
];

#[test]
fn ten_megabytes_are_too_long_whatever_they_hold() {
    for unit in UNITS {
        let bomb = unit.repeat(TEN_MEGABYTES / unit.len());
        for limits in [Limits::POST, Limits::PAGE] {
            assert!(
                matches!(clean(&bomb, limits), Err(TextProblem::TooLong { .. })),
                "{unit:?}"
            );
        }
    }
}

#[test]
fn whatever_fits_a_post_renders_to_bounded_output() {
    for unit in UNITS {
        let text = unit.repeat(20_000 / unit.len());
        let document = render(&text, &NoMentions);
        assert!(
            document.html.len() < 60 * text.len(),
            "{unit:?}: {}",
            document.html.len()
        );
        let mut depth = 0_usize;
        for piece in document.html.split('<').skip(1) {
            let name_end = piece.find([' ', '>']).unwrap();
            match &piece[..name_end] {
                "br" | "hr" | "img" | "wbr" => {}
                name if name.starts_with('/') => depth -= 1,
                _ => depth += 1,
            }
            assert!(depth <= 130, "{unit:?}");
        }
        elements(&document.html);
    }
}

#[test]
fn nesting_bombs_are_refused_before_the_parser() {
    let stairs: String = (0..100)
        .map(|i| format!("{}- a\n", "  ".repeat(i)))
        .collect();
    for bomb in [
        ">".repeat(19_000),
        "> - ".repeat(4_000),
        "1) ".repeat(3_000),
        "[".repeat(19_000),
        "![[[[".repeat(3_000),
        stairs,
        format!(
            "{}\n{}\n{}",
            "|a".repeat(900),
            "|-".repeat(900),
            "a\n".repeat(900)
        ),
    ] {
        assert_eq!(
            clean(&bomb, Limits::POST),
            Err(TextProblem::TooDeep),
            "{bomb:.20}"
        );
        let document = render(&bomb, &NoMentions);
        assert!(
            document.html.starts_with("<p>"),
            "shown as typed: {:.80}",
            document.html
        );
        assert!(document.html.len() < 6 * bomb.len());
    }
}

#[test]
fn deep_emphasis_keeps_its_text() {
    let text = format!("{}x{}", "*a **b ".repeat(1_000), " b** a*".repeat(1_000));
    let document = render(&text, &NoMentions);
    assert_eq!(document.plain.matches('x').count(), 1);
    assert_eq!(document.plain.matches('a').count(), 2_000);
    elements(&document.html);
}

#[test]
fn wide_tables_and_deep_pictures_stay_within_bounds() {
    let pictures = format!("{}{}", "![".repeat(900), "](a)".repeat(900));
    let table = format!(
        "{}\n{}\n{}",
        "|a".repeat(60),
        "|-".repeat(60),
        "a\n".repeat(60)
    );
    for text in [pictures, table] {
        elements(&render(&text, &NoMentions).html);
    }
}

#[test]
fn a_text_longer_than_any_page_is_cut() {
    let document = render(&"wort ".repeat(2_000_000), &NoMentions);
    assert!(document.plain.len() <= Limits::PAGE.max_chars);
}

#[test]
fn long_stretches_of_special_characters_are_split_invisibly() {
    for unit in ["&", "§", "\u{A0}x", "&amp;"] {
        let html = render(&unit.repeat(5_000), &NoMentions).html;
        elements(&html);
        assert!(
            html.split("<wbr>")
                .all(|part| part.matches(['&', '§']).count() <= 512),
            "{unit}"
        );
        let code = render(&format!("```\n{}\n```", unit.repeat(5_000)), &NoMentions);
        assert!(code.html.contains("<wbr>") && !code.plain.contains("<wbr>"));
    }
    assert!(!render(&"&".repeat(500), &NoMentions).html.contains("<wbr>"));
    let alt = render(&format!("![{}](/media/a)", "&".repeat(5_000)), &NoMentions).html;
    assert!(alt.len() < 4_000);
}
