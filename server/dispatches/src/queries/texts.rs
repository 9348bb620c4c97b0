//! What a dispatch says. The caller has asked for the dispatch before: who sees it sees its text.

use std::collections::HashMap;

use kernel::{DispatchId, Result, Timestamp};
use platform::Reader;

use crate::model::{Comprehension, DispatchView, Texts};
use crate::table::{Sql, TEXT, TextRow, VersionRow};

/// A version of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionView {
    /// Its number.
    pub number: i32,
    /// Whether it had to be confirmed again.
    pub is_material: bool,
    /// Questions of understanding, in all languages.
    pub questions: Vec<Comprehension>,
    /// When it was made.
    pub made_at: Timestamp,
}

/// All versions of a dispatch, the oldest first.
///
/// # Errors
/// Database errors.
pub async fn versions(reader: &Reader, dispatch: &DispatchView) -> Result<Vec<VersionView>> {
    let mut sql = Sql::new(
        "SELECT v.number, v.is_material, v.questions, v.created_at FROM dispatch_versions v \
         WHERE v.dispatch_id = ",
    );
    sql.bind(dispatch.id).push(" ORDER BY v.number");
    let rows: Vec<VersionRow> = sql.all(reader).await?;
    rows.into_iter()
        .map(|row| {
            Ok(VersionView {
                number: row.number,
                is_material: row.is_material,
                questions: row.questions()?,
                made_at: row.created_at,
            })
        })
        .collect()
}

/// The texts of these dispatches, all versions and languages, the oldest version first.
///
/// # Errors
/// Database errors.
pub async fn texts(reader: &Reader, ids: &[DispatchId]) -> Result<HashMap<DispatchId, Vec<Texts>>> {
    let seen = super::dispatches_by_id(reader, ids).await?;
    let mut found: HashMap<DispatchId, Vec<Texts>> = HashMap::new();
    if seen.is_empty() {
        return Ok(found);
    }
    let mut sql = Sql::new(format!(
        "SELECT {TEXT} FROM dispatch_texts t WHERE t.dispatch_id IN ("
    ));
    sql.bind_all(seen.keys().copied())
        .push(") ORDER BY t.dispatch_id, t.version, t.language");
    let rows: Vec<TextRow> = sql.all(reader).await?;
    for row in rows {
        found.entry(row.dispatch_id).or_default().push(row.into());
    }
    Ok(found)
}
