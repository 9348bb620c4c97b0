//! Files of the staff department to be tried out: too large for a GraphQL request, otherwise the same as
//! `reorganisationRehearse`.

use axum::Extension;
use axum::body::Body;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use importers::Watcher;
use importers::org::Sources;
use kernel::{Error, Result, Timestamp};
use multer::{Constraints, Multipart, SizeLimit};
use platform::telemetry::RequestId;
use reorganisations::model::Rehearsed;
use serde_json::json;

use super::{graphql, respond};
use crate::app::App;

/// Largest of the three files; 233,000 people are about 25 MB.
const MAX_FILE_BYTES: u64 = 64 << 20;
/// Most parts: three files and a day.
const PARTS: [&str; 4] = ["people", "orgUnits", "assignments", "effectiveAt"];

struct Silent;

impl Watcher for Silent {
    fn at(&self, _: u64, _: u64, _: &str) {}
}

/// Receives `multipart/form-data` with the files `people`, `orgUnits` and `assignments` and, if wanted, the
/// moment `effectiveAt`. Answers with the id of the reorganisation, or with every line that is wrong.
pub async fn rehearse(
    State(app): State<App>,
    Extension(id): Extension<RequestId>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    match receive(&app, &headers, body).await {
        Ok(Rehearsed::Done(id)) => {
            let body = json!({ "id": id.to_string(), "faults": [] });
            (StatusCode::CREATED, axum::Json(body)).into_response()
        }
        Ok(Rehearsed::Refused(faults)) => {
            let body = json!({ "id": null, "faults": faults });
            axum::Json(body).into_response()
        }
        Err(error) => respond::error(&error, id),
    }
}

async fn receive(app: &App, headers: &HeaderMap, body: Body) -> Result<Rehearsed> {
    let token = graphql::bearer(headers).ok_or(Error::Unauthenticated)?;
    let viewer = app.authenticator.authenticate(token).await?;
    app.authenticator.check_usable(&viewer).await?;
    // Before a byte of the files is read.
    reorganisations::policy::may_rehearse(&viewer)?;
    let (sources, effective_at) = read(headers, body).await?;
    reorganisations::commands::rehearse(&app.database, &viewer, &sources, effective_at, &Silent)
        .await
}

fn broken(error: &multer::Error) -> Error {
    match error {
        multer::Error::FieldSizeExceeded { .. } | multer::Error::StreamSizeExceeded { .. } => {
            let text = format!("A file may have {MAX_FILE_BYTES} bytes.");
            let problem = kernel::Problem::new("file", "FILE_TOO_LARGE", text);
            Error::Invalid(vec![problem.with("maxBytes", MAX_FILE_BYTES)])
        }
        _ => Error::invalid("file", "UPLOAD_INTERRUPTED", "The files could not be read."),
    }
}

async fn read(headers: &HeaderMap, body: Body) -> Result<(Sources, Option<Timestamp>)> {
    let kind = headers
        .get(CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok());
    let boundary = multer::parse_boundary(kind.unwrap_or_default());
    let boundary = boundary.map_err(|error| broken(&error))?;
    let limits = SizeLimit::new()
        .whole_stream(3 * MAX_FILE_BYTES + (1 << 16))
        .per_field(MAX_FILE_BYTES);
    let constraints = Constraints::new()
        .size_limit(limits)
        .allowed_fields(PARTS.to_vec());
    let stream = body.into_data_stream();
    let mut parts = Multipart::with_constraints(stream, boundary, constraints);
    let (mut people, mut units, mut places, mut effective_at) = (None, None, None, None);
    while let Some(part) = parts.next_field().await.map_err(|error| broken(&error))? {
        let name = part.name().unwrap_or_default().to_owned();
        let bytes = part.bytes().await.map_err(|error| broken(&error))?;
        match name.as_str() {
            "people" => people = Some(bytes.to_vec()),
            "orgUnits" => units = Some(bytes.to_vec()),
            "assignments" => places = Some(bytes.to_vec()),
            _ => {
                let moment = std::str::from_utf8(&bytes).ok().map(str::parse);
                let Some(Ok(moment)) = moment else {
                    let text = "This is no moment like 2027-01-01T00:00:00Z.";
                    return Err(Error::invalid("effectiveAt", "INVALID_TIME", text));
                };
                effective_at = Some(moment);
            }
        }
    }
    let needed = |file: Option<Vec<u8>>, name: &str| {
        let text = format!("The file {name} is missing.");
        file.ok_or_else(|| Error::invalid(name, "FILE_MISSING", text))
    };
    let sources = Sources {
        people: needed(people, "people")?,
        org_units: needed(units, "orgUnits")?,
        assignments: needed(places, "assignments")?,
    };
    Ok((sources, effective_at))
}
