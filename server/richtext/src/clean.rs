//! Normalises text before it is stored.
//!
//! What people typed is kept (no Unicode normalisation); what nobody can see and what changes how
//! the surroundings are read is removed. Both functions are idempotent.

use unicode_normalization::char::is_combining_mark;

use crate::guard;
use crate::limits::{Limits, TextProblem};

/// More combining marks than this on one letter only paint over the neighbouring lines.
const MAX_COMBINING_MARKS: usize = 10;

const ZWNJ: char = '\u{200C}';
const ZWJ: char = '\u{200D}';
const BLACK_FLAG: char = '\u{1F3F4}';
const CANCEL_TAG: char = '\u{E007F}';
const BRAILLE_BLANK: char = '\u{2800}';

/// Cleans a text of one or more lines, or says why it cannot be accepted.
///
/// Line ends become LF, control characters (but tab and newline), bidirectional overrides and
/// other invisible characters go, white space at the end goes. Joiners and emoji variation
/// selectors stay.
pub fn clean(input: &str, limits: Limits) -> Result<String, TextProblem> {
    let mut text = strip(input, limits.max_chars)?;
    text.truncate(text.trim_end().len());
    check_length(&text, limits.max_chars)?;
    if !text.chars().any(is_visible) {
        return Err(TextProblem::Empty);
    }
    guard::check(&text, limits.max_nesting)?;
    Ok(text)
}

/// Cleans a name or title: as [`clean`], with every run of white space as one space.
pub fn clean_line(input: &str, max_chars: usize) -> Result<String, TextProblem> {
    let text = strip(input, max_chars)?;
    let mut line = String::with_capacity(text.len());
    for word in text.split(is_blank).filter(|word| !word.is_empty()) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    check_length(&line, max_chars)?;
    if !line.chars().any(is_visible) {
        return Err(TextProblem::Empty);
    }
    Ok(line)
}

fn check_length(text: &str, max: usize) -> Result<(), TextProblem> {
    // A text with fewer bytes than allowed characters needs no counting.
    if text.len() <= max {
        return Ok(());
    }
    match text.chars().count() {
        actual if actual > max => Err(TextProblem::TooLong { max, actual }),
        _ => Ok(()),
    }
}

/// Removes what does not belong into text and unifies line ends.
fn strip(input: &str, max_chars: usize) -> Result<String, TextProblem> {
    // Characters that would be removed may exceed the limit a little, a flood of them may not:
    // the work done here stays proportional to the limit, not to the input.
    let ceiling = max_chars.saturating_mul(8).saturating_add(1024);
    if input.len() > ceiling {
        let actual = input.chars().count();
        if actual > max_chars {
            return Err(TextProblem::TooLong {
                max: max_chars,
                actual,
            });
        }
    }
    let mut out = String::with_capacity(input.len());
    let (mut kept, mut controls) = (0_usize, 0_usize);
    let mut previous: Option<char> = None;
    let mut marks = 0_usize;
    let mut chars = input.chars().peekable();
    while let Some(c) = chars.next() {
        let c = match c {
            '\r' => {
                chars.next_if_eq(&'\n');
                '\n'
            }
            '\u{2028}' | '\u{2029}' => '\n',
            other => other,
        };
        if c.is_control() && c != '\n' && c != '\t' {
            controls += 1;
            continue;
        }
        if is_hidden(c) || !may_follow(c, previous) {
            continue;
        }
        marks = if is_combining_mark(c) && !is_variation_selector(c) {
            marks + 1
        } else {
            0
        };
        if marks > MAX_COMBINING_MARKS {
            marks = MAX_COMBINING_MARKS;
            continue;
        }
        out.push(c);
        kept += 1;
        previous = Some(c);
    }
    if controls > kept {
        return Err(TextProblem::ControlCharacters);
    }
    Ok(out)
}

/// Whether an invisible modifier makes sense after the character kept before it.
fn may_follow(c: char, previous: Option<char>) -> bool {
    let after_something = previous.is_some_and(|p| !is_blank(p));
    match c {
        ZWJ | ZWNJ => after_something && !matches!(previous, Some(ZWJ | ZWNJ)),
        // Runs of selectors carry hidden messages; one selects a glyph.
        _ if is_variation_selector(c) => {
            after_something && !previous.is_some_and(is_variation_selector)
        }
        // Tag characters spell the flags of England, Scotland and Wales and nothing else.
        '\u{E0020}'..=CANCEL_TAG => {
            previous.is_some_and(|p| p == BLACK_FLAG || ('\u{E0020}'..CANCEL_TAG).contains(&p))
        }
        _ => true,
    }
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == BRAILLE_BLANK
}

const fn is_variation_selector(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// Characters without a glyph that reorder, hide or fake text.
pub(crate) const fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{00AD}' | '\u{034F}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
        | '\u{180B}'..='\u{180F}' | '\u{200B}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}'
        | '\u{FFF0}'..='\u{FFFC}' | '\u{FDD0}'..='\u{FDEF}'
        | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}'
        | '\u{E0000}'..='\u{E001F}' | '\u{E0080}'..='\u{E00FF}' | '\u{E01F0}'..='\u{E0FFF}')
        || (c as u32) & 0xFFFE == 0xFFFE
}

fn is_visible(c: char) -> bool {
    !(is_blank(c)
        || is_variation_selector(c)
        || matches!(c, ZWJ | ZWNJ | '\u{200E}' | '\u{200F}' | '\u{061C}')
        || ('\u{E0020}'..=CANCEL_TAG).contains(&c))
}
