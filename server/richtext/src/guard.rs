//! Refuses texts whose structure would cost the parser more than their length is worth.
//!
//! One pass over the bytes, no allocation beyond the stack of open list items. Measured on the
//! parser: brackets, emphasis, links and code spans cost linear time however they are nested; what
//! multiplies is quotes and lists inside each other (every following line walks all open blocks)
//! and short rows of wide tables (missing cells are filled in).

use crate::limits::TextProblem;

/// Open brackets per paragraph, as a multiple of the allowed block nesting.
const BRACKETS_PER_LEVEL: usize = 16;
/// Table cells any text may have beyond what its own length can spell out.
const FREE_CELLS: usize = 2_048;

/// Checks that a text is not nested deeper than `max_nesting` and not multiplied by its tables.
pub(crate) fn check(text: &str, max_nesting: usize) -> Result<(), TextProblem> {
    let mut items: Vec<usize> = Vec::new();
    let mut brackets = 0_usize;
    let mut columns = 0_usize;
    let mut cells = 0_usize;
    let max_cells = text.len() / 2 + FREE_CELLS;
    for line in text.as_bytes().split(|b| *b == b'\n') {
        let line = line.trim_ascii_end();
        if line.is_empty() {
            brackets = 0;
            columns = 0;
            continue;
        }
        if depth(line, &mut items, max_nesting) > max_nesting {
            return Err(TextProblem::TooDeep);
        }
        brackets = open_brackets(line, brackets, max_nesting)?;
        columns = columns.max(delimiter_columns(line));
        cells = cells.saturating_add(columns);
        if cells > max_cells {
            return Err(TextProblem::TooDeep);
        }
    }
    Ok(())
}

/// Upper bound of the containers open at the start of this line's text.
///
/// `items` holds the column where the content of each open list item starts; an item stays open
/// as long as lines are indented to that column. Quote marks count as indentation there.
fn depth(line: &[u8], items: &mut Vec<usize>, max_nesting: usize) -> usize {
    let indent = line
        .iter()
        .take_while(|b| matches!(b, b' ' | b'\t' | b'>'))
        .map(|b| if *b == b'\t' { 4 } else { 1 })
        .sum::<usize>();
    while items.last().is_some_and(|column| *column > indent) {
        items.pop();
    }
    let (mut at, mut column, mut quotes) = (0, 0, 0);
    while let Some(&byte) = line.get(at) {
        match byte {
            b' ' => column += 1,
            b'\t' => column += 4,
            b'>' => {
                quotes += 1;
                column += 1;
            }
            _ => {
                let marker = marker_length(&line[at..]);
                if marker == 0 || is_rule(&line[at..]) {
                    break;
                }
                at += marker;
                column += marker;
                items.push(column);
                if items.len() > max_nesting {
                    break;
                }
                continue;
            }
        }
        at += 1;
    }
    quotes + items.len()
}

/// Length of a list marker (`-`, `*`, `+`, `1.`, `2)`) at the start, or 0.
fn marker_length(rest: &[u8]) -> usize {
    let length = match rest.first() {
        Some(b'-' | b'*' | b'+') => 1,
        Some(b'0'..=b'9') => {
            let digits = rest.iter().take_while(|b| b.is_ascii_digit()).count();
            match rest.get(digits) {
                Some(b'.' | b')') if digits <= 9 => digits + 1,
                _ => return 0,
            }
        }
        _ => return 0,
    };
    match rest.get(length) {
        None | Some(b' ' | b'\t') => length,
        Some(_) => 0,
    }
}

/// Whether the rest of the line is a thematic break such as `* * *`, which nests nothing.
fn is_rule(rest: &[u8]) -> bool {
    let Some(&mark @ (b'-' | b'*')) = rest.first() else {
        return false;
    };
    let mut marks = 0;
    for byte in rest {
        match *byte {
            b' ' | b'\t' => {}
            other if other == mark => marks += 1,
            _ => return false,
        }
    }
    marks >= 3
}

fn open_brackets(line: &[u8], before: usize, max_nesting: usize) -> Result<usize, TextProblem> {
    let mut open = before;
    for byte in line {
        match byte {
            b'[' => open += 1,
            b']' => open = open.saturating_sub(1),
            _ => {}
        }
        if open > max_nesting.saturating_mul(BRACKETS_PER_LEVEL) {
            return Err(TextProblem::TooDeep);
        }
    }
    Ok(open)
}

/// Number of columns if this line can be the delimiter row of a table, or 0.
fn delimiter_columns(line: &[u8]) -> usize {
    let mut dashes = false;
    let mut pipes = 0;
    for byte in line {
        match byte {
            b'-' => dashes = true,
            b'|' => pipes += 1,
            b':' | b' ' | b'\t' | b'>' | b'*' | b'+' => {}
            _ => return 0,
        }
    }
    if dashes { pipes + 1 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::limits::TextProblem;

    #[test]
    fn ordinary_structure_passes() {
        for text in [
            "> > quoted twice\n\n- a\n  - b\n    - c\n\n1. x\n   1. y",
            &"* ".repeat(60),
            &"-".repeat(500),
            "| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |",
            &"- item\n".repeat(2_000),
            &"- item\n\n  text\n".repeat(2_000),
        ] {
            assert_eq!(check(text, 64), Ok(()), "{text:.40}");
        }
    }

    #[test]
    fn bombs_are_refused() {
        let stairs: String = (0..100)
            .map(|i| format!("{}- a\n", "  ".repeat(i)))
            .collect();
        let quoted_stairs: String = (0..100)
            .map(|i| format!("> {}- a\n", "  ".repeat(i)))
            .collect();
        let wide = format!(
            "{}\n{}\n{}",
            "|a".repeat(900),
            "|-".repeat(900),
            "a\n".repeat(900)
        );
        for text in [
            ">".repeat(65),
            "> ".repeat(65),
            "+ ".repeat(65),
            "1. ".repeat(65),
            "> - ".repeat(40),
            "> - ".repeat(40) + "a",
            "[".repeat(2_000),
            "![[[[".repeat(500),
            stairs,
            quoted_stairs,
            wide,
        ] {
            assert_eq!(check(&text, 64), Err(TextProblem::TooDeep), "{text:.40}");
        }
    }
}
