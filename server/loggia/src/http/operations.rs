//! For those who run the server: alive, ready, metrics.

use std::net::SocketAddr;

use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use kernel::Viewer;
use platform::journal;

use crate::app::App;
use crate::health::{self, Status};

/// The process answers.
pub async fn alive() -> &'static str {
    "ok\n"
}

/// The server can serve: the database answers, the schema fits, it is not stopping.
pub async fn ready(State(app): State<App>) -> Response {
    if app.stop.is_cancelled() {
        return (StatusCode::SERVICE_UNAVAILABLE, "stopping\n").into_response();
    }
    let checks = health::database_checks(&app.database).await;
    let failed: Vec<_> = checks
        .iter()
        .filter(|check| check.status == Status::Failed)
        .collect();
    if failed.is_empty() {
        "ready\n".into_response()
    } else {
        let names: Vec<_> = failed.iter().map(|check| check.name.as_str()).collect();
        (
            StatusCode::SERVICE_UNAVAILABLE,
            format!("not ready: {}\n", names.join(", ")),
        )
            .into_response()
    }
}

/// Prometheus metrics; with a token for others than this machine.
pub async fn metrics(
    State(app): State<App>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
) -> Response {
    let config = &app.config.metrics;
    if !config.enabled {
        return StatusCode::NOT_FOUND.into_response();
    }
    let token = config.token.expose();
    let given = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    let allowed = match given {
        Some(given) => !token.is_empty() && same(given, token),
        None => token.is_empty() && peer.ip().is_loopback(),
    };
    if !allowed {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let reader = app.database.reader(&Viewer::system("metrics"));
    if let Ok(head) = journal::head(&reader).await {
        app.metrics.journal_position(head.sequence);
        for name in app.consumer_names() {
            if let Ok(position) = platform::consumer::cursor(&reader, name).await {
                app.metrics
                    .consumer(name, position.sequence, head.sequence - position.sequence);
            }
        }
    }
    (
        [(header::CONTENT_TYPE, platform::metrics::CONTENT_TYPE)],
        app.metrics.encode(),
    )
        .into_response()
}

/// Compares without telling by time how much was right.
fn same(given: &str, token: &str) -> bool {
    use sha2::{Digest, Sha256};
    Sha256::digest(given.as_bytes()) == Sha256::digest(token.as_bytes())
}
