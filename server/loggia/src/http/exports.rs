//! Files that are made when they are asked for. Rights are asked at each request.

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};
use dispatches::model::{LookKind, Proof};
use kernel::{DispatchId, Error, Result};
use platform::telemetry::RequestId;

use super::{graphql, respond};
use crate::app::App;

/// The proof of a dispatch as `{id}.json`, which verifies against its hashes, or as `{id}.csv`, one line for
/// each recipient and version. The look is noted before.
pub async fn proof(
    State(app): State<App>,
    Extension(id): Extension<RequestId>,
    Path(file): Path<String>,
    headers: HeaderMap,
) -> Response {
    match make_proof(&app, &file, &headers).await {
        Ok(response) => response,
        Err(error) => respond::error(&error, id),
    }
}

async fn make_proof(app: &App, file: &str, headers: &HeaderMap) -> Result<Response> {
    let token = graphql::bearer(headers).ok_or(Error::Unauthenticated)?;
    let viewer = app.authenticator.authenticate(token).await?;
    app.authenticator.check_usable(&viewer).await?;
    let (name, form) = file.rsplit_once('.').ok_or(Error::NotFound)?;
    let dispatch: DispatchId = name.parse().map_err(|_| Error::NotFound)?;
    let (content_type, as_csv) = match form {
        "json" => ("application/json", false),
        "csv" => ("text/csv; charset=utf-8", true),
        _ => return Err(Error::NotFound),
    };
    let what = LookKind::Proof;
    dispatches::commands::note_look(&app.database, &viewer, dispatch, what, None).await?;
    let proof = dispatches::queries::proof(&app.database.reader(&viewer), dispatch).await?;
    let body = if as_csv {
        csv(&proof)?
    } else {
        serde_json::to_vec_pretty(&proof)?
    };
    let mut response = body.into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let disposition = format!("attachment; filename=\"proof-{dispatch}.{form}\"");
    if let Ok(value) = HeaderValue::from_str(&disposition) {
        headers.insert(CONTENT_DISPOSITION, value);
    }
    Ok(response)
}

/// Comma-separated values (RFC 4180) with a byte order mark, which spreadsheets need to read UTF-8.
fn csv(proof: &Proof) -> Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    let head = [
        "person",
        "name",
        "unit",
        "unit_code",
        "role",
        "manager",
        "language",
        "batch",
        "due_at",
        "version",
        "read_language",
        "seen_at",
        "acknowledged_at",
        "method",
    ];
    writer.write_record(head).map_err(Error::internal)?;
    for entry in &proof.roll {
        let batch = entry.batch.to_string();
        let common = [
            entry.person.as_str(),
            &entry.name,
            &entry.unit,
            &entry.unit_code,
            &entry.role,
            entry.manager.as_deref().unwrap_or_default(),
            &entry.language,
            &batch,
            entry.due_at.as_deref().unwrap_or_default(),
        ];
        let common = common.map(harmless);
        if entry.receipts.is_empty() {
            let nothing = ["", "", "", "", ""].map(str::to_owned);
            let line = common.iter().chain(&nothing);
            writer.write_record(line).map_err(Error::internal)?;
        }
        for receipt in &entry.receipts {
            let own = [
                receipt.version.to_string(),
                receipt.language.clone(),
                receipt.seen_at.clone(),
                receipt.acknowledged_at.clone().unwrap_or_default(),
                receipt.method.clone().unwrap_or_default(),
            ];
            let line = common.iter().chain(&own);
            writer.write_record(line).map_err(Error::internal)?;
        }
    }
    writer
        .into_inner()
        .map_err(|error| Error::internal(error.into_error()))
}

/// A cell that no spreadsheet takes for a formula.
fn harmless(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}
