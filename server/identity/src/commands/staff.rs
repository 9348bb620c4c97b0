//! What the staff department's files say of people who are here.

use kernel::{Error, PersonId, Result};
use platform::Tx;

use super::admin::{deactivate, reactivate};
use crate::events;
use crate::model::{Profile, ProfileInput, search_text};
use crate::policy;
use crate::table::{self, id_value};

/// What the files decide; everything else of the profile stays the person's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffRecord {
    /// Full name.
    pub name: String,
    /// Job title.
    pub title: String,
    /// Where the person works.
    pub location: String,
    /// Whether the person may sign in.
    pub is_active: bool,
}

/// Makes a person as the files have it, in a transaction of the caller's. Whoever may no longer sign in
/// keeps his content; sessions and tokens end.
///
/// # Errors
/// `NotFound`, `NETWORK_ADMIN_REQUIRED`, `LAST_NETWORK_ADMIN`; all problems of the input.
pub async fn person_take_over(tx: &mut Tx, person: PersonId, record: &StaffRecord) -> Result<()> {
    let permit = policy::may_change_person(tx, person).await?;
    let row = permit.row();
    let input = ProfileInput {
        name: record.name.clone(),
        title: record.title.clone(),
        about: String::new(),
        pronunciation: String::new(),
        location: record.location.clone(),
    };
    let mut problems = Vec::new();
    let profile = Profile::collect(&input, &mut problems);
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let search = search_text(&profile.name, &row.handle, &profile.title);
    let sql = "UPDATE people SET name = $2, title = $3, location = $4, search_text = $5, \
               updated_at = $6 WHERE id = $1";
    let values = vec![
        id_value(person),
        profile.name.into(),
        profile.title.into(),
        profile.location.into(),
        search.into(),
        tx.now().into(),
    ];
    table::run(tx, sql, values).await?;
    tx.announce(events::public(events::PERSON_CHANGED, person).imported(true));
    match (row.is_active, record.is_active) {
        (true, false) => deactivate(tx, &permit).await,
        (false, true) => reactivate(tx, &permit).await,
        _ => Ok(()),
    }
}
