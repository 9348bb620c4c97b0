//! `/graphql` over HTTP and WebSocket: finds out who asks and hands over to the gate.

use axum::Extension;
use axum::body::Bytes;
use axum::extract::{RawQuery, State, WebSocketUpgrade};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use kernel::{Error, Viewer};
use platform::telemetry::RequestId;

use super::assets;
use crate::app::App;
use crate::gate::{http, ws};

/// Largest WebSocket message; the same as the largest HTTP body would be generous for a document.
const MAX_MESSAGE_BYTES: usize = 1 << 20;
/// tungstenite's default of 128 KiB for each socket would cost 1.3 GB at 10,000 sockets.
const SOCKET_BUFFER_BYTES: usize = 4096;

/// Answers a query or mutation.
pub async fn answer(
    State(app): State<App>,
    Extension(request_id): Extension<RequestId>,
    method: Method,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
    body: Bytes,
) -> Response {
    let id = request_id.to_string();
    match viewer(&app, &headers).await {
        Ok(viewer) => {
            let started = std::time::Instant::now();
            let answer = http::answer(
                &app.gate,
                &method,
                &headers,
                query.as_deref(),
                body,
                &viewer,
                &id,
            )
            .await;
            tracing::debug!(statements = viewer.statements(), took = ?started.elapsed(), "graphql");
            answer
        }
        Err(error) => http::refuse_with(&error, &headers, &id),
    }
}

/// Who asks, by the bearer token; nobody without one.
async fn viewer(app: &App, headers: &HeaderMap) -> kernel::Result<Viewer> {
    match bearer(headers) {
        None => Ok(Viewer::anonymous()),
        Some(token) => {
            let viewer = app.authenticator.authenticate(token).await?;
            Ok(viewer)
        }
    }
}

/// The bearer token of a request.
pub(crate) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then_some(token.trim())
}

/// Opens a socket for subscriptions.
pub async fn socket(
    State(app): State<App>,
    Extension(request_id): Extension<RequestId>,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Response {
    if !same_origin(&app, &headers) {
        let error = Error::Forbidden("FOREIGN_ORIGIN");
        return http::refuse_with(&error, &headers, &request_id.to_string());
    }
    let sockets = app.sockets();
    upgrade
        .protocols(["graphql-transport-ws"])
        .read_buffer_size(SOCKET_BUFFER_BYTES)
        .write_buffer_size(SOCKET_BUFFER_BYTES)
        .max_message_size(MAX_MESSAGE_BYTES)
        .max_frame_size(MAX_MESSAGE_BYTES)
        .on_upgrade(move |socket| async move {
            let tracked = sockets.tasks.clone();
            tracked
                .track_future(ws::serve(sockets, socket, request_id.to_string()))
                .await;
        })
}

/// A browser names the page that opens the socket: it must be ours. Other clients name none.
fn same_origin(app: &App, headers: &HeaderMap) -> bool {
    let Some(origin) = headers
        .get(header::ORIGIN)
        .and_then(|value| value.to_str().ok())
    else {
        return !headers.contains_key(header::ORIGIN);
    };
    let host = headers
        .get(header::HOST)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let authority = origin
        .split_once("://")
        .map_or(origin, |(_, authority)| authority);
    authority.eq_ignore_ascii_case(host) || origin == app.config.public_url()
}

/// The page to try queries in, when it is switched on.
pub async fn graphiql(State(app): State<App>, headers: HeaderMap) -> Response {
    if !app.config.graphql.graphiql {
        return StatusCode::NOT_FOUND.into_response();
    }
    assets::page("graphiql.html", &headers)
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn a_bearer_token_is_found_whatever_the_case_of_its_scheme() {
        let headers =
            |text| HeaderMap::from_iter([(header::AUTHORIZATION, HeaderValue::from_static(text))]);
        assert_eq!(bearer(&headers("Bearer abc")), Some("abc"));
        assert_eq!(bearer(&headers("bearer abc")), Some("abc"));
        assert_eq!(bearer(&headers("Basic abc")), None);
        assert_eq!(bearer(&HeaderMap::new()), None);
    }
}
