//! Uploaded files, in and out. Rights are asked at each request, never baked into an address.

use std::io::SeekFrom;

use axum::Extension;
use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_RANGE,
    CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH, RANGE,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use content::commands::Upload;
use content::queries::{MediaFile, Variant};
use futures_util::TryStreamExt as _;
use identity::CookiePurpose;
use kernel::{AttachmentId, Error, PersonId, Result, Viewer};
use platform::telemetry::RequestId;
use serde::Deserialize;
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncSeekExt as _};
use tokio_util::io::{ReaderStream, StreamReader};

use super::{auth, graphql, respond};
use crate::app::App;

/// What the address of an upload says.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UploadQuery {
    file_name: String,
    #[serde(default)]
    alt_text: String,
}

/// Receives a file; the body is the file itself.
pub async fn upload(
    State(app): State<App>,
    Extension(id): Extension<RequestId>,
    Query(query): Query<UploadQuery>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    match receive(&app, query, &headers, body).await {
        Ok(attachment) => {
            app.metrics.upload(
                "file",
                platform::metrics::Outcome::Ok,
                u64::try_from(attachment.size_bytes).unwrap_or(0),
            );
            let body = json!({ "id": attachment.id.to_string(), "fileName": attachment.file_name });
            (StatusCode::CREATED, axum::Json(body)).into_response()
        }
        Err(error) => {
            app.metrics
                .upload("file", platform::metrics::Outcome::Failed, 0);
            respond::error(&error, id)
        }
    }
}

async fn receive(
    app: &App,
    query: UploadQuery,
    headers: &HeaderMap,
    body: Body,
) -> Result<content::AttachmentView> {
    let token = graphql::bearer(headers).ok_or(Error::Unauthenticated)?;
    let viewer = app.authenticator.authenticate(token).await?;
    app.authenticator.check_usable(&viewer).await?;
    let config = &app.config.media;
    let left = content::queries::quota_left(&app.database.reader(&viewer), config).await?;
    let limit = config.max_file_bytes.min(left);
    let stream = body.into_data_stream().map_err(std::io::Error::other);
    let file = app.blobs.stage(StreamReader::new(stream), limit).await?;
    let upload = Upload {
        file,
        file_name: query.file_name,
        alt_text: query.alt_text,
    };
    content::commands::upload(&app.database, &viewer, &app.blobs, config, upload).await
}

/// Sends a file.
pub async fn file(
    State(app): State<App>,
    Extension(id): Extension<RequestId>,
    Path((attachment, _name)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    send_attachment(&app, &attachment, Variant::Original, &headers, id).await
}

/// Sends a file's small picture.
pub async fn thumbnail(
    State(app): State<App>,
    Extension(id): Extension<RequestId>,
    Path(attachment): Path<String>,
    headers: HeaderMap,
) -> Response {
    send_attachment(&app, &attachment, Variant::Thumbnail, &headers, id).await
}

/// Sends a person's picture.
pub async fn avatar(
    State(app): State<App>,
    Extension(id): Extension<RequestId>,
    Path(person): Path<String>,
    headers: HeaderMap,
) -> Response {
    let result = async {
        let person: PersonId = person.parse().map_err(|_| Error::NotFound)?;
        let viewer = viewer(&app, &headers).await?;
        content::queries::avatar_for(&app.database.reader(&viewer), person, Variant::Original).await
    };
    match result.await {
        Ok(file) => send(&app, file, &headers, id).await,
        Err(error) => respond::error(&error, id),
    }
}

async fn send_attachment(
    app: &App,
    attachment: &str,
    variant: Variant,
    headers: &HeaderMap,
    id: RequestId,
) -> Response {
    let result = async {
        let attachment: AttachmentId = attachment.parse().map_err(|_| Error::NotFound)?;
        let viewer = viewer(app, headers).await?;
        content::queries::media_for(&app.database.reader(&viewer), attachment, variant).await
    };
    match result.await {
        Ok(file) => send(app, file, headers, id).await,
        Err(error) => respond::error(&error, id),
    }
}

/// Who asks: a bearer token, or the cookie that is good for files only.
async fn viewer(app: &App, headers: &HeaderMap) -> Result<Viewer> {
    match graphql::bearer(headers) {
        Some(token) => app.authenticator.authenticate(token).await,
        None => {
            let token = auth::cookie(headers, auth::FILES).ok_or(Error::Unauthenticated)?;
            app.authenticator
                .authenticate_cookie(CookiePurpose::Files, token)
                .await
        }
    }
}

async fn send(app: &App, file: MediaFile, headers: &HeaderMap, id: RequestId) -> Response {
    let (mut content, length) = match app.blobs.open(file.blob).await {
        Ok(opened) => opened,
        Err(error) => return respond::error(&error.into(), id),
    };
    let tag = format!("\"{}\"", file.blob);
    let mut answer = HeaderMap::new();
    let mut put = |name, text: &str| {
        if let Ok(value) = HeaderValue::from_str(text) {
            answer.insert(name, value);
        }
    };
    put(CONTENT_TYPE, &file.content_type);
    put(CONTENT_DISPOSITION, &file.disposition);
    put(CONTENT_SECURITY_POLICY, platform::media::SERVING_POLICY);
    put(ETAG, &tag);
    put(ACCEPT_RANGES, "bytes");
    // A file never changes, but who may see it does: the browser keeps it and asks each time.
    put(CACHE_CONTROL, "private, no-cache");
    if headers
        .get(IF_NONE_MATCH)
        .is_some_and(|known| known.as_bytes() == tag.as_bytes())
    {
        return (StatusCode::NOT_MODIFIED, answer).into_response();
    }
    let range = headers.get(RANGE).and_then(|value| value.to_str().ok());
    match range.map(|range| parse_range(range, length)) {
        Some(Some((first, last))) => {
            if let Err(error) = content.seek(SeekFrom::Start(first)).await {
                return respond::error(&Error::internal(error), id);
            }
            let size = last - first + 1;
            put_number(&mut answer, CONTENT_LENGTH, size);
            if let Ok(value) = HeaderValue::from_str(&format!("bytes {first}-{last}/{length}")) {
                answer.insert(CONTENT_RANGE, value);
            }
            let body = Body::from_stream(ReaderStream::new(content.take(size)));
            (StatusCode::PARTIAL_CONTENT, answer, body).into_response()
        }
        Some(None) => {
            if let Ok(value) = HeaderValue::from_str(&format!("bytes */{length}")) {
                answer.insert(CONTENT_RANGE, value);
            }
            (StatusCode::RANGE_NOT_SATISFIABLE, answer).into_response()
        }
        None => {
            put_number(&mut answer, CONTENT_LENGTH, length);
            (answer, Body::from_stream(ReaderStream::new(content))).into_response()
        }
    }
}

fn put_number(headers: &mut HeaderMap, name: axum::http::HeaderName, number: u64) {
    headers.insert(name, HeaderValue::from(number));
}

/// First and last byte of a single range (RFC 9110, section 14); `None` when it cannot be satisfied.
/// Several ranges are answered with the first.
fn parse_range(text: &str, length: u64) -> Option<(u64, u64)> {
    let first_range = text.strip_prefix("bytes=")?.split(',').next()?.trim();
    let (from, to) = first_range.split_once('-')?;
    let end = length.checked_sub(1)?;
    let (first, last) = match (from.is_empty(), to.is_empty()) {
        (true, false) => (length.saturating_sub(to.parse().ok()?), end),
        (false, true) => (from.parse().ok()?, end),
        (false, false) => (from.parse().ok()?, to.parse::<u64>().ok()?.min(end)),
        (true, true) => return None,
    };
    (first <= last && first < length).then_some((first, last))
}

#[cfg(test)]
mod tests {
    use super::parse_range;

    #[test]
    fn ranges_are_read_as_the_standard_says() {
        assert_eq!(parse_range("bytes=0-99", 1000), Some((0, 99)));
        assert_eq!(parse_range("bytes=900-", 1000), Some((900, 999)));
        assert_eq!(parse_range("bytes=-100", 1000), Some((900, 999)));
        assert_eq!(parse_range("bytes=-5000", 1000), Some((0, 999)));
        assert_eq!(parse_range("bytes=0-5000", 1000), Some((0, 999)));
        for nonsense in [
            "bytes=1000-",
            "bytes=5-2",
            "bytes=-",
            "bytes=a-b",
            "lines=0-1",
            "bytes=-0",
        ] {
            assert_eq!(parse_range(nonsense, 1000), None, "{nonsense}");
        }
        assert_eq!(parse_range("bytes=0-0", 0), None);
    }
}
