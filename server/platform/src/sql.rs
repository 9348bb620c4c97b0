//! A statement with its values, built piece by piece; values are always bound, never written in.
//! For the tables of a room, inside that room.

use kernel::Result;
use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, Statement, Value};

/// A statement being built. Placeholders are numbered `$1`, `$2`, … which both databases read.
#[derive(Debug, Clone, Default)]
pub struct Sql {
    text: String,
    values: Vec<Value>,
    bound_before: usize,
}

impl Sql {
    /// A statement that starts with `text`.
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }

    /// A part of somebody's statement that already has `bound` values.
    pub fn after(bound: usize) -> Self {
        Self {
            bound_before: bound,
            ..Self::default()
        }
    }

    /// Adds text. Never text from outside.
    pub fn push(&mut self, text: &str) -> &mut Self {
        self.text.push_str(text);
        self
    }

    /// Adds a value.
    pub fn bind(&mut self, value: impl Into<Value>) -> &mut Self {
        let number = self.hold(value);
        self.text.push('$');
        self.text.push_str(&number.to_string());
        self
    }

    /// Adds a value without writing its placeholder; returns the placeholder's number.
    pub fn hold(&mut self, value: impl Into<Value>) -> usize {
        self.values.push(value.into());
        self.bound_before + self.values.len()
    }

    /// Adds values separated by commas.
    pub fn bind_all<V: Into<Value>>(&mut self, values: impl IntoIterator<Item = V>) -> &mut Self {
        for (index, value) in values.into_iter().enumerate() {
            if index > 0 {
                self.push(", ");
            }
            self.bind(value);
        }
        self
    }

    /// Adds a condition: the text in `column` is one of `texts`, apart from case and blanks around
    /// it. An index over `lower(trim(column))` serves it.
    pub fn push_same_text(&mut self, column: &str, texts: &[String]) -> &mut Self {
        let mut all: Vec<String> = texts.iter().flat_map(|text| spellings(text)).collect();
        all.sort_unstable();
        all.dedup();
        self.push("lower(trim(").push(column).push(")) IN (");
        self.bind_all(all).push(")")
    }

    /// Adds `(…), (…)` of an INSERT.
    pub fn bind_rows(&mut self, rows: impl IntoIterator<Item = Vec<Value>>) -> &mut Self {
        for (index, row) in rows.into_iter().enumerate() {
            self.push(if index > 0 { ", (" } else { "(" });
            self.bind_all(row).push(")");
        }
        self
    }

    /// Adds the clause that keeps the rows of `alias` locked until the transaction ends. SQLite has
    /// one writer, so there is nothing to lock.
    pub fn lock<C: ConnectionTrait>(&mut self, db: &C, alias: &str) -> &mut Self {
        if db.get_database_backend() == DbBackend::Postgres {
            self.push(" FOR NO KEY UPDATE OF ").push(alias);
        }
        self
    }

    fn statement<C: ConnectionTrait>(self, db: &C) -> Statement {
        let backend = db.get_database_backend();
        let text = match backend {
            DbBackend::Sqlite => unnamed(self.text),
            _ => self.text,
        };
        Statement::from_sql_and_values(backend, text, self.values)
    }

    /// All rows.
    ///
    /// # Errors
    /// Database errors.
    pub async fn all<T: FromQueryResult, C: ConnectionTrait>(self, db: &C) -> Result<Vec<T>> {
        let statement = self.statement(db);
        Ok(T::find_by_statement(statement).all(db).await?)
    }

    /// The first row, if there is one.
    ///
    /// # Errors
    /// Database errors.
    pub async fn one<T: FromQueryResult, C: ConnectionTrait>(self, db: &C) -> Result<Option<T>> {
        let statement = self.statement(db);
        Ok(T::find_by_statement(statement).one(db).await?)
    }

    /// Runs it; returns how many rows changed.
    ///
    /// # Errors
    /// Database errors.
    pub async fn run<C: ConnectionTrait>(self, db: &C) -> Result<u64> {
        let statement = self.statement(db);
        Ok(db.execute_raw(statement).await?.rows_affected())
    }

    /// Adds a part that was built with [`Sql::after`] the values bound so far.
    pub fn append(&mut self, part: (String, Vec<Value>)) -> &mut Self {
        self.text.push_str(&part.0);
        self.values.extend(part.1);
        self
    }

    /// Number of values bound so far, those before this part included.
    pub fn bound(&self) -> usize {
        self.bound_before + self.values.len()
    }

    /// The text and the values, to be used in a statement of one's own.
    pub fn into_parts(self) -> (String, Vec<Value>) {
        (self.text, self.values)
    }
}

/// The same statement with `?` for `$1`, `$2` and so on, if they stand in this order. To SQLite `$1` is a name,
/// and each value is bound by looking for its name among all others: a statement with thirty thousand values
/// would take a second. Values that are used twice, or in another order, keep their names.
fn unnamed(text: String) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut next = 1;
    let mut rest = text.as_str();
    while let Some(at) = rest.find('$') {
        let (before, name) = rest.split_at(at);
        let digits = name[1..].bytes().take_while(u8::is_ascii_digit).count();
        let (name, after) = name.split_at(1 + digits);
        plain.push_str(before);
        rest = after;
        if digits == 0 {
            plain.push_str(name);
        } else if name[1..].parse() == Ok(next) {
            plain.push('?');
            next += 1;
        } else {
            return text;
        }
    }
    plain.push_str(rest);
    plain
}

/// What `lower(trim(…))` of the databases may make of a text that differs from this one only in case.
/// Both turn the letters A to Z; SQLite turns no other letters, which leaves them as people write
/// them: all small, all large, or large at the beginning.
fn spellings(text: &str) -> [String; 4] {
    let text = text.trim();
    let small = text.to_lowercase();
    let mut rest = small.chars();
    let first = rest.next();
    let capital = first.into_iter().flat_map(char::to_uppercase);
    let capitalised: String = capital.chain(rest).collect();
    [
        text.to_ascii_lowercase(),
        capitalised.to_ascii_lowercase(),
        text.to_uppercase().to_ascii_lowercase(),
        small,
    ]
}

#[cfg(test)]
mod tests {
    use super::unnamed;

    #[test]
    fn values_in_order_need_no_names_and_everything_else_stays() {
        let made = |text: &str| unnamed(text.to_owned());
        assert_eq!(
            made("SELECT 'ö$', $1 WHERE a = $2 AND b LIKE '$%' AND c = $3"),
            "SELECT 'ö$', ? WHERE a = ? AND b LIKE '$%' AND c = ?"
        );
        for named in ["SELECT $1, $1", "SELECT $2, $1", "SELECT $12"] {
            assert_eq!(made(named), named);
        }
    }
}
