//! Every route of the server, by audience.

pub mod assets;
mod auth;
mod cards;
mod exports;
pub mod first_page;
mod graphql;
mod headers;
mod media;
mod operations;
mod reorganisations;
mod respond;
mod unsubscribe;

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::{DefaultBodyLimit, MatchedPath, Request};
use axum::http::HeaderValue;
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::{get, post};
use platform::telemetry::RequestId;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};
use tracing::Instrument as _;

use crate::app::App;

/// Header that carries the request id on every answer.
const REQUEST_ID: &str = "x-request-id";

/// All routes.
pub fn router(app: App) -> Router {
    let body_limit = app.config.graphql.max_body_bytes;
    let api = Router::new()
        .route("/", get(first_page::serve))
        // The API: everything the network does.
        .route("/graphql", get(graphql::answer).post(graphql::answer))
        .route("/graphql/ws", get(graphql::socket))
        .route("/graphiql", get(graphql::graphiql))
        // Signing in; the refresh token's cookie is sent here only.
        .route("/auth/setup", get(auth::setup_needed).post(auth::set_up))
        .route("/auth/login", post(auth::login))
        .route("/auth/refresh", post(auth::refresh))
        .route("/auth/logout", post(auth::logout))
        .route("/auth/logout-everywhere", post(auth::logout_everywhere))
        .route("/.well-known/jwks.json", get(auth::jwks))
        .layer(DefaultBodyLimit::max(body_limit))
        // Answers grow repetitive lists; assets are compressed at build time instead.
        .layer(CompressionLayer::new().compress_when(worth_compressing()));
    let files = Router::new()
        .route("/media", post(media::upload))
        .route("/media/{attachment}/thumbnail", get(media::thumbnail))
        .route("/media/{attachment}/{file_name}", get(media::file))
        .route("/media/avatar/{person}", get(media::avatar))
        .route("/reorganisations", post(reorganisations::rehearse))
        // Uploads are limited by what is read, file by file.
        .layer(DefaultBodyLimit::disable());
    let exports = Router::new()
        .route("/exports/dispatches/{file}", get(exports::proof))
        .route("/people/{file}", get(cards::card));
    // Links in letters: they work without signing in and can do one thing.
    let letters = Router::new().route(
        "/mail/unsubscribe/{token}",
        get(unsubscribe::ask).post(unsubscribe::end),
    );
    let operations = Router::new()
        .route("/healthz", get(operations::alive))
        .route("/readyz", get(operations::ready))
        .route("/metrics", get(operations::metrics));
    Router::new()
        .merge(api)
        .merge(files)
        .merge(exports)
        .merge(letters)
        .merge(operations)
        .fallback(get(assets::serve))
        .layer(middleware::from_fn(headers::secure))
        .layer(CatchPanicLayer::custom(respond::panicked))
        .layer(middleware::from_fn_with_state(app.clone(), observe))
        .with_state(app)
}

fn worth_compressing() -> impl Predicate {
    DefaultPredicate::new().and(NotForContentType::const_new("text/event-stream"))
}

/// Gives the request its id, a log span, a time limit and a place in the metrics.
async fn observe(
    axum::extract::State(app): axum::extract::State<App>,
    matched: Option<MatchedPath>,
    mut request: Request,
    next: Next,
) -> Response {
    let started = Instant::now();
    let id = RequestId::new();
    request.extensions_mut().insert(id);
    let method = request.method().to_string();
    let route = matched.map_or_else(|| "other".to_owned(), |path| path.as_str().to_owned());
    let span = tracing::info_span!("request", request_id = %id, %method, route);
    let limit = match route.as_str() {
        // Files may take as long as the line needs; sockets stay open.
        "/media"
        | "/media/{attachment}/{file_name}"
        | "/exports/dispatches/{file}"
        | "/reorganisations"
        | "/graphql/ws" => None,
        _ => Some(Duration::from_secs(
            app.config.server.request_timeout_seconds,
        )),
    };
    let answer = next.run(request).instrument(span.clone());
    let mut response = match limit {
        None => answer.await,
        Some(limit) => match tokio::time::timeout(limit, answer).await {
            Ok(response) => response,
            Err(_) => respond::timed_out(id),
        },
    };
    let status = response.status().as_u16();
    if let Ok(value) = HeaderValue::from_str(&id.to_string()) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    let took = started.elapsed();
    app.metrics.http_request(&method, &route, status, took);
    let duration_ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    tracing::info!(parent: &span, status, duration_ms, "answered");
    response
}

/// The address the request came from: the socket's, or what a trusted proxy says.
pub(crate) fn client_address(
    app: &App,
    peer: SocketAddr,
    headers: &axum::http::HeaderMap,
) -> std::net::IpAddr {
    let trusted = |address: std::net::IpAddr| {
        app.config
            .server
            .trusted_proxies
            .iter()
            .any(|network| network.contains(address))
    };
    let mut address = peer.ip();
    let forwarded = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok());
    let hops: Vec<&str> = forwarded
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .collect();
    // From the nearest hop outward, as far as each hop is a proxy of ours.
    for hop in hops.into_iter().rev() {
        if !trusted(address) {
            break;
        }
        match hop.parse() {
            Ok(next) => address = next,
            Err(_) => break,
        }
    }
    address
}
