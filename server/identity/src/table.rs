//! Rows of people, accounts and sessions, and how statements are run. Private to this crate.
//!
//! Values are always bound (`$1`, which both databases read), never written into the text.

use kernel::{AccessTokenId, AttachmentId, PersonId, Result, SessionId, Timestamp, Viewer};
use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, Statement, Value};
use uuid::Uuid;

use crate::model::{
    AccessTokenView, FeedOrder, HouseSwitches, NotificationLevel, PersonView, SessionView,
    SettingsView, Theme, parse_role, scopes_from_text,
};
use crate::policy;

fn statement<C: ConnectionTrait>(db: &C, sql: &str, values: Vec<Value>) -> Statement {
    Statement::from_sql_and_values(db.get_database_backend(), sql, values)
}

/// All rows of a statement.
pub(crate) async fn all<T: FromQueryResult, C: ConnectionTrait>(
    db: &C,
    sql: &str,
    values: Vec<Value>,
) -> Result<Vec<T>> {
    Ok(T::find_by_statement(statement(db, sql, values))
        .all(db)
        .await?)
}

/// The first row of a statement, if there is one.
pub(crate) async fn one<T: FromQueryResult, C: ConnectionTrait>(
    db: &C,
    sql: &str,
    values: Vec<Value>,
) -> Result<Option<T>> {
    Ok(T::find_by_statement(statement(db, sql, values))
        .one(db)
        .await?)
}

/// Runs a statement; returns how many rows changed.
pub(crate) async fn run<C: ConnectionTrait>(db: &C, sql: &str, values: Vec<Value>) -> Result<u64> {
    let done = db.execute_raw(statement(db, sql, values)).await?;
    Ok(done.rows_affected())
}

/// `$from, $from+1, …` for `count` values.
pub(crate) fn places(from: usize, count: usize) -> String {
    let places: Vec<_> = (from..from + count)
        .map(|place| format!("${place}"))
        .collect();
    places.join(", ")
}

/// The clause that keeps the rows of `alias` locked until the transaction ends; SQLite has one
/// writer, so there is nothing to lock.
pub(crate) fn lock<C: ConnectionTrait>(db: &C, alias: &str) -> String {
    match db.get_database_backend() {
        DbBackend::Postgres => format!(" FOR NO KEY UPDATE OF {alias}"),
        _ => String::new(),
    }
}

/// One number.
#[derive(FromQueryResult)]
pub(crate) struct CountRow {
    pub(crate) total: i64,
}

/// One id of a person.
#[derive(FromQueryResult)]
pub(crate) struct IdRow {
    pub(crate) id: PersonId,
}

/// The row of `organisation`.
#[derive(Debug, FromQueryResult)]
pub(crate) struct OrganisationRow {
    pub(crate) name: String,
    pub(crate) created_at: Timestamp,
    pub(crate) allows_presence: bool,
    pub(crate) allows_typing: bool,
    pub(crate) allows_receipts: bool,
}

/// Columns of [`PersonRow`], of a table named `p`.
pub(crate) const PERSON_COLUMNS: &str = "p.id, p.handle, p.name, p.email, p.title, p.about, \
    p.about_html, p.pronunciation, p.location, p.avatar_id, p.avatar_color, p.role, p.locale, \
    p.time_zone, p.theme, p.feed_order, p.default_notification_level, p.show_presence, \
    p.send_typing, p.send_receipts, p.is_active, p.must_change_password, p.joined_at, p.last_active_at, \
    COALESCE((SELECT o.allows_presence FROM organisation o WHERE o.id = 1), TRUE) AS allows_presence, \
    COALESCE((SELECT o.allows_typing FROM organisation o WHERE o.id = 1), TRUE) AS allows_typing, \
    COALESCE((SELECT o.allows_receipts FROM organisation o WHERE o.id = 1), TRUE) AS allows_receipts";

/// A row of `people`.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct PersonRow {
    pub(crate) id: PersonId,
    pub(crate) handle: String,
    pub(crate) name: String,
    pub(crate) email: Option<String>,
    pub(crate) title: String,
    about: String,
    about_html: String,
    pronunciation: String,
    pub(crate) location: String,
    pub(crate) avatar_id: Option<AttachmentId>,
    avatar_color: i32,
    pub(crate) role: String,
    locale: String,
    time_zone: String,
    theme: String,
    feed_order: String,
    default_notification_level: String,
    show_presence: bool,
    send_typing: bool,
    send_receipts: bool,
    allows_presence: bool,
    allows_typing: bool,
    allows_receipts: bool,
    pub(crate) is_active: bool,
    pub(crate) must_change_password: bool,
    joined_at: Timestamp,
    last_active_at: Option<Timestamp>,
}

impl PersonRow {
    /// The person as `viewer` may see him.
    pub(crate) fn into_view(self, viewer: &Viewer) -> Result<PersonView> {
        let private = policy::may_see_private(viewer, self.id);
        Ok(PersonView {
            id: self.id,
            role: parse_role(&self.role)?,
            handle: self.handle,
            name: self.name,
            title: self.title,
            about: self.about,
            about_html: self.about_html,
            pronunciation: self.pronunciation,
            location: self.location,
            avatar_id: self.avatar_id,
            avatar_color: self.avatar_color,
            is_active: self.is_active,
            show_presence: self.show_presence && self.allows_presence,
            joined_at: self.joined_at,
            email: self.email.filter(|_| private),
            last_active_at: self.last_active_at.filter(|_| private),
        })
    }

    /// What the person has chosen.
    pub(crate) fn settings(&self) -> Result<SettingsView> {
        Ok(SettingsView {
            person: self.id,
            locale: self.locale.clone(),
            time_zone: self.time_zone.clone(),
            theme: Theme::parse(&self.theme)?,
            default_notification_level: NotificationLevel::parse(&self.default_notification_level)?,
            show_presence: self.show_presence,
            send_typing: self.send_typing,
            send_receipts: self.send_receipts,
            house: HouseSwitches {
                presence: self.allows_presence,
                typing: self.allows_typing,
                receipts: self.allows_receipts,
            },
            feed_order: FeedOrder::parse(&self.feed_order)?,
            must_change_password: self.must_change_password,
        })
    }
}

/// A row of `sessions`.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct SessionRow {
    id: SessionId,
    person_id: PersonId,
    user_agent: String,
    address: String,
    created_at: Timestamp,
    last_used_at: Timestamp,
}

impl From<SessionRow> for SessionView {
    fn from(row: SessionRow) -> Self {
        Self {
            id: row.id,
            person: row.person_id,
            user_agent: row.user_agent,
            address: row.address,
            created_at: row.created_at,
            last_used_at: row.last_used_at,
        }
    }
}

/// A row of `access_tokens`.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct AccessTokenRow {
    id: AccessTokenId,
    name: String,
    scopes: String,
    created_at: Timestamp,
    last_used_at: Option<Timestamp>,
    expires_at: Option<Timestamp>,
}

impl From<AccessTokenRow> for AccessTokenView {
    fn from(row: AccessTokenRow) -> Self {
        Self {
            id: row.id,
            name: row.name,
            scopes: scopes_from_text(&row.scopes),
            created_at: row.created_at,
            last_used_at: row.last_used_at,
            expires_at: row.expires_at,
        }
    }
}

/// An id as a value.
pub(crate) fn id_value(id: impl Into<Uuid>) -> Value {
    let id: Uuid = id.into();
    id.into()
}
