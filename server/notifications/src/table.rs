//! Rows of the tables of this room, and statements built piece by piece. Private to this crate.

use kernel::{
    CommunityId, DispatchId, LineQuestionId, NotificationId, PersonId, Position, PostId, ReplyId,
    Result, Timestamp,
};
use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, Statement, Value};

use crate::model::{MAX_SHOWN, NotificationKind, NotificationView, actors_from_text};

/// A statement being built; values are always bound, never written in. Placeholders are numbered
/// `$1`, `$2`, … which both databases read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sql {
    text: String,
    values: Vec<Value>,
}

impl Sql {
    /// A statement that starts with `text`.
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            values: Vec::new(),
        }
    }

    /// Adds text. Never text from outside.
    pub(crate) fn push(mut self, text: &str) -> Self {
        self.text.push_str(text);
        self
    }

    /// Adds a value.
    pub(crate) fn bind(mut self, value: impl Into<Value>) -> Self {
        self.values.push(value.into());
        self.text.push('$');
        self.text.push_str(&self.values.len().to_string());
        self
    }

    /// Adds values separated by commas.
    pub(crate) fn bind_all<V: Into<Value>>(self, values: impl IntoIterator<Item = V>) -> Self {
        let mut first = true;
        values.into_iter().fold(self, |sql, value| {
            let sql = if first { sql } else { sql.push(", ") };
            first = false;
            sql.bind(value)
        })
    }

    /// Adds `(…), (…)` of an INSERT.
    pub(crate) fn bind_rows(self, rows: impl IntoIterator<Item = Vec<Value>>) -> Self {
        let mut first = true;
        rows.into_iter().fold(self, |sql, row| {
            let sql = sql.push(if first { "(" } else { ", (" });
            first = false;
            sql.bind_all(row).push(")")
        })
    }

    /// How many values are bound.
    pub(crate) fn bound(&self) -> usize {
        self.values.len()
    }

    /// Adds a value without writing its placeholder; returns the placeholder's number.
    pub(crate) fn hold(mut self, value: impl Into<Value>) -> (Self, usize) {
        self.values.push(value.into());
        let place = self.values.len();
        (self, place)
    }

    /// Adds a part of a statement whose values are numbered behind those there already.
    pub(crate) fn part(mut self, (text, values): (String, Vec<Value>)) -> Self {
        self.text.push_str(&text);
        self.values.extend(values);
        self
    }

    /// Adds a lock clause, where the database has more than one writer.
    pub(crate) fn lock(self, db: &impl ConnectionTrait, clause: &str) -> Self {
        if db.get_database_backend() == DbBackend::Postgres {
            self.push(clause)
        } else {
            self
        }
    }

    fn statement(self, db: &impl ConnectionTrait) -> Statement {
        Statement::from_sql_and_values(db.get_database_backend(), self.text, self.values)
    }

    /// All rows.
    pub(crate) async fn all<T: FromQueryResult>(self, db: &impl ConnectionTrait) -> Result<Vec<T>> {
        let statement = self.statement(db);
        Ok(T::find_by_statement(statement).all(db).await?)
    }

    /// The first row, if there is one.
    pub(crate) async fn one<T: FromQueryResult>(
        self,
        db: &impl ConnectionTrait,
    ) -> Result<Option<T>> {
        let statement = self.statement(db);
        Ok(T::find_by_statement(statement).one(db).await?)
    }

    /// Runs it; returns how many rows changed.
    pub(crate) async fn run(self, db: &impl ConnectionTrait) -> Result<u64> {
        let statement = self.statement(db);
        Ok(db.execute_raw(statement).await?.rows_affected())
    }
}

/// Columns of [`NotificationRow`], of a table named `n` and its text in `about`.
pub(crate) const NOTIFICATION: &str = "n.id, n.kind, n.actor_ids, n.actor_count, n.post_id, \
    n.reply_id, n.dispatch_id, n.question_id, COALESCE(n.community_id, about.community_id) AS community_id, n.created_at, \
    n.read_at, \
    CASE WHEN about.state IN ('published', 'archived') THEN about.title ELSE '' END AS title, \
    CASE WHEN about.state IN ('published', 'archived') THEN about.excerpt ELSE '' END AS excerpt";

/// A row of `notifications` with what it is about.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct NotificationRow {
    id: NotificationId,
    kind: String,
    actor_ids: String,
    actor_count: i32,
    post_id: Option<PostId>,
    reply_id: Option<ReplyId>,
    community_id: Option<CommunityId>,
    dispatch_id: Option<DispatchId>,
    question_id: Option<LineQuestionId>,
    created_at: Timestamp,
    read_at: Option<Timestamp>,
    title: String,
    excerpt: String,
}

impl NotificationRow {
    /// The view of the row.
    pub(crate) fn into_view(self) -> Result<NotificationView> {
        let mut actors = actors_from_text(&self.actor_ids)?;
        actors.truncate(MAX_SHOWN);
        Ok(NotificationView {
            id: self.id,
            kind: NotificationKind::parse(&self.kind)?,
            actors,
            actor_count: self.actor_count,
            post: self.post_id,
            reply: self.reply_id,
            community: self.community_id,
            dispatch: self.dispatch_id,
            question: self.question_id,
            excerpt: if self.title.is_empty() {
                self.excerpt
            } else {
                self.title
            },
            created_at: self.created_at,
            read_at: self.read_at,
        })
    }
}

/// What a bundle remembers.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct BundleRow {
    pub(crate) id: NotificationId,
    pub(crate) person_id: PersonId,
    pub(crate) actor_ids: String,
    pub(crate) actor_count: i32,
    pub(crate) read_at: Option<Timestamp>,
    journal_transaction: i64,
    journal_sequence: i64,
}

impl BundleRow {
    /// The newest event in it.
    pub(crate) fn position(&self) -> Position {
        Position {
            transaction: self.journal_transaction,
            sequence: self.journal_sequence,
        }
    }
}

/// A bare notification id.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct IdRow {
    pub(crate) id: NotificationId,
}

/// A bare person id.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct PersonKey {
    pub(crate) person_id: PersonId,
}

/// `COUNT(*) AS total`.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Total {
    pub(crate) total: i64,
}
