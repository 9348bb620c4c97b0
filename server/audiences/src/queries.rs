//! Who is meant: as SQL, as a number, as a list, in words, and why.

mod condition;
mod languages;
mod saved;
mod sentence;
mod why;

use identity::queries::Reads;
use kernel::{Cursor, OrgUnitId, Page, PageArgs, PersonId, Result};

pub use crate::policy::check;
pub use condition::people_part;
pub use directory::queries::roles;
pub use profiles::queries::named_skills;
pub(crate) use saved::load;
pub use saved::{all_saved, any_names, names, saved, saved_page};
pub use sentence::sentence;
pub use why::{contains, means_viewer, why};

use crate::model::Rule;
use crate::policy::require_visible;
use condition::condition;

/// How many are meant.
///
/// # Errors
/// What [`require_visible`] refuses, database errors.
pub async fn count<R: Reads>(reader: &R, rule: &Rule) -> Result<i64> {
    require_visible(reader, rule).await?;
    let condition = condition(rule, reader.moment(), "s.id", 0);
    identity::queries::count_matching(reader, condition).await
}

/// Units in which people hold a place who are meant, with how many they are; the largest first.
///
/// # Errors
/// What [`require_visible`] refuses, database errors.
pub async fn count_by_unit<R: Reads>(
    reader: &R,
    rule: &Rule,
    limit: u64,
) -> Result<Vec<(OrgUnitId, i64)>> {
    require_visible(reader, rule).await?;
    let people = |bound| people_part(rule, reader.moment(), bound);
    directory::queries::unit_counts(reader, people, limit).await
}

/// A page of those who are meant, in the order of their names, and how many there are.
///
/// # Errors
/// What [`require_visible`] refuses, `INVALID_CURSOR`, database errors.
pub async fn people<R: Reads>(
    reader: &R,
    rule: &Rule,
    page: &PageArgs,
) -> Result<(Page<PersonId>, i64)> {
    let total = count(reader, rule).await?;
    Ok((people_page(reader, rule, page).await?, total))
}

/// A page of those who are meant, in the order of their names.
///
/// # Errors
/// What [`require_visible`] refuses, `INVALID_CURSOR`, database errors.
pub async fn people_page<R: Reads>(
    reader: &R,
    rule: &Rule,
    page: &PageArgs,
) -> Result<Page<PersonId>> {
    require_visible(reader, rule).await?;
    let condition = condition(rule, reader.moment(), "s.id", 0);
    let found = identity::queries::people_matching(reader, condition, page).await?;
    let mut ids = found.map(|person| person.id);
    for (cursor, id) in &mut ids.items {
        *cursor = Cursor::key(id.0);
    }
    Ok(ids)
}
