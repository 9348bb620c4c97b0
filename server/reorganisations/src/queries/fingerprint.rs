//! What an organisation is, in few letters.

use std::fmt::Write as _;

use identity::queries::Reads;
use kernel::{PersonId, Result, Timestamp};
use platform::Sql;
use sea_orm::FromQueryResult;
use sha2::{Digest, Sha256};

use crate::model::{Fingerprint, ReorganisationState, ReorganisationView};

#[derive(FromQueryResult)]
struct IdRow {
    id: PersonId,
}

fn short(hash: Sha256) -> String {
    let digest = hash.finalize();
    digest
        .iter()
        .take(16)
        .fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}

/// The organisation at present. Of places those count that had not ended at `at`: so time alone changes
/// nothing.
///
/// # Errors
/// `NETWORK_ADMIN_REQUIRED`, database errors.
pub(crate) async fn fingerprint<R: Reads>(reader: &R, at: Timestamp) -> Result<Fingerprint> {
    let mut units = Sha256::new();
    for unit in directory::queries::all_units(reader).await? {
        units.update(format!("{unit:?}\n"));
    }
    let mut places = Sha256::new();
    for place in directory::queries::lasting_places(reader, at).await? {
        places.update(format!("{place:?}\n"));
    }
    let everybody = ("TRUE".to_owned(), Vec::new());
    let mut sql = Sql::default();
    sql.append(identity::policy::active_people_sql(everybody))
        .push(" ORDER BY p.id");
    let mut people = Sha256::new();
    for person in sql.all::<IdRow, _>(reader).await? {
        people.update(person.id.0.as_bytes());
    }
    Ok(Fingerprint {
        units: short(units),
        places: short(places),
        people: short(people),
    })
}

/// Whether the organisation has changed so that this one can no longer be applied, or undone.
///
/// # Errors
/// `NETWORK_ADMIN_REQUIRED`, database errors.
pub async fn is_stale<R: Reads>(reader: &R, view: &ReorganisationView) -> Result<bool> {
    reader.who().require_network_admin()?;
    let (expected, at) = match (view.state, &view.after, view.applied_at) {
        (ReorganisationState::Rehearsed, ..) => (&view.base, view.created_at),
        (ReorganisationState::Applied, Some(after), Some(at)) => (after, at),
        _ => return Ok(false),
    };
    Ok(fingerprint(reader, at).await? != *expected)
}
