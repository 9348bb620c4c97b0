//! GraphQL over HTTP (<https://graphql.github.io/graphql-over-http/draft/>): POST and GET, content
//! negotiation, status codes. Batches and mutations by GET are refused.

use async_graphql::parser::types::OperationType;
use async_graphql::{Request, Response, ServerError, Variables};
use axum::body::Bytes;
use axum::http::header::{ACCEPT, ALLOW, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response as HttpResponse};
use kernel::Viewer;
use serde_json::{Map, Value};

use super::Gate;
use super::protocol::{body_of, is_request_error};

const GRAPHQL_JSON: &str = "application/graphql-response+json; charset=utf-8";
const JSON: &str = "application/json; charset=utf-8";

/// How the client wants its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// `application/graphql-response+json`: status codes tell request errors.
    GraphqlResponse,
    /// `application/json`: well-formed requests are answered with 200.
    Json,
}

impl Wanted {
    fn content_type(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::GraphqlResponse => GRAPHQL_JSON,
            Self::Json => JSON,
        })
    }
}

/// Answers one HTTP request to `/graphql`.
pub async fn answer(
    gate: &Gate,
    method: &Method,
    headers: &HeaderMap,
    query: Option<&str>,
    body: Bytes,
    viewer: &Viewer,
    request_id: &str,
) -> HttpResponse {
    let Some(wanted) = negotiate(headers) else {
        let text = "ask for application/graphql-response+json or application/json";
        return refuse(StatusCode::NOT_ACCEPTABLE, Wanted::Json, text, request_id);
    };
    let request = match *method {
        Method::GET => from_url(query.unwrap_or_default()),
        _ => from_body(headers, &body),
    };
    let request = match request {
        Ok(request) => request,
        Err((status, text)) => return refuse(status, wanted, text, request_id),
    };
    let prepared = match gate.prepare(request) {
        Ok(prepared) => prepared,
        Err(error) => return request_error(*error, wanted, request_id),
    };
    match prepared.operation {
        OperationType::Mutation if *method == Method::GET => {
            let text = "send mutations by POST";
            let mut response = refuse(StatusCode::METHOD_NOT_ALLOWED, wanted, text, request_id);
            response
                .headers_mut()
                .insert(ALLOW, HeaderValue::from_static("POST"));
            response
        }
        OperationType::Subscription => {
            let text = "subscribe over WebSocket at /graphql/ws";
            refuse(StatusCode::BAD_REQUEST, wanted, text, request_id)
        }
        _ => {
            if !prepared.before_password_change
                && let Err(error) = gate.check_usable(viewer).await
            {
                return refuse_with(&error, headers, request_id);
            }
            render(&gate.execute(prepared, viewer, request_id).await, wanted)
        }
    }
}

/// Refuses a request before its document is looked at.
pub fn refuse_with(error: &kernel::Error, headers: &HeaderMap, request_id: &str) -> HttpResponse {
    let wanted = negotiate(headers).unwrap_or(Wanted::Json);
    let status =
        StatusCode::from_u16(error.code().http_status()).unwrap_or(StatusCode::BAD_REQUEST);
    let mut server_error = ServerError::new(error.to_string(), None);
    let extensions = server_error.extensions.get_or_insert_default();
    extensions.set("code", error.code().as_str());
    extensions.set("reason", error.reason());
    extensions.set("requestId", request_id);
    let response = Response::from_errors(vec![server_error]);
    (
        status,
        [(CONTENT_TYPE, wanted.content_type())],
        body_of(&response),
    )
        .into_response()
}

fn refuse(status: StatusCode, wanted: Wanted, text: &str, request_id: &str) -> HttpResponse {
    let mut error = ServerError::new(text, None);
    kernel::error::complete(&mut error, request_id);
    let response = Response::from_errors(vec![error]);
    (
        status,
        [(CONTENT_TYPE, wanted.content_type())],
        body_of(&response),
    )
        .into_response()
}

fn request_error(mut error: ServerError, wanted: Wanted, request_id: &str) -> HttpResponse {
    kernel::error::complete(&mut error, request_id);
    render(&Response::from_errors(vec![error]), wanted)
}

fn render(response: &Response, wanted: Wanted) -> HttpResponse {
    let status = match wanted {
        Wanted::GraphqlResponse if is_request_error(response) => StatusCode::BAD_REQUEST,
        _ => StatusCode::OK,
    };
    (
        status,
        [(CONTENT_TYPE, wanted.content_type())],
        body_of(response),
    )
        .into_response()
}

/// Picks the media type; `None` when the client accepts neither.
fn negotiate(headers: &HeaderMap) -> Option<Wanted> {
    let Some(accept) = headers.get(ACCEPT) else {
        return Some(Wanted::Json);
    };
    let accept = accept.to_str().ok()?;
    let mut best: Option<(f32, Wanted)> = None;
    for range in accept.split(',') {
        let mut parts = range.split(';').map(str::trim);
        let wanted = match parts.next().map(str::to_ascii_lowercase).as_deref() {
            Some("application/graphql-response+json") => Wanted::GraphqlResponse,
            // Who takes anything gets what every client understands.
            Some("application/json" | "*/*" | "application/*") => Wanted::Json,
            _ => continue,
        };
        let weight = parts.find_map(|part| part.strip_prefix("q=")?.parse::<f32>().ok());
        let weight = weight.unwrap_or(1.0);
        if weight > 0.0 && best.is_none_or(|(known, _)| weight > known) {
            best = Some((weight, wanted));
        }
    }
    best.map(|(_, wanted)| wanted)
}

type Refused = (StatusCode, &'static str);

fn from_body(headers: &HeaderMap, body: &[u8]) -> Result<Request, Refused> {
    let content_type = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    let essence = content_type
        .and_then(|text| text.split(';').next())
        .map(str::trim);
    let charset_fits = content_type
        .and_then(|text| {
            text.split(';')
                .find_map(|part| part.trim().strip_prefix("charset="))
        })
        .is_none_or(|charset| charset.trim_matches('"').eq_ignore_ascii_case("utf-8"));
    if !essence.is_some_and(|essence| essence.eq_ignore_ascii_case("application/json"))
        || !charset_fits
    {
        return Err((
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "send application/json in UTF-8",
        ));
    }
    let bad = |text| (StatusCode::BAD_REQUEST, text);
    match serde_json::from_slice::<Value>(body) {
        Ok(Value::Object(parameters)) => from_parameters(parameters),
        Ok(Value::Array(_)) => Err(bad("send one operation in a request; batches are off")),
        Ok(_) => Err(bad("the body must be a JSON object")),
        Err(_) => Err(bad("the body is not valid JSON")),
    }
}

fn from_url(query: &str) -> Result<Request, Refused> {
    let bad = |text| (StatusCode::BAD_REQUEST, text);
    let mut parameters = Map::new();
    for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
        let value = match name.as_ref() {
            "query" | "operationName" if value.is_empty() => Value::Null,
            "query" | "operationName" => Value::String(value.into_owned()),
            "variables" | "extensions" if value.is_empty() => Value::Null,
            "variables" | "extensions" => serde_json::from_str(&value)
                .map_err(|_| bad("variables and extensions must be JSON objects"))?,
            _ => continue,
        };
        parameters.insert(name.into_owned(), value);
    }
    from_parameters(parameters)
}

fn from_parameters(mut parameters: Map<String, Value>) -> Result<Request, Refused> {
    let bad = |text| (StatusCode::BAD_REQUEST, text);
    let mut request = match parameters.remove("query") {
        Some(Value::String(query)) => Request::new(query),
        _ => return Err(bad("the parameter query must be a string")),
    };
    request.operation_name = match parameters.remove("operationName") {
        None | Some(Value::Null) => None,
        Some(Value::String(name)) => Some(name),
        Some(_) => return Err(bad("the parameter operationName must be a string")),
    };
    request.variables = match parameters.remove("variables") {
        None | Some(Value::Null) => Variables::default(),
        Some(variables @ Value::Object(_)) => Variables::from_json(variables),
        Some(_) => return Err(bad("the parameter variables must be an object")),
    };
    match parameters.remove("extensions") {
        None | Some(Value::Null | Value::Object(_)) => Ok(request),
        Some(_) => Err(bad("the parameter extensions must be an object")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepts(text: &'static str) -> Option<Wanted> {
        negotiate(&HeaderMap::from_iter([(
            ACCEPT,
            HeaderValue::from_static(text),
        )]))
    }

    #[test]
    fn the_media_type_the_client_likes_best_wins() {
        assert_eq!(accepts("application/json"), Some(Wanted::Json));
        assert_eq!(accepts("*/*"), Some(Wanted::Json));
        assert_eq!(
            accepts("application/graphql-response+json, application/json;q=0.9"),
            Some(Wanted::GraphqlResponse)
        );
        assert_eq!(
            accepts("application/graphql-response+json;q=0.1, application/json"),
            Some(Wanted::Json)
        );
        assert_eq!(accepts("text/html"), None);
        assert_eq!(negotiate(&HeaderMap::new()), Some(Wanted::Json));
    }
}
