//! Values as they are given, and the types they become.

use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use url::Url;

use super::network::Network;

/// A value as given by a source.
pub(super) enum Raw<'a> {
    /// Text from the environment, a flag or the table of defaults.
    Text(&'a str),
    /// A value of the TOML file.
    Toml(&'a toml::Value),
}

/// What form a key's value has.
#[derive(Debug, Clone, Copy)]
pub(super) enum Form {
    Text,
    Flag,
    /// A whole number from the first to the second.
    Number(u64, u64),
    /// A number of bytes, also as text such as `100 MiB`.
    Bytes(u64, u64),
    /// A list of texts; separated by commas outside TOML.
    List,
    /// One of these words.
    Word(&'static [&'static str]),
}

/// A value of the right form.
pub(super) enum Value {
    Text(String),
    Flag(bool),
    Number(u64),
    List(Vec<String>),
}

impl Raw<'_> {
    /// The value in the wanted form, or what is wrong with it.
    pub(super) fn parse(&self, form: Form) -> Result<Value, String> {
        match form {
            Form::Text => Ok(Value::Text(self.text()?.to_owned())),
            Form::Flag => self.flag().map(Value::Flag),
            Form::Number(min, max) => in_range(self.number()?, min, max).map(Value::Number),
            Form::Bytes(min, max) => in_range(self.bytes()?, min, max).map(Value::Number),
            Form::List => self.list().map(Value::List),
            Form::Word(words) => {
                let text = self.text()?;
                if words.contains(&text) {
                    Ok(Value::Text(text.to_owned()))
                } else {
                    Err(format!(
                        "expected one of {}, not '{}'",
                        words.join(", "),
                        short(text)
                    ))
                }
            }
        }
    }

    /// The text of a `_file` key.
    pub(super) fn path(&self) -> Result<&str, String> {
        self.text()
    }

    fn text(&self) -> Result<&str, String> {
        match self {
            Self::Text(text) => Ok(text),
            Self::Toml(toml::Value::String(text)) => Ok(text),
            Self::Toml(other) => Err(format!("expected a text, not {}", kind_of(other))),
        }
    }

    fn flag(&self) -> Result<bool, String> {
        match self {
            Self::Toml(toml::Value::Boolean(flag)) => Ok(*flag),
            Self::Toml(other) => Err(format!("expected true or false, not {}", kind_of(other))),
            Self::Text(text) => match text.trim().to_ascii_lowercase().as_str() {
                "true" | "1" | "on" | "yes" => Ok(true),
                "false" | "0" | "off" | "no" => Ok(false),
                _ => Err(format!("expected true or false, not '{}'", short(text))),
            },
        }
    }

    fn number(&self) -> Result<u64, String> {
        match self {
            Self::Toml(toml::Value::Integer(number)) => {
                u64::try_from(*number).map_err(|_| "expected a number that is not negative".into())
            }
            Self::Toml(other) => Err(format!("expected a whole number, not {}", kind_of(other))),
            Self::Text(text) => plain_number(text)
                .ok_or_else(|| format!("expected a whole number, not '{}'", short(text))),
        }
    }

    fn bytes(&self) -> Result<u64, String> {
        let text = match self {
            Self::Toml(toml::Value::Integer(_)) => return self.number(),
            Self::Toml(toml::Value::String(text)) => text.as_str(),
            Self::Toml(other) => return Err(format!("expected a size, not {}", kind_of(other))),
            Self::Text(text) => text,
        };
        parse_bytes(text).ok_or_else(|| {
            format!(
                "expected a size such as 1048576 or '100 MiB', not '{}'",
                short(text)
            )
        })
    }

    fn list(&self) -> Result<Vec<String>, String> {
        match self {
            Self::Text(text) => {
                let parts = text
                    .split(',')
                    .map(str::trim)
                    .filter(|part| !part.is_empty());
                Ok(parts.map(str::to_owned).collect())
            }
            Self::Toml(toml::Value::Array(items)) => items
                .iter()
                .map(|item| match item {
                    toml::Value::String(text) => Ok(text.clone()),
                    other => Err(format!(
                        "expected a list of texts, found {}",
                        kind_of(other)
                    )),
                })
                .collect(),
            Self::Toml(other) => Err(format!("expected a list of texts, not {}", kind_of(other))),
        }
    }
}

fn in_range(number: u64, min: u64, max: u64) -> Result<u64, String> {
    if (min..=max).contains(&number) {
        Ok(number)
    } else {
        Err(format!(
            "expected a number from {min} to {max}, not {number}"
        ))
    }
}

fn plain_number(text: &str) -> Option<u64> {
    let text = text.trim();
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit() || b == b'_');
    if digits {
        text.replace('_', "").parse().ok()
    } else {
        None
    }
}

fn parse_bytes(text: &str) -> Option<u64> {
    let text = text.trim();
    let split = text
        .find(|c: char| c.is_ascii_alphabetic())
        .unwrap_or(text.len());
    let (number, unit) = text.split_at(split);
    let factor: u64 = match unit.to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "kib" => 1 << 10,
        "mib" => 1 << 20,
        "gib" => 1 << 30,
        "tib" => 1 << 40,
        "kb" => 1_000,
        "mb" => 1_000_000,
        "gb" => 1_000_000_000,
        "tb" => 1_000_000_000_000,
        _ => return None,
    };
    plain_number(number)?.checked_mul(factor)
}

fn kind_of(value: &toml::Value) -> &'static str {
    match value {
        toml::Value::String(_) => "a text",
        toml::Value::Integer(_) => "a whole number",
        toml::Value::Float(_) => "a decimal number",
        toml::Value::Boolean(_) => "true or false",
        toml::Value::Datetime(_) => "a date",
        toml::Value::Array(_) => "a list",
        toml::Value::Table(_) => "a section",
    }
}

fn short(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(60).collect()
}

/// A text that is never printed: its debug output and its length stay hidden.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// A secret.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself, for the one place that needs it.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether none is configured.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_empty() {
            "(none)"
        } else {
            "(hidden)"
        })
    }
}

/// The kind of database behind a [`DatabaseUrl`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backend {
    /// One file, inside this process.
    Sqlite,
    /// A PostgreSQL server.
    Postgres,
}

/// Where the database is. Printing it shows no password.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct DatabaseUrl(String);

impl DatabaseUrl {
    /// Checks the scheme.
    ///
    /// # Errors
    /// Any scheme but `sqlite` and `postgres`. The message never repeats the text.
    pub fn parse(text: &str) -> Result<Self, String> {
        let known = ["sqlite:", "postgres://", "postgresql://"];
        if text.is_empty() || known.iter().any(|scheme| text.starts_with(scheme)) {
            Ok(Self(text.to_owned()))
        } else {
            Err("expected an address starting with sqlite:// or postgres://".to_owned())
        }
    }

    /// SQLite in this file.
    pub fn sqlite(file: &Path) -> Self {
        Self(format!("sqlite://{}", file.display()))
    }

    /// The address with its password, for the one place that connects.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether none is configured.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The kind of database.
    pub fn backend(&self) -> Backend {
        if self.0.starts_with("postgres") {
            Backend::Postgres
        } else {
            Backend::Sqlite
        }
    }

    /// The file of an SQLite database; `None` for a server and for memory.
    pub fn sqlite_file(&self) -> Option<PathBuf> {
        let rest = self.0.strip_prefix("sqlite:")?;
        let rest = rest.strip_prefix("//").unwrap_or(rest);
        let path = rest.split('?').next().unwrap_or_default();
        if path.is_empty() || path == ":memory:" {
            None
        } else {
            Some(PathBuf::from(path))
        }
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.backend() == Backend::Sqlite {
            return f.write_str(&self.0);
        }
        // A password may stand before the host or, as libpq allows, among the parameters.
        match Url::parse(&self.0) {
            Ok(mut url) => {
                let hidden = url.password().is_none() || url.set_password(Some("***")).is_ok();
                url.set_query(None);
                f.write_str(if hidden {
                    url.as_str()
                } else {
                    "postgres://(hidden)"
                })
            }
            Err(_) => f.write_str("postgres://(hidden)"),
        }
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// What SQLite waits for before it calls a commit done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Synchronous {
    /// The disk; nothing is lost when the power fails.
    #[default]
    Full,
    /// The system; the last commits may be lost when the power fails.
    Normal,
}

/// Lines for people or for machines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LogFormat {
    /// One readable line for each entry.
    #[default]
    Text,
    /// One JSON object for each entry.
    Json,
}

/// Turns a value of the right form into the field's type.
pub(super) trait FromValue: Sized {
    fn from_value(value: Value) -> Result<Self, String>;
}

fn text_of(value: Value) -> Result<String, String> {
    match value {
        Value::Text(text) => Ok(text),
        _ => Err("expected a text".to_owned()),
    }
}

fn number_of<T: TryFrom<u64>>(value: &Value) -> Result<T, String> {
    match value {
        Value::Number(number) => {
            T::try_from(*number).map_err(|_| format!("{number} is too large for this system"))
        }
        _ => Err("expected a number".to_owned()),
    }
}

impl FromValue for String {
    fn from_value(value: Value) -> Result<Self, String> {
        text_of(value)
    }
}

impl FromValue for u32 {
    fn from_value(value: Value) -> Result<Self, String> {
        number_of(&value)
    }
}

impl FromValue for u64 {
    fn from_value(value: Value) -> Result<Self, String> {
        number_of(&value)
    }
}

impl FromValue for usize {
    fn from_value(value: Value) -> Result<Self, String> {
        number_of(&value)
    }
}

impl FromValue for bool {
    fn from_value(value: Value) -> Result<Self, String> {
        match value {
            Value::Flag(flag) => Ok(flag),
            _ => Err("expected true or false".to_owned()),
        }
    }
}

impl FromValue for PathBuf {
    fn from_value(value: Value) -> Result<Self, String> {
        let text = text_of(value)?;
        if text.is_empty() {
            Err("expected a path".to_owned())
        } else {
            Ok(Self::from(text))
        }
    }
}

impl FromValue for SocketAddr {
    fn from_value(value: Value) -> Result<Self, String> {
        let text = text_of(value)?;
        let numeric = text
            .strip_prefix("localhost:")
            .map(|port| format!("127.0.0.1:{port}"));
        numeric.as_deref().unwrap_or(&text).parse().map_err(|_| {
            format!(
                "expected an address and a port such as 127.0.0.1:8080, not '{}'",
                short(&text)
            )
        })
    }
}

impl FromValue for Option<Url> {
    fn from_value(value: Value) -> Result<Self, String> {
        let text = text_of(value)?;
        if text.is_empty() {
            return Ok(None);
        }
        let url = Url::parse(&text).ok().filter(|url| {
            matches!(url.scheme(), "http" | "https")
                && url.username().is_empty()
                && url.password().is_none()
                && url.query().is_none()
                && url.fragment().is_none()
        });
        url.map(Some).ok_or_else(|| {
            "expected an address such as https://loggia.example.org without user, query or fragment"
                .to_owned()
        })
    }
}

impl FromValue for Vec<Network> {
    fn from_value(value: Value) -> Result<Self, String> {
        match value {
            Value::List(items) => items.iter().map(|item| item.parse()).collect(),
            _ => Err("expected a list".to_owned()),
        }
    }
}

impl FromValue for Secret {
    fn from_value(value: Value) -> Result<Self, String> {
        text_of(value).map(Self)
    }
}

impl FromValue for DatabaseUrl {
    fn from_value(value: Value) -> Result<Self, String> {
        Self::parse(&text_of(value)?)
    }
}

impl FromValue for Synchronous {
    fn from_value(value: Value) -> Result<Self, String> {
        Ok(if text_of(value)? == "normal" {
            Self::Normal
        } else {
            Self::Full
        })
    }
}

impl FromValue for LogFormat {
    fn from_value(value: Value) -> Result<Self, String> {
        Ok(if text_of(value)? == "json" {
            Self::Json
        } else {
            Self::Text
        })
    }
}
