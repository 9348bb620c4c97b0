//! The web client, embedded in the binary. Files under `/assets/` carry a hash in their name and are
//! cached for a year; everything else is asked for again. Compressed copies are made by the web build.

use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use rust_embed::{EmbeddedFile, RustEmbed};

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../web/dist"]
#[allow_missing = true]
struct Bundle;

/// What the web build hands to the server for the first page; no file of the client.
pub const FIRST_PAGE_PLAN: &str = "first-page.json";

const IMMUTABLE: &str = "public, max-age=31536000, immutable";
const REVALIDATE: &str = "no-cache";

/// Serves a file of the web client, or its page for any other address (the client routes itself).
pub async fn serve(uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path().trim_start_matches('/');
    if let Some(response) = file(path, &headers) {
        return response;
    }
    // A missing file is missing: those of the bundle, and names with an ending at the root. Any other
    // address is a page of the client; deeper down a dot may stand in a handle or a topic.
    let is_page = !path.starts_with("assets/") && (path.contains('/') || !path.contains('.'));
    let page = if is_page {
        file("index.html", &headers)
    } else {
        None
    };
    page.unwrap_or_else(|| (StatusCode::NOT_FOUND, "not found\n").into_response())
}

/// Whether the client was there when the binary was built.
pub fn is_present() -> bool {
    Bundle::get("index.html").is_some()
}

/// A page of the bundle that is not the client itself.
pub fn page(name: &str, headers: &HeaderMap) -> Response {
    file(name, headers).unwrap_or_else(|| (StatusCode::NOT_FOUND, "not found\n").into_response())
}

/// A file of the bundle for the server itself.
pub fn content(path: &str) -> Option<std::borrow::Cow<'static, [u8]>> {
    Bundle::get(path).map(|file| file.data)
}

fn file(path: &str, headers: &HeaderMap) -> Option<Response> {
    let is_inner = path.ends_with(".br") || path.ends_with(".gz") || path == FIRST_PAGE_PLAN;
    if path.is_empty() || is_inner {
        return None;
    }
    let plain = Bundle::get(path)?;
    let (encoding, found) = best_encoding(path, headers).unwrap_or((None, plain));
    let mut answer = HeaderMap::new();
    let mime = mime_guess::from_path(path).first_or_octet_stream();
    let mime = match mime.type_() {
        mime_guess::mime::TEXT => format!("{mime}; charset=utf-8"),
        _ => mime.to_string(),
    };
    if let Ok(value) = HeaderValue::from_str(&mime) {
        answer.insert(CONTENT_TYPE, value);
    }
    let cache = if path.starts_with("assets/") {
        IMMUTABLE
    } else {
        REVALIDATE
    };
    answer.insert(CACHE_CONTROL, HeaderValue::from_static(cache));
    answer.insert(VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(encoding) = encoding {
        answer.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    let tag = etag(&found);
    if headers
        .get(IF_NONE_MATCH)
        .is_some_and(|known| known.as_bytes() == tag.as_bytes())
    {
        return Some((StatusCode::NOT_MODIFIED, answer).into_response());
    }
    if let Ok(value) = HeaderValue::from_str(&tag) {
        answer.insert(ETAG, value);
    }
    Some((answer, found.data.into_owned()).into_response())
}

fn best_encoding(path: &str, headers: &HeaderMap) -> Option<(Option<&'static str>, EmbeddedFile)> {
    let accepted = headers.get(ACCEPT_ENCODING)?.to_str().ok()?;
    let accepts = |name: &str| {
        accepted
            .split(',')
            .any(|part| part.split(';').next().unwrap_or("").trim() == name)
    };
    [("br", ".br"), ("gzip", ".gz")]
        .into_iter()
        .find_map(|(name, ending)| {
            if !accepts(name) {
                return None;
            }
            Bundle::get(&format!("{path}{ending}")).map(|found| (Some(name), found))
        })
}

fn etag(file: &EmbeddedFile) -> String {
    let hash = file.metadata.sha256_hash();
    let short: String = hash
        .iter()
        .take(12)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("\"{short}\"")
}
