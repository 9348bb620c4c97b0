//! Rows of the tables of this room, and statements built piece by piece. Private to this crate.

use kernel::{ConversationId, MessageId, PersonId, Result, Timestamp};
use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, Statement, Value};
use uuid::Uuid;

use crate::model::{ConversationView, MessageView};

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

    /// Keeps the rows of `alias` locked until the transaction ends. SQLite has one writer, so there
    /// is nothing to lock.
    pub(crate) fn lock(self, db: &impl ConnectionTrait, alias: &str) -> Self {
        if db.get_database_backend() == DbBackend::Postgres {
            self.push(" FOR NO KEY UPDATE OF ").push(alias)
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

/// Columns of [`ConversationRow`], of a table named `c`.
pub(crate) const CONVERSATION: &str = "c.id, c.last_message_id, c.activity_key, c.created_at";

/// A row of `conversations`.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct ConversationRow {
    pub(crate) id: ConversationId,
    pub(crate) last_message_id: Option<MessageId>,
    pub(crate) activity_key: Uuid,
    pub(crate) created_at: Timestamp,
}

impl From<ConversationRow> for ConversationView {
    fn from(row: ConversationRow) -> Self {
        Self {
            id: row.id,
            last_message: row.last_message_id,
            last_activity_at: kernel::id::made_at(row.activity_key).unwrap_or(row.created_at),
            created_at: row.created_at,
            activity_key: row.activity_key,
        }
    }
}

/// Columns of [`MessageRow`], of a table named `m`.
pub(crate) const MESSAGE: &str =
    "m.id, m.conversation_id, m.author_id, m.source, m.html, m.imported, m.sent_at";

/// A row of `messages`.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct MessageRow {
    id: MessageId,
    conversation_id: ConversationId,
    author_id: PersonId,
    source: String,
    html: String,
    imported: bool,
    sent_at: Timestamp,
}

impl From<MessageRow> for MessageView {
    fn from(row: MessageRow) -> Self {
        Self {
            id: row.id,
            conversation_id: row.conversation_id,
            author: row.author_id,
            source: row.source,
            html: row.html,
            sent_at: row.sent_at,
            imported: row.imported,
        }
    }
}

/// A member of a conversation.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct MemberRow {
    pub(crate) conversation_id: ConversationId,
    pub(crate) person_id: PersonId,
}

/// Number of unread messages of a conversation.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct UnreadRow {
    pub(crate) conversation_id: ConversationId,
    pub(crate) unread: i64,
}

/// `COUNT(*) AS total`.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Total {
    pub(crate) total: i64,
}
