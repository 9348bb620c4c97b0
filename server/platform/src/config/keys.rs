//! The table of all keys: name, form, default and explanation. Adding a key is adding a line here
//! and a field in the section.

use std::fmt::Write as _;

use super::Config;
use super::values::{Form, FromValue, Raw, Value};

/// One key of the configuration.
pub(super) struct Key {
    /// Section and name, for example `server.listen`.
    pub name: &'static str,
    /// The default, as text.
    pub default: &'static str,
    form: Form,
    doc: &'static str,
    /// Whether the value is never printed and may be given as a path.
    pub secret: bool,
    set: fn(&mut Config, Value) -> Result<(), String>,
}

impl Key {
    /// Sets the key.
    pub(super) fn apply(&self, config: &mut Config, raw: &Raw<'_>) -> Result<(), String> {
        (self.set)(config, raw.parse(self.form)?)
    }
}

/// The environment variable of a key.
pub(super) fn variable(name: &str) -> String {
    format!("LOGGIA_{}", name.replace('.', "_").to_ascii_uppercase())
}

macro_rules! key {
    ($section:ident . $field:ident, $form:expr, $default:literal, $doc:literal) => {
        key!(@ $section . $field, $form, $default, $doc, false)
    };
    (secret $section:ident . $field:ident, $form:expr, $default:literal, $doc:literal) => {
        key!(@ $section . $field, $form, $default, $doc, true)
    };
    (@ $section:ident . $field:ident, $form:expr, $default:literal, $doc:literal, $secret:literal) => {
        Key {
            name: concat!(stringify!($section), ".", stringify!($field)),
            default: $default,
            form: $form,
            doc: $doc,
            secret: $secret,
            set: |config, value| {
                config.$section.$field = FromValue::from_value(value)?;
                Ok(())
            },
        }
    };
}

const DAYS: Form = Form::Number(1, 3650);
const COUNT: Form = Form::Number(1, 1_000_000);

/// All keys, section by section in the order of the reference file.
pub(super) const KEYS: &[Key] = &[
    key!(
        server.listen,
        Form::Text,
        "127.0.0.1:8080",
        "Address and port to listen on. Behind a proxy keep it on a loopback address."
    ),
    key!(
        server.public_url,
        Form::Text,
        "",
        "Address people type, for example https://loggia.example.org. Needed as soon as it is not the address above: links and cookies follow it."
    ),
    key!(
        server.data_dir,
        Form::Text,
        "data",
        "Folder for the database, uploaded files and keys."
    ),
    key!(
        server.trusted_proxies,
        Form::List,
        "",
        "Networks of proxies whose X-Forwarded-For is believed, for example 10.0.0.0/8."
    ),
    key!(
        server.shutdown_grace_seconds,
        Form::Number(0, 600),
        "20",
        "How long running requests may take to finish at shutdown."
    ),
    key!(
        server.request_timeout_seconds,
        Form::Number(1, 3600),
        "30",
        "How long one request may take; uploads and sockets are not counted."
    ),
    key!(secret database.url, Form::Text, "", "Database, for example postgres://loggia@db.example.org/loggia. Empty: SQLite in the file loggia.db of the data folder."),
    key!(
        database.max_connections,
        Form::Number(1, 1000),
        "8",
        "Connections for reading; SQLite always writes through one more."
    ),
    key!(
        database.synchronous,
        Form::Word(&["full", "normal"]),
        "full",
        "What SQLite waits for: 'full' loses nothing when the power fails, 'normal' is faster and may lose the last moments."
    ),
    key!(
        database.statement_timeout_seconds,
        Form::Number(1, 3600),
        "15",
        "How long one statement may run."
    ),
    key!(
        auth.access_token_minutes,
        Form::Number(1, 60),
        "10",
        "Life of an access token; it is renewed silently."
    ),
    key!(
        auth.refresh_token_days,
        DAYS,
        "30",
        "After how many days without a visit a device has to sign in again."
    ),
    key!(
        auth.login_attempts_per_account,
        COUNT,
        "10",
        "Failed sign-ins to one account before it has to wait."
    ),
    key!(
        auth.login_attempts_per_address,
        COUNT,
        "100",
        "Failed sign-ins from one network address before it has to wait. An office may share one address."
    ),
    key!(
        auth.lockout_seconds,
        Form::Number(1, 86_400),
        "300",
        "How long to wait after too many failed sign-ins."
    ),
    key!(
        auth.key_rotation_days,
        DAYS,
        "90",
        "How long one signing key is used for new tokens."
    ),
    key!(
        graphql.introspection,
        Form::Flag,
        "true",
        "Whether the schema may be asked for."
    ),
    key!(
        graphql.graphiql,
        Form::Flag,
        "true",
        "Whether the GraphiQL page is served."
    ),
    key!(
        graphql.max_depth,
        Form::Number(4, 100),
        "15",
        "Deepest nesting of a request. The usual introspection query needs 14."
    ),
    key!(
        graphql.max_complexity,
        COUNT,
        "20000",
        "Highest cost of a request: fields, multiplied by the size of the pages they stand in."
    ),
    key!(
        graphql.max_aliases,
        COUNT,
        "30",
        "Most aliases in a request."
    ),
    key!(
        graphql.max_root_fields,
        COUNT,
        "10",
        "Most root fields in a request."
    ),
    key!(
        graphql.max_directives,
        COUNT,
        "10",
        "Most directives on one field."
    ),
    key!(
        graphql.max_tokens,
        Form::Number(100, 1_000_000),
        "2000",
        "Most words and signs in a request's document."
    ),
    key!(
        graphql.max_body_bytes,
        Form::Bytes(1 << 10, 1 << 30),
        "1 MiB",
        "Largest body of a request. Files are uploaded another way."
    ),
    key!(
        media.max_file_bytes,
        Form::Bytes(1 << 10, 1 << 40),
        "100 MiB",
        "Largest uploaded file."
    ),
    key!(
        media.max_image_pixels,
        Form::Number(10_000, 200_000_000),
        "50000000",
        "Most pixels of a picture, width times height. Each picture being worked on takes about four bytes per pixel."
    ),
    key!(
        media.person_quota_bytes,
        Form::Bytes(1 << 20, 1 << 50),
        "10 GiB",
        "Most bytes one person may keep."
    ),
    key!(
        links.enabled,
        Form::Flag,
        "true",
        "Whether link cards are made. The server then fetches the linked page once; off means it never sends a request outside."
    ),
    key!(
        links.allow_private_addresses,
        Form::Flag,
        "false",
        "Whether link cards may be made of pages inside the organisation's network. Every author can then make the server fetch internal addresses."
    ),
    key!(
        mail.server,
        Form::Text,
        "",
        "Server that takes letters, for example smtp://mail.example.org:587 or smtps://mail.example.org. Empty: Loggia writes no e-mail."
    ),
    key!(
        mail.starttls,
        Form::Flag,
        "true",
        "Whether a connection to smtp:// must be encrypted (STARTTLS). Turn it off only for a server on this machine."
    ),
    key!(
        mail.user,
        Form::Text,
        "",
        "User the mail server asks for; empty if it asks for none."
    ),
    key!(secret mail.password, Form::Text, "", "Password of that user."),
    key!(
        mail.from,
        Form::Text,
        "Loggia <loggia@localhost>",
        "Sender of all letters, for example Loggia <loggia@example.org>."
    ),
    key!(
        push.enabled,
        Form::Flag,
        "true",
        "Whether people may have messages pushed to their browsers. The server then sends requests to the push services of Google, Mozilla, Apple and Microsoft; what is in them, only the browser can read."
    ),
    key!(
        push.allow_private_addresses,
        Form::Flag,
        "false",
        "Whether push services inside the organisation's network may be used."
    ),
    key!(
        journal.keep_days,
        DAYS,
        "90",
        "How long a client may be away and still receive everything it missed, in order."
    ),
    key!(
        journal.poll_milliseconds,
        Form::Number(10, 60_000),
        "1000",
        "How often readers of the journal look for news nobody woke them for."
    ),
    key!(
        notifications.keep_days,
        DAYS,
        "180",
        "How long a line stays in the list of notifications after its latest news, read or not."
    ),
    key!(
        log.level,
        Form::Text,
        "info",
        "error, warn, info, debug or trace; also for parts, for example info,platform=debug."
    ),
    key!(
        log.format,
        Form::Word(&["text", "json"]),
        "text",
        "'text' for people, 'json' for machines."
    ),
    key!(
        metrics.enabled,
        Form::Flag,
        "true",
        "Whether the page /metrics for Prometheus is served."
    ),
    key!(secret metrics.token, Form::Text, "", "Bearer token the page asks for. Empty: it answers only on a loopback address."),
];

/// The key of this name.
pub(super) fn find(name: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.name == name)
}

/// All names a source may use, with `_file` for secrets.
pub(super) fn names() -> impl Iterator<Item = String> {
    KEYS.iter().flat_map(|key| {
        let file = key.secret.then(|| format!("{}_file", key.name));
        std::iter::once(key.name.to_owned()).chain(file)
    })
}

/// The name nearest to a wrong one.
pub(super) fn nearest(wrong: &str) -> String {
    let wrong = wrong.to_ascii_lowercase();
    // The last part decides between equals, so that a wrong section still finds its key.
    let distance = |name: &String| {
        let last = |text: &str| text.rsplit('.').next().unwrap_or_default().to_owned();
        let whole = strsim::damerau_levenshtein(&wrong, name);
        whole.min(1 + strsim::damerau_levenshtein(&last(&wrong), &last(name)))
    };
    names().min_by_key(distance).unwrap_or_default()
}

/// The documented TOML file with every key and its default, commented out.
pub(super) fn reference() -> String {
    let mut text = String::from(
        "# Configuration of Loggia. Every key with its default; remove the '#' before a key to change it.\n\
         # Each key is also an environment variable and a flag: server.listen is LOGGIA_SERVER_LISTEN and\n\
         # --set server.listen=…; flags win over the environment, the environment over this file.\n",
    );
    let mut section = "";
    for key in KEYS {
        let (name, field) = key.name.split_once('.').unwrap_or(("", key.name));
        if name != section {
            section = name;
            let _ = write!(text, "\n[{section}]\n");
        }
        let _ = writeln!(text, "# {}", key.doc);
        if key.secret {
            let _ = writeln!(
                text,
                "# Secret: {field}_file names a file with the value instead."
            );
        }
        let _ = writeln!(text, "#{field} = {}\n", written(key));
    }
    text
}

fn written(key: &Key) -> String {
    match key.form {
        Form::Flag | Form::Number(..) => key.default.to_owned(),
        Form::List => "[]".to_owned(),
        Form::Text | Form::Bytes(..) | Form::Word(_) => format!("\"{}\"", key.default),
    }
}
