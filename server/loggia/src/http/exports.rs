//! Files that are made when they are asked for, and sent piece by piece: a roll may have a hundred thousand lines. Rights
//! are asked at each request and again for each piece.

use std::sync::Arc;

use axum::Extension;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};
use dispatches::model::{LookKind, Proof, ProofEntry};
use futures_util::stream;
use kernel::{DispatchId, Error, PersonId, Result};
use platform::Reader;
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
    let (content_type, form) = match form {
        "json" => ("application/json", Form::Json),
        "csv" => ("text/csv; charset=utf-8", Form::Csv),
        _ => return Err(Error::NotFound),
    };
    let what = LookKind::Proof;
    dispatches::commands::note_look(&app.database, &viewer, dispatch, what, None).await?;
    let reader = app.database.reader(&viewer);
    let proof = dispatches::queries::proof(&reader, dispatch).await?;
    let export = Arc::new(Export {
        reader,
        dispatch,
        newest: proof.batches.last().map_or(0, |batch| batch.number),
        form,
    });
    let head = export.head(&proof)?;
    let pieces = stream::try_unfold(Place::Head(head), move |place| {
        let export = Arc::clone(&export);
        async move { export.next(place).await }
    });
    let mut response = Body::from_stream(pieces).into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let extension = form.extension();
    let disposition = format!("attachment; filename=\"proof-{dispatch}.{extension}\"");
    if let Ok(value) = HeaderValue::from_str(&disposition) {
        headers.insert(CONTENT_DISPOSITION, value);
    }
    Ok(response)
}

/// What kind of file it is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Json,
    Csv,
}

impl Form {
    fn extension(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Csv => "csv",
        }
    }
}

/// How much of a file is sent.
enum Place {
    Head(Vec<u8>),
    /// Lines up to this person; nothing: none yet.
    Roll(Option<PersonId>),
    End,
}

/// A file on its way. It holds the batches there were when it was begun.
struct Export {
    reader: Reader,
    dispatch: DispatchId,
    newest: i32,
    form: Form,
}

impl Export {
    async fn next(&self, place: Place) -> Result<Option<(Vec<u8>, Place)>> {
        let after = match place {
            Place::Head(head) => return Ok(Some((head, Place::Roll(None)))),
            Place::Roll(after) => after,
            Place::End => return Ok(None),
        };
        let piece =
            dispatches::queries::proof_piece(&self.reader, self.dispatch, self.newest, after);
        let (entries, last) = piece.await?;
        if entries.is_empty() {
            let end = match self.form {
                Form::Json => b"]}\n".to_vec(),
                Form::Csv => Vec::new(),
            };
            return Ok(Some((end, Place::End)));
        }
        let bytes = match self.form {
            Form::Json => json(&entries, after.is_none())?,
            Form::Csv => csv(&entries)?,
        };
        Ok(Some((bytes, Place::Roll(last))))
    }

    /// What comes before the lines: the whole proof but its last brace, or the names of the columns.
    fn head(&self, proof: &Proof) -> Result<Vec<u8>> {
        if self.form == Form::Json {
            let mut head = serde_json::to_vec(proof)?;
            head.pop();
            head.extend_from_slice(b",\"roll\":[");
            return Ok(head);
        }
        // A byte order mark, which spreadsheets need to read UTF-8.
        let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
        writer.write_record(COLUMNS).map_err(Error::internal)?;
        written(writer)
    }
}

fn json(entries: &[ProofEntry], is_first: bool) -> Result<Vec<u8>> {
    let mut piece = Vec::new();
    for (number, entry) in entries.iter().enumerate() {
        let between = if is_first && number == 0 { "\n" } else { ",\n" };
        piece.extend_from_slice(between.as_bytes());
        serde_json::to_writer(&mut piece, entry)?;
    }
    Ok(piece)
}

const COLUMNS: [&str; 14] = [
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

/// Comma-separated values (RFC 4180).
fn csv(entries: &[ProofEntry]) -> Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for entry in entries {
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
    written(writer)
}

fn written(writer: csv::Writer<Vec<u8>>) -> Result<Vec<u8>> {
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
