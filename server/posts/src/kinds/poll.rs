//! Poll: 2 to 10 options, single or multiple choice, anonymous or not, with or without an end.
//!
//! Of an anonymous poll only who voted and how often each option was chosen is stored; the link is
//! never written, so such a vote cannot be changed. The end is computed from the time, no job ends a
//! poll. Once somebody has voted, what they voted on may not change.

use kernel::{Error, PollOptionId, PostId, Problem, Result, Timestamp};
use platform::Tx;
use richtext::TextProblem;
use sea_orm::Value;

use super::{Addition, Kind, PollRules};
use crate::model::{
    MAX_AHEAD_SECONDS, MAX_OPTION_TEXT, MAX_POLL_OPTIONS, MIN_POLL_OPTIONS, NewPost, PollInput,
    PostDetails,
};
use crate::table::Sql;

pub(super) struct Poll;

#[async_trait::async_trait]
impl Kind for Poll {
    fn check(&self, new: &NewPost, from: Timestamp, problems: &mut Vec<Problem>) -> Addition {
        let Some(poll) = &new.poll else {
            let text = "A poll needs options to choose from.";
            problems.push(Problem::new("poll", "POLL_REQUIRED", text));
            return Addition::default();
        };
        let options = check_options(&poll.options, problems);
        // An imported poll may have ended long ago.
        if new.imported.is_none() {
            check_end(poll, from, problems);
        }
        Addition {
            poll: Some(PollRules {
                options,
                is_multiple_choice: poll.is_multiple_choice,
                is_anonymous: poll.is_anonymous,
                closes_at: poll.closes_at,
            }),
            ..Addition::default()
        }
    }

    async fn insert(&self, tx: &Tx, post: PostId, addition: &Addition) -> Result<()> {
        let Some(poll) = &addition.poll else {
            return Err(Error::bug("a poll without rules"));
        };
        let rows = (0_i32..).zip(&poll.options).map(|(place, text)| {
            vec![
                Value::from(PollOptionId::at(tx.now())),
                Value::from(post),
                place.into(),
                text.as_str().into(),
                0_i64.into(),
            ]
        });
        let sql =
            Sql::new("INSERT INTO poll_options (id, post_id, place, text, vote_count) VALUES ");
        sql.bind_rows(rows).run(tx).await?;
        Ok(())
    }

    fn may_change_text(&self, details: &PostDetails) -> Result<()> {
        match &details.poll {
            Some(poll) if poll.voter_count > 0 => Err(Error::Forbidden("POLL_HAS_VOTES")),
            _ => Ok(()),
        }
    }
}

fn check_options(given: &[String], problems: &mut Vec<Problem>) -> Vec<String> {
    if !(MIN_POLL_OPTIONS..=MAX_POLL_OPTIONS).contains(&given.len()) {
        let text = format!("A poll has {MIN_POLL_OPTIONS} to {MAX_POLL_OPTIONS} options.");
        let problem = poll_problem(&["options"], "POLL_OPTION_COUNT", text);
        problems.push(
            problem
                .with("min", MIN_POLL_OPTIONS)
                .with("max", MAX_POLL_OPTIONS),
        );
        return Vec::new();
    }
    let mut options: Vec<String> = Vec::with_capacity(given.len());
    for (index, text) in given.iter().enumerate() {
        let place = index.to_string();
        let at = ["options", place.as_str()];
        match richtext::clean_line(text, MAX_OPTION_TEXT) {
            Ok(text) => {
                let lower = text.to_lowercase();
                if options.iter().any(|other| other.to_lowercase() == lower) {
                    let text = "This option is there twice.";
                    problems.push(poll_problem(&at, "POLL_OPTION_TWICE", text));
                }
                options.push(text);
            }
            Err(problem) => problems.push(option_problem(&at, problem)),
        }
    }
    options
}

fn option_problem(at: &[&str], problem: TextProblem) -> Problem {
    let code = match problem {
        TextProblem::Empty => "TEXT_EMPTY",
        TextProblem::TooLong { max, actual } => {
            let problem = poll_problem(at, "TEXT_TOO_LONG", problem.to_string());
            return problem.with("max", max).with("actual", actual);
        }
        TextProblem::ControlCharacters => "TEXT_UNREADABLE",
        TextProblem::TooDeep => "TEXT_TOO_DEEP",
    };
    poll_problem(at, code, problem.to_string())
}

fn check_end(poll: &PollInput, from: Timestamp, problems: &mut Vec<Problem>) {
    let Some(end) = poll.closes_at else {
        return;
    };
    if end <= from {
        let text = "A poll ends after it starts.";
        problems.push(poll_problem(&["closesAt"], "TIME_IN_THE_PAST", text));
    } else if end > from.plus_seconds(MAX_AHEAD_SECONDS) {
        let text = "A poll ends within a year.";
        problems.push(poll_problem(&["closesAt"], "TIME_TOO_FAR_AHEAD", text));
    }
}

fn poll_problem(at: &[&str], code: &'static str, message: impl Into<String>) -> Problem {
    let path = std::iter::once("poll").chain(at.iter().copied());
    Problem {
        path: path.map(str::to_owned).collect(),
        ..Problem::new("poll", code, message)
    }
}
