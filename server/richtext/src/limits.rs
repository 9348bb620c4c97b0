//! How much text is accepted, and what is wrong with a text that is not.

/// Bounds of a text before it is stored. Characters are Unicode scalar values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Largest accepted number of characters after cleaning.
    pub max_chars: usize,
    /// Largest accepted depth of quotes and lists inside each other.
    pub max_nesting: usize,
}

impl Limits {
    /// Bounds of a post, reply or message.
    pub const POST: Self = Self {
        max_chars: 20_000,
        max_nesting: 64,
    };
    /// Bounds of a long document: article or wiki page.
    pub const PAGE: Self = Self {
        max_chars: 1_000_000,
        max_nesting: 64,
    };
    /// Bounds of a title or another single line.
    pub const LINE: Self = Self {
        max_chars: 200,
        max_nesting: 64,
    };
}

/// Reason why a text is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TextProblem {
    /// Nothing visible is left.
    #[error("the text is empty")]
    Empty,
    /// More characters than allowed.
    #[error("the text has {actual} characters, at most {max} are allowed")]
    TooLong {
        /// Allowed number of characters.
        max: usize,
        /// Number of characters given.
        actual: usize,
    },
    /// Mostly control characters: binary data rather than text.
    #[error("the text consists of control characters")]
    ControlCharacters,
    /// Quotes, lists, brackets or table columns nested or multiplied beyond anything readable.
    #[error("the text is nested too deeply")]
    TooDeep,
}
