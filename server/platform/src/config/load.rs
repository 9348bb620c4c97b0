//! Puts the sources together, later ones over earlier ones, and collects every problem.

use std::fmt;
use std::path::{Path, PathBuf};

use super::Config;
use super::keys::{self, Key};
use super::values::Raw;

/// Largest configuration or secret file; a larger one is not what was meant.
const MAX_FILE_BYTES: u64 = 1 << 20;

/// Names that start like a key but are not: they steer tests and the program around the server.
const RESERVED: [&str; 3] = ["LOGGIA_CONFIG", "LOGGIA_BIN", "LOGGIA_LOG"];
const RESERVED_PREFIX: &str = "LOGGIA_TEST_";

/// Where configuration comes from, weakest first.
#[derive(Debug)]
pub struct Sources<E> {
    /// The TOML file; it must exist when it is named.
    pub file: Option<PathBuf>,
    /// Variables of the environment; those not starting with `LOGGIA_` are passed over.
    pub env: E,
    /// `section.key=value`, as given with `--set`.
    pub sets: Vec<String>,
    /// `--data-dir`.
    pub data_dir: Option<PathBuf>,
    /// `--listen`.
    pub listen: Option<String>,
}

impl Sources<std::iter::Empty<(String, String)>> {
    /// No source at all: the defaults.
    pub fn none() -> Self {
        Self {
            file: None,
            env: std::iter::empty(),
            sets: vec![],
            data_dir: None,
            listen: None,
        }
    }
}

/// One thing wrong with the configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigProblem {
    /// Where it stands: a file and key, a variable or a flag.
    pub place: String,
    /// What is wrong and what would be right.
    pub message: String,
}

/// Everything wrong with the configuration; never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigErrors(pub Vec<ConfigProblem>);

impl fmt::Display for ConfigErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.0.len();
        write!(
            f,
            "the configuration has {count} problem{}:",
            if count == 1 { "" } else { "s" }
        )?;
        for problem in &self.0 {
            write!(f, "\n  {}: {}", problem.place, problem.message)?;
        }
        Ok(())
    }
}

impl std::error::Error for ConfigErrors {}

struct Loader {
    config: Config,
    problems: Vec<ConfigProblem>,
}

pub(super) fn load<E>(sources: Sources<E>) -> Result<Config, ConfigErrors>
where
    E: IntoIterator<Item = (String, String)>,
{
    let mut loader = Loader {
        config: Config::default(),
        problems: Vec::new(),
    };
    if let Some(file) = &sources.file {
        loader.file(file);
    }
    loader.environment(sources.env);
    for set in &sources.sets {
        loader.set(set);
    }
    if let Some(data_dir) = sources.data_dir {
        loader.config.server.data_dir = data_dir;
    }
    if let Some(listen) = &sources.listen {
        loader.given(
            "server.listen",
            &Raw::Text(listen),
            "--listen",
            str::to_owned,
        );
    }
    loader.together();
    if loader.problems.is_empty() {
        Ok(loader.config)
    } else {
        Err(ConfigErrors(loader.problems))
    }
}

impl Loader {
    fn problem(&mut self, place: impl Into<String>, message: impl Into<String>) {
        self.problems.push(ConfigProblem {
            place: place.into(),
            message: message.into(),
        });
    }

    fn file(&mut self, path: &Path) {
        let place = path.display().to_string();
        let table = read(path).and_then(|text| {
            text.parse::<toml::Table>()
                .map_err(|error| error.to_string().trim_end().to_owned())
        });
        let table = match table {
            Ok(table) => table,
            Err(message) => return self.problem(place, message),
        };
        for (section, content) in &table {
            let toml::Value::Table(fields) = content else {
                self.problem(
                    &place,
                    format!(
                        "'{section}' must stand in a section; did you mean '{}'?",
                        keys::nearest(section)
                    ),
                );
                continue;
            };
            for (field, value) in fields {
                let name = format!("{section}.{field}");
                let both = name.strip_suffix("_file").is_some_and(|plain| {
                    plain
                        .strip_prefix(section.as_str())
                        .and_then(|f| f.strip_prefix('.'))
                        .is_some_and(|f| fields.contains_key(f))
                });
                if both {
                    self.problem(
                        format!("{place}: {name}"),
                        "give the value or its file, not both",
                    );
                } else {
                    self.given(
                        &name,
                        &Raw::Toml(value),
                        &format!("{place}: {name}"),
                        str::to_owned,
                    );
                }
            }
        }
    }

    fn environment(&mut self, variables: impl IntoIterator<Item = (String, String)>) {
        let mut ours: Vec<(String, String)> = variables
            .into_iter()
            .filter(|(name, _)| is_ours(name))
            .collect();
        // The environment has no order of its own; sorted, the same problems come in the same order.
        ours.sort();
        for (variable, value) in &ours {
            let plain = variable.strip_suffix("_FILE");
            if plain.is_some_and(|plain| ours.iter().any(|(other, _)| other == plain)) {
                self.problem(variable, "give the value or its file, not both");
                continue;
            }
            let name = keys::names().find(|name| keys::variable(name) == *variable);
            let name = name.unwrap_or_else(|| unknown_variable(variable));
            self.given(&name, &Raw::Text(value), variable, keys::variable);
        }
    }

    fn set(&mut self, set: &str) {
        match set.split_once('=') {
            Some((name, value)) => {
                let name = name.trim();
                self.given(
                    name,
                    &Raw::Text(value),
                    &format!("--set {name}"),
                    str::to_owned,
                );
            }
            None => self.problem("--set", "expected section.key=value"),
        }
    }

    /// One value for one name; `spell` writes a key's name the way this source does.
    fn given(&mut self, name: &str, raw: &Raw<'_>, place: &str, spell: fn(&str) -> String) {
        let result = if let Some(key) = keys::find(name) {
            key.apply(&mut self.config, raw)
        } else if let Some(key) = secret_file(name) {
            from_file(raw).and_then(|text| key.apply(&mut self.config, &Raw::Text(&text)))
        } else {
            Err(format!(
                "unknown key; did you mean '{}'?",
                spell(&keys::nearest(name))
            ))
        };
        if let Err(message) = result {
            self.problem(place, message);
        }
    }

    /// What no single key can get wrong.
    fn together(&mut self) {
        let level = &self.config.log.level;
        if let Err(error) = tracing_subscriber::EnvFilter::builder().parse(level) {
            self.problem("log.level", format!("not a filter: {error}"));
        }
        let quota = self.config.media.person_quota_bytes;
        if quota < self.config.media.max_file_bytes {
            self.problem(
                "media.person_quota_bytes",
                "must not be smaller than media.max_file_bytes",
            );
        }
    }
}

fn is_ours(variable: &str) -> bool {
    variable.starts_with("LOGGIA_")
        && !variable.starts_with(RESERVED_PREFIX)
        && !RESERVED.contains(&variable)
}

/// A name no key has, near to what the variable may have meant.
fn unknown_variable(variable: &str) -> String {
    variable
        .trim_start_matches("LOGGIA_")
        .to_ascii_lowercase()
        .replacen('_', ".", 1)
}

fn secret_file(name: &str) -> Option<&'static Key> {
    keys::find(name.strip_suffix("_file")?).filter(|key| key.secret)
}

fn from_file(raw: &Raw<'_>) -> Result<String, String> {
    let path = raw.path()?;
    let text = read(Path::new(path))?;
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}

fn read(path: &Path) -> Result<String, String> {
    let size = std::fs::metadata(path)
        .map_err(|error| format!("cannot read: {error}"))?
        .len();
    if size > MAX_FILE_BYTES {
        return Err(format!("larger than {MAX_FILE_BYTES} bytes"));
    }
    std::fs::read_to_string(path).map_err(|error| format!("cannot read: {error}"))
}
