//! Signing in and out. The access token goes to the page, which keeps it in memory; the refresh
//! token stays in a cookie no script can read and which is sent to `/auth` only. Two more cookies are
//! good for one purpose each, since browsers load these without a header: files, and the first page.

use std::net::SocketAddr;

use axum::body::Bytes;
use axum::extract::{ConnectInfo, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, SET_COOKIE, USER_AGENT};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use identity::commands::{Device, LoginInput, SetupInput, SignedIn};
use kernel::{Error, Result, Timestamp};
use platform::telemetry::RequestId;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::json;

use super::{client_address, graphql, respond};
use crate::app::App;

/// Cookie with the refresh token.
const REFRESH: &str = "loggia_refresh";
/// Cookie with the token for files.
pub(super) const FILES: &str = "loggia_files";
/// Cookie with the token for the first page.
pub(super) const FIRST_PAGE: &str = "loggia_first_page";
/// A page of another origin cannot send this header without being asked for permission first.
const GUARD: &str = "x-loggia";

#[derive(Deserialize)]
struct Credentials {
    login: String,
    password: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Setup {
    organisation_name: String,
    name: String,
    handle: String,
    email: String,
    password: String,
    locale: String,
}

/// Whether the organisation still has to be set up.
pub async fn setup_needed(State(app): State<App>, Extension(id): Extension<RequestId>) -> Response {
    match identity::queries::needs_setup(&app.database).await {
        Ok(needed) => no_store(Json(json!({ "needed": needed })).into_response()),
        Err(error) => respond::error(&error, id),
    }
}

/// Creates the organisation and its first admin.
pub async fn set_up(
    State(app): State<App>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Extension(id): Extension<RequestId>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let result = async {
        let setup: Setup = read(&headers, &body)?;
        let input = SetupInput {
            organisation_name: setup.organisation_name,
            name: setup.name,
            handle: setup.handle,
            email: setup.email,
            password: setup.password,
            locale: setup.locale,
        };
        app.authenticator
            .setup(input, &device(&app, peer, &headers))
            .await
    };
    signed_in(&app, result.await, id)
}

/// Signs in with handle or e-mail address and password.
pub async fn login(
    State(app): State<App>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Extension(id): Extension<RequestId>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let result = async {
        let Credentials { login, password } = read(&headers, &body)?;
        let device = device(&app, peer, &headers);
        app.authenticator
            .login(LoginInput {
                login,
                password,
                device,
            })
            .await
    };
    let result = result.await;
    app.metrics.login(match &result {
        Ok(_) => platform::metrics::LoginOutcome::Success,
        Err(Error::RateLimited { .. }) => platform::metrics::LoginOutcome::RateLimited,
        Err(_) => platform::metrics::LoginOutcome::WrongCredentials,
    });
    signed_in(&app, result, id)
}

/// Exchanges the refresh token for the next one and a new access token.
pub async fn refresh(
    State(app): State<App>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Extension(id): Extension<RequestId>,
    headers: HeaderMap,
) -> Response {
    let result = async {
        guard(&headers)?;
        let token = cookie(&headers, REFRESH).ok_or(Error::Unauthenticated)?;
        app.authenticator
            .refresh(token, &device(&app, peer, &headers))
            .await
    };
    signed_in(&app, result.await, id)
}

/// Ends this session.
pub async fn logout(
    State(app): State<App>,
    Extension(id): Extension<RequestId>,
    headers: HeaderMap,
) -> Response {
    let result = async {
        guard(&headers)?;
        match cookie(&headers, REFRESH) {
            Some(token) => app.authenticator.sign_out(token).await,
            None => Ok(()),
        }
    };
    signed_out(&app, result.await, id)
}

/// Ends all sessions of the person.
pub async fn logout_everywhere(
    State(app): State<App>,
    Extension(id): Extension<RequestId>,
    headers: HeaderMap,
) -> Response {
    let result = async {
        guard(&headers)?;
        let token = graphql::bearer(&headers).ok_or(Error::Unauthenticated)?;
        let viewer = app.authenticator.authenticate(token).await?;
        app.authenticator.sign_out_everywhere(&viewer).await?;
        Ok(())
    };
    signed_out(&app, result.await, id)
}

/// The public keys of access tokens (RFC 7517).
pub async fn jwks(State(app): State<App>, Extension(id): Extension<RequestId>) -> Response {
    match app.authenticator.jwks().await {
        Ok(keys) => {
            let cache = [(
                CACHE_CONTROL,
                HeaderValue::from_static("public, max-age=300"),
            )];
            (cache, Json(keys)).into_response()
        }
        Err(error) => respond::error(&error, id),
    }
}

fn device(app: &App, peer: SocketAddr, headers: &HeaderMap) -> Device {
    let agent = headers
        .get(USER_AGENT)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    Device::new(agent, Some(client_address(app, peer, headers)))
}

fn guard(headers: &HeaderMap) -> Result<()> {
    if headers.contains_key(GUARD) {
        Ok(())
    } else {
        Err(Error::Forbidden("GUARD_HEADER_MISSING"))
    }
}

fn read<T: DeserializeOwned>(headers: &HeaderMap, body: &[u8]) -> Result<T> {
    guard(headers)?;
    let is_json = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|text| {
            text.split(';')
                .next()
                .unwrap_or("")
                .trim()
                .eq_ignore_ascii_case("application/json")
        });
    if !is_json {
        return Err(Error::invalid(
            "body",
            "NOT_JSON",
            "Send JSON as application/json.",
        ));
    }
    serde_json::from_slice(body).map_err(|error| {
        Error::invalid(
            "body",
            "NOT_JSON",
            format!("The body does not fit: {error}."),
        )
    })
}

/// A cookie's value.
pub(super) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let all = headers
        .get_all(axum::http::header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok());
    all.flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(known, value)| (known == name).then_some(value))
}

fn set_cookie(app: &App, name: &str, value: &str, path: &str, seconds: i64) -> HeaderValue {
    let secure = if app.config.public_url().starts_with("https:") {
        "; Secure"
    } else {
        ""
    };
    let text = format!(
        "{name}={value}; Path={path}; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}"
    );
    HeaderValue::from_str(&text).unwrap_or_else(|_| HeaderValue::from_static(""))
}

fn signed_in(app: &App, result: Result<SignedIn>, id: RequestId) -> Response {
    let signed_in = match result {
        Ok(signed_in) => signed_in,
        Err(error) => return respond::error(&error, id),
    };
    let left = |until: Timestamp| until.seconds_since(app.database.now());
    let body = json!({
        "accessToken": signed_in.access_token,
        "expiresAt": signed_in.access_expires_at.to_string(),
    });
    let mut response = no_store(Json(body).into_response());
    let seconds = left(signed_in.refresh_expires_at);
    let cookies = [
        (REFRESH, signed_in.refresh_token.expose(), "/auth"),
        (FILES, &signed_in.files_token, "/media"),
        (FIRST_PAGE, &signed_in.first_page_token, "/"),
    ];
    for (name, value, path) in cookies {
        let cookie = set_cookie(app, name, value, path, seconds);
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

fn signed_out(app: &App, result: Result<()>, id: RequestId) -> Response {
    let mut response = match result {
        Ok(()) => no_store(StatusCode::NO_CONTENT.into_response()),
        Err(error) => return respond::error(&error, id),
    };
    for (name, path) in [(REFRESH, "/auth"), (FILES, "/media"), (FIRST_PAGE, "/")] {
        let cookie = set_cookie(app, name, "", path, 0);
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

fn no_store(mut response: Response) -> Response {
    response
        .headers_mut()
        .insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
