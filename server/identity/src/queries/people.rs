//! People: by id, by handle, searched, followed.

use std::collections::{HashMap, HashSet};

use kernel::{Cursor, Error, OrganisationRole, Page, PageArgs, PersonId, Result};
use sea_orm::{FromQueryResult, Value};

use super::Reads;
use crate::model::{PersonView, search_words};
use crate::policy::{stored_role, visible};
use crate::table::{self, CountRow, IdRow, PERSON_COLUMNS, PersonRow, id_value, places};

/// Most values of one IN list; longer lists are asked in parts.
const MAX_VALUES: usize = 500;

/// Which people a list holds.
#[derive(Debug, Clone, Default)]
pub struct PeopleFilter {
    /// Words that name, handle or title contain, all of them.
    pub query: Option<String>,
    /// Only people of this role.
    pub role: Option<OrganisationRole>,
    /// Also people who may no longer sign in.
    pub include_deactivated: bool,
}

impl PeopleFilter {
    /// The condition on a table named `s`, its values numbered behind those there already.
    fn condition<R: Reads>(&self, reader: &R, values: &mut Vec<Value>) -> String {
        let mut condition = visible(reader.who()).to_owned();
        if !self.include_deactivated {
            condition.push_str(" AND s.is_active");
        }
        if let Some(role) = self.role {
            // Written out so that the partial index of admins can be used; it is a fixed word.
            condition.push_str(&format!(" AND s.role = '{}'", stored_role(role)));
        }
        for word in search_words(self.query.as_deref().unwrap_or_default()) {
            values.push(contains(&word).into());
            let place = values.len();
            condition.push_str(&format!(" AND s.search_text LIKE ${place} ESCAPE '\\'"));
        }
        condition
    }
}

/// A LIKE pattern for texts that contain `word`.
fn contains(word: &str) -> String {
    let mut pattern = String::with_capacity(word.len() + 2);
    pattern.push('%');
    for c in word.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

/// People by id, in no order; who is not there is missing in the answer.
///
/// # Errors
/// Database errors.
pub async fn people_by_ids<R: Reads>(reader: &R, ids: &[PersonId]) -> Result<Vec<PersonView>> {
    let mut found = Vec::with_capacity(ids.len());
    for ids in ids.chunks(MAX_VALUES) {
        let sql = format!(
            "SELECT {PERSON_COLUMNS} FROM people p WHERE {} AND p.id IN ({})",
            visible(reader.who()),
            places(1, ids.len())
        );
        let values = ids.iter().map(|id| id_value(*id)).collect();
        found.extend(views(reader, table::all(reader, &sql, values).await?)?);
    }
    Ok(found)
}

/// People by handle, in no order; who is not there is missing in the answer.
///
/// # Errors
/// Database errors.
pub async fn people_by_handles<R: Reads>(
    reader: &R,
    handles: &[String],
) -> Result<Vec<PersonView>> {
    let mut found = Vec::with_capacity(handles.len());
    for handles in handles.chunks(MAX_VALUES) {
        let sql = format!(
            "SELECT {PERSON_COLUMNS} FROM people p WHERE {} AND p.handle IN ({})",
            visible(reader.who()),
            places(1, handles.len())
        );
        let values = handles.iter().map(|handle| handle.clone().into()).collect();
        found.extend(views(reader, table::all(reader, &sql, values).await?)?);
    }
    Ok(found)
}

fn views<R: Reads>(reader: &R, rows: Vec<PersonRow>) -> Result<Vec<PersonView>> {
    let viewer = reader.who();
    rows.into_iter().map(|row| row.into_view(viewer)).collect()
}

/// One person.
///
/// # Errors
/// `NotFound`, database errors.
pub async fn person<R: Reads>(reader: &R, id: PersonId) -> Result<PersonView> {
    let found = people_by_ids(reader, &[id]).await?;
    found.into_iter().next().ok_or(Error::NotFound)
}

/// The person of a handle, however it is written.
///
/// # Errors
/// Database errors.
pub async fn person_by_handle<R: Reads>(reader: &R, handle: &str) -> Result<Option<PersonView>> {
    let handle = handle.trim().trim_start_matches('@').to_ascii_lowercase();
    let found = people_by_handles(reader, &[handle]).await?;
    Ok(found.into_iter().next())
}

#[derive(FromQueryResult)]
struct IdOnly {
    id: PersonId,
}

/// Those of these people who let others know how far they have read.
///
/// # Errors
/// Database errors.
pub async fn people_with_receipts<R: Reads>(
    reader: &R,
    ids: &[PersonId],
) -> Result<HashSet<PersonId>> {
    let mut found = HashSet::with_capacity(ids.len());
    for ids in ids.chunks(MAX_VALUES) {
        let sql = format!(
            "SELECT p.id FROM people p WHERE p.send_receipts AND COALESCE((SELECT o.allows_receipts \
             FROM organisation o WHERE o.id = 1), TRUE) AND {} AND p.id IN ({})",
            visible(reader.who()),
            places(1, ids.len())
        );
        let values = ids.iter().map(|id| id_value(*id)).collect();
        let rows: Vec<IdOnly> = table::all(reader, &sql, values).await?;
        found.extend(rows.into_iter().map(|row| row.id));
    }
    Ok(found)
}

#[derive(FromQueryResult)]
struct AddressRow {
    id: PersonId,
    email: String,
}

/// People by e-mail address, in small letters; for network admins and the house.
///
/// # Errors
/// `NETWORK_ADMIN_REQUIRED`, database errors.
pub async fn people_by_emails<R: Reads>(
    reader: &R,
    emails: &[String],
) -> Result<HashMap<String, PersonId>> {
    reader.who().require_network_admin()?;
    let mut found = HashMap::with_capacity(emails.len());
    for emails in emails.chunks(MAX_VALUES) {
        let sql = format!(
            "SELECT p.id, p.email FROM people p WHERE p.email IN ({})",
            places(1, emails.len())
        );
        let values = emails.iter().map(|email| email.to_lowercase().into());
        let rows: Vec<AddressRow> = table::all(reader, &sql, values.collect()).await?;
        found.extend(rows.into_iter().map(|row| (row.email, row.id)));
    }
    Ok(found)
}

/// The person of an e-mail address, for who may see addresses.
///
/// # Errors
/// Database errors.
pub async fn person_by_email<R: Reads>(reader: &R, email: &str) -> Result<Option<PersonView>> {
    let sql = format!(
        "SELECT {PERSON_COLUMNS} FROM people p WHERE {} AND p.email = $1",
        visible(reader.who())
    );
    let row: Option<PersonRow> =
        table::one(reader, &sql, vec![email.trim().to_lowercase().into()]).await?;
    let view = row.map(|row| row.into_view(reader.who())).transpose()?;
    Ok(view.filter(|view| view.email.is_some()))
}

#[derive(FromQueryResult)]
struct SearchTextRow {
    search_text: String,
}

/// A page of people in the order of their names.
///
/// The search walks the index of folded names, which holds all the search looks at, and loads only
/// the rows of the page. The cursor is a person's id: the place is where that person stands now.
///
/// # Errors
/// `INVALID_CURSOR`, database errors.
pub async fn people<R: Reads>(
    reader: &R,
    filter: &PeopleFilter,
    page: &PageArgs,
) -> Result<Page<PersonView>> {
    let mut values = Vec::new();
    let condition = filter.condition(reader, &mut values);
    page_of(reader, condition, values, page).await
}

/// A page of people who may sign in and of whom `condition`, which calls them `s`, is true; in the
/// order of their names.
///
/// # Errors
/// `INVALID_CURSOR`, database errors.
pub async fn people_matching<R: Reads>(
    reader: &R,
    condition: (String, Vec<Value>),
    page: &PageArgs,
) -> Result<Page<PersonView>> {
    let (condition, values) = active_and(reader, condition);
    page_of(reader, condition, values, page).await
}

fn active_and<R: Reads>(reader: &R, condition: (String, Vec<Value>)) -> (String, Vec<Value>) {
    let (condition, values) = condition;
    let seen = visible(reader.who());
    (format!("{seen} AND s.is_active AND {condition}"), values)
}

async fn page_of<R: Reads>(
    reader: &R,
    mut condition: String,
    mut values: Vec<Value>,
    page: &PageArgs,
) -> Result<Page<PersonView>> {
    if let Some(from) = page.from_key()? {
        let sql = "SELECT search_text FROM people WHERE id = $1";
        let start: Option<SearchTextRow> = table::one(reader, sql, vec![id_value(from)]).await?;
        let start = start.ok_or_else(kernel::page::invalid_cursor)?;
        values.push(start.search_text.into());
        values.push(id_value(from));
        let (text, id) = (values.len() - 1, values.len());
        let side = if page.backward { "<" } else { ">" };
        condition.push_str(&format!(
            " AND (s.search_text, s.id) {side} (${text}, ${id})"
        ));
    }
    let order = if page.backward { "DESC" } else { "ASC" };
    let limit = page.limit + 1;
    let sql = format!(
        "SELECT {PERSON_COLUMNS} FROM (SELECT s.id, s.search_text FROM people s WHERE {condition} \
         ORDER BY s.search_text {order}, s.id {order} LIMIT {limit}) found \
         JOIN people p ON p.id = found.id ORDER BY found.search_text {order}, found.id {order}"
    );
    let rows = views(reader, table::all(reader, &sql, values).await?)?;
    Ok(Page::from_rows(rows, page, |view| {
        Cursor::key(view.id.uuid())
    }))
}

/// How many people a list holds.
///
/// # Errors
/// Database errors.
pub async fn count_people<R: Reads>(reader: &R, filter: &PeopleFilter) -> Result<i64> {
    let mut values = Vec::new();
    let condition = filter.condition(reader, &mut values);
    count_of(reader, &condition, values).await
}

/// How many people may sign in and are those of whom `condition`, which calls them `s`, is true.
///
/// # Errors
/// Database errors.
pub async fn count_matching<R: Reads>(reader: &R, condition: (String, Vec<Value>)) -> Result<i64> {
    let (condition, values) = active_and(reader, condition);
    count_of(reader, &condition, values).await
}

async fn count_of<R: Reads>(reader: &R, condition: &str, values: Vec<Value>) -> Result<i64> {
    let sql = format!("SELECT COUNT(*) AS total FROM people s WHERE {condition}");
    let row: Option<CountRow> = table::one(reader, &sql, values).await?;
    Ok(row.map_or(0, |row| row.total))
}

/// Up to `limit` ids of active people behind `after`, in order, for work that goes through all.
///
/// # Errors
/// Database errors.
pub async fn active_ids_after<R: Reads>(
    reader: &R,
    after: Option<PersonId>,
    limit: u64,
) -> Result<Vec<PersonId>> {
    let sql = format!(
        "SELECT s.id FROM people s WHERE {} AND s.is_active AND s.id > $1 ORDER BY s.id LIMIT {limit}",
        visible(reader.who())
    );
    let after = after.unwrap_or(PersonId(uuid::Uuid::nil()));
    let rows: Vec<IdRow> = table::all(reader, &sql, vec![id_value(after)]).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// Whom the viewer follows; nobody for the house itself.
///
/// # Errors
/// Database errors.
pub async fn following<R: Reads>(reader: &R) -> Result<Vec<PersonId>> {
    let Some(viewer) = reader.who().person_id() else {
        return Ok(Vec::new());
    };
    let sql =
        "SELECT f.person_id AS id FROM follows f WHERE f.follower_id = $1 ORDER BY f.person_id";
    let rows: Vec<IdRow> = table::all(reader, sql, vec![id_value(viewer)]).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// Who follows a person; only the house itself may ask.
///
/// # Errors
/// `Forbidden` for anybody else, database errors.
pub async fn follower_ids<R: Reads>(reader: &R, person: PersonId) -> Result<Vec<PersonId>> {
    if !reader.who().is_system() {
        return Err(Error::Forbidden("SYSTEM_ONLY"));
    }
    let sql = "SELECT f.follower_id AS id FROM follows f WHERE f.person_id = $1";
    let rows: Vec<IdRow> = table::all(reader, sql, vec![id_value(person)]).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// Which of these people the viewer follows.
///
/// # Errors
/// Database errors.
pub async fn followed_among<R: Reads>(reader: &R, ids: &[PersonId]) -> Result<Vec<PersonId>> {
    let Some(viewer) = reader.who().person_id() else {
        return Ok(Vec::new());
    };
    let mut found = Vec::new();
    for ids in ids.chunks(MAX_VALUES) {
        let sql = format!(
            "SELECT f.person_id AS id FROM follows f WHERE f.follower_id = $1 AND f.person_id IN ({})",
            places(2, ids.len())
        );
        let mut values = vec![id_value(viewer)];
        values.extend(ids.iter().map(|id| id_value(*id)));
        let rows: Vec<IdRow> = table::all(reader, &sql, values).await?;
        found.extend(rows.into_iter().map(|row| row.id));
    }
    Ok(found)
}

#[derive(FromQueryResult)]
struct FollowerCountRow {
    person_id: PersonId,
    total: i64,
}

/// How many follow each of these people; who has none is missing in the answer.
///
/// # Errors
/// Database errors.
pub async fn follower_counts<R: Reads>(
    reader: &R,
    ids: &[PersonId],
) -> Result<Vec<(PersonId, i64)>> {
    let mut found = Vec::new();
    for ids in ids.chunks(MAX_VALUES) {
        let sql = format!(
            "SELECT f.person_id, COUNT(*) AS total FROM follows f WHERE {} AND f.person_id IN ({}) \
             GROUP BY f.person_id",
            visible(reader.who()),
            places(1, ids.len())
        );
        let values = ids.iter().map(|id| id_value(*id)).collect();
        let rows: Vec<FollowerCountRow> = table::all(reader, &sql, values).await?;
        found.extend(rows.into_iter().map(|row| (row.person_id, row.total)));
    }
    Ok(found)
}
