//! The link in letters that ends letters of their sort. Mail programs send the POST themselves
//! (RFC 8058); people who follow the link are asked first, since programs that look at links must not
//! end anything.

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use deliveries::commands::Unsubscribe;
use kernel::{Error, Result, Viewer};
use minijinja::{AutoEscape, Environment, context};
use platform::telemetry::RequestId;

use super::respond;
use crate::app::App;

/// A page of its own that needs nothing else.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; \
     frame-ancestors 'none'",
);

const PAGE: &str = r#"<!doctype html>
<html lang="{{ lang }}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><meta name="color-scheme" content="light dark"><title>{{ title }}</title>
<style>body{font:1.0625rem/1.5 system-ui,sans-serif;margin:0;display:grid;place-items:center;min-height:90vh;padding:1.5rem}main{max-width:32rem}h1{font-size:1.5rem;line-height:1.25}button{font:inherit;font-weight:600;padding:.75rem 1.25rem;border-radius:.5rem;border:1px solid;cursor:pointer}</style></head>
<body><main><h1>{{ title }}</h1><p>{{ text }}</p>
{%- if button %}<form method="post"><button>{{ button }}</button></form>{% endif %}
<p><a href="/settings/notifications">{{ settings }}</a></p></main></body>
</html>
"#;

/// Asks whether these letters are to end.
pub async fn ask(
    State(app): State<App>,
    Extension(id): Extension<RequestId>,
    Path(token): Path<String>,
) -> Response {
    let what = deliveries::commands::read_token(&app.database, &token).await;
    answer(&app, what, false, id).await
}

/// Ends these letters.
pub async fn end(
    State(app): State<App>,
    Extension(id): Extension<RequestId>,
    Path(token): Path<String>,
) -> Response {
    let what = deliveries::commands::unsubscribe(&app.database, &token).await;
    answer(&app, what, true, id).await
}

async fn answer(app: &App, what: Result<Unsubscribe>, done: bool, id: RequestId) -> Response {
    let page = match what {
        Ok(what) => page(app, &what, done)
            .await
            .map(|page| (StatusCode::OK, page)),
        Err(Error::NotFound) => unknown().map(|page| (StatusCode::NOT_FOUND, page)),
        Err(error) => Err(error),
    };
    match page {
        Ok((status, page)) => {
            let mut response = (status, Html(page)).into_response();
            let headers = response.headers_mut();
            headers.insert(CONTENT_SECURITY_POLICY, POLICY);
            headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
            response
        }
        Err(error) => respond::error(&error, id),
    }
}

async fn page(app: &App, what: &Unsubscribe, done: bool) -> Result<String> {
    let reader = app.database.reader(&Viewer::system("unsubscribe"));
    let settings = identity::queries::settings_of(&reader, &[what.person]).await?;
    let settings = settings.first().ok_or(Error::NotFound)?;
    let names = deliveries::jobs::category_names(&settings.locale, &what.categories);
    let is_german = settings.locale.starts_with("de");
    let (title, text, button) = match (is_german, done) {
        (true, false) => (
            "Keine E-Mails mehr?",
            format!("Es geht um: {names}"),
            "Keine E-Mails mehr dazu",
        ),
        (true, true) => (
            "Erledigt",
            format!("Sie erhalten keine E-Mails mehr zu: {names}"),
            "",
        ),
        (false, false) => (
            "No more e-mails?",
            format!("This is about: {names}"),
            "No more e-mails about this",
        ),
        (false, true) => (
            "Done",
            format!("You receive no more e-mails about: {names}"),
            "",
        ),
    };
    let settings = if is_german {
        "Alle Einstellungen"
    } else {
        "All settings"
    };
    let lang = if is_german { "de" } else { "en" };
    render(context! { lang, title, text, button, settings })
}

fn unknown() -> Result<String> {
    render(context! {
        lang => "en",
        title => "This link does not work",
        text => "It may have been cut off. You can choose which e-mails you get in the settings.",
        settings => "All settings",
    })
}

fn render(context: minijinja::Value) -> Result<String> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment
        .render_str(PAGE, context)
        .map_err(Error::internal)
}
