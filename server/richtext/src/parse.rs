//! The one call into the Markdown parser, with its options and its budget.

use std::borrow::Cow;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::LazyLock;

use comrak::{Arena, Node, Options, try_parse_document};

use crate::clean::is_hidden;

/// Stands for a single `$` while the parser looks for `$$` formulas, so that prices and shell
/// variables are never taken for mathematics. A noncharacter: no text may contain it.
const DOLLAR: char = '\u{FDD0}';

/// The parser reports every 256 steps; ordinary text takes up to 6 steps per byte.
const STEPS_PER_REPORT: usize = 256;
const STEPS_PER_BYTE: usize = 16;
const FREE_STEPS: usize = 65_536;

static OPTIONS: LazyLock<Options<'static>> = LazyLock::new(|| {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.tasklist = true;
    options.extension.strikethrough = true;
    options.extension.autolink = true;
    // `\@name` and `\#name` are written to avoid a mention: keep which characters were escaped.
    options.parse.escaped_char_spans = true;
    options
});

static OPTIONS_WITH_MATH: LazyLock<Options<'static>> = LazyLock::new(|| {
    let mut options = OPTIONS.clone();
    options.extension.math_dollars = true;
    options
});

/// Parses a text; nothing comes back when the parser needs more steps than the text is worth.
pub(crate) fn parse<'a>(arena: &'a Arena<'a>, source: &str) -> Option<Node<'a>> {
    let (source, options) = if source.contains("$$") {
        (hide_single_dollars(source), &*OPTIONS_WITH_MATH)
    } else {
        (Cow::Borrowed(source), &*OPTIONS)
    };
    let reports = (source.len() * STEPS_PER_BYTE + FREE_STEPS) / STEPS_PER_REPORT;
    let left = Cell::new(reports);
    let exhausted = || {
        left.set(left.get().saturating_sub(1));
        left.get() == 0
    };
    // The parser asserts its own invariants. Should an input break one, the reader gets the plain
    // text instead of an error.
    catch_unwind(AssertUnwindSafe(|| {
        try_parse_document(arena, &source, options, &exhausted).ok()
    }))
    .unwrap_or(None)
}

/// Replaces every run of dollars but `$$` by stand-ins.
fn hide_single_dollars(source: &str) -> Cow<'_, str> {
    let mut out = String::with_capacity(source.len() + 16);
    let mut rest = source;
    while let Some(at) = rest.find('$') {
        out.push_str(&rest[..at]);
        let run = rest[at..].bytes().take_while(|b| *b == b'$').count();
        if run == 2 {
            out.push_str("$$");
        } else {
            out.extend(std::iter::repeat_n(DOLLAR, run));
        }
        rest = &rest[at + run..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Turns the stand-ins in a string from the parsed document back into dollars, and removes what
/// must not be shown but can be spelled as an entity (`&#x202E;`).
pub(crate) fn restore(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_unwanted) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(
        text.chars()
            .filter_map(|c| match c {
                DOLLAR => Some('$'),
                c if is_unwanted(c) => None,
                c => Some(c),
            })
            .collect(),
    )
}

fn is_unwanted(c: char) -> bool {
    is_hidden(c) || (c.is_control() && c != '\n' && c != '\t')
}
