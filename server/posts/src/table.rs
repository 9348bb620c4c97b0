//! Rows of the tables of this room, and statements built piece by piece. Private to this crate.

use content::PostKind;
use kernel::{CommunityId, Error, PersonId, PollOptionId, PostId, Result, Timestamp};
use sea_orm::{ConnectionTrait, FromQueryResult, Statement, Value};

use crate::model::{IdeaDetails, IdeaState, PollDetails, PostDetails, PraiseBadge, PraiseDetails};

/// A statement with its values; values are always bound, never written in. Placeholders are numbered
/// `$1`, `$2`, … which both databases read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sql {
    text: String,
    values: Vec<Value>,
}

impl Sql {
    /// A statement that starts with `text`.
    pub(crate) fn new(text: &str) -> Self {
        Self {
            text: text.to_owned(),
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

    fn statement<C: ConnectionTrait>(self, db: &C) -> Statement {
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

/// Columns of [`PostRow`], of a table named `p`.
pub(crate) const POST_COLUMNS: &str = "p.id, p.kind, p.pinned_at, p.moved_from, p.shared_from, \
    p.badge, p.poll_multiple, p.poll_anonymous, p.poll_closes_at, p.poll_voter_count, \
    p.idea_state, p.idea_reason, p.idea_vote_count, p.seen_count";

/// A row of `posts`.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct PostRow {
    pub(crate) id: PostId,
    kind: String,
    pinned_at: Option<Timestamp>,
    moved_from: Option<CommunityId>,
    shared_from: Option<PostId>,
    badge: Option<String>,
    poll_multiple: Option<bool>,
    poll_anonymous: Option<bool>,
    poll_closes_at: Option<Timestamp>,
    poll_voter_count: Option<i64>,
    idea_state: Option<String>,
    idea_reason: Option<String>,
    idea_vote_count: Option<i64>,
    seen_count: Option<i64>,
}

fn missing() -> Error {
    Error::bug("a post lacks the details of its kind")
}

impl PostRow {
    /// What the row says, with the details of exactly its kind.
    pub(crate) fn into_details(self) -> Result<PostDetails> {
        let mut details = PostDetails {
            kind: PostKind::parse(&self.kind)?,
            pinned_at: self.pinned_at,
            moved_from: self.moved_from,
            shared_from: self.shared_from,
            praise: None,
            poll: None,
            idea: None,
            seen_count: None,
        };
        match details.kind {
            PostKind::Discussion | PostKind::Question => {}
            PostKind::Praise => {
                let badge = self.badge.ok_or_else(missing)?;
                let badge = PraiseBadge::parse(&badge)?;
                details.praise = Some(PraiseDetails { badge });
            }
            PostKind::Poll => {
                details.poll = Some(PollDetails {
                    is_multiple_choice: self.poll_multiple.ok_or_else(missing)?,
                    is_anonymous: self.poll_anonymous.ok_or_else(missing)?,
                    closes_at: self.poll_closes_at,
                    voter_count: self.poll_voter_count.ok_or_else(missing)?,
                });
            }
            PostKind::Announcement => {
                details.seen_count = Some(self.seen_count.ok_or_else(missing)?);
            }
            PostKind::Idea => {
                let state = self.idea_state.ok_or_else(missing)?;
                details.idea = Some(IdeaDetails {
                    state: IdeaState::parse(&state)?,
                    reason: self.idea_reason.unwrap_or_default(),
                    vote_count: self.idea_vote_count.ok_or_else(missing)?,
                });
            }
        }
        Ok(details)
    }
}

/// A post and a person of one of the link tables.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct PostPersonRow {
    pub(crate) post_id: PostId,
    pub(crate) person_id: PersonId,
}

/// A bare post id.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct PostKey {
    pub(crate) post_id: PostId,
}

/// A bare poll option id.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct OptionKey {
    pub(crate) option_id: PollOptionId,
}

/// `COUNT(*) AS total`.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Total {
    pub(crate) total: i64,
}
