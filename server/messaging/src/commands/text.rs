//! From what somebody typed to what is stored.

use std::collections::HashMap;

use kernel::{Problem, Result};
use platform::Tx;
use richtext::{Limits, Mention, Resolved, Resolver, TextProblem};

/// Handles looked up for one message; what is mentioned beyond stays plain text.
const MAX_HANDLES: usize = 50;

/// Cleans what was typed; nothing at all is an answer only where something else says it.
pub(super) fn clean(body: &str, may_be_empty: bool) -> std::result::Result<String, Problem> {
    if may_be_empty && body.trim().is_empty() {
        return Ok(String::new());
    }
    richtext::clean(body, Limits::POST).map_err(|problem| {
        let code = match problem {
            TextProblem::Empty => "TEXT_EMPTY",
            TextProblem::TooLong { .. } => "TEXT_TOO_LONG",
            TextProblem::ControlCharacters => "TEXT_UNREADABLE",
            TextProblem::TooDeep => "TEXT_TOO_DEEP",
        };
        let found = Problem::new("body", code, problem.to_string());
        match problem {
            TextProblem::TooLong { max, actual } => found.with("max", max).with("actual", actual),
            _ => found,
        }
    })
}

/// What a search inside the conversation looks at.
pub(super) fn searchable(source: &str) -> String {
    identity::fold(&richtext::plain(source))
}

/// Renders a cleaned text. People become links; communities stay text, since those who read the
/// message may know fewer communities than who wrote it.
pub(super) async fn render(tx: &Tx, source: &str) -> Result<String> {
    let mut people = People::default();
    if source.contains('@') {
        let handles: Vec<String> = richtext::find_mentions(source)
            .into_iter()
            .filter_map(|mention| match mention {
                Mention::Person { handle } => Some(handle),
                Mention::Community { .. } => None,
            })
            .take(MAX_HANDLES)
            .collect();
        if !handles.is_empty() {
            let found = identity::queries::people_by_handles(tx, &handles).await?;
            people.names = found
                .into_iter()
                .map(|person| (person.handle, person.name))
                .collect();
        }
    }
    Ok(richtext::render(source, &people).html)
}

#[derive(Default)]
struct People {
    names: HashMap<String, String>,
}

impl Resolver for People {
    fn person(&self, handle: &str) -> Option<Resolved> {
        let name = self.names.get(handle)?;
        Some(Resolved {
            href: format!("/people/{handle}"),
            label: name.clone(),
        })
    }

    fn community(&self, _slug: &str) -> Option<Resolved> {
        None
    }
}
