//! Members and those who wish to be.

use std::collections::HashMap;

use identity::NotificationLevel;
use kernel::page::invalid_cursor;
use kernel::{CommunityId, Cursor, Error, Page, PageArgs, PersonId, Result, Viewer};
use platform::Reader;
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use uuid::Uuid;

use crate::model::{CommunityRole, JoinRequestView, MemberLevel, MembershipView};
use crate::policy::{self, viewer_value};
use crate::queries::lists::{Filter, Listed};
use crate::table::{self, JOIN_REQUEST, JoinRequestRow, MEMBERSHIP, MembershipRow, Total};

/// Which members to list.
#[derive(Debug, Clone, Default)]
pub struct MemberFilter {
    /// Words the person's name, handle or title must contain; empty for all.
    pub query: String,
    /// Only members of this role.
    pub role: Option<CommunityRole>,
}

fn nobody<T>(page: &PageArgs) -> Listed<T> {
    Listed {
        page: Page::from_rows(Vec::new(), page, |_| Cursor::key(Uuid::nil())),
        total: 0,
    }
}

/// Members, owners first, then moderators, each with the newest first. Whoever may not read the
/// community sees an empty list.
///
/// # Errors
/// `NotFound` when the viewer may not know of the community.
pub async fn members(
    reader: &Reader,
    id: CommunityId,
    filter: &MemberFilter,
    page: &PageArgs,
) -> Result<Listed<MembershipView>> {
    let standing = policy::standing(reader, reader.viewer(), id).await?;
    if !standing.can_read() {
        return Ok(nobody(page));
    }
    let mut parts = Filter::new("m.community_id = $1", id.into());
    if let Some(role) = filter.role {
        parts.and("m.role = ?", [role.as_str().into()]);
    }
    // People belong to another room; searching members by name is the one list that joins them. It
    // looks at each member once, which 100,000 members can bear.
    for word in identity::model::search_words(&filter.query) {
        let condition = "EXISTS (SELECT 1 FROM people p WHERE p.id = m.person_id \
                         AND p.search_text LIKE ? ESCAPE '!')";
        let word = word
            .replace('!', "!!")
            .replace('%', "!%")
            .replace('_', "!_");
        parts.and(condition, [format!("%{word}%").into()]);
    }
    let total = count(reader, filter, &parts).await?;
    if let Some(cursor) = &page.from {
        let [role, key] = cursor.as_parts::<2>()?;
        let role = CommunityRole::parse(role).map_err(|_| invalid_cursor())?;
        let key = Uuid::try_parse(key).map_err(|_| invalid_cursor())?;
        parts.and(
            "(m.role, m.id) < (?, ?)",
            [role.as_str().into(), key.into()],
        );
    }
    // The stored texts of roles sort like the roles do.
    let sql = format!(
        "SELECT {MEMBERSHIP} FROM memberships m WHERE {} ORDER BY m.role DESC, m.id DESC LIMIT {}",
        parts.sql,
        page.limit + 1
    );
    let rows: Vec<MembershipRow> = table::all(reader, sql, parts.values).await?;
    let views = rows
        .into_iter()
        .map(MembershipView::try_from)
        .collect::<Result<Vec<_>>>()?;
    Ok(Listed {
        page: Page::from_rows(views, page, |view| {
            Cursor::parts(&[view.role.as_str(), &view.id.0.simple().to_string()])
        }),
        total,
    })
}

/// Number of members that match; without a filter the stored number, which is always right.
async fn count(reader: &Reader, filter: &MemberFilter, parts: &Filter) -> Result<i64> {
    let is_whole = filter.role.is_none() && filter.query.trim().is_empty();
    let (sql, values) = if is_whole {
        let sql = "SELECT member_count AS total FROM communities WHERE id = $1".to_owned();
        (sql, parts.values[..1].to_vec())
    } else {
        let sql = format!(
            "SELECT COUNT(*) AS total FROM memberships m WHERE {}",
            parts.sql
        );
        (sql, parts.values.clone())
    };
    let total: Option<Total> = table::one(reader, sql, values).await?;
    Ok(total.map_or(0, |row| row.total))
}

/// Open requests to join, oldest first: all for those who decide, one's own for everybody else.
///
/// # Errors
/// `NotFound` when the viewer may not know of the community.
pub async fn join_requests(
    reader: &Reader,
    id: CommunityId,
    page: &PageArgs,
) -> Result<Listed<JoinRequestView>> {
    let standing = policy::standing(reader, reader.viewer(), id).await?;
    let mut parts = Filter::new("r.community_id = $1", id.into());
    if !standing.can_see_requests() {
        parts.and("r.person_id = ?", [viewer_value(reader.viewer())]);
    }
    let sql = format!(
        "SELECT COUNT(*) AS total FROM join_requests r WHERE {}",
        parts.sql
    );
    let total: Option<Total> = table::one(reader, sql, parts.values.clone()).await?;
    if let Some(key) = page.from_key()? {
        parts.and("r.id > ?", [key.into()]);
    }
    let sql = format!(
        "SELECT {JOIN_REQUEST} FROM join_requests r WHERE {} ORDER BY r.id LIMIT {}",
        parts.sql,
        page.limit + 1
    );
    let rows: Vec<JoinRequestRow> = table::all(reader, sql, parts.values).await?;
    let views = rows.into_iter().map(JoinRequestView::from).collect();
    Ok(Listed {
        page: Page::from_rows(views, page, |view| Cursor::key(view.id.0)),
        total: total.map_or(0, |row| row.total),
    })
}

/// The viewer's memberships in some communities, each with the notification level that counts.
pub(crate) async fn members_of_viewer(
    reader: &Reader,
    ids: &[CommunityId],
) -> Result<HashMap<CommunityId, (MembershipView, NotificationLevel)>> {
    #[derive(FromQueryResult)]
    struct LevelRow {
        default_notification_level: String,
    }
    let Some(person) = reader.viewer().person_id() else {
        return Ok(HashMap::new());
    };
    // The person's general setting, the fallback where nothing was chosen for a community.
    let sql = "SELECT p.default_notification_level FROM people p WHERE p.id = $1";
    let row: Option<LevelRow> = table::one(reader, sql, [person.into()]).await?;
    let row = row.ok_or(Error::NotFound)?;
    let general = NotificationLevel::parse(&row.default_notification_level)?;
    let mut found = HashMap::with_capacity(ids.len());
    for chunk in ids.chunks(table::IDS_PER_LIST) {
        let sql = format!(
            "SELECT {MEMBERSHIP} FROM memberships m WHERE m.person_id = $1 AND m.community_id IN ({})",
            table::placeholders(2, chunk.len())
        );
        let values =
            std::iter::once(Value::from(person)).chain(chunk.iter().map(|id| (*id).into()));
        for row in table::all::<MembershipRow, _>(reader, sql, values).await? {
            let view = MembershipView::try_from(row)?;
            let level = view.notification_level.unwrap_or(general);
            found.insert(view.community_id, (view, level));
        }
    }
    Ok(found)
}

/// Number of open requests of communities. The caller has checked that the viewer decides there.
pub(crate) async fn pending_requests(
    reader: &Reader,
    ids: &[CommunityId],
) -> Result<HashMap<CommunityId, i64>> {
    #[derive(FromQueryResult)]
    struct CountRow {
        community_id: CommunityId,
        total: i64,
    }
    let mut found: HashMap<CommunityId, i64> = ids.iter().map(|id| (*id, 0)).collect();
    for chunk in ids.chunks(table::IDS_PER_LIST) {
        let sql = format!(
            "SELECT r.community_id, COUNT(*) AS total FROM join_requests r \
             WHERE r.community_id IN ({}) GROUP BY r.community_id",
            table::placeholders(1, chunk.len())
        );
        let values = chunk.iter().map(|id| Value::from(*id));
        let rows: Vec<CountRow> = table::all(reader, sql, values).await?;
        found.extend(rows.into_iter().map(|row| (row.community_id, row.total)));
    }
    Ok(found)
}

/// How active members want to hear of a community, in pages by person: start with `None`, go on
/// with the last person. For the house itself (notifications), never for a person's request.
///
/// # Errors
/// Any viewer but the house itself is a fault of the code.
pub async fn member_levels<C: ConnectionTrait>(
    db: &C,
    viewer: &Viewer,
    id: CommunityId,
    after: Option<PersonId>,
    limit: u64,
) -> Result<Vec<MemberLevel>> {
    #[derive(FromQueryResult)]
    struct Row {
        person_id: PersonId,
        role: String,
        is_muted: bool,
        level: String,
    }
    if !viewer.is_system() {
        return Err(Error::bug(
            "member levels are read by the house itself only",
        ));
    }
    // Joins people for their general setting and because nobody notifies the deactivated.
    let sql = format!(
        "SELECT m.person_id, m.role, m.is_muted, \
         COALESCE(m.notification_level, p.default_notification_level) AS level \
         FROM memberships m JOIN people p ON p.id = m.person_id \
         WHERE m.community_id = $1 AND m.person_id > $2 AND p.is_active \
         ORDER BY m.person_id LIMIT {limit}"
    );
    let from = after.map_or(Uuid::nil(), |person| person.0);
    let rows: Vec<Row> = table::all(db, sql, [id.into(), from.into()]).await?;
    let levels = rows.into_iter().map(|row| {
        Ok(MemberLevel {
            person_id: row.person_id,
            role: CommunityRole::parse(&row.role)?,
            is_muted: row.is_muted,
            level: NotificationLevel::parse(&row.level)?,
        })
    });
    levels.collect()
}

/// Which communities these people are members of, whether or not they may sign in. For the house itself,
/// which shows of it what a viewer may see.
///
/// # Errors
/// Any viewer but the house itself is a fault of the code; database errors.
pub async fn memberships_of<C: ConnectionTrait>(
    db: &C,
    viewer: &Viewer,
    people: &[PersonId],
) -> Result<Vec<(PersonId, CommunityId)>> {
    #[derive(FromQueryResult)]
    struct Row {
        person_id: PersonId,
        community_id: CommunityId,
    }
    if !viewer.is_system() {
        return Err(Error::bug(
            "memberships of many are read by the house itself only",
        ));
    }
    let mut found = Vec::new();
    for chunk in people.chunks(table::IDS_PER_LIST) {
        let sql = format!(
            "SELECT m.person_id, m.community_id FROM memberships m WHERE m.person_id IN ({})",
            table::placeholders(1, chunk.len())
        );
        let values = chunk.iter().map(|id| Value::from(*id));
        let rows: Vec<Row> = table::all(db, sql, values).await?;
        found.extend(
            rows.into_iter()
                .map(|row| (row.person_id, row.community_id)),
        );
    }
    Ok(found)
}
