//! The tables of this room: rows as they are read, and how statements about them are put together.
//!
//! Rows never leave the crate; what leaves is made by the `TryFrom`s here.

use identity::NotificationLevel;
use kernel::{
    CommunityId, Error, InvitationId, JoinRequestId, MembershipId, PersonId, Result, Timestamp,
};
use sea_orm::{ConnectionTrait, ExecResult, FromQueryResult, Statement, Value};

use crate::model::{CommunityRole, CommunityView, InvitationView, JoinRequestView, MembershipView};

/// Rows of one INSERT: their bound values stay below the limits of both databases.
pub(crate) const ROWS_PER_INSERT: usize = 500;
/// Ids of one IN list.
pub(crate) const IDS_PER_LIST: usize = 1_000;

/// A statement for the database behind `db`.
pub(crate) fn statement<C: ConnectionTrait>(
    db: &C,
    sql: impl Into<String>,
    values: impl IntoIterator<Item = Value>,
) -> Statement {
    Statement::from_sql_and_values(db.get_database_backend(), sql, values)
}

/// Runs a statement that changes rows.
pub(crate) async fn execute<C: ConnectionTrait>(
    db: &C,
    sql: impl Into<String>,
    values: impl IntoIterator<Item = Value>,
) -> Result<ExecResult> {
    Ok(db.execute_raw(statement(db, sql, values)).await?)
}

/// All rows of a query.
pub(crate) async fn all<R: FromQueryResult, C: ConnectionTrait>(
    db: &C,
    sql: impl Into<String>,
    values: impl IntoIterator<Item = Value>,
) -> Result<Vec<R>> {
    Ok(R::find_by_statement(statement(db, sql, values))
        .all(db)
        .await?)
}

/// The row of a query, if there is one.
pub(crate) async fn one<R: FromQueryResult, C: ConnectionTrait>(
    db: &C,
    sql: impl Into<String>,
    values: impl IntoIterator<Item = Value>,
) -> Result<Option<R>> {
    Ok(R::find_by_statement(statement(db, sql, values))
        .one(db)
        .await?)
}

/// `$first, $first+1, …` for an IN list of `count` values.
pub(crate) fn placeholders(first: usize, count: usize) -> String {
    let marks: Vec<String> = (first..first + count).map(|n| format!("${n}")).collect();
    marks.join(", ")
}

/// `COUNT(*) AS total`.
#[derive(FromQueryResult)]
pub(crate) struct Total {
    pub total: i64,
}

/// A single community id.
#[derive(FromQueryResult)]
pub(crate) struct CommunityKey {
    pub community_id: CommunityId,
}

/// A single person id.
#[derive(FromQueryResult)]
pub(crate) struct PersonKey {
    pub person_id: PersonId,
}

/// Columns of [`CommunityRow`], for a query that calls the table `c`.
pub(crate) const COMMUNITY: &str = "c.id, c.slug, c.name, c.search_text, c.description, \
     c.description_html, c.visibility, c.joining, c.posting, c.is_official, c.is_all_company, \
     c.cover_color, c.topics, c.member_count, c.created_by, c.created_at, c.updated_at, c.archived_at";

#[derive(FromQueryResult)]
pub(crate) struct CommunityRow {
    pub id: CommunityId,
    pub slug: String,
    pub name: String,
    pub search_text: String,
    pub description: String,
    pub description_html: String,
    pub visibility: String,
    pub joining: String,
    pub posting: String,
    pub is_official: bool,
    pub is_all_company: bool,
    pub cover_color: i32,
    pub topics: String,
    pub member_count: i64,
    pub created_by: PersonId,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub archived_at: Option<Timestamp>,
}

impl TryFrom<CommunityRow> for CommunityView {
    type Error = Error;

    fn try_from(row: CommunityRow) -> Result<Self> {
        Ok(Self {
            id: row.id,
            slug: row.slug,
            name: row.name,
            description: row.description,
            description_html: row.description_html,
            visibility: crate::model::CommunityVisibility::parse(&row.visibility)?,
            joining: crate::model::CommunityJoining::parse(&row.joining)?,
            posting: crate::model::CommunityPosting::parse(&row.posting)?,
            is_official: row.is_official,
            is_all_company: row.is_all_company,
            cover_color: row.cover_color,
            topics: topics_from_text(&row.topics),
            member_count: row.member_count,
            created_by: row.created_by,
            created_at: row.created_at,
            updated_at: row.updated_at,
            archived_at: row.archived_at,
            sort_key: row.search_text,
        })
    }
}

/// Topics are stored one per line, so that a plain LIKE finds them.
pub(crate) fn topics_to_text(topics: &[String]) -> String {
    topics.join("\n")
}

fn topics_from_text(text: &str) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}

/// Columns of [`MembershipRow`], for a query that calls the table `m`.
pub(crate) const MEMBERSHIP: &str =
    "m.id, m.community_id, m.person_id, m.role, m.is_muted, m.notification_level, m.since";

#[derive(FromQueryResult)]
pub(crate) struct MembershipRow {
    pub id: MembershipId,
    pub community_id: CommunityId,
    pub person_id: PersonId,
    pub role: String,
    pub is_muted: bool,
    pub notification_level: Option<String>,
    pub since: Timestamp,
}

impl TryFrom<MembershipRow> for MembershipView {
    type Error = Error;

    fn try_from(row: MembershipRow) -> Result<Self> {
        let level = row.notification_level.as_deref();
        Ok(Self {
            id: row.id,
            community_id: row.community_id,
            person_id: row.person_id,
            role: CommunityRole::parse(&row.role)?,
            is_muted: row.is_muted,
            notification_level: level.map(NotificationLevel::parse).transpose()?,
            since: row.since,
        })
    }
}

/// Columns of [`JoinRequestRow`], for a query that calls the table `r`.
pub(crate) const JOIN_REQUEST: &str = "r.id, r.community_id, r.person_id, r.message, r.created_at";

#[derive(FromQueryResult)]
pub(crate) struct JoinRequestRow {
    pub id: JoinRequestId,
    pub community_id: CommunityId,
    pub person_id: PersonId,
    pub message: String,
    pub created_at: Timestamp,
}

impl From<JoinRequestRow> for JoinRequestView {
    fn from(row: JoinRequestRow) -> Self {
        Self {
            id: row.id,
            community_id: row.community_id,
            person_id: row.person_id,
            message: row.message,
            created_at: row.created_at,
        }
    }
}

/// Columns of [`InvitationRow`], for a query that calls the table `i`.
pub(crate) const INVITATION: &str = "i.id, i.community_id, i.person_id, i.invited_by, i.created_at";

#[derive(FromQueryResult)]
pub(crate) struct InvitationRow {
    pub id: InvitationId,
    pub community_id: CommunityId,
    pub person_id: PersonId,
    pub invited_by: PersonId,
    pub created_at: Timestamp,
}

impl From<InvitationRow> for InvitationView {
    fn from(row: InvitationRow) -> Self {
        Self {
            id: row.id,
            community_id: row.community_id,
            person_id: row.person_id,
            invited_by: row.invited_by,
            created_at: row.created_at,
        }
    }
}
