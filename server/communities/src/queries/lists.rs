//! The list of communities.

use kernel::page::invalid_cursor;
use kernel::{CommunityId, Cursor, Page, PageArgs, PersonId, Result};
use platform::Reader;
use sea_orm::Value;
use uuid::Uuid;

use crate::model::{CommunityScope, CommunityView, sort_key};
use crate::policy::{readable_sql, viewer_value, visible_sql};
use crate::table::{self, COMMUNITY, CommunityRow, Total};

/// Most words of a search that count.
const MAX_WORDS: usize = 6;

/// Which communities to list.
#[derive(Debug, Clone)]
pub struct CommunityFilter {
    /// The viewer's, others, or all.
    pub scope: CommunityScope,
    /// Words the name or topics must contain; empty for all.
    pub query: String,
    /// Whether archived ones are listed too.
    pub include_archived: bool,
    /// Only those this person belongs to and whose members the viewer may see.
    pub member: Option<PersonId>,
}

impl Default for CommunityFilter {
    fn default() -> Self {
        Self {
            scope: CommunityScope::All,
            query: String::new(),
            include_archived: false,
            member: None,
        }
    }
}

/// A page and the size of the whole list.
#[derive(Debug)]
pub struct Listed<T> {
    /// The page.
    pub page: Page<T>,
    /// How many there are in all that the viewer may see.
    pub total: i64,
}

/// A WHERE clause under construction. The first value is always the viewer's.
pub(super) struct Filter {
    pub sql: String,
    pub values: Vec<Value>,
}

impl Filter {
    pub(super) fn new(sql: impl Into<String>, first: Value) -> Self {
        Self {
            sql: sql.into(),
            values: vec![first],
        }
    }

    /// Adds ` AND …`; each `?` stands for the next of `values`.
    pub(super) fn and(&mut self, sql: &str, values: impl IntoIterator<Item = Value>) {
        self.sql.push_str(" AND ");
        let mut values = values.into_iter();
        for (number, part) in sql.split('?').enumerate() {
            if number > 0 {
                self.values.extend(values.next());
                self.sql.push_str(&format!("${}", self.values.len()));
            }
            self.sql.push_str(part);
        }
    }
}

/// Communities in the order of their names. Archived ones only when asked for.
///
/// A search looks at every community the viewer may see: there are thousands, not millions.
///
/// # Errors
/// `INVALID_CURSOR`, database errors.
pub async fn list(
    reader: &Reader,
    filter: &CommunityFilter,
    page: &PageArgs,
) -> Result<Listed<CommunityView>> {
    let viewer = reader.viewer();
    let mut parts = Filter::new(visible_sql(viewer, "c.id", 1), viewer_value(viewer));
    let mine = "(SELECT m.community_id FROM memberships m WHERE m.person_id = $1)";
    match filter.scope {
        CommunityScope::Mine => parts.and(&format!("c.id IN {mine}"), []),
        CommunityScope::Discover => parts.and(&format!("c.id NOT IN {mine}"), []),
        CommunityScope::All => {}
    }
    if !filter.include_archived {
        parts.and("c.archived_at IS NULL", []);
    }
    if let Some(member) = filter.member {
        parts.and(&readable_sql(viewer, "c.id", 1), []);
        parts.and(
            "c.id IN (SELECT m.community_id FROM memberships m WHERE m.person_id = ?)",
            [member.into()],
        );
    }
    search(&mut parts, &filter.query);
    let sql = format!(
        "SELECT COUNT(*) AS total FROM communities c WHERE {}",
        parts.sql
    );
    let total: Option<Total> = table::one(reader, sql, parts.values.clone()).await?;
    if let Some(cursor) = &page.from {
        let (name, id) = place(cursor)?;
        parts.and("(c.search_text, c.id) > (?, ?)", [name.into(), id.into()]);
    }
    let sql = format!(
        "SELECT {COMMUNITY} FROM communities c WHERE {} ORDER BY c.search_text, c.id LIMIT {}",
        parts.sql,
        page.limit + 1
    );
    let rows: Vec<CommunityRow> = table::all(reader, sql, parts.values).await?;
    let views = rows
        .into_iter()
        .map(CommunityView::try_from)
        .collect::<Result<Vec<_>>>()?;
    Ok(Listed {
        page: Page::from_rows(views, page, |view| {
            Cursor::parts(&[&view.id.0.simple().to_string(), &view.sort_key])
        }),
        total: total.map_or(0, |row| row.total),
    })
}

/// Every word must begin a word of the name or stand in a topic.
fn search(parts: &mut Filter, query: &str) {
    if query.trim().is_empty() {
        return;
    }
    let key = sort_key(query);
    if key.is_empty() {
        // Nothing but signs: no name contains any.
        parts.and("c.search_text <> c.search_text", []);
    }
    for word in key.split_whitespace().take(MAX_WORDS) {
        // A sort key has letters and digits only, so there is nothing to escape.
        let values = [format!("% {word}%").into(), format!("%{word}%").into()];
        parts.and("(' ' || c.search_text LIKE ? OR c.topics LIKE ?)", values);
    }
}

fn place(cursor: &Cursor) -> Result<(String, CommunityId)> {
    let [id, name] = cursor.as_parts::<2>()?;
    let id = Uuid::try_parse(id).map_err(|_| invalid_cursor())?;
    Ok((name.to_owned(), CommunityId(id)))
}
