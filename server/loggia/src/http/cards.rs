//! People as business cards. Rights are asked at each request.

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue, Uri};
use axum::response::{IntoResponse, Response};
use kernel::{Error, PersonId, Result};
use platform::telemetry::RequestId;

use super::{assets, graphql, respond};
use crate::app::App;

/// A person as `{id}.vcf` for an address book; any other address is a page of the client.
pub async fn card(
    State(app): State<App>,
    Extension(id): Extension<RequestId>,
    Path(file): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let person = file.strip_suffix(".vcf").and_then(|id| id.parse().ok());
    match person {
        None => assets::serve(uri, headers).await,
        Some(person) => match make_card(&app, person, &headers).await {
            Ok(response) => response,
            Err(error) => respond::error(&error, id),
        },
    }
}

async fn make_card(app: &App, person: PersonId, headers: &HeaderMap) -> Result<Response> {
    let token = graphql::bearer(headers).ok_or(Error::Unauthenticated)?;
    let viewer = app.authenticator.authenticate(token).await?;
    app.authenticator.check_usable(&viewer).await?;
    let reader = app.database.reader(&viewer);
    let who = identity::queries::person(&reader, person).await?;
    let house = app.config.public_url();
    let url = format!("{}/people/{}", house.trim_end_matches('/'), who.handle);
    let card = profiles::queries::card(&reader, person, url).await?;
    let mut response = card.to_text().into_response();
    let headers = response.headers_mut();
    let content_type = HeaderValue::from_static("text/vcard; charset=utf-8");
    headers.insert(CONTENT_TYPE, content_type);
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let disposition = format!("attachment; filename=\"{}.vcf\"", who.handle);
    if let Ok(value) = HeaderValue::from_str(&disposition) {
        headers.insert(CONTENT_DISPOSITION, value);
    }
    Ok(response)
}
