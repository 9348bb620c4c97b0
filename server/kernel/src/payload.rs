//! Mutation payloads: what the person can mend comes back as typed user errors.

use async_graphql::SimpleObject;

use crate::error::{Error, Problem, Result};

/// A value for the translation of a user error.
#[derive(Debug, Clone, SimpleObject)]
pub struct ErrorParam {
    /// Name of the value, for example `max`.
    pub name: String,
    /// The value as text.
    pub value: String,
}

/// Something the person can mend.
#[derive(Debug, Clone, SimpleObject)]
pub struct UserError {
    /// Stable reason such as `TEXT_TOO_LONG`.
    pub code: String,
    /// The same in readable English.
    pub message: String,
    /// Input field the error belongs to; empty when it is about the whole.
    pub path: Vec<String>,
    /// Values for a translated message.
    pub params: Vec<ErrorParam>,
}

impl From<Problem> for UserError {
    fn from(problem: Problem) -> Self {
        let params = problem.params.into_iter();
        Self {
            code: problem.code.to_owned(),
            message: problem.message,
            path: problem.path,
            params: params
                .map(|(name, value)| ErrorParam {
                    name: name.to_owned(),
                    value,
                })
                .collect(),
        }
    }
}

/// Splits a domain result into the payload's value and its user errors.
///
/// # Errors
/// Faults and a missing sign-in stay errors and go to the top level of the answer.
pub fn split<T>(result: Result<T>) -> async_graphql::Result<(Option<T>, Vec<UserError>)> {
    let error = match result {
        Ok(value) => return Ok((Some(value), Vec::new())),
        Err(error) => error,
    };
    let plain = |code: &str, message: String| UserError {
        code: code.to_owned(),
        message,
        path: Vec::new(),
        params: Vec::new(),
    };
    let errors = match error {
        Error::Invalid(problems) => problems.into_iter().map(UserError::from).collect(),
        Error::NotFound => vec![plain(
            "NOT_FOUND",
            "This does not exist, or you may not see it.".into(),
        )],
        Error::Forbidden(reason) => vec![plain(reason, "You are not allowed to do this.".into())],
        Error::Conflict(reason) => vec![plain(
            reason,
            "This changed meanwhile; look again and retry.".into(),
        )],
        Error::RateLimited {
            retry_after_seconds,
        } => vec![UserError {
            params: vec![ErrorParam {
                name: "seconds".into(),
                value: retry_after_seconds.to_string(),
            }],
            ..plain(
                "RATE_LIMITED",
                format!("Too many tries. Wait {retry_after_seconds} seconds."),
            )
        }],
        fault @ (Error::Unauthenticated | Error::Unavailable(_) | Error::Internal(_)) => {
            return Err(fault.into());
        }
    };
    Ok((None, errors))
}
