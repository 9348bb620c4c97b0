//! Checks what people typed. All problems of an input are found, not only the first.

use kernel::Problem;
use richtext::{Limits, NoMentions, TextProblem};

use crate::model::{MAX_DESCRIPTION, MAX_MESSAGE, MAX_NAME, MAX_TOPICS};

/// Collects problems while values are checked.
#[derive(Default)]
pub(super) struct Checks {
    problems: Vec<Problem>,
}

fn text_problem(field: &str, problem: TextProblem) -> Problem {
    match problem {
        TextProblem::Empty => Problem::new(field, "REQUIRED", "Please fill this in."),
        TextProblem::TooLong { max, actual } => {
            let text = format!("This has {actual} characters; at most {max} are allowed.");
            Problem::new(field, "TEXT_TOO_LONG", text)
                .with("max", max)
                .with("actual", actual)
        }
        TextProblem::ControlCharacters => Problem::new(
            field,
            "TEXT_CONTROL_CHARACTERS",
            "This is not text: it has control characters.",
        ),
        TextProblem::TooDeep => Problem::new(
            field,
            "TEXT_TOO_DEEP",
            "Lists and quotes are nested too deeply.",
        ),
    }
}

impl Checks {
    pub(super) fn add(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    pub(super) fn done(self) -> kernel::Result<()> {
        if self.problems.is_empty() {
            Ok(())
        } else {
            Err(kernel::Error::Invalid(self.problems))
        }
    }

    /// A name on one line.
    pub(super) fn name(&mut self, name: &str) -> String {
        richtext::clean_line(name, MAX_NAME).unwrap_or_else(|problem| {
            self.add(text_problem("name", problem));
            String::new()
        })
    }

    /// Markdown, possibly empty, and its HTML.
    pub(super) fn description(&mut self, text: &str) -> (String, String) {
        let limits = Limits {
            max_chars: MAX_DESCRIPTION,
            max_nesting: 16,
        };
        let source = match richtext::clean(text, limits) {
            Ok(source) => source,
            Err(TextProblem::Empty) => return Default::default(),
            Err(problem) => {
                self.add(text_problem("description", problem));
                return Default::default();
            }
        };
        let html = richtext::render(&source, &NoMentions).html;
        (source, html)
    }

    /// Topics in the spelling texts are searched by, each once.
    pub(super) fn topics(&mut self, topics: &[String]) -> Vec<String> {
        if topics.len() > MAX_TOPICS {
            let text = format!("At most {MAX_TOPICS} topics are allowed.");
            self.add(Problem::new("topics", "TOO_MANY_TOPICS", text).with("max", MAX_TOPICS));
            return Vec::new();
        }
        let mut clean: Vec<String> = Vec::with_capacity(topics.len());
        for topic in topics {
            match canonical_topic(topic) {
                Some(topic) if clean.contains(&topic) => {}
                Some(topic) => clean.push(topic),
                None => {
                    let text = "A topic is one word of 2 to 50 letters or digits.";
                    let shown: String = topic.chars().take(60).collect();
                    self.add(Problem::new("topics", "TOPIC_INVALID", text).with("topic", shown));
                }
            }
        }
        clean
    }

    /// A few words to those who decide, possibly none.
    pub(super) fn message(&mut self, message: &str) -> String {
        let limits = Limits {
            max_chars: MAX_MESSAGE,
            max_nesting: 64,
        };
        match richtext::clean(message, limits) {
            Ok(message) => message,
            Err(TextProblem::Empty) => String::new(),
            Err(problem) => {
                self.add(text_problem("message", problem));
                String::new()
            }
        }
    }
}

/// A topic as `#topic` in a text would be read, if all of it is one.
fn canonical_topic(topic: &str) -> Option<String> {
    let bare = topic.trim().trim_start_matches('#');
    // A text longer than any topic need not be parsed to be refused.
    if bare.len() > 250 || bare.contains(char::is_whitespace) {
        return None;
    }
    let document = richtext::render(&format!("#{bare}"), &NoMentions);
    let is_whole = document.plain.trim().chars().count() == bare.chars().count() + 1;
    document.topics.into_iter().next().filter(|found| {
        is_whole && found.chars().count() >= bare.trim_end_matches(['-', '_']).chars().count()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn topics_are_what_a_hashtag_would_be() {
        let mut checks = Checks::default();
        let given = ["Safety", "#safety", "büro-umzug"].map(String::from);
        assert_eq!(checks.topics(&given), ["safety", "büro-umzug"]);
        assert!(checks.done().is_ok());
        for wrong in [
            "two words",
            "",
            "a.b",
            "<b>",
            "#",
            "[x](y)",
            &"x".repeat(300),
        ] {
            let mut checks = Checks::default();
            assert!(checks.topics(&[wrong.to_owned()]).is_empty(), "{wrong}");
            assert!(checks.done().is_err(), "{wrong}");
        }
    }

    #[test]
    fn all_problems_are_found_at_once() {
        let mut checks = Checks::default();
        checks.name("  ");
        checks.description(&"x".repeat(MAX_DESCRIPTION + 1));
        checks.topics(&vec!["topic".to_owned(); MAX_TOPICS + 1]);
        let Err(kernel::Error::Invalid(problems)) = checks.done() else {
            unreachable!("three problems");
        };
        let codes: Vec<_> = problems.iter().map(|p| p.code).collect();
        assert_eq!(codes, ["REQUIRED", "TEXT_TOO_LONG", "TOO_MANY_TOPICS"]);
    }

    #[test]
    fn descriptions_come_out_sanitised() {
        let mut checks = Checks::default();
        let (_, html) = checks.description("**hi** <script>alert(1)</script>");
        assert!(
            html.contains("<strong>hi</strong>") && !html.contains("<script"),
            "{html}"
        );
    }
}
