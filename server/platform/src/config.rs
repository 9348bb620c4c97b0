//! The server's configuration: one typed [`Config`], read once at start.
//!
//! Later sources win: defaults in code, the TOML file, the environment (`LOGGIA_SECTION_KEY`), then
//! the flags `--set section.key=value`, `--data-dir` and `--listen`. Every problem is reported at
//! once, and an unknown key is a problem that names the nearest valid one. All keys stand in one
//! table (`config/keys.rs`), from which the defaults, the checks and the reference file are made.
//!
//! Secrets never appear in the debug output, and each may be given as a path (`…_file`) instead.

mod keys;
mod load;
mod network;
mod values;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use url::Url;

pub use load::{ConfigErrors, ConfigProblem, Sources};
pub use network::Network;
pub use values::{Backend, DatabaseUrl, LogFormat, Secret, Synchronous};

/// Everything that can be configured.
#[derive(Debug, Clone)]
pub struct Config {
    /// Addresses, folders and time limits of the server itself.
    pub server: ServerConfig,
    /// Where the rows are kept.
    pub database: DatabaseConfig,
    /// Signing in and staying signed in.
    pub auth: AuthConfig,
    /// What one GraphQL request may cost.
    pub graphql: GraphqlConfig,
    /// Uploaded files.
    pub media: MediaConfig,
    /// Link cards, the only thing fetched from outside.
    pub links: LinksConfig,
    /// Letters to people, through one SMTP server.
    pub mail: MailConfig,
    /// Messages to browsers that are closed.
    pub push: PushConfig,
    /// The journal of everything that happened.
    pub journal: JournalConfig,
    /// The lists of notifications.
    pub notifications: NotificationsConfig,
    /// What is logged, and how.
    pub log: LogConfig,
    /// The page for Prometheus.
    pub metrics: MetricsConfig,
}

/// Addresses, folders and time limits of the server itself.
#[derive(Debug, Clone)]
pub struct ServerConfig {
    /// Address the server listens on.
    pub listen: SocketAddr,
    /// Address people type; `None` until configured, see [`Config::public_url`].
    pub public_url: Option<Url>,
    /// Folder with the database, the media and the keys.
    pub data_dir: PathBuf,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<Network>,
    /// How long running requests may take to finish at shutdown.
    pub shutdown_grace_seconds: u64,
    /// How long one request may take.
    pub request_timeout_seconds: u64,
}

/// Where the rows are kept.
#[derive(Debug, Clone, Default)]
pub struct DatabaseConfig {
    /// As configured; empty means SQLite in the data folder, see [`Config::database_url`].
    pub url: DatabaseUrl,
    /// Connections in the pool.
    pub max_connections: u32,
    /// What SQLite waits for before it calls a commit done.
    pub synchronous: Synchronous,
    /// How long one statement may run.
    pub statement_timeout_seconds: u64,
}

/// Signing in and staying signed in.
#[derive(Debug, Clone, Default)]
pub struct AuthConfig {
    /// Life of an access token.
    pub access_token_minutes: u64,
    /// Life of a session that is not used.
    pub refresh_token_days: u64,
    /// Failed sign-ins per account before it has to wait.
    pub login_attempts_per_account: u32,
    /// Failed sign-ins per network address before it has to wait.
    pub login_attempts_per_address: u32,
    /// How long to wait after too many failed sign-ins.
    pub lockout_seconds: u64,
    /// How long one signing key is used for new tokens.
    pub key_rotation_days: u64,
}

/// What one GraphQL request may cost.
#[derive(Debug, Clone, Default)]
pub struct GraphqlConfig {
    /// Whether the schema may be asked for.
    pub introspection: bool,
    /// Whether the GraphiQL page is served.
    pub graphiql: bool,
    /// Deepest nesting of selections.
    pub max_depth: usize,
    /// Highest cost (children times page size).
    pub max_complexity: usize,
    /// Most aliases in one document.
    pub max_aliases: usize,
    /// Most root fields in one operation.
    pub max_root_fields: usize,
    /// Most directives on one field.
    pub max_directives: usize,
    /// Most lexical tokens in one document.
    pub max_tokens: usize,
    /// Largest request body.
    pub max_body_bytes: usize,
}

/// Uploaded files.
#[derive(Debug, Clone, Default)]
pub struct MediaConfig {
    /// Largest file.
    pub max_file_bytes: u64,
    /// Most pixels (width times height, all frames of an animation counted once) of a picture.
    pub max_image_pixels: u64,
    /// Most bytes one person may keep.
    pub person_quota_bytes: u64,
}

/// Link cards, the only thing fetched from outside.
#[derive(Debug, Clone, Default)]
pub struct LinksConfig {
    /// Whether link cards are made; off means no outgoing request at all.
    pub enabled: bool,
    /// Whether addresses inside the organisation's network may be fetched.
    pub allow_private_addresses: bool,
}

/// Letters to people, through one SMTP server.
#[derive(Debug, Clone, Default)]
pub struct MailConfig {
    /// Server as `smtp://host:port` or `smtps://host:port`; empty: no letter is ever written.
    pub server: String,
    /// Whether a connection to `smtp://` must be encrypted by STARTTLS before anything is said.
    pub starttls: bool,
    /// User the server asks for; empty: it asks for none.
    pub user: String,
    /// Password of that user.
    pub password: Secret,
    /// Sender of all letters, for example `Loggia <loggia@bank.example>`.
    pub from: String,
}

/// Messages to browsers that are closed.
#[derive(Debug, Clone, Default)]
pub struct PushConfig {
    /// Whether people may switch it on.
    pub enabled: bool,
    /// Whether push services inside the organisation's network may be used.
    pub allow_private_addresses: bool,
}

/// The journal of everything that happened.
#[derive(Debug, Clone, Default)]
pub struct JournalConfig {
    /// How long a client may be away and still catch up.
    pub keep_days: u64,
    /// How often readers look for news nobody woke them for.
    pub poll_milliseconds: u64,
}

/// The lists of notifications.
#[derive(Debug, Clone, Default)]
pub struct NotificationsConfig {
    /// How long a line stays in the list after its latest news.
    pub keep_days: u64,
}

/// What is logged, and how.
#[derive(Debug, Clone, Default)]
pub struct LogConfig {
    /// Level or filter, for example `info` or `info,platform=debug`.
    pub level: String,
    /// Lines for people or for machines.
    pub format: LogFormat,
}

/// The page for Prometheus.
#[derive(Debug, Clone, Default)]
pub struct MetricsConfig {
    /// Whether `/metrics` is served.
    pub enabled: bool,
    /// Bearer token the page asks for; empty: only answered on a loopback address.
    pub token: Secret,
}

impl Default for ServerConfig {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            public_url: None,
            data_dir: PathBuf::new(),
            trusted_proxies: Vec::new(),
            shutdown_grace_seconds: 0,
            request_timeout_seconds: 0,
        }
    }
}

impl Default for Config {
    /// The defaults of the table of keys.
    fn default() -> Self {
        let mut config = Self {
            server: ServerConfig::default(),
            database: DatabaseConfig::default(),
            auth: AuthConfig::default(),
            graphql: GraphqlConfig::default(),
            media: MediaConfig::default(),
            links: LinksConfig::default(),
            mail: MailConfig::default(),
            push: PushConfig::default(),
            journal: JournalConfig::default(),
            notifications: NotificationsConfig::default(),
            log: LogConfig::default(),
            metrics: MetricsConfig::default(),
        };
        for key in keys::KEYS {
            // A test applies every default, so none can fail here.
            let _ = key.apply(&mut config, &values::Raw::Text(key.default));
        }
        config
    }
}

impl Config {
    /// Reads and checks all sources.
    ///
    /// # Errors
    /// All problems found, not only the first.
    pub fn load<E>(sources: Sources<E>) -> Result<Self, ConfigErrors>
    where
        E: IntoIterator<Item = (String, String)>,
    {
        load::load(sources)
    }

    /// The documented TOML file with every key and its default, commented out.
    pub fn reference() -> String {
        keys::reference()
    }

    /// The database to connect to: the configured one, or SQLite in the data folder.
    pub fn database_url(&self) -> DatabaseUrl {
        if self.database.url.is_empty() {
            let file = self.server.data_dir.join("loggia.db");
            DatabaseUrl::sqlite(&file)
        } else {
            self.database.url.clone()
        }
    }

    /// The address people type: the configured one, or the address the server listens on.
    pub fn public_url(&self) -> String {
        let listen = self.server.listen;
        match &self.server.public_url {
            Some(url) => url.as_str().trim_end_matches('/').to_owned(),
            None if listen.ip().is_unspecified() || listen.ip().is_loopback() => {
                format!("http://localhost:{}", listen.port())
            }
            None => format!("http://{listen}"),
        }
    }

    /// The folder with uploaded files.
    pub fn media_dir(&self) -> PathBuf {
        self.data_dir().join("media")
    }

    /// The folder with everything the server keeps.
    pub fn data_dir(&self) -> &Path {
        &self.server.data_dir
    }
}

#[cfg(test)]
mod tests;
