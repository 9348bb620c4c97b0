//! Reads. Each starts from what the viewer may see.

mod accounts;
mod hr;
mod people;

use kernel::{Result, Timestamp, Viewer};
use platform::{Database, Reader, Tx};
use sea_orm::ConnectionTrait;

use crate::model::{HouseSwitches, OrganisationView};
use crate::table::{self, OrganisationRow};

pub(crate) use accounts::{LoginAccount, living_sessions, login_account};
pub use accounts::{access_tokens, session, sessions, settings, settings_of};
pub use hr::{hr_fields, hr_fields_of};
pub use people::{
    PeopleFilter, active_ids_after, count_matching, count_people, followed_among, follower_counts,
    follower_ids, following, people, people_by_emails, people_by_handles, people_by_ids,
    people_matching, people_with_receipts, person, person_by_email, person_by_handle,
};

/// A handle to read through: a [`Reader`], or a [`Tx`] that reads what it has just written.
pub trait Reads: ConnectionTrait + Sync {
    /// Who reads.
    fn who(&self) -> &Viewer;
    /// The present moment.
    fn moment(&self) -> Timestamp;
}

impl Reads for Reader {
    fn who(&self) -> &Viewer {
        self.viewer()
    }

    fn moment(&self) -> Timestamp {
        self.now()
    }
}

impl Reads for Tx {
    fn who(&self) -> &Viewer {
        self.viewer()
    }

    fn moment(&self) -> Timestamp {
        self.now()
    }
}

/// The organisation; `None` before it is set up.
///
/// # Errors
/// Database errors.
pub async fn organisation<R: Reads>(reader: &R) -> Result<Option<OrganisationView>> {
    let sql = "SELECT name, created_at, allows_presence, allows_typing, allows_receipts FROM organisation \
               WHERE id = 1";
    let row: Option<OrganisationRow> = table::one(reader, sql, Vec::new()).await?;
    Ok(row.map(|row| OrganisationView {
        name: row.name,
        created_at: row.created_at,
        switches: HouseSwitches {
            presence: row.allows_presence,
            typing: row.allows_typing,
            receipts: row.allows_receipts,
        },
    }))
}

/// Whether the organisation still has to be set up. Anybody may ask.
///
/// # Errors
/// Database errors.
pub async fn needs_setup(database: &Database) -> Result<bool> {
    let reader = database.reader(&Viewer::system("setup"));
    Ok(organisation(&reader).await?.is_none())
}
