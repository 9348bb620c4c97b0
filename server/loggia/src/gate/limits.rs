//! What a GraphQL document may cost, decided before validation and execution.
//!
//! Every fragment is measured once and the result reused, so a document whose fragments spread each
//! other (20 levels in 700 bytes double at each level) is refused after reading it once instead of
//! being expanded. Tokens are counted before parsing.

use std::collections::HashMap;

use async_graphql::parser::types::{
    ExecutableDocument, Field, OperationDefinition, Selection, SelectionSet,
};
use async_graphql::{Name, Variables};
use async_graphql_value::Value;
use platform::config::GraphqlConfig;

/// Largest list a field is counted with; connections refuse more than this anyway.
const MAX_PAGE: u64 = kernel::page::MAX_PAGE as u64;
/// Depth allowed inside `__schema` and `__type`; the usual introspection query needs 13.
const MAX_INTROSPECTION_DEPTH: usize = 16;
/// Fields a document may have once its fragments are spread.
const MAX_SPREAD_FIELDS: u64 = 4_000;

/// Why a document is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Longer than is ever needed.
    #[error("the document has more than {0} tokens")]
    Tokens(usize),
    /// Nested too deeply.
    #[error("the document is nested more than {0} levels deep")]
    Depth(usize),
    /// Too many aliases.
    #[error("the document has more than {0} aliases")]
    Aliases(usize),
    /// Too many fields at the root.
    #[error("the operation has more than {0} root fields")]
    RootFields(usize),
    /// Too many directives.
    #[error("the document has more than {0} directives")]
    Directives(usize),
    /// Would do too much work.
    #[error("the operation costs {cost}, more than {limit}")]
    Complexity {
        /// What it would cost: one for each field, times the sizes of the lists around it.
        cost: u64,
        /// What is allowed.
        limit: u64,
    },
    /// A fragment spreads itself.
    #[error("a fragment spreads itself")]
    FragmentCycle,
}

impl Refusal {
    /// Stable reason code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Tokens(_) => "TOO_MANY_TOKENS",
            Self::Depth(_) => "TOO_DEEP",
            Self::Aliases(_) => "TOO_MANY_ALIASES",
            Self::RootFields(_) => "TOO_MANY_ROOT_FIELDS",
            Self::Directives(_) => "TOO_MANY_DIRECTIVES",
            Self::Complexity { .. } => "TOO_COMPLEX",
            Self::FragmentCycle => "FRAGMENT_CYCLE",
        }
    }
}

/// Counts tokens roughly as the grammar does (names, numbers, strings, punctuation) and stops at `limit`.
///
/// # Errors
/// [`Refusal::Tokens`] beyond the limit.
pub fn check_tokens(query: &str, limit: usize) -> Result<(), Refusal> {
    let mut count = 0;
    let mut bytes = query.as_bytes();
    while let [first, rest @ ..] = bytes {
        bytes = match first {
            b' ' | b'\t' | b'\r' | b'\n' | b',' => {
                bytes = rest;
                continue;
            }
            b'#' => {
                let line = rest.iter().position(|b| *b == b'\n').unwrap_or(rest.len());
                bytes = &rest[line..];
                continue;
            }
            b'"' => after_string(rest),
            b if is_word(*b) => {
                &rest[rest.iter().position(|b| !is_word(*b)).unwrap_or(rest.len())..]
            }
            _ => rest,
        };
        count += 1;
        if count > limit {
            return Err(Refusal::Tokens(limit));
        }
    }
    Ok(())
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

fn after_string(mut bytes: &[u8]) -> &[u8] {
    while let [first, rest @ ..] = bytes {
        match (first, rest) {
            (b'\\', [_, rest @ ..]) => bytes = rest,
            (b'"', _) => return rest,
            _ => bytes = rest,
        }
    }
    bytes
}

#[derive(Debug, Clone, Copy, Default)]
struct Measure {
    depth: usize,
    introspection_depth: usize,
    fields: u64,
    cost: u64,
    root_fields: usize,
}

impl Measure {
    /// The measure of two selections side by side.
    fn beside(self, other: Self) -> Self {
        Self {
            depth: self.depth.max(other.depth),
            introspection_depth: self.introspection_depth.max(other.introspection_depth),
            fields: self.fields.saturating_add(other.fields),
            cost: self.cost.saturating_add(other.cost),
            root_fields: self.root_fields.saturating_add(other.root_fields),
        }
    }
}

enum Known {
    InProgress,
    Done(Measure),
}

struct Walk<'a> {
    document: &'a ExecutableDocument,
    variables: &'a Variables,
    defaults: HashMap<&'a str, u64>,
    fragments: HashMap<&'a str, Known>,
    aliases: usize,
    directives: usize,
}

/// Checks one operation of a parsed document.
///
/// # Errors
/// The first limit it goes beyond.
pub fn check(
    document: &ExecutableDocument,
    operation: &OperationDefinition,
    variables: &Variables,
    limits: &GraphqlConfig,
) -> Result<(), Refusal> {
    let defaults = operation
        .variable_definitions
        .iter()
        .filter_map(|definition| {
            let value = definition.node.default_value.as_ref()?;
            Some((definition.node.name.node.as_str(), size_of(&value.node)?))
        });
    let mut walk = Walk {
        document,
        variables,
        defaults: defaults.collect(),
        fragments: HashMap::new(),
        aliases: 0,
        directives: operation.directives.len(),
    };
    let total = walk.selection_set(&operation.selection_set.node)?;
    // Directives of fragments that are never spread count too: they are validated all the same.
    for fragment in document.fragments.keys() {
        walk.fragment(fragment)?;
    }
    let refuse = |beyond: bool, refusal: Refusal| if beyond { Err(refusal) } else { Ok(()) };
    refuse(
        total.depth > limits.max_depth,
        Refusal::Depth(limits.max_depth),
    )?;
    refuse(
        total.introspection_depth > MAX_INTROSPECTION_DEPTH,
        Refusal::Depth(MAX_INTROSPECTION_DEPTH),
    )?;
    refuse(
        walk.aliases > limits.max_aliases,
        Refusal::Aliases(limits.max_aliases),
    )?;
    refuse(
        walk.directives > limits.max_directives,
        Refusal::Directives(limits.max_directives),
    )?;
    refuse(
        total.root_fields > limits.max_root_fields,
        Refusal::RootFields(limits.max_root_fields),
    )?;
    let cost = if total.fields > MAX_SPREAD_FIELDS {
        u64::MAX
    } else {
        total.cost
    };
    let limit = limits.max_complexity as u64;
    refuse(cost > limit, Refusal::Complexity { cost, limit })
}

impl<'a> Walk<'a> {
    fn selection_set(&mut self, set: &'a SelectionSet) -> Result<Measure, Refusal> {
        let mut total = Measure::default();
        for selection in &set.items {
            let measure = match &selection.node {
                Selection::Field(field) => self.field(&field.node)?,
                Selection::InlineFragment(inline) => {
                    self.directives += inline.node.directives.len();
                    self.selection_set(&inline.node.selection_set.node)?
                }
                Selection::FragmentSpread(spread) => {
                    self.directives += spread.node.directives.len();
                    self.fragment(&spread.node.fragment_name.node)?
                }
            };
            total = total.beside(measure);
        }
        Ok(total)
    }

    fn fragment(&mut self, name: &'a Name) -> Result<Measure, Refusal> {
        match self.fragments.get(name.as_str()) {
            Some(Known::Done(measure)) => return Ok(*measure),
            Some(Known::InProgress) => return Err(Refusal::FragmentCycle),
            None => {}
        }
        // An unknown fragment costs nothing here; validation names it.
        let Some(fragment) = self.document.fragments.get(name) else {
            return Ok(Measure::default());
        };
        self.fragments.insert(name.as_str(), Known::InProgress);
        self.directives += fragment.node.directives.len();
        let measure = self.selection_set(&fragment.node.selection_set.node)?;
        self.fragments.insert(name.as_str(), Known::Done(measure));
        Ok(measure)
    }

    fn field(&mut self, field: &'a Field) -> Result<Measure, Refusal> {
        self.aliases += usize::from(field.alias.is_some());
        self.directives += field.directives.len();
        let inner = self.selection_set(&field.selection_set.node)?;
        let introspects = field.name.node.starts_with("__");
        let times = self.list_size(field);
        Ok(Measure {
            depth: if introspects { 1 } else { inner.depth + 1 },
            introspection_depth: match (introspects, inner.introspection_depth) {
                (true, _) => inner.depth.max(inner.introspection_depth) + 1,
                (false, 0) => 0,
                (false, depth) => depth + 1,
            },
            fields: inner.fields.saturating_add(1),
            cost: inner.cost.saturating_mul(times).saturating_add(1),
            root_fields: 1,
        })
    }

    fn list_size(&self, field: &Field) -> u64 {
        // Lists of the introspection schema have no size argument; a type has some ten fields.
        if matches!(
            field.name.node.as_str(),
            "types" | "fields" | "inputFields" | "possibleTypes"
        ) {
            return 10;
        }
        let is_size = |name: &str| matches!(name, "first" | "last" | "count");
        let sizes = field
            .arguments
            .iter()
            .filter(|(name, _)| is_size(name.node.as_str()));
        sizes
            .map(|(_, value)| self.size(&value.node))
            .max()
            .unwrap_or(1)
    }

    fn size(&self, value: &Value) -> u64 {
        let given = match value {
            Value::Variable(name) => match self.variables.get(name) {
                Some(value) => size_of(value),
                None => self.defaults.get(name.as_str()).copied(),
            },
            literal => literal.clone().into_const().as_ref().and_then(size_of),
        };
        given.unwrap_or(MAX_PAGE).clamp(1, MAX_PAGE)
    }
}

fn size_of(value: &async_graphql::Value) -> Option<u64> {
    match value {
        async_graphql::Value::Number(number) => number.as_u64(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failing unwrap is the test's message")]

    use async_graphql::parser::parse_query;
    use proptest::prelude::*;

    use super::*;

    fn limits() -> GraphqlConfig {
        GraphqlConfig {
            introspection: true,
            graphiql: true,
            max_depth: 12,
            max_complexity: 20_000,
            max_aliases: 30,
            max_root_fields: 10,
            max_directives: 10,
            max_tokens: 2_000,
            max_body_bytes: 1_048_576,
        }
    }

    fn judge(query: &str) -> Result<(), Refusal> {
        let limits = limits();
        check_tokens(query, limits.max_tokens)?;
        let document = parse_query(query).unwrap();
        let (_, operation) = document.operations.iter().next().unwrap();
        check(&document, &operation.node, &Variables::default(), &limits)
    }

    fn fragment_bomb(levels: usize) -> String {
        let mut query = String::from("{...f0}");
        for level in 0..levels {
            let next = level + 1;
            query.push_str(&format!(
                " fragment f{level} on Query{{...f{next} ...f{next}}}"
            ));
        }
        query.push_str(&format!(" fragment f{levels} on Query{{__typename}}"));
        query
    }

    #[test]
    fn a_fragment_bomb_is_refused_by_reading_it_once() {
        for levels in [20, 26, 60] {
            let refusal = judge(&fragment_bomb(levels)).unwrap_err();
            assert_eq!(refusal.code(), "TOO_MANY_ROOT_FIELDS");
        }
    }

    #[test]
    fn each_limit_has_its_own_refusal() {
        let deep = format!("{}a{}", "{a".repeat(40), "}".repeat(40));
        let aliases: String = (0..40).map(|n| format!("a{n}: name ")).collect();
        let directives = " @include(if: true)".repeat(20);
        let cases = [
            (deep, "TOO_DEEP"),
            (format!("{{ viewer {{ {aliases} }} }}"), "TOO_MANY_ALIASES"),
            (
                format!("{{ viewer{directives} {{ id }} }}"),
                "TOO_MANY_DIRECTIVES",
            ),
            (
                format!("{{ {} }}", "viewer{x} ".repeat(20)),
                "TOO_MANY_ROOT_FIELDS",
            ),
            (format!("{{ {} }}", "a ".repeat(5_000)), "TOO_MANY_TOKENS"),
            (
                "{...a} fragment a on Query {...b} fragment b on Query {...a}".into(),
                "FRAGMENT_CYCLE",
            ),
            (
                "{a(first:100){b(first:100){c(first:100){d}}}}".into(),
                "TOO_COMPLEX",
            ),
        ];
        for (query, code) in cases {
            assert_eq!(judge(&query).unwrap_err().code(), code, "{query:.60}");
        }
    }

    #[test]
    fn an_ordinary_page_passes() {
        let query = "query($n: Int = 20) { homeFeed(first: $n) { edges { node { id author { name } \
                     latestReplies(count: 2) { id author { name } } } } pageInfo { endCursor } } }";
        judge(query).unwrap();
    }

    proptest! {
        #[test]
        fn counting_tokens_never_panics(text in "\\PC{0,300}") {
            let _ = check_tokens(&text, 50);
        }
    }
}
