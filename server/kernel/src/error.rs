//! One error type. Who can act on an error decides where it goes: the person gets a typed user
//! error in the payload, the client's developer a top-level error, and a fault of the server only a
//! request id.

use std::sync::Arc;

use async_graphql::{Enum, ErrorExtensionValues, ServerError};

/// Result with our [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Kind of an error as the client sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Enum)]
pub enum ErrorCode {
    /// Input the person can mend.
    Invalid,
    /// It does not exist, or the viewer may not know that it does.
    NotFound,
    /// Visible, but not allowed.
    Forbidden,
    /// Somebody else changed it meanwhile, or it is there already.
    Conflict,
    /// Too many tries; wait.
    RateLimited,
    /// Sign in (again).
    Unauthenticated,
    /// Something the server depends on does not answer.
    Unavailable,
    /// A fault of the server; the request id finds it in the log.
    Internal,
}

impl ErrorCode {
    /// The code as written in `extensions.code`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Invalid => "INVALID",
            Self::NotFound => "NOT_FOUND",
            Self::Forbidden => "FORBIDDEN",
            Self::Conflict => "CONFLICT",
            Self::RateLimited => "RATE_LIMITED",
            Self::Unauthenticated => "UNAUTHENTICATED",
            Self::Unavailable => "UNAVAILABLE",
            Self::Internal => "INTERNAL",
        }
    }

    /// The HTTP status of a plain (not GraphQL) answer with this error.
    pub fn http_status(self) -> u16 {
        match self {
            Self::Invalid => 422,
            Self::NotFound => 404,
            Self::Forbidden => 403,
            Self::Conflict => 409,
            Self::RateLimited => 429,
            Self::Unauthenticated => 401,
            Self::Unavailable => 503,
            Self::Internal => 500,
        }
    }
}

/// One thing about an input that the person can mend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where in the input, for example `["body"]`.
    pub path: Vec<String>,
    /// Stable reason such as `TEXT_TOO_LONG`; the client translates it.
    pub code: &'static str,
    /// The same in English.
    pub message: String,
    /// Values for the translation, for example `("max", "20000")`.
    pub params: Vec<(&'static str, String)>,
}

impl Problem {
    /// A problem with one input field.
    pub fn new(field: &str, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            path: vec![field.to_owned()],
            code,
            message: message.into(),
            params: Vec::new(),
        }
    }

    /// Adds a value for the translation.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl std::fmt::Display) -> Self {
        self.params.push((name, value.to_string()));
        self
    }
}

/// Everything that can go wrong, by who can act on it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Does not exist for this viewer.
    #[error("not found")]
    NotFound,
    /// Nobody is signed in, or no longer.
    #[error("please sign in")]
    Unauthenticated,
    /// Visible but not allowed, with the reason code.
    #[error("not allowed: {0}")]
    Forbidden(&'static str),
    /// The input has problems.
    #[error("invalid input: {}", .0.iter().map(|p| p.message.as_str()).collect::<Vec<_>>().join("; "))]
    Invalid(Vec<Problem>),
    /// The state changed meanwhile or the thing is there already, with the reason code.
    #[error("conflict: {0}")]
    Conflict(&'static str),
    /// Too many tries.
    #[error("too many requests, try again in {retry_after_seconds} s")]
    RateLimited {
        /// When to try again, in seconds.
        retry_after_seconds: u64,
    },
    /// A dependency (named) does not answer.
    #[error("{0} is not available at the moment")]
    Unavailable(&'static str),
    /// A fault of ours.
    #[error("internal error")]
    Internal(#[source] anyhow::Error),
}

/// One of the equal errors of all who waited for the same thing, such as a batch of a loader.
impl From<Arc<Error>> for Error {
    fn from(shared: Arc<Error>) -> Self {
        match &*shared {
            Self::NotFound => Self::NotFound,
            Self::Unauthenticated => Self::Unauthenticated,
            Self::Forbidden(reason) => Self::Forbidden(reason),
            Self::Conflict(reason) => Self::Conflict(reason),
            Self::Invalid(problems) => Self::Invalid(problems.clone()),
            Self::Unavailable(name) => Self::Unavailable(name),
            Self::RateLimited {
                retry_after_seconds,
            } => Self::RateLimited {
                retry_after_seconds: *retry_after_seconds,
            },
            Self::Internal(_) => Self::internal(shared),
        }
    }
}

impl Error {
    /// One problem with one input field.
    pub fn invalid(field: &str, code: &'static str, message: impl Into<String>) -> Self {
        Self::Invalid(vec![Problem::new(field, code, message)])
    }

    /// A fault of ours, from any error.
    pub fn internal(error: impl Into<anyhow::Error>) -> Self {
        Self::Internal(error.into())
    }

    /// A fault of ours, from a text.
    pub fn bug(message: &'static str) -> Self {
        Self::Internal(anyhow::Error::msg(message))
    }

    /// Its kind.
    pub fn code(&self) -> ErrorCode {
        match self {
            Self::NotFound => ErrorCode::NotFound,
            Self::Unauthenticated => ErrorCode::Unauthenticated,
            Self::Forbidden(_) => ErrorCode::Forbidden,
            Self::Invalid(_) => ErrorCode::Invalid,
            Self::Conflict(_) => ErrorCode::Conflict,
            Self::RateLimited { .. } => ErrorCode::RateLimited,
            Self::Unavailable(_) => ErrorCode::Unavailable,
            Self::Internal(_) => ErrorCode::Internal,
        }
    }

    /// The reason code, finer than [`Error::code`] where there is one.
    pub fn reason(&self) -> &'static str {
        match self {
            Self::Forbidden(reason) | Self::Conflict(reason) => reason,
            Self::Invalid(problems) => problems.first().map_or("INVALID", |p| p.code),
            other => other.code().as_str(),
        }
    }
}

/// Completes an error on its way out: code, reason and request id for the client, one log line for
/// a fault. Called once, in the gate; resolvers just use `?`, which keeps our error as the source.
pub fn complete(error: &mut ServerError, request_id: &str) {
    let fault = |extensions: &mut ErrorExtensionValues, code: &str| {
        extensions.set("code", code);
        extensions.set("requestId", request_id);
    };
    let Some(source) = error.source.take() else {
        // Refused by the executor itself: parsing, validation, coercion, limits.
        if error
            .extensions
            .as_ref()
            .is_none_or(|e| e.get("code").is_none())
        {
            fault(
                error.extensions.get_or_insert_default(),
                ErrorCode::Invalid.as_str(),
            );
        }
        return;
    };
    let Some(ours) = source.downcast_ref::<Error>() else {
        tracing::error!(request_id, error = error.message, "request failed");
        "internal error".clone_into(&mut error.message);
        fault(
            error.extensions.get_or_insert_default(),
            ErrorCode::Internal.as_str(),
        );
        return;
    };
    if let Error::Internal(cause) = ours {
        tracing::error!(request_id, error = format!("{cause:#}"), "request failed");
    }
    let extensions = error.extensions.get_or_insert_default();
    fault(extensions, ours.code().as_str());
    extensions.set("reason", ours.reason());
    if let Error::RateLimited {
        retry_after_seconds,
    } = ours
    {
        extensions.set("retryAfterSeconds", *retry_after_seconds);
    }
}

/// A duplicate is a conflict, a database that does not answer is unavailable, all else is our fault.
impl From<sea_orm::DbErr> for Error {
    fn from(error: sea_orm::DbErr) -> Self {
        use sea_orm::{DbErr, SqlErr};
        if let Some(SqlErr::UniqueConstraintViolation(_)) = error.sql_err() {
            return Self::Conflict("ALREADY_EXISTS");
        }
        match error {
            DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => {
                tracing::error!(%error, "database does not answer");
                Self::Unavailable("The database")
            }
            other => Self::Internal(other.into()),
        }
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::Internal(error.into())
    }
}
