//! How far the viewer has read.

use kernel::{CommunityId, Result};
use platform::Reader;
use sea_orm::Value;
use uuid::Uuid;

use crate::model::{Mark, Marks};
use crate::table::{self, MarkRow};

/// Most marks of communities read by one statement.
const SCOPES: usize = 500;

/// The viewer's mark for everything and those of the given communities.
///
/// # Errors
/// Database errors.
pub async fn marks(reader: &Reader, communities: &[CommunityId]) -> Result<Marks> {
    let mut marks = Marks::default();
    let Some(person) = reader.viewer().person_id() else {
        return Ok(marks);
    };
    let mut scopes: Vec<Uuid> = communities.iter().map(|id| id.0).collect();
    scopes.push(Uuid::nil());
    scopes.sort_unstable();
    scopes.dedup();
    for chunk in scopes.chunks(SCOPES) {
        let places: Vec<String> = (0..chunk.len()).map(|n| format!("${}", n + 2)).collect();
        let sql = format!(
            "SELECT scope_id, read_key, visit_key FROM feed_marks WHERE person_id = $1 \
             AND scope_id IN ({})",
            places.join(", ")
        );
        let values = chunk.iter().map(|id| Value::from(*id));
        let values = std::iter::once(Value::from(person)).chain(values);
        for row in table::all::<MarkRow, _>(reader, sql, values).await? {
            let mark = Mark {
                read: row.read_key,
                visit: row.visit_key,
            };
            if row.scope_id.is_nil() {
                marks.home = mark;
            } else {
                marks.communities.insert(CommunityId(row.scope_id), mark);
            }
        }
    }
    Ok(marks)
}
