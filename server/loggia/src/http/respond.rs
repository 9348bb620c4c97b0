//! Plain (not GraphQL) answers and errors.

use std::any::Any;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use kernel::Error;
use platform::telemetry::RequestId;
use serde_json::json;

/// An error of ours as JSON: code, reason, text and request id, and what helps to go on.
pub fn error(error: &Error, request_id: RequestId) -> Response {
    if let Error::Internal(cause) = error {
        tracing::error!(%request_id, error = format!("{cause:#}"), "request failed");
    }
    let problems: Vec<_> = match error {
        Error::Invalid(problems) => problems
            .iter()
            .map(|problem| {
                let params = problem
                    .params
                    .iter()
                    .map(|(name, value)| json!({ "name": name, "value": value }));
                json!({
                    "path": problem.path,
                    "code": problem.code,
                    "message": problem.message,
                    "params": params.collect::<Vec<_>>(),
                })
            })
            .collect(),
        _ => Vec::new(),
    };
    let mut body = json!({
        "code": error.reason(),
        "message": error.to_string(),
        "requestId": request_id.to_string(),
        "problems": problems,
    });
    if let Error::RateLimited {
        retry_after_seconds,
    } = error
    {
        body["retryAfterSeconds"] = json!(retry_after_seconds);
    }
    let status = StatusCode::from_u16(error.code().http_status())
        .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = (status, axum::Json(json!({ "error": body }))).into_response();
    if let Error::RateLimited {
        retry_after_seconds,
    } = error
    {
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, HeaderValue::from(*retry_after_seconds));
    }
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// The answer when the request took too long.
pub fn timed_out(request_id: RequestId) -> Response {
    error(&Error::Unavailable("An answer in time"), request_id)
}

/// The answer when a handler panicked: the log has the rest.
#[expect(
    clippy::needless_pass_by_value,
    reason = "the layer hands over the box"
)]
pub fn panicked(payload: Box<dyn Any + Send + 'static>) -> Response {
    let message = platform::telemetry::panic_message(payload.as_ref());
    tracing::error!(message, "handler panicked");
    error(&Error::bug("a handler panicked"), RequestId::new())
}
